import type { Dialog, Input, Json, StepContext, StepResult } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { isSaid } from '../../dialogs/feature';
import { formatCount } from '../../kernel/vn-text';
import { personOf } from '../../org/chat/people';
import { readIntent } from '../../understanding/intent';
import { readStop } from '../../understanding/stop';
import { yesNo } from '../../understanding/yes-no';
import { judgeAnswer } from '../oddity';
import type { Oddity } from '../plausibility';
import type { FigureAnswer } from '../report-effect';
import { periodName } from './approval-texts';
import { formFigureName, formVars, lastReport } from './form-texts';
import { formValueText, shareOnly } from './form-values';
import { givesReason, reasonChoices, reasonGiven, reasonTapped } from './odd-reasons-said';
import { figureOfId, type Facts } from './report-facts';
import { quoted } from './report-refusals';

/**
 * D5 for a figure of any kind and form: a value unlike what the unit said before is asked about, and one far from it for
 * its reason, before anything is written. The answer waits in the talk as the slot `answer`.
 */

type Context = StepContext<DialogDeps>;

/** What a dialog does around the two steps. */
export interface AroundOdd {
  readonly to: readonly string[];
  readonly facts: (context: Context) => Promise<Facts>;
  /** Writes the answer, now that it is meant. */
  readonly keep: (context: Context, facts: Facts, answer: FigureAnswer) => StepResult;
  /** Asks for the figure once more. */
  readonly again: (context: Context, facts: Facts, figure: string) => StepResult;
  /** What else was typed: another value, or a wish that every screen understands. */
  readonly other: (context: Context, facts: Facts, figure: string, input: Input) => StepResult;
}

/** The question whether an answer unlike the periods before is meant; null: it is like them. */
export function askedIfMeant(facts: Facts, answer: FigureAnswer): StepResult | null {
  if (oddityOf(facts, answer) === null && tooFew(facts, answer) === null) return null;
  return { move: { to: 'step', step: 'odd', slots: { answer: answer as unknown as Json, own: false } } };
}

function oddityOf(facts: Facts, answer: FigureAnswer): Oddity | null {
  return judgeAnswer(figureOfId(facts, answer.figure), answer, facts.earlier);
}

/** What the plan wants at least, where the answer is below it; null: it is not. */
function tooFew(facts: Facts, { figure, value }: FigureAnswer): number | null {
  const { atLeast } = figureOfId(facts, figure);
  return atLeast !== undefined && value !== null && value < atLeast ? atLeast : null;
}

function answerIn({ slots }: Context): FigureAnswer {
  return slots['answer'] as unknown as FigureAnswer;
}

/** The value on a button: a number, or the share alone. */
function short(context: Context, facts: Facts, answer: FigureAnswer): string {
  if (answer.detail?.kind === 'ratio') return shareOnly(context.turn, answer.value ?? 0);
  return formValueText(context.turn, figureOfId(facts, answer.figure), answer);
}

/** Yes or no; the same number typed once more is a yes. */
function saidOf({ value, detail }: FigureAnswer, text: string): 'yes' | 'no' | null {
  if (readStop(text) !== null) return null;
  if (detail === undefined && text.replace(/[.\s]/gu, '') === String(value)) return 'yes';
  return yesNo(text);
}

const reasonStep: StepResult = { move: { to: 'step', step: 'odd_reason' } };

