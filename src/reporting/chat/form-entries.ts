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
  const parts = figure === 'nominations' ? lines : lines.flatMap(eachLink);
  const rows = parts.map((line) => (figure === 'nominations' ? nomination(line) : item(line)));
  const whole = rows.filter((row) => row !== null);
  return whole.length === parts.length && parts.length > 0 && parts.length <= MOST_ROWS ? whole : null;
}

/** A line with several addresses as one for each, with the words before it, or behind it where the line begins with one. */
function eachLink(line: string): string[] {
  const spaced = line.replace(/[,;]+(?=https?:\/\/)/gi, ' ');
  const links = [...spaced.matchAll(new RegExp(LINK, 'gi'))];
  if (links.length < 2) return [line];
  const titlesFollow = links[0]?.index === 0;
  return links.map((link, i) => {
    const end = link.index + link[0].length;
    const before = links[i - 1];
    const from = titlesFollow ? link.index : before ? before.index + before[0].length : 0;
    const to = titlesFollow || i === links.length - 1 ? (links[i + 1]?.index ?? spaced.length) : end;
    return spaced.slice(from, to).trim();
  });
}

/** «Tựa đề https://…»: the words before the address are its title. */
function item(line: string): EntryRow | null {
  const link = readLink(line);
  if (link === null) return null;
  const words = line.replace(link, '').replace(/^[\s:;,–-]+|[\s:;,–-]+$/gu, '');
  const title = /^(?:và|va|and)$/iu.test(words) ? '' : words;
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
