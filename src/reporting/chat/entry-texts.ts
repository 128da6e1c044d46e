import type { Words } from '../../kernel/i18n';
import type { EntryRow } from '../values';

/** Rows as people read them, one a line: a link with its title, a nomination with what it is for. */

/** As many as fit into one bubble with the rest of a report. */
const SHOWN = 5;

/** Empty for none. */
export function entriesText(words: Words, rows: readonly EntryRow[]): string {
  const lines = rows.slice(0, SHOWN).map((row) => `\n   – ${rowText(words, row)}`);
  const more = rows.length - SHOWN;
  return lines.join('') + (more > 0 ? `\n   ${words.t('reports:form.more_rows', { count: more })}` : '');
}

function rowText(words: Words, row: EntryRow): string {
  if (typeof row['link'] === 'string') return [row['title'], row['link']].filter(Boolean).join(': ');
  const { kind, name, achievement, evidence } = row;
  return words.t(evidence ? 'reports:form.nomination_shown' : 'reports:form.nomination', {
    kind: words.t(`reports:form.nomination_kinds.${kind}`),
    ...{ name: name ?? '', achievement: achievement ?? '', evidence: evidence ?? '' },
  });
}
