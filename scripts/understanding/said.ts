import { FEATURES } from '../../src/app/features';
import { newConversation } from '../../src/conversation/dialog';
import { commandFinder } from '../../src/dialogs/find-command';
import { readTap, type Message } from '../../src/dialogs/feature';
import type { UserKey } from '../../src/kernel/ids';
import { foldText, normalText } from '../../src/kernel/vn-text';
import { readIntent } from '../../src/understanding/intent';

/** Which commands of all features a text is, without a talk around it. */

const user = 'zalo:1' as UserKey;
export const FINDER = commandFinder(FEATURES);

/** The text as a message of somebody who holds no post, with nothing open. */
export function messageFor(text: string): Message {
  const typed = normalText(text).trim();
  return {
    text,
    typed,
    fold: foldText(typed.replace(/[^\p{L}\p{M}\p{N}\s#]/gu, ' ')),
    intent: readIntent(text),
    tap: readTap(text)?.rest ?? null,
    person: { user, offices: [], reporting: [], overseeing: [], vars: { address: 'bác', Address: 'Bác' } },
    conversation: { ...newConversation(user), turn: 1 },
  };
}

/** Ids of the commands the text is, by its button or by what it says, the likeliest first. */
export function commandsSaid(text: string): string[] {
  const tapped = FINDER.byButton(text);
  return tapped ? [tapped.id] : FINDER.saidByAnybody(messageFor(text)).map(({ id }) => id);
}

/** The same for somebody who holds no post: what is for others is not theirs. */
export function citizenCommandsSaid(text: string): string[] {
  const tapped = FINDER.byButton(text);
  const message = messageFor(text);
  const mine = (tapped ? [tapped] : FINDER.said(message)).filter((one) => one.for?.(message.person) ?? true);
  return mine.map(({ id }) => id);
}
