import type { StepResult, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf } from '../../org/chat/people';
import { refOfKey } from './approval-facts';
import { reportsOf } from './form-duties';
import { readAnswer, readFigures } from './report-answers';
import { factsOf, ownUnits, periodMeant, VILLAGE_FORM, type Facts } from './report-facts';
import { lockedText } from './report-refusals';

/** What was sent back of a report, and the question about it. */

/** The first figure that was sent back, in the order of the form; null: none is any more. */
export function returnedFigure(facts: Facts): string | null {
  return facts.form.figures.find(({ id }) => facts.report?.figures[id]?.state === 'returned')?.id ?? null;
}

/** How many figures were sent back and not looked at again. */
export function returnedCount({ report }: Facts): number {
  return Object.values(report?.figures ?? {}).filter(({ state }) => state === 'returned').length;
}

/** The person's report of which a figure was sent back, the villages' month first; null: none. */
export async function reportReturned(turn: Turn<DialogDeps>): Promise<Facts | null> {
  const months = ownUnits(turn).map((unit) => ({ form: VILLAGE_FORM, period: periodMeant(turn.at), unit }));
  const keys = [...months, ...reportsOf(turn, personOf(turn)).map(({ key }) => key)];
  for (const { form, period, unit } of keys) {
    const facts = await factsOf(turn, unit, period, form);
    if (facts && returnedFigure(facts) !== null && turn.at < facts.context.aboveLockAt) return facts;
  }
  return null;
}

/** To the question about what was sent back; `said`: the answer that was given already, empty: none. */
export function askReturned(facts: Facts, figure: string, said = ''): StepResult {
  return {
    move: {
      to: 'dialog',
      dialog: 'returned',
      slots: { ref: refOfKey(facts.key), figure, said },
    },
  };
}

/**
 * Past the lock of the unit: what was sent back is asked about, with the answer where the text gives one; what else it says
 * is locked. Null: nothing was sent back.
 */
export function returnedPastLock(turn: Turn<DialogDeps>, facts: Facts, text: string): StepResult | null {
  const figure = returnedFigure(facts);
  if (figure === null || turn.at >= facts.context.aboveLockAt) return null;
  const lone = readAnswer(facts, figure, text);
  const given = readFigures(facts, text) ?? [{ figure, reading: lone }];
  const own = given.find((each) => each.figure === figure)?.reading;
  if (given.length === 1 && own?.kind === 'value') return askReturned(facts, figure, String(own.value));
  const notes = given.some((each) => each.figure !== figure) ? [lockedText(turn, facts)] : [];
  return { ...askReturned(facts, figure), notes };
}
