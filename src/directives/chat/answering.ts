import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { keeping } from '../../evidence/chat/keeping';
import type { KeepEvidence } from '../../evidence/chat/evidence-effects';
import { ofDirective } from '../../evidence/evidence';
import { vnDay } from '../../kernel/vn-time';
import { personOf, placeName } from '../../org/chat/people';
import { formerHolderAnswer } from '../../org/chat/lost-right';
import { readDate } from '../../understanding/date';
import { isOver, type Directive, type Recipient, type Said } from '../directive';
import { ALL_UNITS, actLabel, actPayload, sinceOf, type Act } from '../directive-words';
import type { AnswerDirective, TellLine } from './directive-effects';
import { namesPlace } from './directive-vocabulary';
import { endedAnswer } from './ended';
import { notPassedOn } from './passed-on';

/** An office answers a directive: which one and for which of its places is found out, the rest is recorded at once. */

export interface Reply {
  readonly answer: Said;
  readonly short: string | null;
  readonly id: string | null;
  /** `ALL`: for every place of the person; null: not said. */
  readonly unit: string | null;
  readonly note: string | null;
  readonly line: string | null;
  readonly evidence: readonly string[];
}

export const BARE: Omit<Reply, 'answer'> = {
  short: null,
  id: null,
  unit: null,
  note: null,
  line: null,
  evidence: [],
};

const ACT_OF: Readonly<Record<Said, Act>> = {
  acknowledged: 'NHAN',
  doing: 'LAM',
  done: 'XONG',
  stuck: 'VUONG',
  not_mine: 'KHONG',
};

const MOST_BUTTONS = 4;

/** Null: the person has no directive that this could be about. */
export async function reply(turn: Turn<DialogDeps>, said: Reply): Promise<StepResult | null> {
  const mine = await turn.deps.directives.mine(turn.user, turn.at);
  const open = (recipients: readonly Recipient[]): boolean =>
    recipients.some((one) => !isOver(one.answer) && one.answer !== said.answer);
  const fits =
    said.id !== null
      ? mine.filter(({ directive }) => directive.id === said.id)
      : said.short !== null
        ? mine.filter(({ directive }) => directive.short === said.short)
        : mine.filter(({ directive, recipients }) => directive.state === 'issued' && open(recipients));
  const out = fits.filter(({ directive }) => directive.state === 'issued');
  const meant = fits.length > 1 && out.length > 0 ? out : fits;
  const [first, ...others] = meant;
  if (!first) {
    if (said.id === null) return null;
    // Whoever answered for the place before reads what became of it.
    const lost = formerHolderAnswer(turn);
    return lost === null ? sentence(turn, 'directives:not_yours') : answer({ text: lost });
  }
  if (others.length > 0)
    return whichDirective(
      turn,
      meant.map(({ directive }) => directive),
      said.answer,
    );
  const { directive, recipients } = first;
  const units = unitsMeant(recipients, said);
  if (units === null) return whichPlace(turn, directive, recipients, said.answer);
  if (directive.state !== 'issued')
    return endedAnswer(turn, directive, recordOf(turn, directive, units, said));
  if (said.note === null && (said.answer === 'stuck' || said.answer === 'not_mine'))
    return {
      move: {
        to: 'dialog',
        dialog: 'directive-why',
        slots: { kind: said.answer, id: directive.id, units: [...units] },
      },
    };
  return recorded(
    turn,
    directive,
    recipients.filter(({ unit }) => units.includes(unit)),
    said,
  );
}

/** One place, all of them when that was said, or null: it must be asked. */
function unitsMeant(recipients: readonly Recipient[], { unit }: Reply): readonly string[] | null {
  if (unit !== null && unit !== ALL_UNITS) return recipients.some((one) => one.unit === unit) ? [unit] : null;
  const open = recipients.filter((one) => !isOver(one.answer));
  const meant = open.length > 0 ? open : recipients;
  return meant.length === 1 || unit === ALL_UNITS ? meant.map((one) => one.unit) : null;
}

export function recordOf(
  turn: Turn<DialogDeps>,
  directive: Directive,
  units: readonly string[],
  said: Reply,
): AnswerDirective {
  const { answer: given, note, line, evidence } = said;
  return {
    ...{ kind: 'directive.answer', id: turn.effectId(), directive: directive.id, units },
    ...{ answer: given, note, line, evidence, by: turn.user, at: turn.at },
  };
}

