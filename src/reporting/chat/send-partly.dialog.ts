import { defineDialog, textIn, type StepContext, type StepResult } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { contactName, personOf } from '../../org/chat/people';
import { rightLost } from '../../org/chat/lost-right';
import { readIntent } from '../../understanding/intent';
import { yesNo } from '../../understanding/yes-no';
import { factsOfRef } from './approval-facts';
import { checkVars, figureLinesOf, nameOf } from './approval-texts';
import { effectBase, numberOf, preview, unanswered, type Facts } from './report-facts';
import { receiptText, undoChoices } from './report-texts';

/** «Gửi tạm»: what is there is sent, and what is not is said to be missing, with the reason why. Read back first, as every sending. */

const WHY = ['not_counted', 'waits_for_others', 'nobody_counts'] as const;
const LONGEST = 200;

async function factsIn({ turn, slots }: StepContext<DialogDeps>): Promise<Facts> {
  const facts = await factsOfRef(turn, textIn(slots, 'ref'));
  if (!facts) throw new RangeError(`no report ${textIn(slots, 'ref')}`);
  return facts;
}

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

export default defineDialog<DialogDeps>({
  id: 'send-partly',
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
        const vars = {
          ...checkVars(turn, facts),
          figures: figureLinesOf(turn, facts),
          missing: missingNames(context, facts),
        };
        return {
          text: turn.words.t('approval:partly.why', vars),
          choices: [
            ...WHY.map((why) => ({
              id: why.toUpperCase(),
              label: turn.words.t(`approval:partly.reasons.${why}`),
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
        if (input.choice === 'CANCEL' || no || intent === 'cancel' || intent === 'later')
          return {
            move: {
              to: 'end',
              say: { text: turn.words.t('approval:partly.cancelled', personOf(turn).vars) },
            },
          };
        const why = WHY.find((each) => each.toUpperCase() === input.choice);
        const typed = input.text.trim();
        if (
          !why &&
          (intent !== undefined ||
            !/\p{L}{2}/u.test(typed) ||
            [...typed].length > LONGEST ||
            [...typed].length < 6)
        )
          return { move: { to: 'pass' } };
        return send(context, facts, why ? turn.words.t(`approval:partly.reasons.${why}`) : typed);
      },
    },
  },
});
