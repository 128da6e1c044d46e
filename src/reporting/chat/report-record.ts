import type { AnyEffect, Move, StepResult, Turn } from '../../conversation/dialog';
import type { NumberReading } from '../../understanding/number';
import type { FigureAnswer } from '../report-effect';
import type { DialogDeps } from '../../dialogs/deps';
import { askWhyCorrected } from './correction.dialog';
import { takeReading } from './report-answers';
import { asSlot, type QueueItem } from './answer-queue';
import { effectBase, isSent, numberOf, preview, unanswered, type Facts } from './report-facts';
import { figureName, reportVars, valueText } from './report-texts';
import { undoChoices } from './receipt-texts';
import { othersTold, secondsGiven } from './report-second';

/** Writing answers down and going on: to what must be asked about, to the next question, to the read-back, or to the word that a sent report was corrected. */

/**
 * Records what is clear and goes on to what is next: the first thing to ask about, the next question, the read-back,
 * or, on a report already sent, the word that it was corrected. `unsaid` is what else the turn takes for said.
 */
export function takeAll(
  turn: Turn<DialogDeps>,
  facts: Facts,
  given: readonly { figure: string; reading: NumberReading }[],
  unsaid: readonly FigureAnswer[] = [],
  waiting: readonly QueueItem[] = [],
): StepResult {
  const answers: FigureAnswer[] = [...unsaid];
  const queue: QueueItem[] = waiting.filter((item) => !given.some((g) => g.figure === item.figure));
  const notes: string[] = [];
  let again: string | null = null;
  let later = false;
  const said = saidTogether(given, unsaid);
  for (const { figure, reading } of given) {
    const { [figure]: _own, ...alongside } = said;
    const taken = takeReading(turn, facts, figure, reading, alongside);
    if (taken.kind === 'answer') answers.push(taken.answer);
    else if (taken.kind === 'queue') queue.push(taken.item);
    else if (taken.kind === 'later') later = true;
    else if (taken.kind === 'again') {
      if (!notes.includes(taken.text)) notes.push(taken.text);
      again ??= figure;
    } else again ??= figure;
  }
  return record(turn, facts, answers, { queue, notes, again, later });
}

/** What one message says of all its figures: each is held against the others as they will be. */
function saidTogether(
  given: readonly { figure: string; reading: NumberReading }[],
  unsaid: readonly FigureAnswer[],
): Record<string, number | null> {
  const said: Record<string, number | null> = {};
  for (const { figure, value } of unsaid) said[figure] = value;
  for (const { figure, reading } of given) {
    if (reading.kind === 'value' || reading.kind === 'confirm') said[figure] = reading.value;
    else if (reading.kind === 'nothing') said[figure] = 0;
  }
  return said;
}

export interface Onward {
  readonly queue?: readonly QueueItem[];
  readonly notes?: readonly string[];
  /** The figure to be asked again before anything else. */
  readonly again?: string | null;
  readonly later?: boolean;
}

/** Writes answers and moves on. */
export function record(
  turn: Turn<DialogDeps>,
  facts: Facts,
  answers: readonly FigureAnswer[],
  onward: Onward = {},
): StepResult {
  const notes = [...(onward.notes ?? [])];
  if (answers.length === 0) return { move: goOn(facts, onward), notes };
  const effect = { ...effectBase(turn, facts), kind: 'report.answer' as const, figures: answers };
  const { facts: after, outcome } = preview(turn, facts, effect);
  if (outcome.outcome === 'locked') return { move: { to: 'step', step: 'locked' } };
  if (outcome.outcome === 'refused') {
    if (outcome.why === 'needs_reason') return { ...askWhyCorrected(facts, answers), notes };
    if (outcome.why === 'undecided') notes.push(turn.words.t('reports:second.full', reportVars(turn, facts)));
    return { move: goOn(facts, onward), notes };
  }
  notes.push(...secondsGiven(turn, facts, after));
  const effects: AnyEffect[] = [effect, ...othersTold(turn, facts, after)];
  const next = goOn(after, onward);
  // What was noted is said, unless the read-back that follows says it anyway.
  const several = answers.length > 1;
  const toQuestion = next.to === 'step' && next.step === 'question' && !onward.again;
  const noted = answers
    .filter(({ value }) => value !== null)
    .map(({ figure, value }) =>
      turn.words.t('reports:noted', {
        name: figureName(turn, figure),
        value: valueText(turn, { value }),
      }),
    );
  if (noted.length > 0 && !isSent(facts) && notes.length === 0 && (!several || toQuestion))
    notes.push(noted.join('\n'));
  for (const answer of answers)
    if (answer.status === 'missing')
      notes.push(
        turn.words.t('reports:noted_missing', {
          ...reportVars(turn, facts),
          name: figureName(turn, answer.figure),
        }),
      );
  if (isSent(facts) && (onward.queue ?? []).length === 0 && !onward.again)
    return { move: corrected(turn, facts, after), notes, effects };
  // The rest is still asked about; what counts from now on is said at once.
  const figures = isSent(facts) ? changedLines(turn, facts, after) : '';
  if (figures !== '') notes.unshift(turn.words.t('reports:corrected_so_far', { figures }));
  return { move: next, notes, effects };
}

/** What comes next on a report that is not sent, or still has something to ask about. */
export function goOn(facts: Facts, onward: Onward = {}): Move {
  const queue = onward.queue ?? [];
  const first = queue[0];
  const slots = { queue: asSlot(queue) };
  if (onward.again) return { to: 'step', step: 'question', slots: { ...slots, figure: onward.again } };
  if (first) return { to: 'step', step: first.kind, slots: { ...slots, figure: first.figure } };
  if (onward.later) return { to: 'step', step: 'parked', slots };
  if (isSent(facts)) return { to: 'step', step: 'sent', slots };
  const open = unanswered(facts)[0];
  if (open) return { to: 'step', step: 'question', slots: { ...slots, figure: open.id } };
  return { to: 'step', step: 'readback', slots: { ...slots, seen: facts.report?.rev ?? 0 } };
}

/** «3) Lượt người dự: 121 → 120», a line for each figure that is another one now. */
function changedLines(turn: Turn<DialogDeps>, before: Facts, after: Facts): string {
  return after.form.figures
    .filter((figure) => {
      const was = before.report?.figures[figure.id];
      const is = after.report?.figures[figure.id];
      return is !== undefined && (was?.value !== is.value || was.status !== is.status);
    })
    .map((figure) =>
      turn.words.t('reports:corrected_figure', {
        number: numberOf(after, figure.id),
        name: figureName(turn, figure.id),
        before: valueText(turn, before.report?.figures[figure.id]),
        after: valueText(turn, after.report?.figures[figure.id]),
      }),
    )
    .join('\n');
}

/** «Em đã sửa: 3) Lượt người dự: 121 → 120.» */
function corrected(turn: Turn<DialogDeps>, before: Facts, after: Facts): Move {
  const { words } = turn;
  const figures = changedLines(turn, before, after);
  const beside = secondsGiven(turn, before, after).length > 0;
  if (figures === '')
    return {
      to: 'end',
      say: {
        text: beside ? '' : words.t('reports:unchanged'),
        choices: beside ? undoChoices(turn, after) : [],
      },
    };
  return {
    to: 'end',
    say: {
      text: words.t('reports:corrected', {
        ...reportVars(turn, after),
        figures,
        receipt: after.report?.receipt ?? '',
      }),
      choices: undoChoices(turn, after),
      screen: { dialog: 'report', ref: `${after.key.period}/${after.key.unit}` },
    },
  };
}
