import type { Choice, Turn } from '../../conversation/dialog';
import type { NumberReading } from '../../understanding/number';
import { capital, formatCount, formatSeen } from '../../kernel/vn-text';
import type { Impossible, Contradiction } from '../validation';
import type { QueueItem } from './answer-queue';
import type { DialogDeps } from '../../dialogs/deps';
import { answeredCount, figureOfId, numberOf, type Facts } from './report-facts';
import { contactName, placeName } from '../../org/chat/people';
import { reportVars, figureName } from './report-texts';

/** What a leader reads when something cannot be taken as it is, and what is offered instead. */

/** What stays until later, and the value that was asked about and is not written down yet. */
export function keptForLater(turn: Turn<DialogDeps>, facts: Facts, [open]: readonly QueueItem[]): string {
  const vars = { ...reportVars(turn, facts), done: answeredCount(facts) };
  const kept = turn.words.t('reports:kept_for_later', vars);
  if (!open || !('value' in open)) return kept;
  const left = { number: numberOf(facts, open.figure), value: formatSeen(open.value) };
  return `${kept}\n${turn.words.t('reports:left_open', { ...vars, ...left })}`;
}

export function lockedText(turn: Turn<DialogDeps>, facts: Facts): string {
  return turn.words.t('reports:locked', {
    ...reportVars(turn, facts),
    contact: contactName(turn.words, turn.deps, facts.key.unit, turn.at),
  });
}

/** Why a value was not taken, naming the numbers. */
export function refusal(turn: Turn<DialogDeps>, facts: Facts, because: Impossible | Contradiction): string {
  const { words } = turn;
  const vars = reportVars(turn, facts);
  if (because.kind === 'contradiction')
    return words.t(`reports:checks.${because.check.else}`, {
      ...vars,
      left: formatCount(because.left),
      leftName: figureName(turn, because.check.left),
      right: formatCount(because.right),
      rightName: figureName(turn, because.check.right),
      leftNumber: numberOf(facts, because.check.left),
      rightNumber: numberOf(facts, because.check.right),
    });
  return words.t(`reports:${because.kind}`, {
    ...vars,
    name: figureName(turn, because.figure),
    value: formatSeen(because.value),
    max: formatCount(because.max),
    example: words.t(`reports:figures.${because.figure}.example`),
  });
}

/** Asks back what a text did not clearly say. */
export function askBack(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figure: string,
  reading: Extract<NumberReading, { kind: 'ask' }>,
): string {
  const { words } = turn;
  const known = `reports:ask.${reading.why}`;
  return words.t(words.has(known) ? known : 'reports:ask.other', {
    ...reportVars(turn, facts),
    typed: quoted(turn.event.text),
    numbers: reading.numbers.map(formatSeen).join(', '),
    name: figureName(turn, figure).toLocaleLowerCase('vi'),
    measure: words.t(`reports:measures.${figureOfId(facts, figure).measure}`),
    example: words.t(`reports:figures.${figure}.example`),
  });
}

/** A person's own words, short enough to be repeated in a sentence. */
export function quoted(text: string): string {
  const one = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const points = [...one];
  return points.length <= 40 ? one : `${points.slice(0, 39).join('')}…`;
}

/** Names for a choice between several places. */
export function placeChoices(turn: Turn<DialogDeps>, units: readonly string[]): Choice[] {
  return units.slice(0, 5).map((unit) => ({
    id: unit.toUpperCase().replace(/[^A-Z0-9]/g, '_'),
    label: capital(placeName(turn.deps, unit, turn.at)),
  }));
}
