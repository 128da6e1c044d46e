import type { Choice, Conversation, StepResult, Turn } from '../../conversation/dialog';
import { say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Message } from '../../dialogs/feature';
import { isAsked } from '../../dialogs/unfinished';
import { capital } from '../../kernel/vn-text';
import { communeMeant } from '../../org/communes';
import { placeName } from '../../org/chat/people';
import { askCommune } from './where';

/**
 * «Xã Tân Hòa» right under the classes, or under the answer about them: where to look for classes. Nothing is kept of it,
 * so it is not confirmed; the list that follows names the commune.
 */

type Show = (turn: Turn<DialogDeps>, commune: string) => Promise<StepResult>;

const PLACE =
  /^(?:(?:da|em|toi|o) )*(?:xa|phuong|p|thi tran|tt|thon|xom|lang|ban|khu|khu pho|tdp|to dan pho) /;
/** Longer is no name. */
const MOST_WORDS = 5;

/** Whether a place is named, by its kind, to whom classes were shown last. A post is claimed otherwise. */
export function namesPlaceUnderClasses({ fold, intent, person, conversation }: Message): boolean {
  return (
    intent?.kind === 'identify' &&
    person.offices.length === 0 &&
    PLACE.test(fold) &&
    isUnderClasses(conversation)
  );
}

/** The classes, or what is said of them in general, were the last answer, and no question is open. */
function isUnderClasses(conversation: Conversation): boolean {
  if (isAsked(conversation)) return false;
  const { listed, stack, turn } = conversation;
  const shown = stack.at(-1);
  return (
    (listed?.kind === 'class' && listed.turn === turn) ||
    (shown?.dialog === 'article' && shown.slots['id'] === 'class-near')
  );
}

/** The classes of the place that was named; which one is asked for where it may be several. */
export async function classesAt(turn: Turn<DialogDeps>, text: string, show: Show): Promise<StepResult> {
  const meant = communeMeant(text, turn.deps.handover.places(turn.at));
  switch (meant.kind) {
    case 'one':
      return show(turn, meant.code);
    case 'several':
      return {
        ...sentence(turn, 'handover:commune.which', {}, placeChoices(turn, meant.codes)),
        listed: { kind: 'class', ids: [] },
      };
    case 'district':
      return { ...askCommune(''), notes: [say(turn, 'handover:commune.district', { name: meant.name })] };
    default:
      return askCommune('');
  }
}

function placeChoices(turn: Turn<DialogDeps>, codes: readonly string[]): Choice[] {
  return codes.map((code, i) => ({
    id: `C${i + 1}`,
    label: capital(placeName(turn.deps, code, turn.at)),
    command: `#LOPGAN_${code}`,
  }));
}

/** The bare name of a commune in the same place, once nobody else knew what was meant. Null: it names none. */
export async function bareNameUnderClasses(
  turn: Turn<DialogDeps>,
  { text, fold, person, conversation }: Message,
  show: Show,
): Promise<StepResult | null> {
  if (person.offices.length > 0 || fold.trim().split(' ').length > MOST_WORDS) return null;
  if (turn.event.kind !== 'text' || !isUnderClasses(conversation)) return null;
  const { kind } = communeMeant(text, turn.deps.handover.places(turn.at));
  return kind === 'one' || kind === 'several' ? classesAt(turn, text, show) : null;
}
