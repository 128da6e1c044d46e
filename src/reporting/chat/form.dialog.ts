import {
  defineDialog,
  textIn,
  type Dialog,
  type Input,
  type Say,
  type StepResult,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { say } from '../../dialogs/answer';
import { oldButton } from '../../dialogs/old-button';
import { personOf } from '../../org/chat/people';
import { rightLost } from '../../org/chat/lost-right';
import { readIntent } from '../../understanding/intent';
import { yesNo } from '../../understanding/yes-no';
import type { ReportKey } from '../report';
import { FORM_ASKING } from './form-asking';
import { factsIn, type Context } from './form-common';
import { openForm } from './form-commands';
import { reportsOf, reportWord } from './form-duties';
import { FORM_PARTS } from './form-parts';
import { goOn, NEXT, PASS, step, take } from './form-record';
import { communeSums, offeredFor, sumsMoved } from './form-sums';
import { putOff } from './put-off';
import { askReturned, returnedFigure } from './returned';
import { formListed, formQuestion, formSent, formVars, periodName } from './form-texts';
import { meantForNow } from './report-common';
import { isSent } from './report-facts';

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

/** That it is locked, with what was sent; the period that is open now, if there is another, stands under it. */
async function locked(context: Context): Promise<Say> {
  const { turn } = context;
  const facts = await factsIn(context);
  const { text } = formSent(turn, facts);
  const now = reportsOf(turn, personOf(turn)).find(({ key }) => isNext(key, facts.key));
  const month = now ? periodName(turn, now.key.period) : '';
  const open = now && turn.at >= now.times.opensAt && turn.at < now.times.lockAt;
  const choices = open
    ? [
        {
          id: 'NEXT',
          label: turn.words.t('reports:buttons.start', { month }),
          command: `#BAOCAO_${reportWord(now.key)}`,
        },
      ]
    : [];
  return { text: `${turn.words.t('reports:form.locked', formVars(turn, facts))}\n${text}`, choices };
}

/** Whether it is another period of the same report. */
const isNext = (key: ReportKey, { form, period, unit }: ReportKey): boolean =>
  key.form === form && key.unit === unit && key.period !== period;

/** Whether it is said of the report that is open: a button, a number, a correction, the word to send it. */
function isFor({ choice, text }: Input): boolean {
  const kind = readIntent(text)?.kind;
  return choice !== null || /\d/.test(text) || kind === 'fix' || kind === 'send' || yesNo(text) === 'yes';
}

/** Nothing is taken for a report that is locked: it says so, but to what is meant for the period that is open now. */
function untilLocked(steps: Dialog<DialogDeps>['steps']): Dialog<DialogDeps>['steps'] {
  const bound = Object.entries(steps).map(([name, each]) => {
    const receive = each.receive?.bind(each);
    if (!receive) return [name, each] as const;
    return [
      name,
      {
        ...each,
        async receive(context: Context, input: Input) {
          const { turn } = context;
          const { key, times } = await factsIn(context);
          if (turn.at < times.lockAt) return receive(context, input);
          const over = reportsOf(turn, personOf(turn)).some((owed) => isNext(owed.key, key));
          return meantForNow(input, over) || !isFor(input) ? PASS : step('locked');
        },
      },
    ] as const;
  });
  return Object.fromEntries(bound);
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
    // What is locked is not gone on with.
    if (isSent(facts) || turn.at >= facts.times.lockAt) return null;
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
    if (context.turn.at >= facts.times.lockAt) return locked(context);
    const asked = await form.steps[context.frame.step]?.ask?.(context);
    const again = context.turn.words.t('reports:form.again', {
      ...formVars(context.turn, facts),
      typed: input.text.slice(0, 40),
    });
    return asked ? { ...asked, text: `${again}\n${asked.text}` } : { text: again };
  },
  steps: {
    start: { to: [...NEXT], run: start },
    ...untilLocked({ ...FORM_ASKING, ...FORM_PARTS }),
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
