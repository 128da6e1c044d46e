import type { StepResult } from '../../conversation/dialog';
import { answer, say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { personOf, placeName } from '../../org/chat/people';
import { deskOf, takersAt } from '../desk';
import { deskName, timeOf } from './thread-words';
import { openEffect, type HandoverTurn } from './turn-threads';
import { handOver } from './citizen-commands';

/** «Phản ánh: …» and how an answer was: what citizens say about the work itself. */

/** «Phản ánh: …»: to the unit above a leader's, or to the desk of a citizen's commune. */
export const feedback: Command<DialogDeps> = command({
  id: 'feedback',
  button: '#PHANANH',
  says: [
    'phản ánh',
    'phản ánh: loa của thôn bị hỏng',
    'tôi muốn phản ánh: nhà văn hóa mất mạng',
    'cần phản ánh: chưa có máy chiếu',
    'em phản ánh: đường truyền yếu',
  ],
  strong: true,
  help: 80,
  read: ({ typed }) => {
    const found =
      /^(?:(?:dạ|da|em|tôi|toi|bác|bac|cháu|muốn|muon|cần|can|xin)\s+)*(?:phản ánh|phan anh)\s*(?:[:,-]\s*(.*)|)$/isu.exec(
        typed.normalize('NFC'),
      );
    return found ? (found[1] ?? '').trim() : null;
  },
  tapped: () => '',
  carries: (text) => `phản ánh: ${text}`,
  run: async (turn, _message, topic) =>
    topic === '' ? { move: { to: 'dialog', dialog: 'feedback' } } : sendFeedback(turn, topic),
});

export function sendFeedback(turn: HandoverTurn, topic: string): StepResult {
  const { deps, words, at } = turn;
  const unit = personOf(turn).offices[0]?.unit;
  if (unit === undefined) return handOver(turn, topic);
  const desk = deskOf(deps.directory, 'feedback', unit, at);
  const takers = takersAt(deps.directory, desk, at);
  const vars = {
    desk: deskName(words, deps, desk, at),
    unit: placeName(deps, unit, at),
    until: timeOf(words, deps.handover.times.promise(at), at),
  };
  return {
    ...answer({
      text: say(turn, takers.length > 0 ? 'handover:feedback.sent' : 'handover:feedback.nobody', vars),
    }),
    effects: [openEffect(turn, turn.effectId(), { kind: 'feedback', unit, topic })],
  };
}
