import { isBeside } from '../../dialogs/beside-commands';
import { defineDialog, textIn, type Dialog, type Say, type StepResult } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { say } from '../../dialogs/answer';
import { oldButton } from '../../dialogs/old-button';
import { personOf } from '../../org/chat/people';
import { rightLost } from '../../org/chat/lost-right';
import { readIntent } from '../../understanding/intent';
import { hasStopWord } from '../../understanding/stop';
import { yesNo } from '../../understanding/yes-no';
import type { ReportKey } from '../report';
import { entriesAnswer, textAnswer, yesNoAnswer } from '../values';
import { common, factsIn, isWish, type Context } from './form-common';
import { openForm } from './form-commands';
import { reportsOf } from './form-duties';
import { FORM_PARTS } from './form-parts';
import { goOn, NEXT, PASS, record, send, step, take } from './form-record';
import { communeSums, offeredFor, sumsMoved } from './form-sums';
import { putOff } from './put-off';
import { askReturned, returnedFigure } from './returned';
import { formListed, formQuestion, formReadback, formSent, formVars, lastVersion } from './form-texts';
import { figureOfId, isSent } from './report-facts';

/**
 * One dialog for every form but the villages' month: communes, police, agencies, one-offs. One question at a time for a
 * value of any kind, the read-back, the sending, the correcting by number. What was said is in the draft, never in the talk.
 */

async function start(context: Context): Promise<StepResult> {
  const { turn } = context;
  const lost = rightLost(turn, textIn(context.slots, 'unit'));
  if (lost) return { move: { to: 'end', say: { text: lost } } };
  const facts = await factsIn(context);
  if (turn.at >= facts.times.lockAt) return step('locked');
  const begun = facts.report !== null;
  const sums = begun ? null : await communeSums(turn, facts);
  const notes = [
    ...(begun ? [] : [turn.words.t('reports:form.begin', formVars(turn, facts))]),
    ...(sums === null ? [] : [sums]),
  ];
  const figure = textIn(context.slots, 'figure');
  const back = returnedFigure(facts);
  if (figure === '' && back !== null)
    return { move: { ...askReturned(facts, back).move, instead: true } as StepResult['move'] };
  if (figure === '') return { ...(textIn(context.slots, 'fix') === '' ? goOn(facts) : step('which')), notes };
  // A figure named with its value, «mức 2: 71,4 % của 2.500.000»: taken as if it had been the answer.
  const line = textIn(context.slots, 'line');
  const taken = line === '' ? null : take(turn, facts, figure, line);
  const next = taken ?? step('question', { figure, said: null });
  return { ...next, notes: [...notes, ...(next.notes ?? [])] };
}

async function locked(context: Context): Promise<Say> {
  const facts = await factsIn(context);
  const { text } = formSent(context.turn, facts);
  return { text: `${context.turn.words.t('reports:form.locked', formVars(context.turn, facts))}\n${text}` };
}

const refOf = ({ form, period, unit }: ReportKey): string => `${form}/${period}/${unit}`;

const form: Dialog<DialogDeps> = defineDialog<DialogDeps>({
  id: 'form',
  version: 2,
  first: 'start',
  ref: (slots) =>
    refOf({ form: textIn(slots, 'form'), period: textIn(slots, 'period'), unit: textIn(slots, 'unit') }),
  upgrade: (frame) => ({ step: 'start', slots: frame.slots }),
  // What the report has come to since stands under the word that nothing was done.
  async oldButton(turn, { ref }) {
    const owed = reportsOf(turn, personOf(turn)).find(({ key }) => refOf(key).toLowerCase() === ref);
    return owed ? { ...openForm(owed), notes: [say(turn, 'common:old_same')] } : oldButton(turn);
  },
  async comeBack(context) {
    const { turn } = context;
    const facts = await factsIn(context);
    if (isSent(facts)) return null;
    const figure = context.frame.step === 'question' ? textIn(context.slots, 'figure') : '';
    const asked =
      figure === '' ? null : formQuestion(turn, facts, figure, await offeredFor(turn, facts, figure));
    const lead = turn.words.t('reports:form.come_back', formVars(turn, facts));
    // The question stays on the screen, whatever was talked of in between.
    if (asked) return { ...asked, text: `${lead}\n${asked.text}` };
    return {
      text: lead,
      choices: [
        { id: 'CONTINUE', label: turn.words.t('reports:buttons.continue_screen') },
        { id: 'LATER', label: turn.words.t('reports:buttons.later') },
      ],
    };
  },
  async repair(context, input) {
    const facts = await factsIn(context);
    const asked = await form.steps[context.frame.step]?.ask?.(context);
    const again = context.turn.words.t('reports:form.again', {
      ...formVars(context.turn, facts),
      typed: input.text.slice(0, 40),
    });
    return asked ? { ...asked, text: `${again}\n${asked.text}` } : { text: again };
  },
  steps: {
    start: { to: [...NEXT], run: start },
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
    ...FORM_PARTS,
    readback: {
      to: [...NEXT],
      digits: 'own',
      ask: async (context) => formReadback(context.turn, await factsIn(context)),
      async receive(context, input) {
        const { turn } = context;
        const facts = await factsIn(context);
        if (turn.at >= facts.times.lockAt) return step('locked');
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
    // Nothing is open under a report that was sent: «sửa 2» opens it again.
    sent: {
      to: [],
      async run(context) {
        const facts = await factsIn(context);
        const said = formSent(context.turn, facts);
        const moved = await sumsMoved(context.turn, facts);
        return {
          move: { to: 'end', say: moved === '' ? said : { ...said, text: `${said.text}\n${moved}` } },
          ...(isSent(facts) ? { listed: formListed(facts) } : {}),
        };
      },
    },
    locked: { to: [], ask: locked, receive: async () => PASS },
    parked: {
      to: [],
      async run(context) {
        const { turn } = context;
        return putOff(turn, turn.words.t('reports:form.later', formVars(turn, await factsIn(context))));
      },
    },
  },
});

export default form;
