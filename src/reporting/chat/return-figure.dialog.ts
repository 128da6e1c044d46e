import { defineDialog, textIn, type StepResult } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import { ending } from '../../dialogs/answer';
import type { ReturnCode } from '../report';
import { factsIn } from './approval-facts';
import { figureVars } from './approval-notices';
import { readIntent } from '../../understanding/intent';
import { REASON_BUTTONS, reasonOf, returnNow } from './returning';

/** Why a figure is sent back: a reason is tapped, or said in the officer's own words. Nothing is sent back before. */

const LONGEST = 200;

export default defineDialog<DialogDeps>({
  id: 'return-figure',
  version: 1,
  first: 'reason',
  ref: (slots) => textIn(slots, 'ref'),
  upgrade: (frame) => ({ step: 'reason', slots: frame.slots }),
  steps: {
    reason: {
      to: [],
      async ask(context) {
        const { turn, slots } = context;
        const vars = figureVars(turn, await factsIn(context), textIn(slots, 'figure'));
        return {
          text: turn.words.t('approval:ask_reason', vars),
          choices: [
            ...REASON_BUTTONS.map((code) => ({
              id: code.toUpperCase(),
              label: turn.words.t(`approval:codes.${code}`),
            })),
            { id: 'CANCEL', label: turn.words.t('approval:buttons.cancel') },
          ],
        };
      },
      async receive(context, input) {
        const { turn, slots } = context;
        const facts = await factsIn(context);
        const vars = figureVars(turn, facts, textIn(slots, 'figure'));
        const dropped: StepResult = {
          move: { to: 'end', say: { text: turn.words.t('approval:not_returned', vars) } },
        };
        const intent = input.choice === null ? readIntent(input.text)?.kind : undefined;
        if (input.choice === 'CANCEL' || intent === 'cancel' || intent === 'later') return dropped;
        const beside = notTheWords(context, input, () => dropped);
        if (beside) return beside;
        const typed = input.text.trim();
        if (input.choice === null && ([...typed].length < 4 || [...typed].length > LONGEST))
          return { move: { to: 'pass' } };
        const code = REASON_BUTTONS.find((each) => each.toUpperCase() === input.choice);
        const reason = code ? { code: code satisfies ReturnCode, text: null } : reasonOf(typed);
        return ending(await returnNow(turn, facts, [textIn(slots, 'figure')], reason));
      },
    },
  },
});
