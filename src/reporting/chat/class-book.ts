import type { Choice, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { NumberReading } from '../../understanding/number';
import { lastValue, VILLAGE_FORM, type Facts } from './report-facts';

/**
 * What the class book holds for the month that is asked, offered where the figures are asked and never written of itself
 * («theo sổ lớp: 5 buổi, 121 lượt»).
 */
export interface ClassBook {
  readonly classes_held: number;
  readonly learners: number;
}

const FIGURES = ['classes_held', 'learners'] as const;

/** Null: nothing was recorded in the days that the month speaks of, which is not zero, or the form asks no classes. */
export async function classBookOf(turn: Turn<DialogDeps>, facts: Facts): Promise<ClassBook | null> {
  const { data } = facts.times;
  if (facts.form.id !== VILLAGE_FORM || data === null) return null;
  const { unit, period } = facts.key;
  const memo = `class-book:${unit}:${period}`;
  if (!turn.memo.has(memo)) turn.memo.set(memo, await turn.deps.classes.proposalsFor(unit, data));
  const found = turn.memo.get(memo) as Awaited<ReturnType<DialogDeps['classes']['proposalsFor']>>;
  return found && { classes_held: found.sessions, learners: found.visits };
}

/** The book where it says something else than what stands, or stood last month; null: there is nothing to offer. `figure`: the one asked; absent: both are on the screen. */
export function offeredByBook(facts: Facts, book: ClassBook | null, figure?: string): ClassBook | null {
  const shown = FIGURES.filter((id) => figure === undefined || id === figure);
  const standing = (id: string): number | null => facts.report?.figures[id]?.value ?? lastValue(facts, id);
  return book && shown.some((id) => book[id] !== standing(id)) ? book : null;
}

/** «Theo sổ lớp: 5 buổi, 121 lượt. », with a blank behind it; empty without an offer. */
export function bookSentence({ words }: Turn<DialogDeps>, book: ClassBook | null): string {
  if (book === null) return '';
  return `${words.t('reports:book', { sessions: book.classes_held, visits: book.learners })} `;
}

export function bookChoices({ words }: Turn<DialogDeps>, book: ClassBook | null): Choice[] {
  return book === null ? [] : [{ id: 'BOOK', label: words.t('reports:buttons.book') }];
}

/** What one tap takes over: the figure asked, and the other one while nothing was said of it; without a figure both. */
export function takenFromBook(
  facts: Facts,
  book: ClassBook,
  figure?: string,
): { figure: string; reading: NumberReading }[] {
  return FIGURES.filter(
    (id) => figure === undefined || id === figure || facts.report?.figures[id] === undefined,
  ).map((id) => ({ figure: id, reading: { kind: 'value', value: book[id] } }));
}
