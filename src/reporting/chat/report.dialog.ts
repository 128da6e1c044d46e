import { monthName } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import { type Context, NEXT, facts, refOf, step } from './report-common';
import { nothing, nothingSteps } from './report-nothing';
import { SENDING } from './report-sending';
import { SECOND, askSecond } from './report-choosing';
import { toDecide } from './report-second';
import { namingPlaces, notThisPlace, placeSaid } from './report-places';
import { askReturned, returnedFigure, returnedPastLock } from './returned.dialog';
import { undoButtonActs, undoIn } from './report-undo';
import { ASKING } from './report-asking';
import { CHECKS } from './report-checks';
import {
  textIn,
  type Dialog,
  type Json,
  type Say,
  type StepResult,
  type Tap,
  type Turn,
  defineDialog,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { takingMedia } from '../../dialogs/media';
import { callChoice, contactName, personOf } from '../../org/chat/people';
import { formerHolderAnswer, rightLost } from '../../org/chat/lost-right';
import { figureNamed, readAnswer, readCorrected, readFigures } from './report-answers';
import { doingAgain } from './report-acts';
import { goOn, takeAll } from './report-record';
import {
  type Facts,
  answeredCount,
  asLastMonth,
  factsOf,
  isSent,
  numberOf,
  ownUnits,
  periodMeant,
} from './report-facts';
import { laterChoice, quoted, reportVars, underNote } from './report-texts';

/**
 * One dialog for every monthly report: last month's figures on one screen, one question at a time, one line for
 * experts, read-back, sending, correcting, taking back. What was said is in the report's draft, never in the talk, so
 * it survives days, questions in the middle and new versions of this file.
 */

async function start(context: Context): Promise<StepResult> {
  const { turn, slots } = context;
  const person = personOf(turn);
  const units = ownUnits(turn);
  if (units.length === 0) {
    const key = person.offices.length > 0 ? 'not_reporter' : 'not_reporter_unknown';
    const text = formerHolderAnswer(turn) ?? turn.words.t(`reports:${key}`, person.vars);
    return { move: { to: 'end', say: { text } } };
  }
  const typed = textIn(slots, 'line');
  const place = typed === '' ? null : placeSaid(turn, typed);
  if (place && place.mine === null) return { move: { to: 'end', say: { text: notThisPlace(turn, place) } } };
  const wanted =
    place?.mine ?? (textIn(slots, 'unit') || undefined) ?? (units.length === 1 ? units[0] : undefined);
  if (wanted === undefined) return step('unit');
  const unit = units.includes(wanted) ? wanted : (units[0] as string);
  const period = textIn(slots, 'period') || periodMeant(turn.at);
  const found = await factsOf(turn, unit, period);
  const known = { unit, period, queue: [], line: '', fix: '', none: false, early: null };
  if (!found)
    return {
      move: {
        to: 'end',
        say: { text: turn.words.t('reports:unit_gone', { ...person.vars, Unit: capital(unit) }) },
      },
    };
  if (turn.at >= found.times.lockAt)
    return returnedPastLock(turn, found, place?.rest ?? typed) ?? step('locked', known);
  // What was sent back is the one thing that is asked, however the report is begun.
  const back = returnedFigure(found);
  const bare = typed === '' && textIn(slots, 'fix') === '' && slots['none'] !== true;
  if (back && bare)
    return { move: { ...askReturned(found, back).move, instead: true } as StepResult['move'] };
  const result = await open(
    turn,
    found,
    place?.rest ?? typed,
    textIn(slots, 'fix'),
    slots['none'] === true,
    slots['early'] ?? null,
  );
  const { move } = result;
  if (move.to !== 'step') return result;
  // A month that people do not mean of themselves is named before its first question.
  const named =
    turn.at < found.times.opensAt && move.step === 'question' && (result.notes ?? []).length === 0
      ? [turn.words.t('reports:early_month', reportVars(turn, found))]
      : [];
  return {
    ...result,
    notes: [...named, ...(result.notes ?? [])],
    move: { ...move, slots: { ...known, ...move.slots } },
  };
}

/** Where a report begins: at what the person already typed, at what is sent, where they left off, at last month's figures, or at the first question. */
async function open(
  turn: Turn<DialogDeps>,
  found: Facts,
  line: string,
  fix: string,
  none: boolean,
  early: Json,
): Promise<StepResult> {
  if (none) return nothing(turn, found);
  const typed =
    line === '' ? null : (readFigures(found, line) ?? (isSent(found) ? readCorrected(found, line) : null));
  if (typed) return takeAll(turn, found, typed);
  const figure = fix === '' ? null : figureNamed(turn, found, fix);
  if (figure) return step('question', { figure });
  if (fix !== '') return step('which');
  const undecided = isSent(found) ? toDecide(turn, found) : null;
  if (undecided !== null) return { move: askSecond(found, undecided) };
  if (isSent(found)) return step('sent');
  if (answeredCount(found) > 0) {
    const resumed = turn.words.t('reports:resumed', {
      ...reportVars(turn, found),
      done: answeredCount(found),
    });
    return { move: goOn(found), notes: answeredCount(found) < found.asked.length ? [resumed] : [] };
  }
  if (asLastMonth(found).length > 0) return step('thumb');
  // A number that came before its question, and was kept, is the answer to it.
  const firstAsked = found.asked[0]?.id;
  if (typeof early === 'number' && firstAsked)
    return takeAll(turn, found, [
      { figure: firstAsked, reading: readAnswer(found, firstAsked, String(early)) },
    ]);
  return { move: goOn(found) };
}

/** A button of a screen that is no longer the one in front: an undo acts while it may; anything else explains itself. */
async function oldButton(turn: Turn<DialogDeps>, tap: Tap): Promise<StepResult> {
  const person = personOf(turn);
  const [period = '', unitTyped = ''] = tap.ref.split('/');
  const unit = ownUnits(turn).find((code) => code.toLowerCase() === unitTyped);
  const found = unit && /^\d{4}-\d{2}$/.test(period) ? await factsOf(turn, unit, period) : null;
  if (!unit || !found)
    return { move: { to: 'here', say: { text: turn.words.t('common:old_button', person.vars) } } };
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
    const key = isSent(found) ? 'old_sent' : 'old_same';
    return {
      notes: [turn.words.t(`reports:${key}`, vars)],
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

const STEPS: Dialog<DialogDeps>['steps'] = takingMedia(
  namingPlaces(
    doingAgain({
      start: { to: ['unit', 'thumb', 'second', ...NEXT], run: start },
      ...ASKING,
      ...CHECKS,
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
    if (looking && (isSent(found) || at === 'locked')) return null;
    // What is open stays on the screen, whatever was talked of in between.
    const left = found.asked.length - answeredCount(found);
    const lead = words.t(`reports:${comeBackKey(at, left)}`, { ...vars, left });
    const screen = await askOf(context);
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
