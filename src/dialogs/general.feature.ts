import type { Conversation, StepResult, Turn } from '../conversation/dialog';
import { foldText } from '../kernel/vn-text';
import { answer, sentence } from './answer';
import type { DialogDeps } from './deps';
import { command, defineFeature, wish, type Command, type Feature, type Message, type Wish } from './feature';
import { helpAnswer } from './help';
import listing from './listing.dialog';
import { isWordless, wordless } from './media';
import menu, { loneNumber } from './menu.dialog';
import { dialogInFront, isAsked } from './unfinished';
import { welcome } from '../org/chat/welcome';

/** What belongs to no one feature: the menu, help, greetings and thanks, the language, and what is not words. */

/** «Ok», «vâng», «được rồi» when nothing is asked: the last word was heard. */
const HEARD =
  /^(?:(?:da|vang|ok|oke|okay|u|uh|uhm|duoc|tot|hieu|biet|ro|on|nhat tri|dong y|yes|fine|good)(?: |$))(?:(?:da|vang|roi|a|nhe|em|qua|lam|thoi|duoc|ok) ?)*$/;

const menuCommand: Command<DialogDeps> = command({
  id: 'menu',
  button: '#MENU',
  says: ['menu', 'danh mục', 'chức năng', 'về đầu', 'quay lại', 'trợ lý ơi'],
  read: wish('menu', 'back'),
  tapped: () => ({ kind: 'menu' as const }),
  run: async () => ({ move: { to: 'dialog', dialog: 'menu' } }),
});

const greeting: Command<DialogDeps> = command({
  id: 'greeting',
  says: ['chào em', 'xin chào', 'alo', 'hello', 'chào bot', 'có ai không'],
  read: wish('greeting'),
  run: async (turn, { person }) =>
    person.offices.length > 0 ? { move: { to: 'dialog', dialog: 'menu' } } : answer(welcome(turn)),
});

const help = (features: () => readonly Feature<never>[]): Command<DialogDeps> =>
  command({
    id: 'help',
    button: '#TROGIUP',
    says: ['trợ giúp', 'hướng dẫn', 'giúp', 'cách dùng', 'em làm được gì', 'báo cáo thế nào'],
    read: wish('help'),
    tapped: () => ({ kind: 'help' as const }),
    run: async (turn, message) => helpAnswer(turn, message, features()),
  });

const whoAreYou: Command<DialogDeps> = command({
  id: 'who-are-you',
  says: ['em là ai', 'ai đấy', 'là người hay máy', 'zalo của ai', 'bạn là ai', 'ai nhắn thế'],
  read: wish('who_are_you'),
  run: async (turn) => sentence(turn, 'menu:who_are_you'),
});

const notAScam: Command<DialogDeps> = command({
  id: 'is-it-a-scam',
  says: [
    'lừa đảo à',
    'em có phải lừa đảo không',
    'đây có phải lừa đảo không',
    'lua dao a',
    'có lừa đảo không em',
  ],
  read: wish('is_it_a_scam'),
  run: async (turn) => sentence(turn, 'menu:not_a_scam'),
});

const thanks: Command<DialogDeps> = command({
  id: 'thanks',
  says: ['cảm ơn em', 'cảm ơn', 'xin cảm ơn', 'cảm ơn nhiều', 'thank you'],
  read: wish('thanks'),
  run: async (turn) => sentence(turn, 'common:thanks'),
});

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
  const { event } = turn;
  if (!isWordless(event)) return null;
  // The report takes pictures itself, beside the question that is open.
  return dialogInFront(conversation) === 'report' ? null : wordless(turn, isAsked(conversation));
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
    commands: [menuCommand, greeting, help(features), whoAreYou, notAScam, thanks, language],
    dialogs: [menu, loneNumber, listing],
    first,
    otherwise,
  });
}
