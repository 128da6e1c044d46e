import { textIn, type Dialog, type StepResult } from '../../conversation/dialog';
import { personOf } from '../../org/chat/people';
import type { DialogDeps } from '../../dialogs/deps';
import { type Context, NEXT, PASS, common, facts, refOf, step } from './report-common';
import { effectBase, preview, type Facts } from './report-facts';
import { notice, pairVars, pairs, postOf, speakerName, toDecide } from './report-second';
import { laterChoice, reportVars, valueText } from './report-texts';
import { undoChoices } from './receipt-texts';

/** The choice between two values of one figure, for whoever decides about them. */

function chosen(context: Context, found: Facts, take: 'standing' | 'second'): StepResult {
  const { turn, slots } = context;
  const figure = textIn(slots, 'figure');
  const pair = pairs(found).find((one) => one.figure === figure);
  if (!pair || pair.second.effectId !== textIn(slots, 'second'))
    return {
      notes: [turn.words.t('reports:second.settled', reportVars(turn, found))],
      move: { to: 'step', step: 'sent' },
    };
  const effect = {
    ...{ ...effectBase(turn, found), kind: 'report.decide' as const },
    ...{ figure, take, second: pair.second.effectId },
  };
  const { facts: after, outcome } = preview(turn, found, effect);
  if (outcome.outcome === 'locked') return step('locked');
  if (outcome.outcome === 'refused')
    return {
      notes: [turn.words.t('reports:second.settled', reportVars(turn, found))],
      move: { to: 'step', step: 'sent' },
    };
  const value = valueText(turn, after.report?.figures[figure]);
  const vars = { ...pairVars(turn, found, pair), value, who: speakerName(turn, found, turn.user) };
  const told = [...new Set([pair.standing.by, pair.second.by])]
    .filter((user) => user !== turn.user && postOf(turn, found, user) !== null)
    .map((to) => notice(turn, found, to, 'told', vars));
  const text = turn.words.t('reports:second.decided', vars);
  const next = toDecide(turn, after);
  if (next !== null) return { effects: [effect, ...told], notes: [text], move: askSecond(after, next) };
  return {
    effects: [effect, ...told],
    move: {
      to: 'end',
      say: {
        text,
        choices: undoChoices(turn, after),
        screen: { dialog: 'report', ref: refOf({ unit: after.key.unit, period: after.key.period }) },
      },
    },
  };
}

/** To the choice between the two values of this figure, as they are now. */
export function askSecond(found: Facts, figure: string) {
  const second = found.report?.seconds[figure]?.effectId ?? '';
  return { to: 'step', step: 'second', slots: { figure, second } } as const;
}

export const SECOND: Dialog<DialogDeps>['steps'] = {
  /** Two values for one figure: which of them counts. */
  second: {
    to: ['second', ...NEXT],
    async ask(context) {
      const { turn, slots } = context;
      const found = await facts(context);
      const pair = pairs(found).find(({ figure }) => figure === textIn(slots, 'figure'));
      if (!pair) return { text: turn.words.t('reports:second.settled', personOf(turn).vars) };
      const vars = pairVars(turn, found, pair);
      return {
        text: turn.words.t('reports:second.choose', vars),
        choices: [
          { id: 'STANDING', label: turn.words.t('reports:buttons.keep_standing', vars), exact: true },
          { id: 'SECOND', label: turn.words.t('reports:buttons.take_second', vars), exact: true },
          laterChoice(turn),
        ],
      };
    },
    async receive(context, input) {
      const found = await facts(context);
      if (input.choice === 'STANDING') return chosen(context, found, 'standing');
      if (input.choice === 'SECOND') return chosen(context, found, 'second');
      if (input.choice === 'LATER')
        return {
          move: {
            to: 'end',
            say: { text: context.turn.words.t('reports:second.later', reportVars(context.turn, found)) },
          },
        };
      return common(context, found, input) ?? PASS;
    },
  },
};
