import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { asksToSlow } from '../../dialogs/manner-commands';
import { remindedAt } from '../../dialogs/named-reminder';
import { command, wish, type Command, type Wish } from '../../dialogs/feature';
import { vnDay } from '../../kernel/vn-time';
import { instantOf, nextDay } from '../../kernel/work-calendar';
import { moment } from '../../kernel/moment';
import { laterToday } from '../compose';
import { namedTime, wishedTime } from './wished-time';

/** «Nhắc tôi lúc 19:00», «mai», «để sau»: when somebody wishes to hear again of what they owe. */

const MORNING = 8 * 60;

/** Says when it will be, and why where that is another time than was wished. */
async function remind(turn: Turn<DialogDeps>, wished: Date): Promise<StepResult> {
  const reminded = await remindedAt(turn, wished);
  if (!reminded) return sentence(turn, 'reminders:asked.nothing_owed');
  const { effects, notes, text } = reminded;
  return { ...answer({ text }), effects, notes };
}

const remindAt: Command<DialogDeps> = {
  id: 'remind-at',
  button: '#NHAC',
  says: [
    'nhắc tôi lúc 19:00',
    'nhắc tôi lúc 7 giờ tối',
    'nhắc lúc 20h',
    'mai nhắc tôi',
    'nhắc tôi sáng mai',
    'nhắc ngày mai',
    'nhắc 11:00',
  ],
  help: 70,
  reads: ({ text }) => wishedTime(text, REFERENCE) !== null,
  async run(turn, { text, tap }) {
    const wished = tap === null ? wishedTime(text, turn.at) : tappedTime(tap, turn.at);
    return wished ? remind(turn, wished) : sentence(turn, 'reminders:asked.when');
  },
};

/** Whether it is a wish does not depend on the time of day, so any morning does to tell. */
const REFERENCE = instantOf('2026-01-05', 0);

/** `11`, `19` of today, or `MAI`; what is past is meant for tomorrow. */
function tappedTime(rest: string, at: Date): Date | null {
  const today = vnDay(at);
  if (rest === 'MAI') return instantOf(nextDay(today, 1), MORNING);
  const hour = /^\d{1,2}$/.test(rest) ? Number(rest) : 24;
  if (hour > 23) return null;
  const wished = instantOf(today, hour * 60);
  return wished > at ? wished : instantOf(nextDay(today, 1), hour * 60);
}

/** «Để sau» with nothing open: nothing is lost, and three times at which to hear again. «Để mai», «để tối» name one. */
const later = command<DialogDeps, Wish<'later' | 'cancel'>>({
  id: 'later',
  button: '#DESAU',
  says: ['để sau', 'để tối', 'để mai', 'lúc khác', 'hủy', 'thôi'],
  loose: true,
  meansToo: ['remind-at'],
  read: wish('later', 'cancel'),
  tapped: () => ({ kind: 'later' }),
  async run(turn, { text, fold, tap }, { kind }) {
    const { words, user, at } = turn;
    // «Từ từ thôi em» is how to speak, not when.
    if (asksToSlow(fold)) return null;
    const tomorrow = instantOf(nextDay(vnDay(at), 1), MORNING);
    const asked = await turn.deps.reminders.wouldAsk(user, tomorrow, at, turn.event.id);
    if (asked.outcome === 'nothing_owed') return sentence(turn, 'common:thanks');
    const named = kind === 'later' && tap === null ? namedTime(text, at) : null;
    if (named) return remind(turn, named);
    if (asked.outcome === 'enough')
      return sentence(turn, 'reminders:asked.enough', { moment: moment(words, asked.at) });
    return sentence(
      turn,
      'reports:kept_later_word',
      { deadline: moment(words, asked.deadline) },
      choices(turn),
    );
  },
});

/** Later today, this evening, tomorrow: those that are still to come. */
function choices({ words, at }: Turn<DialogDeps>): Choice[] {
  const soon = laterToday(at);
  const times = [...new Set([...(soon ? [soon] : []), ...(soon ? ['19:00'] : [])])];
  return [
    ...times.map((time) => ({
      id: `AT${time.slice(0, 2)}`,
      label: words.t('reminders:buttons.at', { time }),
      command: `#NHAC_${Number(time.slice(0, 2))}`,
    })),
    { id: 'TOMORROW', label: words.t('reminders:buttons.tomorrow'), command: '#NHAC_MAI' },
  ];
}

export const REMIND_COMMANDS: readonly Command<DialogDeps>[] = [remindAt, later];
