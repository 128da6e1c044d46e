import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { answer, listed, say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Command } from '../../dialogs/feature';
import { moment } from '../../kernel/moment';
import { countBuckets } from '../buckets';
import type { Directive } from '../directive';
import { actPayload, countsText } from '../directive-words';

/** «Công văn đang phát», «ai chưa nhận công văn»: every order that is out, as far as the person has a part in it, with how it stands. */

const BUTTONS = 4;

export const ordersOut: Command<DialogDeps> = {
  id: 'orders-out',
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
  const out = await turn.deps.directives.seen(turn.user, turn.at);
  const [only, ...others] = out;
  if (!only) return sentence(turn, 'directives:out.none');
  const names = await Promise.all(out.map((one) => lineOf(turn, one)));
  const head = say(turn, 'directives:out.head', { count: out.length });
  if (others.length >= BUTTONS) return listed({ head, names });
  const choices = out.map((one, i): Choice => ({
    id: `D${i + 1}`,
    label: one.number.slice(0, 20),
    command: actPayload('XEM', one.id),
  }));
  return answer({ text: [head, ...names.map((name) => `- ${name}`)].join('\n'), choices });
}

async function lineOf(turn: Turn<DialogDeps>, one: Directive): Promise<string> {
  const { deps, words, user, at } = turn;
  const vars = { number: one.number, deadline: moment(words, one.deadline) };
  if (one.state === 'waiting') return say(turn, 'directives:out.waiting', vars);
  if (one.state === 'scheduled') {
    const when = one.sendAt === null ? '' : moment(words, one.sendAt);
    return say(turn, 'directives:out.scheduled', { ...vars, when });
  }
  const inView = deps.directives.inView(user, one, at);
  const mine = inView === null ? new Set(await unitsOf(turn, one)) : null;
  const recipients = (await deps.directives.recipients(one)).filter(({ unit }) =>
    mine === null ? inView?.(unit) === true : mine.has(unit),
  );
  return say(turn, 'directives:out.line', {
    ...vars,
    counts: countsText(words, countBuckets(recipients, one.state)),
  });
}

/** Of somebody who only answers: the offices for which they do. */
async function unitsOf({ deps, user, at }: Turn<DialogDeps>, { id }: Directive): Promise<string[]> {
  const mine = await deps.directives.mine(user, at);
  return mine
    .filter(({ directive }) => directive.id === id)
    .flatMap(({ recipients }) => recipients.map(({ unit }) => unit));
}
