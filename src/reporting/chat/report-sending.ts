import { monthName } from '../../kernel/moment';
import type { Choice, Dialog, Say, StepResult, Turn } from '../../conversation/dialog';
import {
  type Context,
  HERE,
  NEXT,
  PASS,
  afterLock,
  meantForNow,
  common,
  facts,
  refOf,
  step,
  stopped,
} from './report-common';
import { foldText } from '../../kernel/vn-text';
import { endsAsking } from '../../understanding/asking';
import { hasStopWord } from '../../understanding/stop';
import { yesNo } from '../../understanding/yes-no';
import { nextPeriod } from '../periods';
import type { DialogDeps } from '../../dialogs/deps';
import { valuesOf } from '../report-writing';
import { cannotBe, contradictions } from '../validation';
import { figureNamed, readAnswer, readFigures } from './report-answers';
import { readQueue } from './answer-queue';
import { digitMeansFix } from './numbered-screen';
import { goOn } from './report-record';
import { type Facts, answeredCount, effectBase, isSent, periodMeant, preview } from './report-facts';
import { sentLines } from './report-second';
import { putOff } from './put-off';
import { returnedPastLock } from './returned';
import { lastLines, readbackScreen, reportVars, reportedLines } from './report-texts';
import { receiptText, sentScreen, undoChoices } from './receipt-texts';
import { keptForLater, lockedText, refusal } from './report-refusals';
import { wishedHere } from './report-wished';
import { readIntent } from '../../understanding/intent';

/** Reading back, sending, correcting, taking back, and what a lock leaves to do. */

function whichScreen(turn: Turn<DialogDeps>, found: Facts): Say {
  return {
    text: turn.words.t('reports:which_fix', {
      ...reportVars(turn, found),
      figures:
        isSent(found) || answeredCount(found) > 0 ? reportedLines(turn, found) : lastLines(turn, found),
    }),
  };
}

function send(turn: Turn<DialogDeps>, found: Facts): StepResult {
  const effect = { ...effectBase(turn, found), kind: 'report.submit' as const };
  const { facts: after, outcome } = preview(turn, found, effect);
  if (outcome.outcome === 'locked') return step('locked');
  const [beyond] = cannotBe(found.form, found.report, found.unit);
  const [against] = contradictions(found.form, valuesOf(found.report));
  const because = beyond ?? against;
  if (outcome.outcome === 'refused' && because) {
    const again = because.kind === 'contradiction' ? because.check.left : because.figure;
    return { notes: [refusal(turn, found, because)], move: goOn(found, { again }) };
  }
  if (outcome.outcome === 'refused') return outcome.why === 'not_open' ? HERE : { move: goOn(found) };
  return {
    effects: [effect],
    move: {
      to: 'end',
      say: {
        text: receiptText(turn, after, outcome.report),
        choices: undoChoices(turn, after),
        screen: { dialog: 'report', ref: refOf({ unit: after.key.unit, period: after.key.period }) },
      },
    },
  };
}

/** «Gửi báo cáo» on the read-back: with nothing open it begins one. */
function sendsReport(text: string): boolean {
  return (
    /^(?:(?:ok|da|vang|dong y|nhat tri) )*duyet(?: (?:di|luon|nhe|a|em))*$|^(?:(?:ok|da|vang|thi|roi) )*(?:gui|nop) (?:bao cao|bc|so lieu)(?: (?:di|nhe|nha|luon|em|a|cho xa|len xa|giup|toi|bac))*$/.test(
      foldText(text.replace(/[^\p{L}\p{M}\d\s]/gu, ' ')),
    ) &&
    !hasStopWord(text) &&
    !endsAsking(text)
  );
}

/** Who shares the post may have written since this was read back: nobody sends figures they have not seen. */
function changedSince({ turn, slots }: Context, found: Facts): StepResult | null {
  const seen = slots['seen'];
  const rev = found.report?.rev ?? 0;
  if (typeof seen !== 'number' || seen === rev) return null;
  return {
    ...step('readback', { seen: rev }),
    notes: [turn.words.t('reports:changed_meanwhile', reportVars(turn, found))],
  };
}

/** «Xin thêm nửa ngày», while the commune may still grant it. */
function moreTimeChoice(turn: Turn<DialogDeps>, { context, report }: Facts): Choice[] {
  const open = context.extendTo !== null && turn.at < context.extendTo && !report?.extendedTo;
  const label = turn.words.t('reports:buttons.more_time');
  return open ? [{ id: 'MORE_TIME', label, command: '#XINGIAHAN' }] : [];
}

