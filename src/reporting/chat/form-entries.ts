import { foldText } from '../../kernel/vn-text';
import type { EntryRow } from '../values';

/** Rows and links as people paste them: one a line. Pure. */

const LINK = /https?:\/\/[^\s<>"«»]{4,300}/i;
const MOST_ROWS = 100;

/** The address in the text; null when there is none, or more than an address and a few words. */
export function readLink(text: string): string | null {
  const found = LINK.exec(text)?.[0]?.replace(/[.,;)]+$/, '') ?? null;
  return found !== null && URL.canParse(found) ? found : null;
}

/** Every line as a row of the figure; null when a line is none. */
export function readEntries(figure: string, text: string): EntryRow[] | null {
  const lines = text
    .normalize('NFC')
    .split(/\n/)
    .map((line) => line.replace(/^\s*(?:[-•*]|\d{1,2}[.)])\s*/u, '').trim())
    .filter((line) => line !== '');
  const rows = lines.map((line) => (figure === 'nominations' ? nomination(line) : item(line)));
  const whole = rows.filter((row) => row !== null);
  return whole.length === lines.length && lines.length > 0 && lines.length <= MOST_ROWS ? whole : null;
}

/** «Tựa đề https://…»: the words before the address are its title. */
function item(line: string): EntryRow | null {
  const link = readLink(line);
  if (link === null) return null;
  const title = line.replace(link, '').replace(/^[\s:;,–-]+|[\s:;,–-]+$/gu, '');
  return { title: title === '' ? null : title, link };
}

/** «tập thể; tên; thành tích; minh chứng»: the last may be left out. */
function nomination(line: string): EntryRow | null {
  const [kind = '', name = '', achievement = '', ...evidence] = line.split(/\s*[;|]\s*/);
  const word = foldText(kind);
  const meant = /^tap the|^collective/.test(word)
    ? 'collective'
    : /^ca nhan|^individual/.test(word)
      ? 'individual'
      : null;
  if (meant === null || name === '' || achievement === '') return null;
  return { kind: meant, name, achievement, evidence: evidence.join('; ').trim() || null };
}
