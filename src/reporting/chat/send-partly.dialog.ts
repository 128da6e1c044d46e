import type { StepContext, StepResult } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { contactName } from '../../org/chat/people';
import { checkVars, figureLinesOf, nameOf } from './approval-texts';
import { askingWhy } from './asking-why';
import { effectBase, numberOf, preview, unanswered, type Facts } from './report-facts';
import { receiptText, undoChoices } from './receipt-texts';

/** «Gửi tạm»: what is there is sent, and what is not is said to be missing, with the reason why. Read back first, as every sending. */

const WHY = ['not_counted', 'waits_for_others', 'nobody_counts'] as const;

function missingNames({ turn }: StepContext<DialogDeps>, facts: Facts): string {
  return unanswered(facts)
    .map(({ id }) => `${numberOf(facts, id)}) ${nameOf(turn, facts, id)}`)
    .join(', ');
}

function send(context: StepContext<DialogDeps>, facts: Facts, reason: string): StepResult {
  const { turn } = context;
  const figures = unanswered(facts).map(({ id }) => ({
    ...{ figure: id, value: null, status: 'missing' as const, reason },
  }));
  const said = { ...effectBase(turn, facts), kind: 'report.answer' as const, figures };
  const first = preview(turn, facts, said);
  const sending = { ...effectBase(turn, first.facts), kind: 'report.submit' as const };
  const { facts: after, outcome } = preview(turn, first.facts, sending);
  const vars = {
    ...checkVars(turn, facts),
    superior: contactName(turn.words, turn.deps, facts.key.unit, turn.at),
  };
  if (outcome.outcome === 'locked' || outcome.outcome === 'refused') {
    const key = outcome.outcome === 'locked' ? 'locked' : 'refused';
    return { move: { to: 'end', say: { text: turn.words.t(`approval:partly.${key}`, vars) } } };
  }
  const { unit, period } = after.key;
  return {
    effects: [said, sending],
    move: {
      to: 'end',
      say: {
        text: receiptText(turn, after, outcome.report),
        choices: undoChoices(turn, after),
        screen: { dialog: 'report', ref: `${period}/${unit}` },
      },
    },
  };
}

export default askingWhy({
  id: 'send-partly',
  group: 'partly',
  reasons: WHY,
  shortest: 6,
  cancels: ['cancel', 'later'],
  vars: (context, facts) => ({
    ...checkVars(context.turn, facts),
    figures: figureLinesOf(context.turn, facts),
    missing: missingNames(context, facts),
  }),
  given: send,
});
