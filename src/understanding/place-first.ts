import { foldText, normalText, unifyTones } from '../kernel/vn-text';

/**
 * The place that a text begins with, among those that exist: the words for a kind of place are alike, marks and case
 * aside, and the longest existing name wins («Đông Lâm Thượng» before «Đông Lâm»). Marks that were typed decide between
 * names that are the same without them. Pure.
 */
export interface Named {
  readonly code: string;
  /** The ways the place is called: «Đông Lâm», «số 3», «Tỉnh đoàn», «tinh doan». */
  readonly names: readonly string[];
}

export interface PlaceFirst {
  /** More than one: they are called the same. */
  readonly codes: readonly string[];
  /** What stands behind the name, without the mark that parts it. */
  readonly rest: string;
}

const KIND =
  /^(?:(?:thon|xom|lang|ban|to dan pho|tdp|khu dan cu|khu pho|khu|to|xa|phuong|thi tran|p|x)\.? )(?:so )?/;
const PARTS = /^[\s:,;.\-–]+/;

/** Null: it begins with none of the places. */
export function placeFirst(text: string, places: readonly Named[]): PlaceFirst | null {
  const line = normalText(text).normalize('NFC').trim();
  const fold = foldText(line);
  if (fold.length !== line.length) return null;
  const kind = KIND.exec(fold)?.[0].length ?? 0;
  const starts = kind === 0 ? [0] : [0, kind];
  const hits = places.flatMap((place) =>
    place.names.flatMap((name) =>
      starts.flatMap((from) => {
        const end = endOf(fold, from, name, kind > 0);
        return end === null ? [] : [{ code: place.code, name, from, end }];
      }),
    ),
  );
  const end = Math.max(0, ...hits.map((hit) => hit.end));
  if (end === 0) return null;
  const longest = hits.filter((hit) => hit.end === end);
  const marked = longest.filter(({ name, from }) => sameMarks(line.slice(from, end), name));
  const codes = [...new Set((marked.length > 0 ? marked : longest).map(({ code }) => code))];
  return { codes, rest: line.slice(end).replace(PARTS, '').trim() };
}

/** Where the name ends in the text; null when it does not stand there. A name of digits alone needs its kind before it. */
function endOf(fold: string, from: number, name: string, hasKind: boolean): number | null {
  const plain = foldText(normalText(name).normalize('NFC').trim());
  const bare = plain.replace(KIND, '').replace(/^so (?=\d)/, '');
  for (const called of new Set([plain, bare])) {
    if (called === '' || (/^\d+$/.test(called) && !hasKind)) continue;
    if (fold.startsWith(called, from) && !/[a-z\d]/.test(fold.charAt(from + called.length)))
      return from + called.length;
  }
  return null;
}

function sameMarks(typed: string, name: string): boolean {
  const written = unifyTones(normalText(name).normalize('NFC').trim().toLowerCase());
  return written.endsWith(unifyTones(typed.toLowerCase()));
}
