import type { ChooseManner } from '../contacts/contact-effects';
import type { Manner } from '../contacts/preferences.model';
import type { StepResult, Turn } from '../conversation/dialog';
import { sentence } from './answer';
import type { DialogDeps } from './deps';
import type { Command } from './feature';

/** How somebody wants to be spoken to: as usual, in short pieces, or so that it can be read to them. */

const COURTESY =
  /(?:^| )(?:em|chau|bac|toi|ong|ba|co|chu|anh|chi|minh|a|oi|nhe|nha|voi|da|thi|ma|di|cho|gia|roi|mat kem|giup|ho|con|hieu|nghe|theo|nhin|doc)(?= |$)/g;
const SLOW =
  /^(?:(?:noi|nhan|viet|chi|bao|tra loi|huong dan|giai thich) )?(?:cham|tu tu|ngan gon|ngan|gon|it chu|dai qua|dai dong|nhanh qua)(?: (?:thoi|lai|hon|ti|chut|mot|mot chut|mot ti|qua|da|dai|dai qua|nhanh|nhanh qua|khong kip|khong duoc|khong het))*$/;

/** «Nói chậm thôi cháu ơi», «nói ngắn thôi, dài quá bác không đọc được»: a wish for all answers; `fold` without marks. */
export function asksToSlow(fold: string): boolean {
  const words = fold.trim().replace(/ +/g, ' ');
  return SLOW.test(words.replace(COURTESY, '').trim());
}

/** Short pieces from now on. */
export function speakSlowly(turn: Turn<DialogDeps>): StepResult {
  return choose(turn, 'slow');
}

function choose(turn: Turn<DialogDeps>, manner: Manner): StepResult {
  const { user, at } = turn;
  const effect: ChooseManner = { kind: 'contact.manner', id: turn.effectId(), user, manner, at };
  return { ...sentence(turn, `manner:${manner}`), effects: [effect] };
}

export const MANNER_COMMANDS: readonly Command<DialogDeps>[] = [
  {
    id: 'speak-slowly',
    tells: true,
    says: [
      'nói chậm thôi',
      'nói chậm lại',
      'nói ngắn thôi',
      'nhắn ngắn thôi',
      'viết ngắn thôi',
      'nói ngắn gọn thôi',
      'speak slowly',
    ],
    reads: ({ fold }) => asksToSlow(fold),
    run: async (turn) => speakSlowly(turn),
  },
  {
    id: 'read-aloud',
    tells: true,
    says: [
      'đọc to',
      'đọc to cho tôi nghe',
      'viết để đọc to',
      'đọc cho tôi nghe',
      'viết số bằng chữ',
      'read aloud',
    ],
    run: async (turn) => choose(turn, 'aloud'),
  },
  {
    id: 'speak-as-usual',
    says: ['nói như cũ', 'nhắn như cũ', 'nói bình thường', 'thôi đọc to', 'viết như cũ', 'speak as usual'],
    run: async (turn) => choose(turn, 'usual'),
  },
];
