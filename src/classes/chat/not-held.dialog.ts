import { defineDialog, textIn, type StepContext, type StepResult } from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import { awaitsNumber, type ClassRecord } from '../class';
import type { CancelClass } from '../class-effects';
import type { ClassView } from '../class-view';
import { stopOr, toldOf } from './class-talk';
import { leads, lineOf, mayLead } from './leading';
import { personOf } from '../../org/chat/people';

/** «Không dạy được»: why, then it counts as not held, the commune sees the reason and those who signed up are told. */
type Context = StepContext<DialogDeps>;

const NOTHING = 'classes:nothing_recorded';
const LONGEST = 80;
const REASONS = ['POWER', 'WEATHER', 'TEACHER', 'NOBODY'] as const;

export default defineDialog<DialogDeps>({
  id: 'class-not-held',
  version: 1,
  first: 'why',
  ref: (slots) => textIn(slots, 'id'),
  steps: {
    why: {
      to: [],
      async ask({ turn, slots }) {
        const view = await awaiting(turn.deps, textIn(slots, 'id'));
        if (!view) return { text: say(turn, 'classes:none_to_change') };
        return {
          text: say(turn, 'classes:ask.why_not_held', { line: lineOf(turn, view) }),
          choices: REASONS.map((id) => ({
            id,
            label: turn.words.t(`classes:not_held_reasons.${id.toLowerCase()}`),
          })),
        };
      },
      async receive(context, input) {
        const { words } = context.turn;
        const chosen = REASONS.find((id) => id === input.choice);
        if (chosen) return written(context, words.t(`classes:not_held_reasons.${chosen.toLowerCase()}`));
        const beside = notTheWords(context, input, () => stopOr(context, input, NOTHING));
        if (beside) return beside;
        const typed = [...input.text.trim().replace(/^(?:vì|vi|do|tại|tai)\s+/iu, '')]
          .slice(0, LONGEST)
          .join('');
        return /\p{L}{2}/u.test(typed) ? written(context, typed) : stopOr(context, input, NOTHING);
      },
    },
  },
  upgrade: ({ slots }) => ({ step: 'why', slots }),
  closes: ({ turn }) => (leads(turn) ? null : turn.words.t('officer:no_right', personOf(turn).vars)),
  comeBack: async ({ turn }) => ({ text: say(turn, 'classes:ask.come_back_not_held') }),
});

/** Asks why that class was not held. */
export function beginNotHeld({ id }: ClassRecord): StepResult {
  return { move: { to: 'dialog', dialog: 'class-not-held', slots: { id } } };
}

async function awaiting({ classes }: DialogDeps, id: string): Promise<ClassView | null> {
  const view = await classes.get(id);
  return view && !view.record.cancelled && view.record.attended === null ? view : null;
}

async function written({ turn, slots }: Context, said: string): Promise<StepResult> {
  const view = await awaiting(turn.deps, textIn(slots, 'id'));
  if (!view || !awaitsNumber(view.record, turn.at) || !mayLead(turn, view.record.unit))
    return { move: { to: 'end', say: { text: say(turn, 'classes:none_to_change') } } };
  const reason = said.charAt(0).toLowerCase() + said.slice(1);
  const effect: CancelClass = {
    ...{ kind: 'class.cancel', id: turn.effectId(), class: view.record, reason, notHeld: true },
    ...{ by: turn.user, at: turn.at },
  };
  const text = say(turn, 'classes:not_held', {
    line: lineOf(turn, view),
    reason,
    told: toldOf(turn, view),
  });
  return { move: { to: 'end', say: { text } }, effects: [effect] };
}
