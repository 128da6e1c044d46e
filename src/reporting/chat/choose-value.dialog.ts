import { defineDialog, textIn, type StepContext, type StepResult } from '../../conversation/dialog';
import { ending } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { readIntent } from '../../understanding/intent';
import { factsIn } from './approval-facts';
import { figureVars, noticesTo, reportersOf, together } from './approval-notices';
import { checkVars, shownValue } from './approval-texts';
import { reportScreen } from './approving';
import { effectBase, preview, type Facts } from './report-facts';
import { pairs, speakerName, type Pair } from './report-second';

/** Two values of one figure, side by side, and the officer's choice between them. */

function varsOf({ turn }: StepContext<DialogDeps>, facts: Facts, pair: Pair) {
  return {
    ...figureVars(turn, facts, pair.figure),
    standing: shownValue(turn, facts, pair.figure, pair.standing),
    second: shownValue(turn, facts, pair.figure, pair.second),
    first: speakerName(turn, facts, pair.standing.by),
    other: speakerName(turn, facts, pair.second.by),
  };
}

async function chosen(
  context: StepContext<DialogDeps>,
  facts: Facts,
  pair: Pair,
  take: 'standing' | 'second',
): Promise<StepResult> {
  const { turn } = context;
  const effect = {
    ...{ ...effectBase(turn, facts), onBehalf: true, kind: 'report.decide' as const },
    ...{ figure: pair.figure, take, second: pair.second.effectId },
  };
  const { facts: after, outcome } = preview(turn, facts, effect);
  if (outcome.outcome === 'locked' || outcome.outcome === 'refused') {
    const key = outcome.outcome === 'locked' ? 'locked' : 'value_settled';
    return { move: { to: 'end', say: { text: turn.words.t(`approval:${key}`, checkVars(turn, facts)) } } };
  }
  const value = shownValue(turn, after, pair.figure, after.report?.figures[pair.figure]);
  const notices = noticesTo(turn, after, reportersOf(turn, after), {
    key: 'decided',
    vars: { ...varsOf(context, facts, pair), value },
  });
  const note = turn.words.t('approval:decided', { ...varsOf(context, facts, pair), value });
  const effects = [effect, ...together(turn, notices)];
  if (pairs(after).length > 0) return { effects, notes: [note], move: { to: 'step', step: 'choose' } };
  return { ...ending(await reportScreen(turn, after)), effects, notes: [note] };
}

export default defineDialog<DialogDeps>({
  id: 'choose-value',
  version: 1,
  first: 'choose',
  ref: (slots) => textIn(slots, 'ref'),
  upgrade: (frame) => ({ step: 'choose', slots: frame.slots }),
  steps: {
    choose: {
      to: ['choose'],
      async ask(context) {
        const { turn } = context;
        const facts = await factsIn(context);
        const [pair] = pairs(facts);
        if (!pair) return { text: turn.words.t('approval:value_settled', checkVars(turn, facts)) };
        const vars = varsOf(context, facts, pair);
        return {
          text: turn.words.t('approval:choose', vars),
          choices: [
            {
              id: `STANDING_${pair.standing.version}`,
              label: turn.words.t('reports:buttons.keep_standing', vars),
            },
            {
              id: `SECOND_${pair.standing.version}`,
              label: turn.words.t('reports:buttons.take_second', vars),
            },
            { id: 'LATER', label: turn.words.t('reports:buttons.later') },
          ],
        };
      },
      async receive(context, input) {
        const facts = await factsIn(context);
        const [pair] = pairs(facts);
        const later = input.choice === 'LATER' || readIntent(input.text)?.kind === 'later';
        if (!pair || later)
          return {
            move: {
              to: 'end',
              say: {
                text: context.turn.words.t(
                  pair ? 'approval:choose_later' : 'approval:value_settled',
                  checkVars(context.turn, facts),
                ),
              },
            },
          };
        if (input.choice === `STANDING_${pair.standing.version}`)
          return chosen(context, facts, pair, 'standing');
        if (input.choice === `SECOND_${pair.standing.version}`) return chosen(context, facts, pair, 'second');
        return { move: { to: 'pass' } };
      },
    },
  },
});
