import { textIn, type Slots } from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import { moment } from '../../kernel/moment';
import { formatCount } from '../../kernel/vn-text';
import type { MoveSending } from './directive-effects';
import { readSending } from './read-order';
import { over, whenTalk } from './when-talk';

/** When an order that has not left yet is to leave, at an hour that was said or at once: shown beside what it was before it is moved. */

export default whenTalk({
  id: 'directive-sending',
  slot: 'sendAt',
  keys: {
    ask: 'directives:sending.ask_move',
    same: 'directives:sending.same',
    kept: 'directives:sending.unmoved',
  },
  reads: readSending,
  fault: (what) => `directives:sending.${what}`,
  begins: ({ atOnce }) =>
    atOnce === true ? { move: { to: 'step', step: 'sure', slots: { sendAt: '' } } } : null,
  sure({ turn, slots }, directive) {
    const sendAt = sendingIn(slots);
    return {
      text: say(turn, `directives:sending.sure_${sendAt === null ? 'now' : 'moved'}`, {
        number: textIn(slots, 'number'),
        before: moment(turn.words, new Date(textIn(slots, 'before'))),
        when: sendAt === null ? '' : moment(turn.words, sendAt),
        count: formatCount(directive?.audience.units.length ?? 0),
      }),
      button: sendAt === null ? 'send' : 'move_sending',
    };
  },
  done(context, directive) {
    const { turn, slots } = context;
    if (directive?.state !== 'scheduled' && directive?.state !== 'waiting')
      return over(context, 'directives:sending.gone');
    const sendAt = sendingIn(slots);
    if (sendAt !== null && sendAt <= turn.at) return over(context, 'directives:sending.past');
    if (sendAt !== null && sendAt >= directive.deadline)
      return over(context, 'directives:sending.after_deadline');
    const effect: MoveSending = {
      ...{ kind: 'directive.moveSending', id: turn.effectId(), directive: directive.id, sendAt },
      ...{ by: turn.user, at: turn.at },
    };
    const key = sendAt !== null ? 'moved' : directive.state === 'waiting' ? 'now_waits' : 'now';
    const text = say(turn, `directives:sending.done_${key}`, {
      ...{ number: textIn(slots, 'number'), short: directive.short },
      when: sendAt === null ? '' : moment(turn.words, sendAt),
    });
    return { effects: [effect], move: { to: 'end', say: { text } } };
  },
});

/** Null: at once. */
function sendingIn(slots: Slots): Date | null {
  const sendAt = textIn(slots, 'sendAt');
  return sendAt === '' ? null : new Date(sendAt);
}
