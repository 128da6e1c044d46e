import {
  defineDialog,
  type Choice,
  type Say,
  type Slots,
  type StepResult,
  type Turn,
} from '../conversation/dialog';
import { personOf } from '../org/chat/people';
import { answer } from './answer';
import type { DialogDeps } from './deps';
import { defineFeature, type Command, type Feature, type Message } from './feature';
import { commandFinder, type CommandFinder } from './find-command';
import { isAsked } from './unfinished';

/**
 * What a message may be, once nobody made anything of it for sure: commands and questions that are near are offered,
 * three at most, «Bác muốn … phải không ạ?» for one. Nothing is done before the person has chosen, but what only tells something; what cannot be
 * taken back is never offered, nor what has no name in `offers`. Comes last of all features.
 */
interface Offer {
  readonly label: string;
  readonly command: string;
}

/** A command that the message may be, and how near it is. */
interface Near extends Offer {
  readonly score: number;
  readonly one: Command<never>;
}

/** Questions with an answer that the message may be. */
type NearQuestions = (turn: Turn<DialogDeps>, message: Message) => Promise<readonly Offer[]>;

const OFFERED = 3;
/** From here on a command is offered before questions. */
const FIRST = 0.8;
/** A command must be as near as this to be offered while a question waits for its answer. */
const BESIDE_A_QUESTION = 0.7;
/** «Chưa có»: two words that stand in many questions. */
const FEW_BESIDE_A_QUESTION = 0.8;
/** So near to one that only tells something, and so far from the next, that it is told. */
const TELLS = 0.7;
const TELLS_BESIDE_A_QUESTION = 0.8;
const APART = 0.05;

/** `features`: all there are, whose commands are offered by their buttons. */
export function nearFeature(
  features: () => readonly Feature<never>[],
  questions: NearQuestions,
): Feature<DialogDeps> {
  return defineFeature<DialogDeps>({
    id: 'near',
    commands: [],
    dialogs: [offer],
    async otherwise(turn, message) {
      const finder = commandFinder(features());
      if (isOfOthers(message, finder)) return null;
      const commands = nearCommands(turn, message, finder);
      const told = await tellingOne(turn, message, commands, questions);
      if (told) return told;
      const offers = [
        ...commands.filter(({ score }) => score >= FIRST),
        ...(await questions(turn, message)),
        ...commands.filter(({ score }) => score < FIRST),
      ];
      return offers.length > 0 ? offering(turn, message, offers.slice(0, OFFERED)) : null;
    },
  });
}

/** «Thu hồi 13» of somebody who gives no orders: it is said that this is not theirs, and nothing else is offered. */
function isOfOthers(message: Message, finder: CommandFinder<never>): boolean {
  return finder
    .saidByAnybody(message)
    .some((one) => one.strong === true && one.for !== undefined && !one.for(message.person));
}

function isFew({ fold }: Message): boolean {
  return fold.trim().split(/ +/).length < 3;
}

function nearCommands(turn: Turn<DialogDeps>, message: Message, finder: CommandFinder<never>): Near[] {
  const beside = isFew(message) ? FEW_BESIDE_A_QUESTION : BESIDE_A_QUESTION;
  const least = isAsked(message.conversation) ? beside : 0;
  return finder.near(message).flatMap(({ one, score }) => {
    const mine = one.for === undefined || one.for(message.person);
    const named = turn.words.has(`offers:${one.id}`);
    // Without a button of its own it is chosen as if its first way had been said.
    const command = one.carries ? one.carries(message.text) : (one.button ?? one.says[0]);
    if (score < least || !mine || command === undefined || command === null || !named) return [];
    return [{ label: turn.words.t(`offers:${one.id}`, message.person.vars), command, score, one }];
  });
}

/** The answer of the one command that is near, where it only tells something and no question with an answer is near too. */
async function tellingOne(
  turn: Turn<DialogDeps>,
  message: Message,
  [first, second]: readonly Near[],
  questions: NearQuestions,
): Promise<StepResult | null> {
  const least = isAsked(message.conversation) ? TELLS_BESIDE_A_QUESTION : TELLS;
  if (
    first?.one.tells !== true ||
    first.score < least ||
    isFew(message) ||
    message.person.offices.length === 0
  )
    return null;
  if (second && first.score - second.score < APART) return null;
  // A report is begun by those who report; to others «tháng này … bao nhiêu» is about somebody else's.
  if (first.one.id === 'report' && message.person.reporting.length === 0) return null;
  return (await questions(turn, message)).length > 0 ? null : first.one.run(turn as never, message);
}

/** Beside an open question it is only said, and the question stands again under it. */
function offering(turn: Turn<DialogDeps>, message: Message, offers: readonly Offer[]): StepResult {
  const slots = {
    labels: offers.map(({ label }) => label),
    commands: offers.map((o) => o.command),
  };
  if (isAsked(message.conversation)) return answer(screen(turn, slots));
  return { move: { to: 'dialog', dialog: 'offer', slots } };
}

function screen({ words, ...turn }: Turn<DialogDeps>, slots: Slots): Say {
  const labels = slots['labels'] as readonly string[];
  const commands = slots['commands'] as readonly string[];
  const { vars } = personOf({ words, ...turn });
  const [only] = labels;
  if (labels.length === 1) {
    const choices: Choice[] = [
      { id: 'YES', label: words.t('offers:yes'), command: commands[0] ?? '' },
      { id: 'NO', label: words.t('offers:no'), command: '#MENU' },
    ];
    return { text: words.t('offers:one', { ...vars, name: only ?? '' }), choices };
  }
  const list = labels.map((label, i) => `${i + 1}. ${label}`).join('\n');
  return {
    text: words.t('offers:several', { ...vars, list }),
    choices: labels.map((label, i) => ({ id: `O${i + 1}`, label, command: commands[i] ?? '' })),
  };
}

/** Keeps no question open: a choice is the command behind it, anything else is read afresh. */
const offer = defineDialog<DialogDeps>({
  id: 'offer',
  version: 1,
  first: 'which',
  light: true,
  steps: {
    which: {
      to: [],
      ask: async ({ turn, slots }) => screen(turn, slots),
      receive: async () => ({ move: { to: 'pass' } }),
    },
  },
});