/** Recorded, and said back with the time; what is asked next follows the answer. */
export function recorded(
  turn: Turn<DialogDeps>,
  directive: Directive,
  recipients: readonly Recipient[],
  said: Reply,
): StepResult {
  const { words, at } = turn;
  const barred = notPassedOn(turn, said);
  if (barred) return barred;
  const units = recipients.map(({ unit }) => unit);
  const isCommune = recipients.some(
    ({ unit, through }) => through === null && villagesOf(turn, directive, unit) > 0,
  );
  // Under a picture «xong 145» is said too.
  const kept =
    said.answer === 'done'
      ? keeping(
          turn,
          units.map((unit) => ofDirective(directive.id, unit)),
        )
      : null;
  const evidence = [...said.evidence, ...(kept?.pieces ?? []).map(({ id }) => id)];
  const line = said.line ?? (isCommune && said.answer === 'acknowledged' ? said.note : null);
  const effects: (AnswerDirective | TellLine | KeepEvidence)[] = [
    recordOf(turn, directive, units, { ...said, line, evidence }),
    ...(kept ? [kept] : []),
  ];
  const before = recipients
    .flatMap(({ answers }) => answers)
    .findLast((given) => given.answer === said.answer);
  const vars = {
    ...personOf(turn).vars,
    number: directive.number,
    units: units.map((unit) => placeName(turn.deps, unit, at)).join(', '),
    time: sinceOf(words, before?.at ?? at, at),
    note: said.note ?? '',
  };

  const until =
    said.answer === 'stuck' && !directive.practice
      ? turn.deps.directives.stuckUntil(units[0] ?? '', at)
      : null;
  const parts = [
    words.t(`directives:echo.${evidence.length > 0 ? 'evidence' : before ? 'already' : said.answer}`, {
      ...vars,
      state: words.t(`directives:said.${said.answer}`),
    }),
  ];
  if (until !== null) parts.push(words.t('directives:echo.promised', { time: sinceOf(words, until, at) }));
  const passes = recipients.some((one) => one.answer === 'none') && isCommune && said.answer !== 'not_mine';
  const [commune = ''] = units;
  if (passes)
    parts.push(words.t('directives:echo.passed_on', { count: villagesOf(turn, directive, commune) }));
  if (line !== null) {
    parts.push(words.t('directives:echo.line', { line }));
    const changes = readDate(line, at)?.kind === 'day' || namesPlace(line);
    if (!passes && changes)
      effects.push({
        kind: 'directive.tellLine',
        id: turn.effectId(),
        directive: directive.id,
        commune,
        by: turn.user,
        at,
      });
  }
  const wanting =
    directive.evidence &&
    said.answer === 'done' &&
    evidence.length === 0 &&
    recipients.every((one) => one.evidence.length === 0);
  if (wanting)
    return {
      notes: parts,
      effects,
      move: { to: 'dialog', dialog: 'directive-evidence', slots: { id: directive.id, units: [...units] } },
    };
  const later: readonly Act[] =
    said.answer === 'acknowledged' || said.answer === 'doing' ? ['MAI', 'TUAN', 'THOI'] : [];
  return { ...answer({ text: parts.join('\n'), choices: actChoices(turn, directive, later) }), effects };
}

export function actChoices(
  turn: Turn<DialogDeps>,
  { id }: Pick<Directive, 'id'>,
  acts: readonly Act[],
): Choice[] {
  return acts.map((act) => ({ id: act, label: actLabel(turn.words, act), command: actPayload(act, id) }));
}

function villagesOf({ deps, at }: Turn<DialogDeps>, directive: Directive, unit: string): number {
  const below = new Set(deps.directory.tree.villagesUnder(unit, vnDay(at)).map(({ code }) => code));
  return directive.audience.units.filter((code) => code !== unit && below.has(code)).length;
}

function whichDirective(turn: Turn<DialogDeps>, directives: readonly Directive[], said: Said): StepResult {
  const choices = directives.slice(-MOST_BUTTONS).map((directive, i) => ({
    id: `D${i + 1}`,
    label: directive.number.slice(0, 20),
    command: actPayload(ACT_OF[said], directive.id),
  }));
  return sentence(
    turn,
    'directives:which_directive',
    { state: turn.words.t(`directives:said.${said}`) },
    choices,
  );
}

/** «Cả ba» first, then the places one by one. */
function whichPlace(
  turn: Turn<DialogDeps>,
  directive: Directive,
  recipients: readonly Recipient[],
  said: Said,
): StepResult {
  const open = recipients.filter((one) => !isOver(one.answer));
  const places = (open.length > 0 ? open : recipients).slice(0, MOST_BUTTONS - 1);
  const all: Choice = {
    id: 'ALL',
    label: turn.words.t('directives:buttons.all_places', { count: recipients.length }),
    command: actPayload(ACT_OF[said], directive.id, ALL_UNITS),
  };
  const each = places.map(({ unit }, i) => ({
    id: `P${i + 1}`,
    label: placeName(turn.deps, unit, turn.at).slice(0, 20),
    command: actPayload(ACT_OF[said], directive.id, unit),
  }));
  return sentence(turn, 'directives:which_place', { number: directive.number }, [all, ...each]);
}
