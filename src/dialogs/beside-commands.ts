import { readAct } from '../understanding/acts';
import { readStop } from '../understanding/stop';
import { sentence } from './answer';
import type { DialogDeps } from './deps';
import type { Command } from './feature';
import { menuScreen } from './menu.dialog';
import { isAsked } from './unfinished';

/**
 * What people want beside an answer where the open talk has no word of its own for it: «câu này là gì», «tôi không biết»,
 * «quay lại câu trước». The question is asked again under how to get out of it; with nothing open, what can be done is shown.
 */
const BESIDE: ReadonlySet<string> = new Set([
  'explain',
  'unknown',
  'unsure',
  'how_many_left',
  'start_over',
  'back',
  'asks_sending',
]);
/** With nothing open only what can be about nothing else. */
const OF_NOTHING =
  /^(?:da |the |vay )*(?:(?:cau|cai|muc) nay (?:la|hoi|nghia la) (?:(?:cai )?gi|sao|the nao)|nghia la (?:gi|sao|the nao)|(?:toi |bac )?khong biet|bo qua(?: (?:cau|muc|cai) nay)?|lam lai(?: tu dau)?|(?:quay lai |xem lai )?cau truoc)(?: (?:a|em|chau|vay|the))*$/;

/** Whether a text is about the talk and no answer to a question that takes any words: a place, a topic, a reason. */
export function isBeside(text: string): boolean {
  return readAct(text) !== null || readStop(text) !== null;
}

export const besideCommand: Command<DialogDeps> = {
  id: 'beside',
  says: ['câu này là gì', 'tôi không biết', 'bỏ qua câu này', 'làm lại từ đầu', 'câu trước'],
  reads: ({ text, fold, conversation }) => {
    if (!isAsked(conversation)) return OF_NOTHING.test(fold.trim());
    const act = readAct(text)?.kind;
    return act !== undefined && BESIDE.has(act);
  },
  async run(turn, { conversation, person }) {
    if (isAsked(conversation)) return sentence(turn, 'asides:asked-again');
    // Somebody without a post asks about the matter itself: articles and the desk know more.
    return person.offices.length === 0
      ? null
      : sentence(turn, 'asides:nothing-asked', {}, menuScreen(turn).choices ?? []);
  },
};