export function oddSteps(around: AroundOdd): Dialog<DialogDeps>['steps'] {
  return {
    odd: {
      to: ['odd_reason', ...around.to],
      async ask(context) {
        const { turn } = context;
        const facts = await around.facts(context);
        const answer = answerIn(context);
        const figure = figureOfId(facts, answer.figure);
        const before = lastReport(facts, figure.id);
        const suggestion = figure.kind === 'count' ? (oddityOf(facts, answer)?.suggestion ?? null) : null;
        const label = (key: string, value: string): string =>
          turn.words.t(`reports:buttons.${key}`, { value });
        const least = tooFew(facts, answer);
        return {
          text: turn.words.t(least === null ? 'reports:form.odd' : 'reports:form.too_few', {
            ...formVars(turn, facts),
            name: formFigureName(turn, facts, figure.id),
            value: formValueText(turn, figure, answer),
            least: least ?? '',
            last: formValueText(turn, figure, before?.figures[figure.id]),
            lastPeriod: before ? periodName(turn, before) : '',
          }),
          choices: [
            ...(suggestion === null
              ? []
              : [{ id: 'INSTEAD', label: label('instead', formatCount(suggestion)) }]),
            { id: 'THAT', label: label('that', short(context, facts, answer)) },
            { id: 'AGAIN', label: label('again', '') },
          ],
        };
      },
      async receive(context, input) {
        const facts = await around.facts(context);
        const answer = answerIn(context);
        const oddity = oddityOf(facts, answer);
        if (input.choice === 'CONTINUE') return { move: { to: 'here' } };
        const said = input.choice === null ? saidOf(answer, input.text) : null;
        if (input.choice === 'INSTEAD' && oddity?.suggestion != null)
          return around.keep(context, facts, { ...answer, value: oddity.suggestion, status: 'reported' });
        const few = tooFew(facts, answer) !== null;
        // None of the reasons that are offered for a month unlike the others fits.
        if (few && (input.choice === 'THAT' || said === 'yes'))
          return { move: { to: 'step', step: 'odd_reason', slots: { own: true } } };
        if (input.choice === 'THAT' || said === 'yes')
          return oddity?.tier === 'reason' ? reasonStep : around.keep(context, facts, answer);
        if (input.choice === 'AGAIN' || said === 'no') return around.again(context, facts, answer.figure);
        const figure = figureOfId(facts, answer.figure);
        const reason = input.choice === null ? reasonGiven(figure, oddity?.fell === true, input.text) : null;
        if (reason !== null) return around.keep(context, facts, { ...answer, reason });
        if (input.choice === null && givesReason(input.text)) return reasonStep;
        return around.other(context, facts, answer.figure, input);
      },
    },
    odd_reason: {
      to: ['odd_reason', ...around.to],
      async ask(context) {
        const { turn, slots } = context;
        const facts = await around.facts(context);
        const answer = answerIn(context);
        if (slots['own'] === true)
          return { text: turn.words.t('reports:odd_reason_text', personOf(turn).vars) };
        const fell = oddityOf(facts, answer)?.fell === true;
        const choices = reasonChoices(turn, figureOfId(facts, answer.figure), fell);
        const asked = turn.words.t(fell ? 'reports:odd_reason_fell' : 'reports:odd_reason', {
          ...personOf(turn).vars,
          value: short(context, facts, answer),
        });
        return { text: [asked, ...choices.map(({ label }, i) => `${i + 1}. ${label}`)].join('\n'), choices };
      },
      async receive(context, input) {
        const facts = await around.facts(context);
        const answer = answerIn(context);
        const fell = oddityOf(facts, answer)?.fell === true;
        if (input.choice === 'CONTINUE') return { move: { to: 'here' } };
        const tapped = reasonTapped(figureOfId(facts, answer.figure), fell, input.choice);
        if (tapped !== null) return around.keep(context, facts, { ...answer, reason: tapped });
        if (input.choice === 'OTHER_REASON')
          return { move: { to: 'step', step: 'odd_reason', slots: { own: true } } };
        const words =
          input.choice === null &&
          readStop(input.text) === null &&
          readIntent(input.text) === null &&
          /\p{L}{2}/u.test(input.text) &&
          yesNo(input.text) === null;
        if (!words || isSaid(context.turn)) return around.other(context, facts, answer.figure, input);
        return around.keep(context, facts, { ...answer, reason: quoted(input.text) });
      },
    },
  };
}
