import type { StepResult, Turn } from '../conversation/dialog';
import { BUTTONS_MAX } from '../conversation/say';
import { clipped } from '../kernel/vn-text';
import { sentence } from './answer';
import type { DialogDeps } from './deps';
import { messageOf, type Command, type Feature, type Message } from './feature';
import { commandFinder } from './find-command';
import { allWaiting, type WaitingKey } from './waiting-keys';

/**
 * «Đồng ý» with nothing beside it: the yes to what waits for this person. One thing that waits is meant; of several none is
 * guessed, they are asked about. What cannot be taken back is shown whole first, unless its own question was shown last.
 */

const LIST = 'yes';
/** Letters on a button. */
const LABEL = 20;
const OF_THE_LIST = /^(?:(?:toi|em|chi|anh) )?(?:dong y|nhat tri) (?:so |viec )?(\d{1,2})$/;

/** `features`: all there are, whose buttons the yes is a tap on. */
export const agreeCommand = (features: () => readonly Feature<never>[]): Command<DialogDeps> => ({
  id: 'agree',
  says: ['đồng ý', 'tôi đồng ý', 'em đồng ý', 'chị đồng ý nhé', 'nhất trí', 'tôi nhất trí', 'đồng ý nhé'],
  list: LIST,
  reads: ({ fold, conversation }) => conversation.listed?.kind === LIST && OF_THE_LIST.test(fold.trim()),
  async run(turn, message) {
    const number = OF_THE_LIST.exec(message.fold.trim())?.[1];
    if (number !== undefined) {
      const meant = message.conversation.listed?.ids[Number(number) - 1];
      return meant === undefined ? null : tap(turn, message, meant, features());
    }
    const waiting = await allWaiting(turn);
    const [one] = waiting;
    if (!one) return null;
    return waiting.length > 1
      ? which(turn, waiting)
      : tap(turn, message, (await wasShown(turn, one)) ? yesTo(one) : opening(one), features());
  },
});

const yesTo = ({ yes, choice }: WaitingKey): string => yes ?? choice.command ?? '';
const opening = (key: WaitingKey): string => key.opens ?? yesTo(key);

/** Whether the message this person was shown last has the yes to it among its buttons. */
async function wasShown(turn: Turn<DialogDeps>, key: WaitingKey): Promise<boolean> {
  for (let digit = 1; digit <= BUTTONS_MAX; digit += 1)
    if ((await turn.deps.shown(turn.user, digit, turn.event)) === yesTo(key)) return true;
  return false;
}

/** Does what the button with this payload does. */
async function tap(
  turn: Turn<DialogDeps>,
  { conversation }: Message,
  payload: string,
  features: readonly Feature<never>[],
): Promise<StepResult | null> {
  const one = commandFinder(features as readonly Feature<DialogDeps>[]).byButton(payload);
  const tapped = { ...turn, event: { ...turn.event, text: payload } };
  return one ? one.run(tapped, messageOf(tapped, conversation)) : null;
}

function which(turn: Turn<DialogDeps>, waiting: readonly WaitingKey[]): StepResult {
  const ids = waiting.map(opening);
  const choices = waiting.slice(0, BUTTONS_MAX).map(({ choice: { label } }, i) => ({
    id: `YES${i + 1}`,
    label: clipped(`${i + 1}. ${label}`, LABEL),
    command: ids[i] ?? '',
  }));
  const lines = waiting.map(({ line }, i) => `${i + 1}. ${line}`).join('\n');
  return {
    ...sentence(turn, 'approval:which_yes', { lines }, choices),
    listed: { kind: LIST, ids, picks: ids },
  };
}
