import { textIn, type Dialog, type StepContext, type StepResult, type Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { yesNo } from '../../understanding/yes-no';
import { nothingHappened } from '../forms';
import type { FigureAnswer } from '../report-effect';
import type { QueueItem } from './answer-queue';
import { asLastMonth, factsOf, figureOfId, numberOf, type Facts } from './report-facts';
import { record } from './report-record';
import { figureName, reportVars, valueText } from './report-texts';

/**
 * «Không phát sinh»: zeros for what happens in a month; what is counted as it stands is kept, or asked. A figure above
 * nothing that was already said is not wiped by a word: one is asked about, several are asked about together, since they
 * belong together (no session, no visit).
 */

/** Every figure of the month as a zero, and the stocks as they stood. */
function zeros(found: Facts): FigureAnswer[] {
  const said = found.report?.figures ?? {};
  const stocks = asLastMonth(found).filter(
    ({ figure }) =>
      figureOfId(found, figure).nature === 'stock' &&
      found.asked.some(({ id }) => id === figure) &&
      !said[figure],
  );
  return [...nothingHappened(found.asked), ...stocks];
}

function wipedBy(answers: readonly FigureAnswer[], found: Facts): string[] {
  const above = ({ figure, value }: FigureAnswer): boolean =>
    value === 0 && (found.report?.figures[figure]?.value ?? 0) > 0;
  return answers.filter(above).map(({ figure }) => figure);
}

export function nothing(turn: Turn<DialogDeps>, found: Facts): StepResult {
  const answers = zeros(found);
  const wiped = wipedBy(answers, found);
  if (wiped.length > 1) return { move: { to: 'step', step: 'wipe', slots: { queue: [] } } };
  const queue = wiped.map((figure): QueueItem => {
    return { figure, kind: 'confirm', value: 0, why: 'nothing', typed: turn.event.text };
  });
  const kept = answers.filter(({ figure }) => !wiped.includes(figure));
  const notes = wiped.length > 0 ? [] : [turn.words.t('reports:nothing', reportVars(turn, found))];
  return record(turn, found, kept, { queue, notes });
}

async function factsIn({ turn, slots }: StepContext<DialogDeps>): Promise<Facts> {
  const found = await factsOf(turn, textIn(slots, 'unit'), textIn(slots, 'period'));
  if (!found) throw new RangeError(`no duty of ${textIn(slots, 'unit')}`);
  return found;
}

export function nothingSteps(to: readonly string[]): Dialog<DialogDeps>['steps'] {
  return {
    wipe: {
      to,
      async ask(context) {
        const found = await factsIn(context);
        const { turn } = context;
        const lines = wipedBy(zeros(found), found).map((figure) =>
          turn.words.t('reports:readback_figure', {
            number: numberOf(found, figure),
            name: figureName(turn, figure),
            value: valueText(turn, found.report?.figures[figure]),
          }),
        );
        return {
          text: turn.words.t('reports:wipe', { ...reportVars(turn, found), figures: lines.join('\n') }),
          choices: [
            { id: 'WIPE', label: turn.words.t('reports:buttons.that', { value: 0 }), exact: true },
            { id: 'KEEP_ALL', label: turn.words.t('reports:buttons.keep_said') },
          ],
        };
      },
      async receive(context, input) {
        const found = await factsIn(context);
        const said = input.choice === null ? yesNo(input.text) : null;
        if (input.choice === 'WIPE' || said === 'yes') return record(context.turn, found, zeros(found));
        if (input.choice === 'KEEP_ALL' || said === 'no') return record(context.turn, found, []);
        return { move: { to: 'pass' } };
      },
    },
  };
}
