import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { answer, listed, say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Command } from '../../dialogs/feature';
import { moment } from '../../kernel/moment';
import { countBuckets } from '../buckets';
import { actPayload, countsText } from '../directive-words';
import type { Mine } from '../view';

/** «Công văn đang phát», «ai chưa nhận công văn»: every order that is out, as far as the person has a part in it, with how it stands. */

const BUTTONS = 4;

export const ordersOut: Command<DialogDeps> = {
  id: 'orders-out',
  tells: true,
  says: [
    'công văn đang phát',
    'danh sách công văn',
    'các công văn đã giao',
    'xem các việc đã giao',
    'công văn nào chưa xong',
    'công văn nào sắp hết hạn',
    'ai chưa nhận công văn',
    'thôn nào chưa nhận công văn',
    'tình hình công văn',
    'tình hình thực hiện công văn',
    'tiến độ các công văn',
    'nơi nào chưa làm công văn',
    'which orders are out',
  ],
  for: (person) => person.offices.length > 0,
  run: async (turn) => ordersAnswer(turn),
};

async function ordersAnswer(turn: Turn<DialogDeps>): Promise<StepResult> {
  const out = await turn.deps.directives.outFor(turn.user, turn.at);
  const [only, ...others] = out;
  if (!only) return sentence(turn, 'directives:out.none');
  const names = await Promise.all(out.map((one) => lineOf(turn, one)));
  const head = say(turn, 'directives:out.head', { count: out.length });
  if (others.length >= BUTTONS) return listed({ head, names });
  const choices = out.map(({ directive }, i): Choice => ({
    id: `D${i + 1}`,
    label: directive.number.slice(0, 20),
    command: actPayload('XEM', directive.id),
  }));
  return answer({ text: [head, ...names.map((name) => `- ${name}`)].join('\n'), choices });
}

async function lineOf(turn: Turn<DialogDeps>, { directive: one, recipients: own }: Mine): Promise<string> {
  const { deps, words, user, at } = turn;
  const vars = { number: one.number, deadline: moment(words, one.deadline) };
  if (one.state === 'waiting') return say(turn, 'directives:out.waiting', vars);
  if (one.state === 'scheduled') {
    const when = one.sendAt === null ? '' : moment(words, one.sendAt);
    return say(turn, 'directives:out.scheduled', { ...vars, when });
  }
  const inView = deps.directives.inView(user, one, at);
  // Somebody who only answers sees the offices for which they do.
  const sees = inView ?? ((unit: string): boolean => own.some((mine) => mine.unit === unit));
  const recipients = (await deps.directives.recipients(one)).filter(({ unit }) => sees(unit));
  return say(turn, 'directives:out.line', {
    ...vars,
    counts: countsText(words, countBuckets(deps.directives.counted(one, recipients, at), one.state)),
  });
}
