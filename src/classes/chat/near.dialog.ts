import { defineDialog, textIn, type StepResult, type Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf, placeName } from '../../org/chat/people';
import { readStop } from '../../understanding/stop';
import { yesNo } from '../../understanding/yes-no';
import { wishFor } from './asked-commands';
import { showNear } from './near-commands';
import { communeChoices, communesNamed } from './where';

/** Asks where somebody lives before classes are shown: named, confirmed, and then not asked again. */
export default defineDialog<DialogDeps>({
  id: 'class-near',
  version: 1,
  first: 'commune',
  steps: {
    commune: {
      to: ['sure', 'which'],
      digits: 'own',
      ask: async ({ turn }) => ({ text: say(turn, 'classes:ask.commune') }),
      async receive({ turn }, input) {
        if (readStop(input.text) !== null)
          return { move: { to: 'end', say: { text: say(turn, 'classes:given_up') } } };
        return named(communesNamed(turn, input.text));
      },
    },
    which: {
      to: ['sure', 'which'],
      ask: async ({ turn, slots }) => ({
        text: say(turn, 'classes:ask.which_commune'),
        choices: communeChoices(turn, textIn(slots, 'codes').split(' ')),
      }),
      async receive({ turn, slots }, input) {
        const code = textIn(slots, 'codes')
          .split(' ')
          .find((one) => `C${one}` === input.choice);
        return code === undefined
          ? named(communesNamed(turn, input.text))
          : shown(turn, code, textIn(slots, 'wish'));
      },
    },
    sure: {
      to: ['commune', 'sure', 'which'],
      ask: async ({ turn, slots }) => ({
        text: say(turn, 'classes:ask.sure_commune', {
          unit: placeName(turn.deps, textIn(slots, 'code'), turn.at),
        }),
        choices: [
          { id: 'YES', label: turn.words.t('classes:buttons.yes') },
          { id: 'NO', label: turn.words.t('classes:buttons.no') },
        ],
      }),
      async receive({ turn, slots }, input) {
        const said = input.choice ?? yesNo(input.text)?.toUpperCase();
        if (said === 'YES') return shown(turn, textIn(slots, 'code'), textIn(slots, 'wish'));
        if (said === 'NO') return { move: { to: 'step', step: 'commune' } };
        return named(communesNamed(turn, input.text));
      },
    },
  },
  upgrade: ({ slots }) => ({ step: 'commune', slots }),
  oldButton: async (turn) => ({ move: { to: 'here', say: { text: turn.words.t('common:old_button') } } }),
});

function named(codes: readonly string[]): StepResult {
  const [code] = codes;
  if (code === undefined) return { move: { to: 'pass' } };
  if (codes.length === 1) return { move: { to: 'step', step: 'sure', slots: { code } } };
  return { move: { to: 'step', step: 'which', slots: { codes: codes.slice(0, 5).join(' ') } } };
}

/** The list, as the end of the question. */
async function shown(turn: Turn<DialogDeps>, commune: string, wish: string): Promise<StepResult> {
  const result = wish === '' ? await showNear(turn, commune) : wishFor(turn, wish, commune);
  const said = result.move.to === 'here' ? result.move.say : undefined;
  return {
    ...result,
    move: { to: 'end', ...(said ? { say: said } : {}) },
  };
}

function say(turn: Turn<DialogDeps>, key: string, vars: Readonly<Record<string, string>> = {}): string {
  return turn.words.t(key, { ...personOf(turn).vars, ...vars });
}
