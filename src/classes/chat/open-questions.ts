import type { Words } from '../../kernel/i18n';
import { NOT_UNDERSTOOD, type TopicCount } from '../asked';

/** The questions of a week that stayed open, as those who can answer them read them. */

/** Of what was not understood so many are read out. */
const READ_OUT = 5;

/** One line for each matter, the most asked first, and what was not understood in the words of those who asked. */
export function openLines(
  words: Words,
  counts: readonly TopicCount[],
  titleOf: (locale: string, topic: string) => string,
): string[] {
  return counts.flatMap(({ topic, people, words: said }) => {
    const known = topic !== NOT_UNDERSTOOD;
    const title = known ? titleOf(words.locale, topic) : words.t('classes:asked.other');
    return [
      words.t('classes:asked.count', { count: people, title }),
      ...said.slice(0, READ_OUT).map((text) => words.t('classes:asked.words', { text })),
    ];
  });
}

/** The weekly list; `owner`: to those who answer for the articles, else to the officers of the commune. */
export function openText(
  words: Words,
  vars: Readonly<Record<string, string>>,
  counts: readonly TopicCount[],
  titleOf: (locale: string, topic: string) => string,
  reader: 'commune' | 'owner' = 'commune',
): string {
  const list = openLines(words, counts, titleOf).join('\n');
  return words.t(`classes:asked.weekly_${reader}`, { ...vars, list });
}
