import type { Input, StepContext, StepResult } from '../conversation/dialog';
import { foldText } from '../kernel/vn-text';
import { readIntent } from '../understanding/intent';
import { CANCELS, readStop } from '../understanding/stop';
import { say } from './answer';
import type { DialogDeps } from './deps';
import { onlyAsksToBeReminded } from './named-reminder';

/**
 * A question that takes any words for its answer: the text of an order, a reason, a name, a word for somebody else. Words
 * that only stop, hold, put off or ask about the question are no answer to it: nothing is recorded and it stands again.
 */

type Beside = 'drop' | 'hold' | 'later' | 'explain' | 'messages';

/** «Thứ Năm tôi làm», «để sáng mai»: a day, and nothing that is to be written down. */
const SOME_OTHER_DAY =
  /^(?:(?:thoi|de|hen|da|den) )*(?:(?:sang|trua|chieu|toi) )?(?:mai|ngay mai|ngay kia|thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|tuan sau|hom khac|toi nay|chieu nay)(?: (?:toi|bac|em|minh|xa|se))*(?: (?:lam|viet|nghi|tinh|gui|tra loi|xem|noi))?(?: (?:a|nhe|nha|em|chau|da|sau|di|tiep))*$/;

/** «Câu này là gì», «ghi thế nào ạ», «tôi không hiểu»: about the question, whatever it asks for. */
const ABOUT_THE_QUESTION =
  /^(?:(?:da|the|vay|u|a|em|chau|oi) )*(?:(?:cau|cai|muc|phan) nay (?:la |hoi |nghia la |ghi |viet |tra loi )*(?:gi|sao|the nao|nhu the nao)|nghia la (?:gi|sao|the nao)|(?:la |hoi )(?:cai )?gi|la sao|(?:ghi|viet|tra loi|nhap|dien) (?:cai )?(?:gi|sao|the nao|nhu the nao)|(?:toi |em |bac |minh )?(?:khong|ko|k|chua) hieu(?: cau nay| gi)?|giai thich(?: .{0,20})?|(?:cho )?vi du(?: xem| di)?|what(?: does this mean| is this)?|how)(?: (?:a|em|chau|vay|the|day|ha|voi))*$/;

/** What a short text is instead of an answer in words; null: it is the answer. */
export function besideWords(typed: string): Beside | null {
  const fold = foldText(typed.replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' '));
  if (CANCELS.test(fold) || /^(?:stop|cancel|never mind)$/.test(fold)) return 'drop';
  const stop = readStop(typed);
  if (stop === 'messages') return 'messages';
  if (stop !== null) return stop === 'cancel' ? 'drop' : 'hold';
  if (/^(?:wait|hold on|not yet|do not send|don t send)$/.test(fold)) return 'hold';
  if (readIntent(typed)?.kind === 'later' || SOME_OTHER_DAY.test(fold)) return 'later';
  return ABOUT_THE_QUESTION.test(fold) ? 'explain' : null;
}

/**
 * The answer to words that are none for the question, which `drop` gives up; null: they are its answer, or a button was
 * meant. `days`: a day is an answer here, so «để mai» is one.
 */
export function notTheWords(
  context: StepContext<DialogDeps>,
  input: Pick<Input, 'choice' | 'text' | 'event'>,
  drop: () => StepResult,
  { days = false } = {},
): StepResult | null {
  if (input.choice !== null || input.event.kind !== 'text') return null;
  // A wish to be reminded is a command of its own, whatever is asked; the question stands again behind its answer.
  if (onlyAsksToBeReminded(input.text, context.turn.at)) return { move: { to: 'pass' } };
  switch (besideWords(input.text)) {
    case 'drop':
      return drop();
    case 'later':
      return days ? null : stands(context, 'asides:words-held');
    case 'hold':
      return stands(context, 'asides:words-held');
    case 'explain':
      return stands(context, 'asides:asked-again');
    case 'messages':
      return { move: { to: 'pass' } };
    case null:
      return null;
  }
}

const stands = ({ turn }: StepContext<DialogDeps>, key: string): StepResult => ({
  move: { to: 'here' },
  notes: [say(turn, key)],
});
