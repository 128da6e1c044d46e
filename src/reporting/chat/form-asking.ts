import { textIn, type Dialog } from '../../conversation/dialog';
import { isBeside } from '../../dialogs/beside-commands';
import type { DialogDeps } from '../../dialogs/deps';
import { readIntent } from '../../understanding/intent';
import { hasStopWord } from '../../understanding/stop';
import { yesNo } from '../../understanding/yes-no';
import { entriesAnswer, textAnswer, yesNoAnswer } from '../values';
import { common, factsIn, isWish } from './form-common';
import { NEXT, PASS, record, send, step, take } from './form-record';
import { offeredFor } from './form-sums';
import { formQuestion, formReadback, formVars, lastVersion } from './form-texts';
import { figureOfId } from './report-facts';

/** Where figures of a form are given: one question at a time, the read-back, and which figure is to be another one. */

export const FORM_ASKING: Dialog<DialogDeps>['steps'] = {
  question: {
    to: [...NEXT],
    digits: 'own',
    async ask(context) {
      const facts = await factsIn(context);
      const figure = textIn(context.slots, 'figure');
      return formQuestion(context.turn, facts, figure, await offeredFor(context.turn, facts, figure));
    },
    async receive(context, input) {
      const { turn, slots } = context;
      const facts = await factsIn(context);
      const id = textIn(slots, 'figure');
      const figure = figureOfId(facts, id);
      switch (input.choice) {
        case 'YES':
        case 'NO':
          return record(turn, facts, yesNoAnswer(id, input.choice === 'YES'));
        case 'NOT_YET':
          return record(turn, facts, { figure: id, value: null, status: 'missing' });
        case 'NOTHING':
          return record(
            turn,
            facts,
            figure.kind === 'entries' ? entriesAnswer(id, []) : textAnswer(id, 'text', ''),
          );
        case 'KEEP': {
          const kept = facts.report?.figures[id] ?? lastVersion(facts, id);
          if (!kept) break;
          const { value, status, detail } = kept;
          return record(turn, facts, { figure: id, value, status, ...(detail ? { detail } : {}) });
        }
        case 'OFFER': {
          const numerator = await offeredFor(turn, facts, id);
          if (numerator === null) break;
          const said = {
            ...{ numerator, denominator: null, percent: null, computed: false },
            ...{ asOf: null, ahead: null, source: null },
          };
          return step('part', { figure: id, said });
        }
        case 'CONTINUE':
          return { move: { to: 'here' } };
        case null:
        default:
          break;
      }
      const words = figure.kind === 'text' || figure.kind === 'entries';
      const shared =
        words && !isWish(input) && !isBeside(input.text) ? null : common(context, facts, input, false);
      return shared ?? take(turn, facts, id, input.text) ?? PASS;
    },
  },
  readback: {
    to: [...NEXT],
    digits: 'own',
    ask: async (context) => formReadback(context.turn, await factsIn(context)),
    async receive(context, input) {
      const { turn } = context;
      const facts = await factsIn(context);
      const typed = input.choice === null && !hasStopWord(input.text);
      const sends = typed && (yesNo(input.text) === 'yes' || readIntent(input.text)?.kind === 'send');
      if (input.choice === 'SEND' || sends) return send(turn, facts);
      if (typed && yesNo(input.text) === 'no') return step('which');
      return common(context, facts, input, true) ?? PASS;
    },
  },
  which: {
    to: [...NEXT],
    digits: 'own',
    async ask(context) {
      const facts = await factsIn(context);
      return { text: context.turn.words.t('reports:form.which', formVars(context.turn, facts)) };
    },
    async receive(context, input) {
      return common(context, await factsIn(context), input, true) ?? PASS;
    },
  },
};
