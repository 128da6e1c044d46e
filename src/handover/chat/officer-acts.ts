import type { Choice, StepResult } from '../../conversation/dialog';
import { answer, say } from '../../dialogs/answer';
import { dayIn } from '../../kernel/moment';
import { HOUR } from '../../kernel/vn-time';
import { addressVars, calledName } from '../../org/chat/people';
import { leaveOf } from '../../org/leave';
import { postFor } from '../desk';
import type { Reachable } from '../handover-view';
import { isOpen, type Holder, type Thread } from '../thread';
import { addNote, answerThread, close, take } from '../thread-acts';
import { againChoice } from './citizen-commands';
import type { Tell } from './tell';
import { deskName, holderName, personName, templateOf, threadChoice, timeOf, topicOf } from './thread-words';
import { lineOf, saveEffect, sayTo, type HandoverTurn } from './turn-threads';

/** What an officer does to one thread. Each answers what the officer reads; what is written is checked again there. */

export function takeThread(turn: HandoverTurn, thread: Thread, number: number): Promise<StepResult> {
  return withPost(turn, thread, async (holder, name) => {
    const away = awayFrom(turn, thread);
    if (away) return away;
    const before = thread.standing.holder;
    if (before?.user === turn.user)
      return answer({
        text: say(turn, 'handover:take.yours', { number, topic: topicOf(turn.words, thread) }),
      });
    const after = take(thread, holder, turn.at, turn.deps.handover.times);
    if (!after) return busy(turn, thread);
    const desk = deskName(turn.words, turn.deps, thread.desk, turn.at);
    const until = after.silentUntil ? timeOf(turn.words, after.silentUntil, turn.at) : '';
    const key = isLeader(turn, thread) ? 'handover:told.taken_leader' : 'handover:told.taken';
    const tell = toPerson(
      turn,
      thread,
      sayTo(turn, thread.by, key, { name, desk, until }),
      botChoice(turn, thread),
    );
    return {
      ...answer({
        text: [
          say(turn, 'handover:take.done', { number, ...seen(turn, thread) }),
          ...linesOf(turn, thread),
          await windowLine(turn, thread),
        ]
          .filter((line) => line !== '')
          .join('\n'),
        choices: actsOn(turn, thread),
      }),
      effects: [saveEffect(turn, thread, after, { officer: true, tell: [tell] })],
    };
  });
}

/** The holder's words, forwarded; refused where they could not arrive. */
export function answerPerson(turn: HandoverTurn, thread: Thread, text: string): Promise<StepResult> {
  return withPost(turn, thread, async (holder, name) => {
    const away = awayFrom(turn, thread);
    if (away) return away;
    const after = answerThread(thread, holder, lineOf(turn, 'office', text), turn.deps.handover.times);
    if (!after) return busy(turn, thread);
    const reach = await turn.deps.handover.reachable(thread.by, turn.at);
    if (!reach.atAll) return answer({ text: say(turn, 'handover:answer.unreachable') });
    const until = after.silentUntil ? timeOf(turn.words, after.silentUntil, turn.at) : '';
    const leader = isLeader(turn, thread);
    const words = sayTo(turn, thread.by, leader ? 'handover:told.answer_leader' : 'handover:told.answer', {
      name,
      text,
      until,
    });
    const choices = leader
      ? [threadChoice(turn.words, thread.id, '#TRALOI', 'answer')]
      : botChoice(turn, thread);
    const tell: Tell = {
      ...toPerson(turn, thread, words, choices),
      purpose: reach.byText ? 'reply' : 'notice',
    };
    const said = say(turn, reach.byText ? 'handover:answer.sent' : 'handover:answer.by_template');
    return {
      ...answer({
        text: [said, windowText(turn, reach)].filter((line) => line !== '').join(' '),
        choices: [threadChoice(turn.words, thread.id, '#XONGTIN', 'done')],
      }),
      effects: [saveEffect(turn, thread, after, { officer: true, tell: [tell] })],
    };
  });
}

/** Over; the person hears who it was and that the bot answers again, and is asked how it went when that is proper. */
export function closeThread(turn: HandoverTurn, thread: Thread): Promise<StepResult> {
  return withPost(turn, thread, async (_holder, name) => {
    if (!isOpen(thread)) return answer({ text: say(turn, 'handover:already_over') });
    const other = thread.standing.holder?.user ?? null;
    if (other !== null && other !== turn.user) return busy(turn, thread);
    const { free } = await turn.deps.handover.reachable(thread.by, turn.at);
    const over = close(thread, 'done', turn.at, free);
    if (!over) return answer({ text: say(turn, 'handover:already_over') });
    const now = over.rateAt !== null && over.rateAt <= turn.at;
    const key = isLeader(turn, thread) ? 'handover:told.closed_leader' : 'handover:told.closed';
    const words = [
      sayTo(turn, thread.by, key, { name }),
      ...(now ? [sayTo(turn, thread.by, 'handover:rate')] : []),
    ];
    const choices = [...(now ? rateChoices(turn, thread.id) : []), againChoice(turn, over)];
    const tell = toPerson(turn, thread, words.join(' '), choices);
    return {
      ...answer({ text: say(turn, 'handover:closed', seen(turn, thread)) }),
      effects: [saveEffect(turn, thread, { ...over, rateAsked: now }, { officer: true, tell: [tell] })],
    };
  });
}

