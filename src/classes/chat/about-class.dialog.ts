import {
  defineDialog,
  textIn,
  type Choice,
  type StepContext,
  type StepResult,
} from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { besideWords } from '../../dialogs/free-words';
import type { Words } from '../../kernel/i18n';
import { tookPlace } from '../class';
import type { DescribeClass } from '../class-effects';
import type { ClassView } from '../class-view';
import { readTeacher, TEACHERS, type Teacher } from '../teachers';
import { topicCode } from '../topics';
import { mayLead } from './leading';
import { CONTENTS } from './open-class.dialog';

/**
 * What a recorded class was about and who taught it, where nobody has said so. The number is written before this is
 * asked, so that nothing is lost by going on to something else: it is light.
 */
type Context = StepContext<DialogDeps>;

const LONGEST = 80;
const SHOWN: readonly Teacher[] = ['team', 'youth', 'police', 'leader'];

export default defineDialog<DialogDeps>({
  id: 'class-about',
  version: 1,
  first: 'next',
  light: true,
  ref: (slots) => textIn(slots, 'id'),
  steps: {
    next: { to: ['topic', 'teacher'], run: (context) => next(context) },
    topic: {
      to: ['next'],
      ask: async ({ turn, slots }) => ({
        text: say(turn, 'classes:ask.taught'),
        choices: [
          ...CONTENTS.map((id) => ({ id, label: contentName(turn.words, id) })).slice(0, 4),
          fixChoice(turn.words, textIn(slots, 'id')),
        ],
      }),
      async receive(context, input) {
        const { words } = context.turn;
        const chosen = CONTENTS.find((id) => id === input.choice);
        if (chosen) return given(context, { topic: contentName(words, chosen) });
        const typed = [...input.text.trim()].slice(0, LONGEST).join('');
        const code = topicCode(typed);
        if (besideWords(typed) !== null || code === null || code === 'other') return PASS;
        return given(context, { topic: typed });
      },
    },
    teacher: {
      to: ['next'],
      ask: async ({ turn, slots }) => ({
        text: say(turn, 'classes:ask.teacher'),
        choices: [
          ...SHOWN.map((id) => ({
            id: id.toUpperCase(),
            label: turn.words.t(`classes:teachers.${id}`),
          })),
          fixChoice(turn.words, textIn(slots, 'id')),
        ],
      }),
      async receive(context, input) {
        const chosen = TEACHERS.find((id) => id.toUpperCase() === input.choice);
        const teacher = chosen ?? (besideWords(input.text) === null ? readTeacher(input.text) : null);
        return teacher ? given(context, { teacher }) : PASS;
      },
    },
  },
});

const PASS: StepResult = { move: { to: 'pass' } };

/** «Sửa số» stays at hand under the questions. */
export function fixChoice(words: Words, id: string): Choice {
  return { id: 'FIX', label: words.t('classes:buttons.fix_number'), command: `#LOPSO_${id}` };
}

function contentName(words: Words, id: string): string {
  return words.t(`classes:topics.${id.toLowerCase()}`);
}

/** The first of the two that is missing; none: it is over. */
async function next({ turn, slots }: Context): Promise<StepResult> {
  if (slots['topic'] !== true) return { move: { to: 'step', step: 'topic' } };
  if (slots['teacher'] !== true) return { move: { to: 'step', step: 'teacher' } };
  return { move: { to: 'end', say: { text: say(turn, 'classes:described') } } };
}

async function given(
  { turn, slots }: Context,
  said: Pick<DescribeClass, 'topic'> | Pick<DescribeClass, 'teacher'>,
): Promise<StepResult> {
  const view = await described(turn.deps, textIn(slots, 'id'));
  if (!view || !mayLead(turn, view.record.unit))
    return { move: { to: 'end', say: { text: say(turn, 'classes:none_to_change') } } };
  const effect: DescribeClass = {
    ...{ kind: 'class.describe', id: turn.effectId(), class: view.record, by: turn.user, at: turn.at },
    ...said,
  };
  const known = 'topic' in said ? { topic: true } : { teacher: true };
  return { move: { to: 'step', step: 'next', slots: known }, effects: [effect] };
}

async function described({ classes }: DialogDeps, id: string): Promise<ClassView | null> {
  const view = await classes.get(id);
  return view && tookPlace(view.record) ? view : null;
}
