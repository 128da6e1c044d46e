import type { FigureVersion, SecondValue } from './report';
import type { FigureAnswer, ReportEffect } from './report-effect';
import { sameValue } from './values';

/**
 * Two people of one unit, or the unit and its commune, say two values for one figure. Until it is decided the one sent
 * first counts and the other stands beside it. The holder of the post goes before the deputy: the holder's value counts
 * at once, the deputy's waits for the holder. Between the unit and whoever enters on its behalf the commune decides. A
 * person's own later value replaces their own. All of it holds for what was sent; a draft is simply written on.
 */

type Speaker = Pick<FigureVersion, 'by' | 'onBehalf' | 'byDeputy'>;

/** `replace`: the new version stands. `nothing`: it is not written. `refuse`: it would be a third value. */
export interface Verdict {
  readonly does: 'replace' | 'nothing' | 'refuse';
  /** What becomes of the second value; null: it is settled. */
  readonly second: SecondValue | null | 'keep';
}

const NOTHING: Verdict = { does: 'nothing', second: 'keep' };

/** What a value just said does to the one that stands and to the second one, if there is one. */
export function weigh(
  standing: FigureVersion | null,
  second: SecondValue | null,
  said: FigureVersion,
): Verdict {
  if (!standing) return { does: 'replace', second: 'keep' };
  const open = standing.state === 'draft' || standing.state === 'returned' || standing.value === null;
  const own = samePerson(standing, said);
  if (open || own || goesBefore(said, standing)) {
    // The same value said again of a figure that was sent back is the answer to it.
    const same = standing.state !== 'returned' && saysTheSame(standing, said);
    const does = same ? 'nothing' : 'replace';
    const settled = second && (settles(said, second) || samePerson(second, said));
    return { does, second: settled ? null : 'keep' };
  }
  if (sameValue(standing, said))
    return second && samePerson(second, said) ? { does: 'nothing', second: null } : NOTHING;
  if (second && !samePerson(second, said) && !goesBefore(said, second))
    return sameValue(second, said) ? NOTHING : { does: 'refuse', second: 'keep' };
  if (second && samePerson(second, said) && saysTheSame(second, said)) return NOTHING;
  return { does: 'nothing', second: asSecond(said) };
}

/** Who decides: between holder and deputy the holder, or whoever is above; where one of the two was said on behalf, only who is above. */
export function mayDecide(
  standing: FigureVersion,
  second: SecondValue,
  by: Pick<ReportEffect, 'onBehalf' | 'byDeputy'>,
): boolean {
  if (standing.onBehalf || second.onBehalf) return by.onBehalf;
  return by.onBehalf || by.byDeputy !== true;
}

/** Saying the same again adds nothing; a reason given for it does. */
export function saysTheSame(
  old: Pick<FigureVersion, 'status' | 'value' | 'detail' | 'reason'>,
  said: FigureAnswer,
): boolean {
  return sameValue(old, said) && (said.reason ?? old.reason) === old.reason;
}

function samePerson(a: Speaker, b: Speaker): boolean {
  return a.by === b.by && a.onBehalf === b.onBehalf;
}

/** Whether the first may write over what the second said: of one side, and not a deputy over the holder. */
function goesBefore(a: Speaker, b: Speaker): boolean {
  if (a.onBehalf || b.onBehalf) return false;
  return a.byDeputy !== true || b.byDeputy === true;
}

/** A second value is settled by the same value, or by the holder about a deputy's. */
function settles(said: FigureVersion, second: SecondValue): boolean {
  if (sameValue(said, second)) return true;
  return !second.onBehalf && !said.onBehalf && second.byDeputy === true && said.byDeputy !== true;
}

function asSecond(said: FigureVersion): SecondValue {
  const { figure, value, detail, status, by, onBehalf, byDeputy, at, eventId, effectId, reason } = said;
  return {
    ...{ figure, value, status, by, onBehalf, at, eventId, effectId, reason },
    ...(detail ? { detail } : {}),
    ...(byDeputy ? { byDeputy } : {}),
  };
}
