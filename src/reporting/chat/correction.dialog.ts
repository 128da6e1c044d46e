import { capital } from '../../kernel/vn-text';
import {
  defineDialog,
  textIn,
  type Json,
  type StepContext,
  type StepResult,
} from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { contactName, personOf } from '../../org/chat/people';
import { rightLost } from '../../org/chat/lost-right';
import { readIntent } from '../../understanding/intent';
import { yesNo } from '../../understanding/yes-no';
import type { FigureAnswer } from '../report';
import { factsOfRef, refOfKey } from './approval-facts';
import { approversOf, figureVars, noticesTo, replyButtons, together } from './approval-notices';
import { checkVars, shownValue } from './approval-texts';
import { effectBase, preview, VILLAGE_FORM, type Facts } from './report-facts';
import { othersTold } from './report-second';

/** A figure that was approved is corrected: only with a reason, and whoever approved it is told that it waits again. */

const WHY = ['recounted', 'mistyped', 'late_news'] as const;
const LONGEST = 200;

/** To the question why: nothing is written before it is answered. */
export function askWhyCorrected(facts: Facts, answers: readonly FigureAnswer[]): StepResult {
  const slots = { ref: refOfKey(facts.key), answers: answers as unknown as Json };
  return { move: { to: 'dialog', dialog: 'correction', slots } };
}

async function factsIn({ turn, slots }: StepContext<DialogDeps>): Promise<Facts> {
  const facts = await factsOfRef(turn, textIn(slots, 'ref'));
  if (!facts) throw new RangeError(`no report ${textIn(slots, 'ref')}`);
  return facts;
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
  const superior = contactName(turn.words, turn.deps, facts.key.unit, turn.at);
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
    effects: [effect, ...others, ...together(turn, notices)],
    move: { to: 'end', say: { text: turn.words.t('approval:correction.done', vars) } },
  };
}

export default defineDialog<DialogDeps>({
  id: 'correction',
  version: 1,
  first: 'why',
  ref: (slots) => textIn(slots, 'ref'),
  upgrade: (frame) => ({ step: 'why', slots: frame.slots }),
  closes: ({ turn, slots }) => rightLost(turn, textIn(slots, 'ref').split('/')[2] ?? ''),
  async oldButton(turn) {
    return sentence(turn, 'common:old_button');
  },
  steps: {
    why: {
      to: [],
      async ask(context) {
        const { turn } = context;
        const facts = await factsIn(context);
        return {
          text: turn.words.t('approval:correction.why', {
            ...checkVars(turn, facts),
            figures: changes(context, facts),
          }),
          choices: [
            ...WHY.map((why) => ({
              id: why.toUpperCase(),
              label: turn.words.t(`approval:correction.reasons.${why}`),
            })),
            { id: 'CANCEL', label: turn.words.t('approval:buttons.cancel') },
          ],
        };
      },
      async receive(context, input) {
        const { turn } = context;
        const facts = await factsIn(context);
        const intent = input.choice === null ? readIntent(input.text)?.kind : undefined;
        const no = input.choice === null && yesNo(input.text) === 'no';
        if (input.choice === 'CANCEL' || no || intent === 'cancel' || intent === 'later' || intent === 'undo')
          return {
            move: {
              to: 'end',
              say: { text: turn.words.t('approval:correction.cancelled', personOf(turn).vars) },
            },
          };
        const why = WHY.find((each) => each.toUpperCase() === input.choice);
        const typed = input.text.trim();
        if (!why && (intent !== undefined || !/\p{L}{2}/u.test(typed) || [...typed].length > LONGEST))
          return { move: { to: 'pass' } };
        return correct(context, facts, why ? turn.words.t(`approval:correction.reasons.${why}`) : typed);
      },
    },
  },
});
