import { monthName } from '../../kernel/moment';
import { type Context, NEXT, afterLock, facts, refOf } from './report-common';
import { nothingSteps } from './report-nothing';
import { SENDING } from './report-sending';
import { SECOND } from './report-choosing';
import { namingPlaces } from './report-places';
import { undoButtonActs, undoIn } from './report-undo';
import { ASKING } from './report-asking';
import { CHECKS } from './report-checks';
import {
  textIn,
  type Dialog,
  type Input,
  type Say,
  type StepResult,
  type Tap,
  type Turn,
  defineDialog,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { takingMedia } from '../../dialogs/media';
import { oldButton as gone } from '../../dialogs/old-button';
import { callChoice, contactName, personOf } from '../../org/chat/people';
import { rightLost } from '../../org/chat/lost-right';
import { doingAgain, perhapsMeant } from './report-acts';
import { answeredCount, factsOf, isSent, numberOf, ownUnits, periodMeant } from './report-facts';
import { laterChoice, reportVars, thumbShort, underNote } from './report-texts';
import { quoted } from './report-refusals';
import { start } from './report-start';

/**
 * One dialog for every monthly report: last month's figures on one screen, one question at a time, one line for
 * experts, read-back, sending, correcting, taking back. What was said is in the report's draft, never in the talk, so
 * it survives days, questions in the middle and new versions of this file.
 */

/** A button of a screen that is no longer the one in front: an undo acts while it may; anything else explains itself. */
async function oldButton(turn: Turn<DialogDeps>, tap: Tap): Promise<StepResult> {
  const person = personOf(turn);
  const [period = '', unitTyped = ''] = tap.ref.split('/');
  const unit = ownUnits(turn).find((code) => code.toLowerCase() === unitTyped);
  const found = unit && /^\d{4}-\d{2}$/.test(period) ? await factsOf(turn, unit, period) : null;
  if (!unit || !found) return gone(turn);
  if (tap.choice.startsWith('UNDO') && undoButtonActs(turn, found, Number(tap.choice.slice(4))))
    return undoIn(turn, found);
  const now = periodMeant(turn.at);
  // Locked and no newer month begun: the locked month says so itself, with what can still be done.
  if (period === now && turn.at >= found.times.lockAt)
    return { move: { to: 'dialog', dialog: 'report', slots: { unit, period } } };
  const vars = {
    ...person.vars,
    oldMonth: monthName(turn.words, period, turn.at),
    month: monthName(turn.words, now, turn.at),
    receipt: found.report?.receipt ?? '',
  };
  if (period === now) {
    const key = isSent(found) ? 'reports:old_sent' : 'common:old_same';
    return {
      notes: [turn.words.t(key, vars)],
      move: { to: 'dialog', dialog: 'report', slots: { unit, period } },
    };
  }
  return {
    move: {
      to: 'here',
      say: {
        text: turn.words.t('reports:old_send', vars),
        choices: [{ id: 'REPORT', label: turn.words.t('reports:buttons.start', vars), command: '#BAOCAO' }],
      },
    },
  };
}

/** A value that was asked about before the lock is not taken after it. */
function untilLocked(steps: Dialog<DialogDeps>['steps']): Dialog<DialogDeps>['steps'] {
  return Object.fromEntries(
    Object.entries(steps).map(([name, each]) => {
      const receive = each.receive?.bind(each);
      if (!receive) return [name, each];
      return [
        name,
        {
          ...each,
          async receive(context: Context, input: Input) {
            const { times } = await facts(context);
            return context.turn.at >= times.lockAt ? afterLock(context, input) : receive(context, input);
          },
        },
      ];
    }),
  );
}

const STEPS: Dialog<DialogDeps>['steps'] = takingMedia(
  namingPlaces(
    doingAgain({
      start: { to: ['unit', 'thumb', 'second', ...NEXT], run: start },
      ...ASKING,
      ...untilLocked(CHECKS),
      ...nothingSteps(NEXT),
      ...SENDING,
      ...SECOND,
    }),
  ),
);

/** The screen a frame shows, asked afresh. */
async function askOf(context: Context): Promise<Say> {
  const at = STEPS[context.frame.step];
  return (await at?.ask?.(context)) ?? { text: '' };
}

/** The question without how to answer it: «Câu 3/4. Cả tháng 3 có bao nhiêu lượt người đến học ạ? …» */
function firstLine({ text }: Say): string {
  return text.split('\n')[0] ?? '';
}

/** Which place it is for, asked once more: there are no facts of a report yet. */
async function whichUnit(context: Context, typed: string): Promise<Say> {
  return underNote(context.turn.words.t('reports:repair.again', { typed }), await askOf(context));
}

function comeBackKey(at: string, left: number): string {
  if (at === 'readback') return 'come_back_readback';
  if (['thumb', 'sent', 'which', 'second', 'locked'].includes(at)) return 'come_back_thumb';
  return left > 0 ? 'come_back' : 'come_back_fix';
}

export default defineDialog<DialogDeps>({
  id: 'report',
  takes: { kinds: 'any' },
  version: 1,
  first: 'start',
  ref: refOf,
  closes: ({ turn, slots }) => {
    const unit = textIn(slots, 'unit');
    return unit === '' ? null : rightLost(turn, unit);
  },
  upgrade: (frame) => ({
    step: 'start',
    slots: { unit: textIn(frame.slots, 'unit'), period: textIn(frame.slots, 'period') },
  }),
  oldButton,

  async repair(context, input, misses) {
    const { turn } = context;
    if (context.frame.step === 'unit') return whichUnit(context, quoted(input.text));
    const found = await facts(context);
    const vars = { ...reportVars(turn, found), typed: quoted(input.text) };
    const at = context.frame.step;
    const screen = await askOf(context);
    const asked = at === 'question' || at === 'thumb';
    const perhaps = asked && misses < 3 ? perhapsMeant(context, found, input.text) : null;
    if (perhaps !== null) return underNote(perhaps, screen);
    if (at !== 'question' && misses < 3) {
      const numbered = ['thumb', 'readback', 'sent'].includes(at);
      const missed = turn.words.t(`reports:repair.${numbered ? 'screen' : 'again'}`, vars);
      return underNote(missed, screen);
    }
    if (misses < 3)
      return underNote(turn.words.t(`reports:repair.${misses === 1 ? 'first' : 'second'}`, vars), screen);
    const contact = contactName(turn.words, turn.deps, found.key.unit, turn.at);
    const call = await callChoice(turn, found.key.unit);
    const third = underNote(turn.words.t('reports:repair.third', { ...vars, contact }), screen);
    // Four buttons at most: whoever can be called stands in for «none», which can be typed.
    const kept = (third.choices ?? []).filter(({ id }) => call.length === 0 || id !== 'NONE');
    return { ...third, choices: [...call, ...kept] };
  },

  async comeBack(context) {
    const { turn } = context;
    const { words } = turn;
    const at = context.frame.step;
    if (at === 'unit') return askOf(context);
    const found = await facts(context);
    const vars = reportVars(turn, found);
    const looking = at === 'sent' || at === 'which' || at === 'second' || at === 'locked';
    if (looking && isSent(found)) return null;
    // What is locked is not gone on with.
    if (turn.at >= found.times.lockAt) return null;
    // Sent just now from another talk: what was asked here is answered with it.
    const sent = found.report?.acts.findLast(({ kind }) => kind === 'submit');
    if (sent?.effectId.startsWith(`${turn.event.id}:`)) return null;
    // What is open stays on the screen, whatever was talked of in between.
    const left = found.asked.length - answeredCount(found);
    const lead = words.t(`reports:${comeBackKey(at, left)}`, { ...vars, left });
    const screen = await askOf(context);
    if (at === 'thumb') return { ...screen, text: `${lead}\n${thumbShort(turn, found)}` };
    if (at !== 'question') return underNote(lead, screen);
    const figure = textIn(context.slots, 'figure');
    const number = words.t('reports:buttons.continue', { number: numberOf(found, figure) });
    return {
      text: `${lead}\n${firstLine(screen)}`,
      choices: [{ id: 'CONTINUE', label: number }, laterChoice(turn)],
    };
  },

  steps: STEPS,
});
