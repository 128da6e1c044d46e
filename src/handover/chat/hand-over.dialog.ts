import {
  defineDialog,
  textIn,
  type Choice,
  type Say,
  type StepContext,
  type StepResult,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { say } from '../../dialogs/answer';
import { oldButton } from '../../dialogs/old-button';
import { takersAt } from '../desk';
import type { Thread } from '../thread';
import { addTopic, close } from '../thread-acts';
import { deskName, holderName, timeOf } from './thread-words';
import { threadId } from './threads.service';
import type { SaveThreadEffect } from './thread-effects';
import { openEffect, saveEffect, sayTo, type HandoverTurn } from './turn-threads';

/**
 * A citizen wants a human: the talk is opened at the one-stop desk of their commune with a promise in working time, and
 * what is said here is the last word of this turn. It keeps no question open: the bot goes on answering until somebody takes it.
 */
type Context = StepContext<DialogDeps>;

const AT_THE_POLICE = 'at-the-police';
const LOCALES = ['vi', 'en'] as const;

/** From so many waiting talks on for each who answers the promise may not be kept, and the person is told so. */
const BUSY = 4;

/** `classChoice`: the nearest class, where the program has classes. */
export const handOverDialog = (classChoice: (turn: HandoverTurn) => readonly Choice[]) =>
  defineDialog<DialogDeps>({
    id: 'hand-over',
    version: 1,
    first: 'open',
    light: true,
    steps: {
      open: { to: ['waiting', 'police'], run: open },
      police: {
        to: ['open'],
        ask: async ({ turn }) => ({
          text: say(turn, 'handover:police'),
          choices: [...classChoice(turn), { id: 'OTHER', label: say(turn, 'handover:buttons.other_matter') }],
        }),
        receive: async (_context, input) =>
          input.choice === 'OTHER'
            ? { move: { to: 'step', step: 'open', slots: { topic: '' } } }
            : { move: { to: 'pass' } },
      },
      waiting: {
        to: [],
        async ask(context) {
          const thread = await threadIn(context);
          const text =
            thread?.standing.state === 'talking'
              ? talkingText(context.turn, thread)
              : promiseText(context, await waitingBefore(context));
          const cancel = { id: 'CANCEL', label: say(context.turn, 'handover:buttons.cancel'), exact: true };
          return { text, choices: [...classChoice(context.turn), cancel] } satisfies Say;
        },
        receive: async (context, input) =>
          input.choice === 'CANCEL' ? cancel(context) : { move: { to: 'pass' } },
      },
    },
    oldButton: async (turn, { choice }) => {
      const [thread] = await openTalks(turn);
      if (choice !== 'CANCEL' || !thread) return oldButton(turn);
      const { effects, text } = cancelled(turn, thread);
      return { effects, move: { to: 'here', say: { text } } };
    },
  });

/** The open talk of the person as a citizen: none or one. */
export async function openTalks(turn: HandoverTurn): Promise<readonly Thread[]> {
  return (await turn.deps.handover.openOf(turn.user)).filter(({ kind }) => kind === 'citizen');
}

async function open({ turn, slots }: Context): Promise<StepResult> {
  const [commune, topic] = [textIn(slots, 'commune'), textIn(slots, 'topic')];
  const [there] = await openTalks(turn);
  if (there) {
    const more = addTopic(there, topic, turn.at);
    return {
      effects: more ? [saveEffect(turn, there, more)] : [],
      move: {
        to: 'step',
        step: 'waiting',
        slots: {
          thread: there.id,
          desk: there.desk,
          promised: there.promisedAt?.toISOString() ?? '',
          topic,
          again: true,
        },
      },
    };
  }
  // A talk in writing cannot do what is done in person: nobody is made to wait for it.
  if (isForPolice(turn, topic)) return { move: { to: 'step', step: 'police' } };
  const id = turn.effectId();
  const answered = takersAt(turn.deps.directory, commune, turn.at).length > 0;
  const promised = answered ? turn.deps.handover.times.promise(turn.at).toISOString() : '';
  return {
    effects: [openEffect(turn, id, { kind: 'citizen', unit: commune, topic })],
    move: {
      to: 'step',
      step: 'waiting',
      slots: { thread: threadId(id), desk: commune, promised, topic, again: false },
    },
  };
}

/** The talk as it was before this turn; null for one that this turn opens. */
function threadIn({ turn, slots }: Context): Promise<Thread | null> {
  return turn.deps.handover.get(textIn(slots, 'thread'));
}

/** D15: who answers, by when, and what not to send meanwhile. */
function promiseText({ turn, slots }: Context, before: number): string {
  const { words, deps, at } = turn;
  const desk = deskName(words, deps, textIn(slots, 'desk'), at);
  const promised = textIn(slots, 'promised');
  if (promised === '') return say(turn, 'handover:nobody', { desk });
  const works = deps.settings.calendars.work.isWorkingTime(at);
  const again = slots['again'] === true;
  const key = again ? 'handover:promise_again' : works ? 'handover:promise' : 'handover:promise_later';
  const until = timeOf(words, new Date(promised), at);
  const latest = timeOf(words, deps.handover.times.latest(new Date(promised)), at);
  const takers = takersAt(deps.directory, textIn(slots, 'desk'), at).length;
  const busy = before >= BUSY * takers ? [say(turn, 'handover:busy', { count: String(before), latest })] : [];
  return [say(turn, key, { desk, until }), ...busy, say(turn, 'handover:no_secrets')].join(' ');
}

/** How many wait for an answer at the desk besides this person. */
async function waitingBefore({ turn, slots }: Context): Promise<number> {
  const waiting = await turn.deps.handover.waitingAt(textIn(slots, 'desk'));
  return Math.max(0, waiting - (slots['again'] === true ? 1 : 0));
}

function talkingText(turn: HandoverTurn, thread: Thread): string {
  return say(turn, 'handover:talking_with', { name: holderName(turn.words, turn.deps, thread, turn.at) });
}

/** What is done by the police in person, which no officer of the one-stop desk can do in a chat: the article that was read says so by its tag, in whatever language. */
function isForPolice({ deps }: HandoverTurn, topic: string): boolean {
  return LOCALES.some((locale) =>
    deps.articles(locale).some(({ title, tags }) => title === topic && tags.includes(AT_THE_POLICE)),
  );
}

async function cancel(context: Context): Promise<StepResult> {
  const thread = await threadIn(context);
  const { effects, text } = cancelled(context.turn, thread);
  return { effects, move: { to: 'end', say: { text } } };
}

function cancelled(turn: HandoverTurn, thread: Thread | null): { effects: SaveThreadEffect[]; text: string } {
  const over = thread?.by === turn.user ? close(thread, 'cancelled', turn.at, false) : null;
  if (!thread || !over) return { effects: [], text: say(turn, 'handover:already_over') };
  const holder = thread.standing.holder?.user ?? null;
  const tell =
    holder === null
      ? []
      : [{ to: holder, text: sayTo(turn, holder, 'handover:told.cancelled'), purpose: 'notice' as const }];
  return { effects: [saveEffect(turn, thread, over, { tell })], text: say(turn, 'handover:cancelled') };
}
