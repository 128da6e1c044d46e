import type { Input, StepResult } from '../../conversation/dialog';
import { formatSeen } from '../../kernel/vn-text';
import { figureNamed, readAnswer } from './report-answers';
import { step, type Context } from './report-common';
import { figureCorrected, probablyCorrected, readCorrected } from './report-corrected';
import { asLastMonth, type Facts } from './report-facts';
import { record, takeAll } from './report-record';
import { reportVars } from './report-texts';

/** On a screen of numbered figures a digit is the figure of that number; a larger number is asked about. */
export function digitMeansFix(
  context: Context,
  found: Facts,
  input: Input,
  unsaid: boolean,
): StepResult | null {
  const { turn } = context;
  if (/^\s*\d{1,2}\s*[.)]?\s*$/.test(input.text)) {
    const figure = figureNamed(turn, found, input.text);
    if (figure && (found.asked.some((f) => f.id === figure) || found.report?.figures[figure])) {
      if (unsaid) return record(turn, found, asLastMonth(found, [figure]), { again: figure });
      return step('question', { figure });
    }
  }
  const changes = readCorrected(found, input.text);
  if (changes) {
    const given = changes.map(({ figure }) => figure);
    return takeAll(turn, found, changes, unsaid ? asLastMonth(found, given) : []);
  }
  const reading = readAnswer(found, found.asked[0]?.id ?? '', input.text);
  const corrected = figureCorrected(found, reading);
  if (corrected) return takeAll(turn, found, [corrected]);
  const told = probablyCorrected(found, input.text, true);
  if (told)
    return takeAll(
      turn,
      found,
      told,
      unsaid
        ? asLastMonth(
            found,
            told.map(({ figure: id }) => id),
          )
        : [],
    );
  const numbers =
    reading.kind === 'value' || reading.kind === 'confirm'
      ? [reading.value]
      : reading.kind === 'ask'
        ? reading.numbers
        : [];
  if (numbers.length === 0) return null;
  const text = turn.words.t('reports:which_number', {
    ...reportVars(turn, found),
    numbers: numbers.map(formatSeen).join(', '),
  });
  return { move: { to: 'here', miss: true }, notes: [text] };
}
