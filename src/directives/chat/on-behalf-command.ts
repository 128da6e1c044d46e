import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command } from '../../dialogs/feature';
import { capital } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { personOf, placeName } from '../../org/chat/people';
import { unitName } from '../../org/names';
import { mayActOnBehalf } from '../../org/rights';
import { can } from '../../org/roles';
import { readAnsweredFor, type AnsweredFor } from '../../understanding/answered-for';
import { placeFirst } from '../../understanding/place-first';
import { isSilent, type Directive, type Recipient } from '../directive';
import { sinceOf } from '../directive-words';
import { mustNotTravel } from '../secret-mark';
import { actChoices } from './answering';
import type { AnswerForSilent } from './directive-effects';
import { SEEN, withNamed, type Whose } from './named-directive';

/** «Nhận thay thôn Đông Lâm 145: gọi điện, bác đã nắm»: an officer answers for a silent village, and says why. */

const OPEN: Whose = { ...SEEN, fits: ({ state }) => state === 'issued', button: 'THAY' };

export const onBehalf = command<DialogDeps, AnsweredFor>({
  id: 'answer-on-behalf',
  says: [
    'nhận thay thôn Đông Lâm 145: gọi điện, bác đã nắm',
    'nhận thay 145 cho thôn Ngọc Trì: chị đã đến tận nơi',
    'nhận thay thôn Gò Me công văn 145: trưởng thôn mất điện thoại',
    'nhan thay thon dong lam cv 145',
    'nhận thay công văn 145 thôn Đông Lâm',
    'nhận thay 145',
  ],
  for: ({ offices }) => offices.some(({ role }) => can(role, 'enters_on_behalf')),
  strong: true,
  read: ({ typed }) => readAnsweredFor(typed),
  run: async (turn, _message, said) =>
    (await withNamed(turn, said.short, OPEN, (one) => takenFor(turn, one, said.place, said.reason))) ??
    sentence(turn, 'directives:no_such', { number: said.short }),
});

/** The offices for which the person may answer the directive. */
async function below(turn: Turn<DialogDeps>, directive: Directive): Promise<readonly Recipient[]> {
  const { offices } = personOf(turn);
  const { tree } = turn.deps.directory;
  return (await turn.deps.directives.recipients(directive)).filter(({ unit }) =>
    mayActOnBehalf(offices, tree, unit, turn.at),
  );
}

/** Those of them that said nothing and have heard of it. */
export async function silentBelow(
  turn: Turn<DialogDeps>,
  directive: Directive,
): Promise<readonly Recipient[]> {
  return (await below(turn, directive)).filter(isSilent);
}

/** Takes it on for the place that is named; what is missing is asked. */
export async function takenFor(
  turn: Turn<DialogDeps>,
  directive: Directive,
  place: string,
  reason: string | null,
): Promise<StepResult> {
  const { number, id } = directive;
  const all = await below(turn, directive);
  if (all.length === 0) return sentence(turn, 'directives:not_yours');
  if (directive.state !== 'issued') return sentence(turn, 'directives:on_behalf.over', { number });
  const ask = (unit: string): StepResult => ({
    move: { to: 'dialog', dialog: 'directive-behalf', slots: { id, unit, reason: reason ?? '' } },
  });
  if (place === '') {
    const [only, ...others] = all.filter(isSilent);
    if (!only) return sentence(turn, 'directives:nobody_silent', { number });
    return ask(others.length === 0 ? only.unit : '');
  }
  const found = unitNamed(turn, all, place);
  if (found.length === 0) return sentence(turn, 'directives:on_behalf.unknown', { number, typed: place });
  const [unit = '', ...others] = found;
  if (others.length > 0) return ask('');
  return reason === null ? ask(unit) : taken(turn, directive, unit, reason);
}

/** The places among these that are called so and nothing more. */
export function unitNamed(
  { deps, at }: Turn<DialogDeps>,
  all: readonly Recipient[],
  typed: string,
): readonly string[] {
  const names = all.flatMap(({ unit }) => {
    const found = deps.directory.tree.getNearest(unit, vnDay(at));
    return found ? [{ code: unit, names: [found.name, unitName(found)] }] : [];
  });
  const place = placeFirst(typed, names);
  return place?.rest === '' ? place.codes : [];
}

/** Written down for one place, unless it has spoken itself. */
export async function taken(
  turn: Turn<DialogDeps>,
  directive: Directive,
  unit: string,
  reason: string,
): Promise<StepResult> {
  const { words, at, user } = turn;
  const { number, id } = directive;
  const travels = mustNotTravel(reason);
  if (travels !== null) return sentence(turn, `directives:order.${travels}`);
  const one = (await below(turn, directive)).find((other) => other.unit === unit);
  if (!one || directive.state !== 'issued') return sentence(turn, 'directives:on_behalf.over', { number });
  const vars = {
    number,
    unit: placeName(turn.deps, unit, at),
    Unit: capital(placeName(turn.deps, unit, at)),
    reason,
    time: sinceOf(words, at, at),
  };
  if (one.reached === 'held') return sentence(turn, 'directives:on_behalf.held', vars);
  if (one.answer !== 'none') {
    const given = one.answers.findLast((each) => each.answer === one.answer);
    return sentence(turn, `directives:on_behalf.${one.onBehalf === null ? 'answered' : 'already'}`, {
      ...vars,
      state: words.t(`directives:said.${one.answer}`),
      time: given ? sinceOf(words, given.at, at) : '',
    });
  }
  const effect: AnswerForSilent = {
    ...{ kind: 'directive.answerOnBehalf', id: turn.effectId(), directive: id },
    ...{ unit, reason, by: user, at },
  };
  const text = say(turn, 'directives:on_behalf.done', vars);
  return { ...answer({ text, choices: actChoices(turn, directive, ['XEM']) }), effects: [effect] };
}
