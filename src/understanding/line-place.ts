import { foldText, normalText, unifyTones } from '../kernel/vn-text';

/**
 * «bc nam ngan 200 3 40 5»: the place that a line of figures names, at its beginning or end. A name may look like a
 * number («nam ngan» is 5.000), so it is found before any number is read; the longest existing name wins.
 */
export interface PlaceName {
  readonly code: string;
  /** As it is written, with or without its kind: «Nam Ngạn», «số 2». */
  readonly name: string;
}

/** `codes`: empty for a place that is named but not among those given. `rest`: the line without the name. */
export interface LinePlace {
  readonly codes: readonly string[];
  readonly typed: string;
  readonly rest: string;
}

const KIND = '(?:thon|xom|lang|ban|to dan pho|tdp|khu dan cu|khu pho|khu|to)(?: so)?';
const KIND_BEFORE_NAME = new RegExp(`^(?:${KIND}|so) `);
const HEAD = new RegExp(
  [
    '^(?:(?:da|vang|em|bac|toi|xin|a|chau|con|thua)[ ,]+)*',
    '(?:#?(?:(?:nop|gui|lam|nhap) )?(?:bao ?cao|bcao|bc|so lieu)(?![a-z])|(?:kinh )?(?:nop|gui)(?![a-z]))?[\\s:,.-]*',
    '(?:(?:uy ban nhan dan |ubnd |uy ban |ub |dang uy )?(?:xa|phuong)[ ,.:]+)?',
    '(?:(?:(?:thang|thg|t) ?\\d{1,2}(?: ?/ ?20\\d\\d)?|thang (?:mot|hai|ba|tu|nam|sau|bay|tam|chin|muoi(?: mot| hai)?))[\\s:,-]+)?(?:(?:cho|cua|ve) )?',
  ].join(''),
);
const NUMBER_WORDS =
  /^(?:(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|chuc|tram|nghin|ngan|van|trieu|ruoi|linh|le)(?: |$))+$/;
const UNKNOWN =
  /^(?:thon|xom|lang|to dan pho|tdp|khu dan cu|khu pho) (so \d{1,2}|[a-z]+(?: [a-z]+){0,3})[\s:,-]+(?=\d)/;
/** Words behind «thôn» that say something of it instead of naming it, with their marks or without: Đá Bạc is no «đã». */
const NO_NAME =
  /^(?:tôi|toi|em|mình|minh|này|nay|ta|bác|bac|cháu|chau|có|co|đã|da|đang|dang|hết|het|mới|moi|được|duoc|ko|không|khong|(?:là|la|số|so|cả|ca)$)(?: |$)|(?:^| )(?:người|nguoi|buổi|buoi|lượt|luot|hộ|ho|lớp|lop|học|hoc|báo|bao|cáo|cao|tháng|thang|tổng|tong)(?: |$)/;

/** The place in the line; null when it names none. */
export function placeInLine(text: string, places: readonly PlaceName[]): LinePlace | null {
  const line = normalText(text).normalize('NFC').replace(/\s+/g, ' ').trim();
  const fold = foldText(line);
  if (fold.length !== line.length) return null;
  const from = HEAD.exec(fold)?.[0].length ?? 0;
  // A village's line is met by some thirty names: only those that stand in it are looked at closely.
  const names = namesOf(places).filter((name) => fold.includes(name.fold));
  return atHead(line, fold, from, names) ?? atTail(line, fold, names) ?? unknownAt(line, fold, from);
}

interface Name {
  readonly code: string;
  /** Without its kind: folded, and as written. */
  readonly fold: string;
  readonly marked: string;
}

function namesOf(places: readonly PlaceName[]): Name[] {
  return places
    .map(({ code, name }) => {
      const written = normalText(name).normalize('NFC').trim().toLowerCase();
      const kind = KIND_BEFORE_NAME.exec(foldText(written))?.[0].length ?? 0;
      return { code, fold: foldText(written).slice(kind), marked: written.slice(kind) };
    })
    .sort((a, b) => b.fold.length - a.fold.length);
}

function atHead(line: string, fold: string, from: number, names: readonly Name[]): LinePlace | null {
  for (const name of names) {
    const found = new RegExp(`^(${KIND} )?(${escaped(name.fold)})(?![a-z\\d])`).exec(fold.slice(from));
    if (!found) continue;
    const end = from + found[0].length;
    const typed = line.slice(end - name.fold.length, end);
    const alone = /^[a-z]+$/.test(name.fold) && NUMBER_WORDS.test(name.fold);
    const needsKind = alone || /^\d+$/.test(name.fold) || (from === 0 && !name.fold.includes(' '));
    if ((needsKind && found[1] === undefined) || !sameMarks(typed, name)) continue;
    const rest = `${line.slice(0, from)}${line.slice(end).replace(/^[\s:,;.-]+/, '')}`.trim();
    return { codes: codesOf(name, names), typed: line.slice(from, end), rest };
  }
  return null;
}

function atTail(line: string, fold: string, names: readonly Name[]): LinePlace | null {
  for (const name of names) {
    const found = new RegExp(
      `[\\s,;.-]+(?:(?:o|tai|cua|cho) )?((${KIND} )?${escaped(name.fold)})[\\s.!]*(?:a|nhe|em)?$`,
    ).exec(fold);
    if (!found || !/\d/.test(fold.slice(0, found.index))) continue;
    const begin = found.index + found[0].indexOf(found[1] ?? '');
    const typed = line.slice(begin, begin + (found[1] ?? '').length);
    const likeNumber = NUMBER_WORDS.test(name.fold) || !name.fold.includes(' ');
    if (found[2] === undefined && (likeNumber || /^\d+$/.test(name.fold))) continue;
    if (!sameMarks(typed.slice(-name.fold.length), name)) continue;
    return { codes: codesOf(name, names), typed, rest: line.slice(0, found.index) };
  }
  return null;
}

/** «thôn Lạ Hoắc 200 3 40 5»: a place by its kind, of a name nobody knows here. */
function unknownAt(line: string, fold: string, from: number): LinePlace | null {
  const found = UNKNOWN.exec(fold.slice(from));
  if (!found) return null;
  const end = from + found[0].length;
  const begin = from + found[0].indexOf(found[1] ?? '', found[0].indexOf(' '));
  const name = line.slice(begin, begin + (found[1] ?? '').length).toLowerCase();
  if (NO_NAME.test(name)) return null;
  return {
    codes: [],
    typed: line.slice(from, end).replace(/[\s:,-]+$/, ''),
    rest: `${line.slice(0, from)}${line.slice(end)}`.trim(),
  };
}

/** Typed with marks they must be those of the name: «năm ngàn» is no Nam Ngạn. */
function sameMarks(typed: string, name: Name): boolean {
  const low = typed.toLowerCase();
  return low === name.fold || unifyTones(low) === unifyTones(name.marked);
}

function codesOf(name: Name, names: readonly Name[]): string[] {
  return names.filter((other) => other.fold === name.fold).map(({ code }) => code);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
