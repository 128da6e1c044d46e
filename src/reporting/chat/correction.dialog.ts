import { capital } from '../../kernel/vn-text';
import type { Json, StepContext, StepResult } from '../../conversation/dialog';
import { replyButtons } from '../../channels/reply-buttons';
import type { DialogDeps } from '../../dialogs/deps';
import type { FigureAnswer } from '../report-effect';
import { refOfKey } from './approval-facts';
import { approversOf, figureVars, noticesTo, together } from './approval-notices';
import { aboveName, checkVars, shownValue } from './approval-texts';
import { askingWhy } from './asking-why';
import { askedAnew } from './confirming';
import { effectBase, preview, VILLAGE_FORM, type Facts } from './report-facts';
import { othersTold } from './report-second';

/** A figure that was approved is corrected: only with a reason, and whoever approved it is told that it waits again. */

const WHY = ['recounted', 'mistyped', 'late_news'] as const;

/** To the question why: nothing is written before it is answered. */
export function askWhyCorrected(facts: Facts, answers: readonly FigureAnswer[]): StepResult {
  const slots = { ref: refOfKey(facts.key), answers: answers as unknown as Json };
  return { move: { to: 'dialog', dialog: 'correction', slots } };
}

function answersIn({ slots }: StepContext<DialogDeps>): FigureAnswer[] {
  return (slots['answers'] as unknown as FigureAnswer[] | undefined) ?? [];
}

/** «3) Lượt người dự: 121 → 120», a line for each. */
function changes(context: StepContext<DialogDeps>, facts: Facts): string {
  const { turn } = context;
  return answersIn(context)
    .map((given) =>
      turn.words.t('reports:corrected_figure', {
        ...figureVars(turn, facts, given.figure),
        before: shownValue(turn, facts, given.figure, facts.report?.figures[given.figure]),
        after: shownValue(turn, facts, given.figure, given),
      }),
    )
    .join('\n');
}

function correct(context: StepContext<DialogDeps>, facts: Facts, reason: string): StepResult {
  const { turn } = context;
  const figures = answersIn(context).map((given) => ({ ...given, reason: given.reason ?? reason }));
  const effect = { ...effectBase(turn, facts), kind: 'report.answer' as const, figures };
  const { facts: after, outcome } = preview(turn, facts, effect);
  const superior = aboveName(turn, facts);
  const vars = {
    ...checkVars(turn, facts),
    figures: changes(context, facts),
    ...{ reason, superior, Superior: capital(superior) },
  };
  if (outcome.outcome === 'locked' || outcome.outcome === 'refused') {
    const key = outcome.outcome === 'locked' ? 'locked' : 'refused';
    return { move: { to: 'end', say: { text: turn.words.t(`approval:correction.${key}`, vars) } } };
  }
  const notices = noticesTo(turn, after, approversOf(turn, after), {
    key: 'corrected',
    vars: { figures: vars.figures, reason },
    buttons: replyButtons([
      { label: turn.words.t('approval:buttons.report'), payload: `#XEMBC_${refOfKey(after.key)}` },
    ]),
  });
  // Only a village's month is shared by a head and a deputy.
  const others = facts.form.id === VILLAGE_FORM ? othersTold(turn, facts, after) : [];
  return {
    effects: [effect, ...others, ...together(turn, [...notices, ...askedAnew(turn, facts, after)])],
    move: { to: 'end', say: { text: turn.words.t('approval:correction.done', vars) } },
  };
}

export default askingWhy({
  id: 'correction',
  group: 'correction',
  reasons: WHY,
  shortest: 0,
  cancels: ['cancel', 'later', 'undo'],
  vars: (context, facts) => ({ ...checkVars(context.turn, facts), figures: changes(context, facts) }),
  given: correct,
});
