import type { Words } from '../kernel/i18n';
import type { DataSpan } from './deadlines';

/** «từ 15/2 đến 14/3»: the days whose facts a report speaks of; empty for one that has none. Pure. */
export function spanSaid(words: Words, span: DataSpan | null): string {
  return span === null ? '' : words.t('reports:span', { from: shortDay(span.from), to: shortDay(span.to) });
}

/** The same as the sentence before an example or a hint, with a blank behind it: «Số từ 15/2 đến 14/3. ». */
export function spanSentence(words: Words, span: DataSpan | null): string {
  return span === null ? '' : `${words.t('reports:span_said', { span: spanSaid(words, span) })} `;
}

/** «15/2» */
export function shortDay(day: string): string {
  const [, month = '', date = ''] = day.split('-');
  return `${Number(date)}/${Number(month)}`;
}
