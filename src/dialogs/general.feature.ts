import type { Conversation, StepResult, Turn } from '../conversation/dialog';
import { foldText } from '../kernel/vn-text';
import { answer, sentence } from './answer';
import { agreeCommand } from './agree-command';
import { addressCommand } from './address-command';
import { ASIDE_COMMANDS } from './aside-commands';
import { besideCommand } from './beside-commands';
import type { DialogDeps } from './deps';
import {
  command,
  defineFeature,
  isTaken,
  wish,
  wishes,
  type Command,
  type Feature,
  type Message,
  type Wish,
} from './feature';
import { helpAnswer } from './help';
import listing from './listing.dialog';
import { wordless } from './media';
import { MANNER_COMMANDS } from './manner-commands';
import menu, { loneNumber } from './menu.dialog';
import { saysSolved } from '../understanding/solved';
import { isAsked } from './unfinished';
import { welcome } from '../org/chat/welcome';
import { WAYS } from './general-ways';

/** What belongs to no one feature: the menu, help, greetings and thanks, the language, and what is not words. */

/** «Ok», «vâng», «được rồi» when nothing is asked: the last word was heard. */
const HEARD =
  /^(?:(?:da|vang|ok|oke|okay|u|uh|uhm|duoc|tot|hieu|biet|ro|on|nhat tri|dong y|yes|fine|good)(?: |$))(?:(?:da|vang|roi|a|nhe|em|qua|lam|thoi|duoc|ok) ?)*$/;

/** Who answers here, a person or a machine, and whose account it is. */
const WHO_ANSWERS: readonly RegExp[] = [
  /(?:^| )(?:ban|em|may|chau|con) (?:day )?la (?:ai|nguoi hay|may hay|ro bot|robot|bot)(?: |$)/,
  /(?:nguoi|that) hay (?:la |voi )?(?:may|ro bot|robo|robot|bot|chatbot)(?: |$)/,
  /(?:^| )ai (?:dang )?(?:tra loi|nhan tin|noi chuyen|nhan)(?: (?:voi|cho|tin))* (?:toi|bac|minh|em)(?: |$)/,
  /(?:^| )(?:day|so|zalo|trang|kenh|tai khoan|nick)(?: (?:nay|day))?(?: la)?(?: (?:so|zalo|trang|kenh))? cua ai(?: |$)/,
  /(?:^| )day (?:co phai )?la (?:may|bot|ro bot|robot)(?: |$)/,
  /^(?:.{0,10} )?co phai (?:la )?(?:cong an|xa|phuong|can bo|uy ban|tinh|nha nuoc)(?: (?:xa|phuong|tinh))? (?:nhan|gui|hoi|tra loi|day)(?: tin)?(?: (?:cho|toi|bac))* (?:khong|ko|k)(?: .{0,8})?$/,
];

const menuCommand: Command<DialogDeps> = {
  id: 'menu',
  button: '#MENU',
  says: [
    'menu',
    'danh mục',
    'mục lục',
    'chức năng',
    'các chức năng',
    'về đầu',
    'quay về đầu',
    'trang chủ',
    'về trang chủ',
    'quay lại',
    'trợ lý ơi',
    'gọi trợ lý',
    'gọi bot',
    'bot',
    'thực đơn',
    'main menu',
    'home',
  ],
  reads: (message) =>
    wishes('back')(message) && !isAsked(message.conversation) && !/(?:^| )cau(?: |$)/.test(message.fold),
  run: async () => ({ move: { to: 'dialog', dialog: 'menu' } }),
};

const greeting: Command<DialogDeps> = {
  id: 'greeting',
  greets: true,
  says: WAYS.greeting,
  run: async (turn, { person }) =>
    person.offices.length > 0 ? { move: { to: 'dialog', dialog: 'menu' } } : answer(welcome(turn)),
};

const help = (features: () => readonly Feature<never>[]): Command<DialogDeps> => ({
  id: 'help',
  tells: true,
  button: '#TROGIUP',
  says: WAYS.help,
  run: async (turn, message) => helpAnswer(turn, message, features()),
});

const whoAreYou: Command<DialogDeps> = {
  id: 'who-are-you',
  tells: true,
  button: '#EMLAAI',
  says: WAYS.whoAreYou,
  reads: ({ fold }) => WHO_ANSWERS.some((way) => way.test(fold.trim().replace(/ +/g, ' '))),
  run: async (turn) => sentence(turn, 'menu:who_are_you'),
};

const notAScam: Command<DialogDeps> = command({
  id: 'is-it-a-scam',
  tells: true,
  says: [
    'lừa đảo à',
    'em có phải lừa đảo không',
    'đây có phải lừa đảo không',
    'lua dao a',
    'có lừa đảo không em',
    'kênh này có thật của tỉnh không',
    'đây có phải kênh của nhà nước không',
    'em có phải của xã thật không',
    'cái này có tin được không',
    'nhắn ở đây có an toàn không',
  ],
  read: wish('is_it_a_scam'),
  meant: { kind: 'is_it_a_scam' as const },
  run: async (turn) => sentence(turn, 'menu:not_a_scam'),
});

const thanks: Command<DialogDeps> = {
  id: 'thanks',
  tells: true,
  says: WAYS.thanks,
  reads: ({ fold, person }) => person.offices.length === 0 && saysSolved(fold),
  run: async (turn) => sentence(turn, 'common:thanks'),
};

const language = command<DialogDeps, Wish<'language'>>({
  id: 'language',
  says: ['english', 'tiếng anh', 'speak english', 'tiếng việt', 'đổi sang tiếng anh'],
  read: wish('language'),
  run: async (turn, _message, { locale }) => ({
    ...sentence(turn, 'common:language_set'),
    effects: [{ kind: 'contact.language', id: turn.effectId(), user: turn.user, locale, at: turn.at }],
  }),
});

async function first(turn: Turn<DialogDeps>, conversation: Conversation): Promise<StepResult | null> {
  return isTaken(turn, 'media') ? null : wordless(turn, isAsked(conversation));
}

/** The last word was heard; a number with nothing open is asked back. */
async function otherwise(turn: Turn<DialogDeps>, message: Message): Promise<StepResult | null> {
  const { conversation } = message;
  const nothingOpen = !isAsked(conversation) && conversation.turn > 0;
  return nothingOpen && HEARD.test(foldText(message.text)) ? sentence(turn, 'common:thanks') : null;
}

/** `features`: all there are, since help is made from what they can be told. */
export function generalFeature(features: () => readonly Feature<never>[]): Feature<DialogDeps> {
  return defineFeature<DialogDeps>({
    id: 'general',
    commands: [
      menuCommand,
      greeting,
      help(features),
      whoAreYou,
      notAScam,
      thanks,
      language,
      agreeCommand(features),
      ...MANNER_COMMANDS,
      addressCommand,
      ...ASIDE_COMMANDS,
      besideCommand,
    ],
    dialogs: [menu, loneNumber, listing],
    first: { sees: ['no_words'], run: first },
    otherwise,
  });
}
