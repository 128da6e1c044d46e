import type { Turn } from '../../conversation/dialog';
import { replyButtons } from '../../channels/reply-buttons';
import type { UserKey } from '../../kernel/ids';
import { addressVars, calledName, contactName, superiorOf } from '../../org/chat/people';
import type { Office } from '../../org/office';
import type { DialogDeps } from '../../dialogs/deps';
import type { SendNotice } from '../../outbox/enqueue';
import type { FigureVersion, SecondValue } from '../report';
import { refOfKey } from './approval-facts';
import { approversOf, noticeTo } from './approval-notices';
import { mayDecide } from '../two-values';
import { effectBase, numberOf, type Facts } from './report-facts';
import { figureName, reportVars, reportedLines, valueText } from './report-texts';

/** Two people of one village, or the village and its commune, said two values: who is told and who is asked. */

/** «anh Hùng», by the posts of the village and of the commune above it; «cán bộ xã …» for somebody who holds none any more. */
export function speakerName(turn: Turn<DialogDeps>, found: Facts, user: UserKey): string {
  const office = postOf(turn, found, user);
  if (!office) return contactName(turn.words, turn.deps, found.key.unit, turn.at);
  return calledName(turn.words, office);
}

/** The post of the person in the unit or the one above it; null for somebody who holds none there any more. */
export function postOf(turn: Turn<DialogDeps>, found: Facts, user: UserKey): Office | null {
  const above = superiorOf(turn.deps, found.key.unit, turn.at).unit;
  const units = new Set([found.key.unit, above, found.unit.parent ?? above]);
  const posts = [...units].flatMap((unit) => turn.deps.directory.officesIn(unit));
  return posts.find((office) => office.user === user) ?? null;
}

/** A figure with the value that stands and the one beside it. */
export interface Pair {
  readonly figure: string;
  readonly standing: FigureVersion;
  readonly second: SecondValue;
}

/** Every figure with two values, in the order of the form. */
export function pairs(found: Facts): Pair[] {
  return found.form.figures.flatMap(({ id }) => {
    const standing = found.report?.figures[id];
    const second = found.report?.seconds[id];
    return standing && second ? [{ figure: id, standing, second }] : [];
  });
}

/** The first figure with two values that this person decides about; null when there is none. */
export function toDecide(turn: Turn<DialogDeps>, found: Facts): string | null {
  const me = effectBase(turn, found);
  return pairs(found).find(({ standing, second }) => mayDecide(standing, second, me))?.figure ?? null;
}

/** The variables of a sentence about two values. */
export function pairVars(turn: Turn<DialogDeps>, found: Facts, { figure, standing, second }: Pair) {
  return {
    ...reportVars(turn, found),
    number: numberOf(found, figure),
    name: figureName(turn, figure),
    standing: valueText(turn, standing),
    second: valueText(turn, second),
    first: speakerName(turn, found, standing.by),
    other: speakerName(turn, found, second.by),
  };
}

/** Who is asked: the holder of the post, or the commune where one of the two was said on behalf. */
function deciders(turn: Turn<DialogDeps>, found: Facts, { standing, second }: Pair): UserKey[] {
  const { directory } = turn.deps;
  const above = superiorOf(turn.deps, found.key.unit, turn.at).unit;
  const officers = directory.holdersOf(above, ['commune_officer', 'commune_chair']);
  const heads = directory.holdersOf(found.key.unit, ['village_head']);
  const among = standing.onBehalf || second.onBehalf || heads.length === 0 ? officers : heads;
  return among.map(({ user }) => user);
}

function secondLines(turn: Turn<DialogDeps>, found: Facts): string {
  return pairs(found)
    .map((pair) => turn.words.t('reports:second.line', pairVars(turn, found, pair)))
    .join('\n');
}

/** The figures as sent; of one with two values also who said which. */
export function sentLines(turn: Turn<DialogDeps>, found: Facts): string {
  const waiting = secondLines(turn, found);
  return [reportedLines(turn, found), waiting].filter((part) => part !== '').join('\n');
}

/** What became of values that now wait beside others, for the person who gave them. */
export function secondsGiven(turn: Turn<DialogDeps>, before: Facts, after: Facts): string[] {
  return given(turn, before, after).map((pair) => {
    const [decider] = deciders(turn, after, pair);
    const who = decider === undefined ? contactName(turn.words, turn.deps, after.key.unit, turn.at) : null;
    return turn.words.t('reports:second.waits', {
      ...pairVars(turn, after, pair),
      decider: who ?? speakerName(turn, after, decider as UserKey),
    });
  });
}

/** The second values that this person has just put. */
function given(turn: Turn<DialogDeps>, before: Facts, after: Facts): Pair[] {
  return pairs(after).filter(
    ({ figure, second }) =>
      second.by === turn.user && before.report?.seconds[figure]?.effectId !== second.effectId,
  );
}

/** The others of the report hear what was changed over them, and whoever decides is asked. One message for each. */
export function othersTold(turn: Turn<DialogDeps>, before: Facts, after: Facts): SendNotice[] {
  const lines = new Map<UserKey, string[]>();
  const tell = (to: UserKey, line: string): void => {
    if (to !== turn.user) lines.set(to, [...(lines.get(to) ?? []), line]);
  };
  for (const { id } of after.form.figures) {
    const was = before.report?.figures[id];
    const is = after.report?.figures[id];
    if (!was || !is || was.version === is.version || was.value === is.value) continue;
    if (before.report?.submittedAt === null || !postOf(turn, after, was.by)) continue;
    const vars = { number: numberOf(after, id), name: figureName(turn, id) };
    tell(
      was.by,
      turn.words.t('reports:corrected_figure', {
        ...vars,
        before: valueText(turn, was),
        after: valueText(turn, is),
      }),
    );
  }
  const me = speakerName(turn, after, turn.user);
  const place = reportVars(turn, after);
  const told = [...lines].map(([to, changed]) =>
    notice(turn, after, to, 'changed', { ...place, who: me, figures: changed.join('\n') }),
  );
  const asked = given(turn, before, after).flatMap((pair) =>
    deciders(turn, after, pair)
      .filter((to) => to !== turn.user)
      .map((to) => asking(turn, after, to, pair, me)),
  );
  return [...told, ...asked];
}

/** The question to whoever decides: the holder of the post in their own report, an officer by a button. */
function asking(turn: Turn<DialogDeps>, found: Facts, to: UserKey, pair: Pair, me: string): SendNotice {
  const vars = pairVars(turn, found, pair);
  const officer = approversOf(turn, found).find(({ user }) => user === to);
  if (!officer) return notice(turn, found, to, 'ask', { ...vars, who: me });
  const label = turn.words.t('approval:buttons.decide');
  const buttons = replyButtons([{ label, payload: `#CHONSO_${refOfKey(found.key)}` }]);
  return noticeTo(turn, found, officer, { key: 'second', vars, buttons });
}

/** A sentence about two values to somebody else, in their own form of address. */
export function notice(
  turn: Turn<DialogDeps>,
  found: Facts,
  to: UserKey,
  key: string,
  vars: Record<string, string | number>,
): SendNotice {
  const office = postOf(turn, found, to);
  const text = turn.words.t(`reports:second.${key}`, { ...vars, ...addressVars(turn.words, office) });
  return { kind: 'notice.send', id: turn.effectId(), to, text, at: turn.at };
}
