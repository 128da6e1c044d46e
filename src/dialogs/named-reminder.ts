import type { AnyEffect, Turn } from '../conversation/dialog';
import { moment } from '../kernel/moment';
import { foldText } from '../kernel/vn-text';
import type { AskReminder } from '../reminders/chat/remind-effects';
import { namedTime, wishedTime } from '../reminders/chat/wished-time';
import { readIntent } from '../understanding/intent';
import { putsOffQuestion } from '../understanding/later-words';
import { readStop } from '../understanding/stop';
import { say } from './answer';
import type { DialogDeps } from './deps';

/** A reminder that somebody wished for: written, and what they read of when it comes. */
export interface Reminded {
  readonly effects: readonly AnyEffect[];
  readonly text: string;
  /** Said before it: the deadline is earlier than that. */
  readonly notes: readonly string[];
}

/** Says when it will be, and why where that is another time than was wished. Null: the person owes nothing. */
export async function remindedAt(turn: Turn<DialogDeps>, wished: Date): Promise<Reminded | null> {
  const { words, user, at } = turn;
  const asked = await turn.deps.reminders.wouldAsk(user, wished, at, turn.event.id);
  if (asked.outcome === 'nothing_owed') return null;
  if (asked.outcome === 'enough')
    return {
      effects: [],
      text: say(turn, 'reminders:asked.enough', { moment: moment(words, asked.at) }),
      notes: [],
    };
  const effect: AskReminder = { kind: 'reminder.ask', id: turn.effectId(), user, wished, at };
  const moved = asked.at.getTime() !== wished.getTime();
  const vars = { moment: moment(words, asked.at), deadline: moment(words, asked.deadline) };
  return {
    effects: [effect],
    text: say(turn, `reminders:asked.${moved ? 'moved' : 'done'}`, vars),
    notes: asked.at >= asked.deadline ? [say(turn, 'reminders:asked.after_deadline', vars)] : [],
  };
}

/** «De toi xem lai da», without marks: «để tôi» as likely as «để tối», so that it names no time. */
const PERHAPS_ME = /(?<!\p{L})de toi\s+(?!nay(?!\p{L}))\p{L}/iu;

/** The instant for which a message puts work off; null: it names none for certain, or that instant is past. */
export function timePutOffTo(text: string, now: Date): Date | null {
  return PERHAPS_ME.test(text) ? null : namedTime(text, now);
}

/** «8 giờ tối nhắc tôi» in the middle of a report: a wish, and no figure. */
export const asksToBeReminded = (text: string, now: Date): boolean => wishedTime(text, now) !== null;

const REMIND_ME =
  /^(?:(?:da|em|a|oi|chau|cho|xin|nho|hay|nua) )*nhac\b|\bnhac (?:lai )?(?:cho )?(?:toi|bac|minh|chi|anh)\b/;
const MOST_WORDS = 10;

/** The same, and nothing beside it: an order that has the villages reminded at seven is no wish of its giver. */
export const onlyAsksToBeReminded = (text: string, now: Date): boolean => {
  const fold = foldText(text).trim();
  return REMIND_ME.test(fold) && fold.split(/\s+/).length <= MOST_WORDS && asksToBeReminded(text, now);
};

/**
 * The reminder at the time for which open work is put off: «để mai», «để tối», «thứ Năm tôi làm». Null: the message names
 * none, or says something else as well.
 */
export async function remindedWhenPutOff(turn: Turn<DialogDeps>): Promise<Reminded | null> {
  const { text, kind } = turn.event;
  const intent = kind === 'text' ? readIntent(text)?.kind : undefined;
  const putsOff = intent === 'later' || intent === 'cancel' || readStop(text) !== null;
  if (!putsOff && (kind !== 'text' || !putsOffQuestion(text))) return null;
  const wished = timePutOffTo(text, turn.at);
  return wished === null ? null : remindedAt(turn, wished);
}
