import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { foldText } from '../../kernel/vn-text';
import { textsOf, titleForAll } from '../../reporting/form';
import { FORMS } from '../../reporting/forms';

/** Whether a report asks for the figure already, so that nobody is asked twice. */

/** Words that say nothing of which figure is meant. */
const EMPTY = new Set('co khong bao nhieu so luong nguoi la cua trong va hay da the nao'.split(' '));

function meaning(text: string): string[] {
  return foldText(text)
    .replace(/[^a-z0-9\s]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !EMPTY.has(word));
}

/** Whether every word of a figure's name that says something stands in the question. */
export function asksFor(question: string, figure: string): boolean {
  const asked = new Set(meaning(question));
  const wanted = meaning(figure);
  return wanted.length > 0 && wanted.every((word) => asked.has(word));
}

/** «số này chưa có ở đâu», or the report in which it is; of a one-off form only once some of these villages have sent it. */
export async function knownFigure(
  turn: Turn<DialogDeps>,
  question: string,
  units: readonly string[],
): Promise<string> {
  const { words, deps } = turn;
  const formName = (form: string): string =>
    words.t(titleForAll(form), { month: words.t('campaigns:known.month') });
  const asking = [...FORMS.values()].filter(
    (form) =>
      form.levels.includes('village') &&
      form.figures.some(({ id }) => asksFor(question, words.t(`${textsOf(form.id, id)}.name`))),
  );
  const monthly = asking.find(({ cadence }) => cadence !== 'once');
  if (monthly) return words.t('campaigns:known.reported', { form: formName(monthly.id) });
  for (const form of asking) {
    // The period of a one-off form is its id.
    const reports = await deps.reports.submissions(form.id, form.id, units);
    const sent = reports.filter(({ state }) => state !== 'draft').length;
    if (sent > 0)
      return words.t('campaigns:known.sent', { form: formName(form.id), sent, all: units.length });
  }
  return words.t('campaigns:known.nowhere');
}