export function noteOn(turn: HandoverTurn, thread: Thread, text: string): Promise<StepResult> {
  return withPost(turn, thread, async () => {
    const after = addNote(thread, lineOf(turn, 'note', text));
    if (!after) return answer({ text: say(turn, 'handover:already_over') });
    return {
      ...answer({ text: say(turn, 'handover:noted') }),
      effects: [saveEffect(turn, thread, after, { officer: true })],
    };
  });
}

export function showThread(turn: HandoverTurn, thread: Thread, number: number): Promise<StepResult> {
  return withPost(turn, thread, async () => {
    const text = [
      say(turn, 'handover:view', { number, ...seen(turn, thread) }),
      ...linesOf(turn, thread),
      await windowLine(turn, thread),
    ];
    return answer({ text: text.filter((line) => line !== '').join('\n'), choices: actsOn(turn, thread) });
  });
}

/** Who is on leave takes and answers nothing before they say that they are back. Null: they are there. */
function awayFrom(turn: HandoverTurn, thread: Thread): StepResult | null {
  const leave = leaveOf(turn.deps.directory, turn.user, turn.at);
  if (!leave || !isOpen(thread)) return null;
  const back = { id: 'BACK', label: say(turn, 'handover:buttons.back'), command: '#DILAMLAI' };
  return answer({ text: say(turn, 'handover:take.away', { to: dayIn(leave.to) }), choices: [back] });
}

/** Runs the act with the post it is done by; without one, says that it is not theirs. */
export async function withPost(
  turn: HandoverTurn,
  thread: Thread,
  act: (holder: Holder & { readonly user: string }, name: string) => Promise<StepResult>,
): Promise<StepResult> {
  const post = postFor(turn.deps.directory, turn.user, thread.desk, turn.at);
  if (!post) return answer({ text: turn.words.t('officer:no_right', addressVars(turn.words, null)) });
  return act({ office: post.id, user: turn.user }, calledName(turn.words, post));
}

/** «Chị Lan đang trả lời». */
export function busy(turn: HandoverTurn, thread: Thread): StepResult {
  if (!isOpen(thread)) return answer({ text: say(turn, 'handover:already_over') });
  return answer({
    text: say(turn, 'handover:take.theirs', { name: holderName(turn.words, turn.deps, thread, turn.at) }),
  });
}

export function toPerson(
  turn: HandoverTurn,
  thread: Thread,
  text: string,
  choices: readonly Choice[] = [],
): Tell {
  const template = templateOf(turn.words, turn.deps, thread, thread.by, turn.at);
  return { to: thread.by, text, choices, purpose: 'reply', template };
}

/** Whether the one who asks holds a post: the bot goes on working with them. */
export function isLeader(turn: HandoverTurn, thread: Thread): boolean {
  return turn.deps.directory.officesOf(thread.by, turn.at).length > 0;
}

export function rateChoices({ words }: Pick<HandoverTurn, 'words'>, id: string): Choice[] {
  const command = `#DANHGIA_${id.toUpperCase()}`;
  return [
    { id: 'GOOD', label: words.t('handover:buttons.good'), command: `${command}_GOOD` },
    { id: 'BAD', label: words.t('handover:buttons.bad'), command: `${command}_BAD` },
  ];
}

function botChoice(turn: HandoverTurn, thread: Thread): Choice[] {
  return isLeader(turn, thread)
    ? []
    : [{ id: 'BOT', label: say(turn, 'handover:buttons.bot'), command: '#BOTNOI' }];
}

function seen(turn: HandoverTurn, thread: Thread): { person: string; topic: string } {
  return { person: personName(turn.words, turn.deps, thread, turn.at), topic: topicOf(turn.words, thread) };
}

function actsOn(turn: HandoverTurn, thread: Thread): Choice[] {
  const { words } = turn;
  if (!isOpen(thread)) return [];
  return [
    threadChoice(words, thread.id, '#TRALOI', 'answer'),
    threadChoice(words, thread.id, '#XONGTIN', 'done'),
  ];
}

/** The newest lines of the talk, and the further matters it is about. */
function linesOf(turn: HandoverTurn, thread: Thread): string[] {
  return [
    ...thread.topics.slice(1).map((topic) => say(turn, 'handover:line.topic', { text: topic })),
    ...thread.lines
      .slice(-6)
      .map(({ from, text, at }) =>
        say(turn, `handover:line.${from}`, { text, time: timeOf(turn.words, at, turn.at) }),
      ),
  ];
}

async function windowLine(turn: HandoverTurn, thread: Thread): Promise<string> {
  return windowText(turn, await turn.deps.handover.reachable(thread.by, turn.at));
}

/** How long the person can still be written to for nothing; empty where that has no end. */
function windowText(turn: HandoverTurn, { atAll, byText, freeUntil }: Reachable): string {
  if (!atAll) return say(turn, 'handover:answer.unreachable');
  if (!byText || freeUntil === null) return '';
  return say(turn, 'handover:window', {
    hours: Math.max(1, Math.round((freeUntil.getTime() - turn.at.getTime()) / HOUR)),
  });
}