/** What can be worked on when this month is locked: the month now meant, or the one after it. */
function stillToDo(turn: Turn<DialogDeps>, found: Facts): string {
  const now = periodMeant(turn.at);
  return found.key.period < now ? now : nextPeriod(found.key.period);
}

export const SENDING: Dialog<DialogDeps>['steps'] = {
  /** D6: the read-back of the whole report. */
  readback: {
    to: [...NEXT],
    digits: 'own',
    ask: async (context) => readbackScreen(context.turn, await facts(context)),
    async receive(context, input) {
      const { turn } = context;
      const found = await facts(context);
      if (turn.at >= found.times.lockAt) return afterLock(context, input);
      if (isSent(found)) return step('sent');
      const held = stopped(context, found, input);
      if (held) return held;
      const said = input.choice === null ? yesNo(input.text) : null;
      const sends =
        input.choice === null && (readIntent(input.text)?.kind === 'send' || sendsReport(input.text));
      if (input.choice === 'SEND' || said === 'yes' || sends)
        return changedSince(context, found) ?? send(turn, found);
      if (input.choice === 'FIX' || said === 'no') return step('which');
      const taken = common(context, found, input);
      if (taken) return taken;
      return digitMeansFix(context, found, input, false) ?? wishedHere(context, found, input) ?? PASS;
    },
  },

  which: {
    to: [...NEXT],
    digits: 'own',
    ask: async (context) => whichScreen(context.turn, await facts(context)),
    async receive(context, input) {
      const found = await facts(context);
      const taken = common(context, found, input);
      if (taken) return taken;
      const figure = figureNamed(context.turn, found, input.text);
      return figure
        ? step('question', { figure })
        : (digitMeansFix(context, found, input, false) ?? wishedHere(context, found, input) ?? PASS);
    },
  },

  /** The report is with the commune: it can be looked at and corrected until the lock. */
  sent: {
    to: [...NEXT],
    digits: 'own',
    async ask(context) {
      const found = await facts(context);
      return {
        text: sentScreen(context.turn, found, sentLines(context.turn, found)),
        choices: [{ id: 'FIX', label: context.turn.words.t('reports:buttons.fix') }],
      };
    },
    async receive(context, input) {
      const { turn } = context;
      const found = await facts(context);
      if (turn.at >= found.times.lockAt) return afterLock(context, input);
      if (!isSent(found)) return { move: goOn(found) };
      if (input.choice === 'FIX') return step('which');
      if (input.choice === 'LATER') return { move: { to: 'end' } };
      const taken = common(context, found, input);
      if (taken) return taken;
      return digitMeansFix(context, found, input, false) ?? wishedHere(context, found, input) ?? PASS;
    },
  },

  /** D9: locked, with what can still be done. */
  locked: {
    to: ['start', 'parked'],
    async ask(context) {
      const { turn } = context;
      const found = await facts(context);
      const next = stillToDo(turn, found);
      const month = monthName(turn.words, next, turn.at);
      const label = next === periodMeant(turn.at) ? 'start' : 'next_month';
      return {
        text: lockedText(turn, found),
        choices: [
          ...moreTimeChoice(turn, found),
          { id: 'SEE', label: turn.words.t('reports:buttons.see_sent') },
          { id: 'NEXT', label: turn.words.t(`reports:buttons.${label}`, { month }) },
        ],
      };
    },
    async receive(context, input) {
      const { turn } = context;
      const found = await facts(context);
      if (input.choice === 'CONTINUE') return HERE;
      if (input.choice === 'LATER') return { move: { to: 'end' } };
      if (input.choice === 'SEE') {
        const vars = reportVars(turn, found);
        const text = isSent(found)
          ? turn.words.t('reports:locked_figures', { ...vars, figures: reportedLines(turn, found) })
          : turn.words.t('reports:locked_nothing', vars);
        return { move: { to: 'end', say: { text } } };
      }
      if (input.choice === 'NEXT') return step('start', { period: stillToDo(turn, found) });
      if (meantForNow(input, found.key.period < periodMeant(turn.at))) return PASS;
      const touchesReport = readFigures(found, input.text) !== null || readIntent(input.text)?.kind === 'fix';
      if (!touchesReport && readAnswer(found, found.asked[0]?.id ?? '', input.text).kind !== 'value')
        return PASS;
      return returnedPastLock(turn, found, input.text) ?? HERE;
    },
  },

  /** Put aside: the draft stays, «tiếp» goes on with it; at the time that was named the person is reminded. */
  parked: {
    to: [],
    async run(context) {
      const kept = keptForLater(context.turn, await facts(context), readQueue(context.slots));
      return putOff(context.turn, kept);
    },
  },
};
