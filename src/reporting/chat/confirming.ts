import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { replyButtons } from '../../channels/reply-buttons';
import { answer } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { hexAsLetters } from '../../kernel/letters';
import { vnDay } from '../../kernel/vn-time';
import { instantOf } from '../../kernel/work-calendar';
import { personOf } from '../../org/chat/people';
import type { SendNotice } from '../../outbox/enqueue';
import { awaitsConfirmation, confirmation } from '../confirmation';
import { FORMS } from '../forms';
import { periodNow } from '../period-meant';
import { refOfKey, shownDigest } from './approval-facts';
import { noticesTo } from './approval-notices';
import { checkVars, figureLinesOf } from './approval-texts';
import { communeSums } from './form-sums';
import { factsOf, type Facts } from './report-facts';

/**
 * The chair's confirmation of a commune's month, where the setting asks it. The officer's sending counts for the deadline
 * whatever the chair does; a chair who is silent is asked once more on the next working morning, and the department sees
 * that nobody has confirmed and may approve the report by itself.
 */

const MORNING = 8 * 60;

/** Whether the chair has still to confirm, by what is known here. */
export function isUnconfirmed({ report, context }: Facts): boolean {
  return awaitsConfirmation(report, context);
}

function chairsOf(turn: Turn<DialogDeps>, { key, form }: Facts) {
  return turn.deps.directory
    .holdersOf(key.unit, form.confirmedBy ?? [])
    .filter(({ user }) => user !== turn.user);
}

/** Whether somebody on this channel can confirm it. */
export function hasChair(turn: Turn<DialogDeps>, facts: Facts): boolean {
  return chairsOf(turn, facts).length > 0;
}

function buttonsOf(turn: Turn<DialogDeps>, facts: Facts): readonly { label: string; payload: string }[] {
  const ref = refOfKey(facts.key);
  return [
    {
      label: turn.words.t('approval:buttons.confirm'),
      payload: `#XACNHANXA_${ref}/${shownLetters(facts)}`,
    },
    { label: turn.words.t('approval:buttons.look_again'), payload: `#NHOXEMLAI_${ref}` },
  ];
}

/** The figures as shown, as letters: digits behind a button could look like a card's number. */
export function shownLetters(facts: Facts): string {
  return hexAsLetters(shownDigest(facts).slice(-10));
}

function asking(turn: Turn<DialogDeps>, facts: Facts, key: string): SendNotice[] {
  if (!isUnconfirmed(facts)) return [];
  return noticesTo(turn, facts, chairsOf(turn, facts), {
    ...{ key, vars: { figures: figureLinesOf(turn, facts) } },
    buttons: replyButtons(buttonsOf(turn, facts)),
  });
}

/** To the chair, now and once more on the next working morning, unless it was confirmed by then. Nothing where nobody confirms. */
export function askedToConfirm(turn: Turn<DialogDeps>, facts: Facts): SendNotice[] {
  const { work } = turn.deps.settings.calendars;
  const morning = instantOf(work.addWorkingDays(vnDay(turn.at), 1), MORNING);
  const again = asking(turn, facts, 'confirm_again').map((notice) => ({
    ...{ ...notice, notBefore: morning },
    onlyIf: { kind: 'confirm_waits' as const, ref: refOfKey(facts.key) },
  }));
  return [...asking(turn, facts, 'confirm'), ...again];
}

/** After a change of what was sent: the chair reads it as it is now; what was confirmed before is asked for anew. */
export function askedAnew(turn: Turn<DialogDeps>, before: Facts, after: Facts): SendNotice[] {
  if (!before.report?.submittedAt) return [];
  return confirmation(before.report) ? askedToConfirm(turn, after) : asking(turn, after, 'confirm');
}

/** The report that the person is to confirm, of the present period; null: there is none, or it was not sent. */
export async function toConfirm(turn: Turn<DialogDeps>): Promise<Facts | null> {
  for (const form of FORMS.values())
    for (const office of personOf(turn).offices) {
      const period = periodNow(form, turn.at);
      if (period === null || !form.confirmedBy?.includes(office.role)) continue;
      const facts = await factsOf(turn, office.unit, period, form.id);
      if (facts?.context.confirms === true) return facts;
    }
  return null;
}

/** What waits for the person's confirmation, as a line and a button of «tình hình»; null: nothing. */
export async function confirmationWaiting(
  turn: Turn<DialogDeps>,
): Promise<{ readonly facts: Facts; readonly text: string; readonly choice: Choice } | null> {
  const facts = await toConfirm(turn);
  if (!facts || !isUnconfirmed(facts)) return null;
  return {
    facts,
    text: turn.words.t('approval:confirm.waits', checkVars(turn, facts)),
    choice: {
      id: 'CONFIRM',
      label: turn.words.t('approval:buttons.see_confirm'),
      command: `#XACNHANXA_${refOfKey(facts.key)}`,
    },
  };
}

/** «Chủ tịch chưa xác nhận», for whoever sent it; empty where nobody confirms. */
export function unconfirmedLine(turn: Turn<DialogDeps>, facts: Facts): string {
  if (!isUnconfirmed(facts)) return '';
  const key = hasChair(turn, facts) ? 'asked' : 'nobody';
  return turn.words.t(`approval:confirm.${key}`, checkVars(turn, facts));
}

/** The report as it is to be confirmed. */
export async function confirmScreen(turn: Turn<DialogDeps>, facts: Facts, note = ''): Promise<StepResult> {
  const sums = (await communeSums(turn, facts, 'approval:sums.head')) ?? '';
  const text = turn.words.t('approval:confirm.screen', {
    ...{ ...checkVars(turn, facts), figures: figureLinesOf(turn, facts) },
  });
  return answer({
    text: [note, text, sums].filter((part) => part !== '').join('\n'),
    choices: buttonsOf(turn, facts).map(({ label, payload }, i) => ({
      id: `CONFIRM${i}`,
      label,
      command: payload,
    })),
  });
}
