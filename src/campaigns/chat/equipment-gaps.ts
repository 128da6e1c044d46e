import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, listed, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { formatCount } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { placeName } from '../../org/chat/people';
import { EQUIPMENT, hallsOf, lacks, lackText, type Hall } from '../halls';

/** Which village houses lack what, by all surveys of equipment so far: of a village its latest answer counts. */

/** The villages asked so far at or below the unit, and what those that answered have. */
async function surveyed(
  { deps, at }: Turn<DialogDeps>,
  top: string,
): Promise<{ readonly asked: readonly string[]; readonly halls: ReadonlyMap<string, Hall> }> {
  const asked = new Set<string>();
  const halls = new Map<string, Hall>();
  for (const { period, audience } of deps.settings.calendars.runs?.of(EQUIPMENT) ?? []) {
    const units = [...audience].filter((unit) => deps.directory.tree.isWithin(unit, top, vnDay(at)));
    for (const unit of units) asked.add(unit);
    for (const hall of hallsOf(await deps.reports.submissions(EQUIPMENT, period, units)))
      halls.set(hall.unit, hall);
  }
  return { asked: [...asked], halls };
}

/** «thiếu thiết bị»: the gaps below the unit that the person gives orders from, with what they are out of. */
export async function gaps(turn: Turn<DialogDeps>): Promise<StepResult> {
  const { words, deps, at } = turn;
  const issuer = deps.directives.issuer(turn.user, at);
  if (!issuer) return sentence(turn, 'campaigns:no_right');
  const { asked, halls } = await surveyed(turn, issuer.from);
  if (asked.length === 0) return sentence(turn, 'campaigns:equipment.never_asked');
  const lacking = asked.flatMap((unit) => {
    const hall = halls.get(unit);
    return hall && lacks(hall) ? [hall] : [];
  });
  const vars = { all: formatCount(asked.length), answered: formatCount(halls.size) };
  if (halls.size === 0) return sentence(turn, 'campaigns:equipment.nobody_answered', vars);
  if (lacking.length === 0) return answer({ text: words.t('campaigns:equipment.no_gaps', vars) });
  const beyond = deps.directory.tree.get(issuer.from, vnDay(at))?.level === 'province';
  const names = lacking.map((hall) => {
    const commune = beyond ? (deps.directory.tree.get(hall.unit, vnDay(at))?.parent ?? null) : null;
    const name = placeName(deps, hall.unit, at);
    const what = lackText(words, hall);
    return commune === null
      ? words.t('campaigns:equipment.gap', { name, what })
      : words.t('campaigns:equipment.gap_in', { name, commune: placeName(deps, commune, at), what });
  });
  return listed({
    head: words.t('campaigns:equipment.gaps', { ...vars, count: formatCount(lacking.length) }),
    names,
  });
}

/** «số này chưa có ở đâu», or how many of these villages have answered an earlier survey of equipment. */
export async function knownHalls(turn: Turn<DialogDeps>, units: readonly string[]): Promise<string> {
  const wanted = new Set(units);
  const known = new Set<string>();
  for (const { period } of turn.deps.settings.calendars.runs?.of(EQUIPMENT) ?? [])
    for (const { unit } of hallsOf(await turn.deps.reports.submissions(EQUIPMENT, period, units)))
      if (wanted.has(unit)) known.add(unit);
  return known.size === 0
    ? turn.words.t('campaigns:known.nowhere')
    : turn.words.t('campaigns:equipment.known', { sent: known.size, all: units.length });
}
