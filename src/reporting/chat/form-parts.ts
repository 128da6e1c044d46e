import { textIn, type Dialog, type Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { dayIn } from '../../kernel/moment';
import { foldText, formatCount } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import type { SaidRatio } from '../../understanding/ratio';
import { yesNo } from '../../understanding/yes-no';
import { common, factsIn } from './form-common';
import { NEXT, PASS, record, settle, step, take, withPart } from './form-record';
import { dayText, formFigureName, formVars, lastVersion } from './form-texts';
import { joinParts, partMissing, readForm, shareText } from './form-values';
import { oddSteps } from './odd-steps';
import { figureOfId, type Facts } from './report-facts';
import { laterChoice } from './report-texts';

/** Steps between a question and the next: the part of a share that is missing, and a number that is asked about. */

const TODAY = /^(?:den |tinh den )?(?:hom nay|today|ngay hom nay)(?: a| nhe)?$/;

/** An answer to «tính đến ngày nào?» as a share would be typed: a day alone gets a number in front, which nobody reads. */
function dayTexts(text: string): string[] {
  return /^\s*\d{1,2}\s*[/-]\s*\d{1,2}/.test(text) ? [`1 ngày ${text}`, text] : [text, `1 ${text}`];
}

/** How the missing part is asked for: with what is known of the share, and why a day that was said cannot be. */
function partWords(
  turn: Turn<DialogDeps>,
  said: SaidRatio,
): { readonly key: string; readonly vars: Readonly<Record<string, string>> } {
  const { numerator, denominator } = said;
  if (partMissing(said) !== 'day' || numerator === null || !denominator) return { key: 'whole', vars: {} };
  const share = shareText(turn, numerator / denominator, said);
  return said.ahead
    ? { key: 'day_ahead', vars: { share, day: dayIn(said.ahead) } }
    : { key: 'day', vars: { share } };
}

/** The whole of the last period that has one, «2.500.000». */
function lastWhole(facts: Facts, figure: string): string | null {
  const last = lastVersion(facts, figure)?.detail;
  return last?.kind === 'ratio' && last.denominator !== null ? formatCount(last.denominator) : null;
}

export const FORM_PARTS: Dialog<DialogDeps>['steps'] = {
  part: {
    to: [...NEXT],
    digits: 'own',
    async ask(context) {
      const { turn, slots } = context;
      const facts = await factsIn(context);
      const said = slots['said'] as unknown as SaidRatio;
      const whole = lastWhole(facts, textIn(slots, 'figure'));
      const words = partWords(turn, said);
      const same = { id: 'SAME_WHOLE', label: turn.words.t('reports:buttons.keep', { value: whole ?? '' }) };
      const today = {
        id: 'TODAY',
        label: turn.words.t('reports:form.buttons.today', { day: dayText(turn.at) }),
      };
      return {
        text: turn.words.t(`reports:form.part.${words.key}`, { ...formVars(turn, facts), ...words.vars }),
        choices: [
          ...(partMissing(said) === 'day' ? [today] : whole === null ? [] : [same]),
          { id: 'NOT_YET', label: turn.words.t('reports:buttons.not_yet') },
          laterChoice(turn),
        ],
      };
    },
    async receive(context, input) {
      const { turn, slots } = context;
      const facts = await factsIn(context);
      const figure = textIn(slots, 'figure');
      const before = slots['said'] as unknown as SaidRatio;
      const missing = partMissing(before);
      if (input.choice === 'TODAY' || (missing === 'day' && TODAY.test(foldText(input.text))))
        return withPart(turn, facts, figure, { ...before, asOf: vnDay(turn.at), ahead: null });
      if (input.choice === 'NOT_YET') return record(turn, facts, { figure, value: null, status: 'missing' });
      const last = lastVersion(facts, figure)?.detail;
      if (input.choice === 'SAME_WHOLE' && last?.kind === 'ratio')
        return withPart(
          turn,
          facts,
          figure,
          joinParts(
            before,
            { ...before, numerator: last.denominator, denominator: null, percent: null },
            'whole',
          ),
        );
      const shared = common(context, facts, input, false);
      if (shared) return shared;
      const texts = missing === 'day' ? dayTexts(input.text) : [input.text];
      const reading = texts
        .map((text) => readForm(turn, figureOfId(facts, figure), text, foldText(text)))
        .find(({ kind }) => kind === 'part');
      // What was typed of the share already is not given up for a part nobody knows yet; the button does that.
      if (reading?.kind !== 'part') return PASS;
      // Beside a day alone stands no number of the share; a share typed anew with its day is one.
      const { denominator, percent } = reading.said;
      const dayAlone = missing === 'day' && denominator === null && percent === null;
      const said = dayAlone ? { ...reading.said, numerator: null } : reading.said;
      return withPart(turn, facts, figure, joinParts(before, said, missing));
    },
  },
  confirm: {
    to: [...NEXT],
    async ask(context) {
      const facts = await factsIn(context);
      const value = Number(context.slots['value']).toLocaleString('vi-VN');
      const name = formFigureName(context.turn, facts, textIn(context.slots, 'figure'));
      return {
        text: context.turn.words.t('reports:form.confirm', {
          ...formVars(context.turn, facts),
          name,
          value,
        }),
        choices: [
          { id: 'THAT', label: context.turn.words.t('reports:buttons.that', { value }) },
          { id: 'AGAIN', label: context.turn.words.t('reports:buttons.again') },
        ],
      };
    },
    async receive(context, input) {
      const facts = await factsIn(context);
      const figure = textIn(context.slots, 'figure');
      const value = Number(context.slots['value']);
      if (input.choice === 'THAT' || (input.choice === null && yesNo(input.text) === 'yes'))
        return settle(context.turn, facts, { figure, value, status: value === 0 ? 'zero' : 'reported' });
      if (input.choice === 'AGAIN' || yesNo(input.text) === 'no')
        return step('question', { figure, said: null });
      return common(context, facts, input, false) ?? take(context.turn, facts, figure, input.text) ?? PASS;
    },
  },
  ...oddSteps({
    to: NEXT,
    facts: factsIn,
    keep: ({ turn }, facts, answer) => record(turn, facts, answer),
    again: (_context, _facts, figure) => step('question', { figure, said: null }),
    other: (context, facts, figure, input) =>
      common(context, facts, input, false) ?? take(context.turn, facts, figure, input.text) ?? PASS,
  }),
};
