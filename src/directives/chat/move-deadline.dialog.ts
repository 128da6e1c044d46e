import { textIn } from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import { moment } from '../../kernel/moment';
import { formatCount } from '../../kernel/vn-text';
import type { MoveDeadline } from './directive-effects';
import { dayOff } from './order-preview';
import { readDeadline } from './read-order';
import { over, whenTalk } from './when-talk';

/** «Dời hạn 145 đến 25/3»: the deadline of an order that is out, earlier or later, shown with what it was before it is moved. */

export default whenTalk({
  id: 'directive-deadline',
  slot: 'deadline',
  keys: {
    ask: 'directives:move.ask',
    same: 'directives:move.same',
    kept: 'directives:move.kept',
  },
  reads: readDeadline,
  fault: (what) => `directives:order.deadline_${what}`,
  sure({ turn, slots }, directive) {
    const deadline = new Date(textIn(slots, 'deadline'));
    const before = new Date(textIn(slots, 'before'));
    return {
      text: say(turn, `directives:move.sure_${deadline < before ? 'earlier' : 'later'}`, {
        number: textIn(slots, 'number'),
        before: moment(turn.words, before),
        deadline: `${moment(turn.words, deadline)} ${dayOff(turn, deadline)}`.trim(),
        count: formatCount(directive?.audience.units.length ?? 0),
      }),
      button: 'move',
    };
  },
  done(context, directive) {
    const { turn, slots } = context;
    if (directive?.state !== 'issued') return over(context, 'directives:move.over');
    const deadline = new Date(textIn(slots, 'deadline'));
    if (deadline <= turn.at) return over(context, 'directives:order.deadline_past');
    const effect: MoveDeadline = {
      ...{ kind: 'directive.moveDeadline', id: turn.effectId(), directive: directive.id, deadline },
      ...{ by: turn.user, at: turn.at },
    };
    const number = textIn(slots, 'number');
    const text = say(turn, 'directives:move.done', { number, deadline: moment(turn.words, deadline) });
    return { effects: [effect], move: { to: 'end', say: { text } } };
  },
});
