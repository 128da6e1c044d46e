import type { ChooseManner } from '../contacts/contact-effects';
import type { Manner } from '../contacts/preferences.model';
import type { StepResult, Turn } from '../conversation/dialog';
import { sentence } from './answer';
import type { DialogDeps } from './deps';
import type { Command } from './feature';

/** How somebody wants to be spoken to: as usual, in short pieces, or so that it can be read to them. */

function choose(turn: Turn<DialogDeps>, manner: Manner): StepResult {
  const { user, at } = turn;
  const effect: ChooseManner = { kind: 'contact.manner', id: turn.effectId(), user, manner, at };
  return { ...sentence(turn, `manner:${manner}`), effects: [effect] };
}

export const MANNER_COMMANDS: readonly Command<DialogDeps>[] = [
  {
    id: 'speak-slowly',
    says: [
      'nói chậm thôi',
      'nói chậm lại',
      'nói ngắn thôi',
      'nhắn ngắn thôi',
      'viết ngắn thôi',
      'nói ngắn gọn thôi',
      'speak slowly',
    ],
    run: async (turn) => choose(turn, 'slow'),
  },
  {
    id: 'read-aloud',
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
