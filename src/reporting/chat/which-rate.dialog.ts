import { defineDialog, textIn, type Choice, type StepContext, type Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { foldText } from '../../kernel/vn-text';
import { personOf } from '../../org/chat/people';
import { rateNamed, openForm } from './form-commands';
import { reportsOf, type OwedReport } from './form-duties';
import { POLICE_FORM } from './vneid-screens';

/**
 * «71,4 % của 2,5 triệu» with nothing open: a rate of the police that does not say which of the two. It is asked, never
 * guessed, since neither stands for the other; what was typed waits and is read by the form once it is known whose it is.
 */

/** The police's month that this person owes; undefined: none. */
export function owedBy(turn: Turn<DialogDeps>): OwedReport | undefined {
  return reportsOf(turn, personOf(turn)).find(({ form }) => form.id === POLICE_FORM);
}

function choicesOf({ words }: Turn<DialogDeps>): Choice[] {
  return ['level2_activated', 'vneid_confirmed'].map((figure) => ({
    id: figure.toUpperCase(),
    label: words.t(`reports:form.rates.${figure}`),
  }));
}

export default defineDialog<DialogDeps>({
  id: 'which-rate',
  version: 1,
  first: 'which',
  upgrade: (frame) => ({ step: 'which', slots: frame.slots }),
  steps: {
    which: {
      to: [],
      async ask({ turn, slots }: StepContext<DialogDeps>) {
        const choices = choicesOf(turn);
        const list = choices.map(({ label }, i) => `${i + 1}. ${label}`).join('\n');
        const vars = { ...personOf(turn).vars, typed: textIn(slots, 'line'), list };
        return { text: turn.words.t('reports:form.which_rate', vars), choices };
      },
      async receive({ turn, slots }, input) {
        const figure = input.choice?.toLowerCase() ?? rateNamed(foldText(input.text));
        const owed = owedBy(turn);
        if (!figure || !owed) return { move: { to: 'pass' } };
        const opened = openForm(owed, { figure, line: textIn(slots, 'line') });
        return { move: { ...opened.move, instead: true } as typeof opened.move };
      },
    },
  },
});
