import { foldText, normalText, unifyTones } from '../kernel/vn-text';
import { foldName, withoutKind } from './fold';

/**
 * Which commune somebody means who says where they live. The names differ by a letter or a mark and people still say the
 * old ones, so nothing found here is taken for granted: one is confirmed, several are offered, an old district or «gần
 * chợ …» leads to a question. Pure.
 */
export interface NamedCommune {
  readonly code: string;
  readonly name: string;
}

export interface PlacesKnown {
  readonly communes: readonly NamedCommune[];
  /** What people still say: old communes, with the one they became part of. */
  readonly former: readonly { readonly name: string; readonly into: string }[];
  /** Villages, with their commune. */
  readonly villages: readonly { readonly name: string; readonly commune: string }[];
}

export type CommuneMeant =
  /** `said`: the old commune or the village it was found by; null: its own name. */
  | { readonly kind: 'one'; readonly code: string; readonly said: string | null }
  | { readonly kind: 'several'; readonly codes: readonly string[] }
  /** An old district, city or town: many communes by now. */
  | { readonly kind: 'district'; readonly name: string }
  /** A place is described, not named: «gần chợ …». */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'none' };

/** Ended on 30/6/2025 with the district level; most of their names live on as communes. */
const DISTRICTS =
  'Bắc Ninh, Bắc Giang, Từ Sơn, Quế Võ, Thuận Thành, Gia Bình, Lương Tài, Tiên Du, Yên Phong, Việt Yên, Chũ, Hiệp Hòa, Lạng Giang, Lục Nam, Lục Ngạn, Sơn Động, Tân Yên, Yên Dũng, Yên Thế'.split(
    ', ',
  );
const DISTRICT_WORD = /(?:^| )(?:huyen|thi xa|thanh pho|tp|tx) /;
const COMMUNE_WORD = /(?:^| )(?:xa|phuong|thi tran|tt) /;
const NEAR_WORD = /^(?:gan|canh|doi dien|sau|truoc|duong|pho|ngo|ngach|cho|ben canh|khu cong nghiep|kcn) /;
const HEAD =
  /^(?:(?:da|vang|thua|em|toi|bac|chau|minh|con|ong|ba|nha|gia dinh|dang|song|o|ben|thuoc|tai|la|que|thi|ve|doi|sang|dia ban) )+/;
const TAIL = /(?: (?:a|nhe|nha|em|oi|day|do|a em|tinh bac ninh|tinh bac giang|bn|bg|cu))+$/;
/** More are no choice any more. */
const MOST = 4;

export function communeMeant(text: string, known: PlacesKnown): CommuneMeant {
  const typed = normalText(text).normalize('NFC').toLowerCase();
  const whole = foldName(typed);
  if (whole === '') return { kind: 'none' };
  // «nhà em ở» goes, and yet Nhã Nam and Bắc Lũng begin like it.
  const rests = [whole, whole.replace(HEAD, '')].map((one) => one.replace(TAIL, '').trim());
  const named = (name: string): boolean => rests.some((rest) => isNamed(rest, name)) && agrees(typed, name);
  const district = rests.map(districtIn).find((name) => name !== null);
  if (district) return { kind: 'district', name: district };
  const found = longest(known.communes.filter(({ name }) => named(name)));
  const old = longest(known.former.filter(({ name }) => named(withoutWord(name))));
  if (found.length > 0 || old.length > 0) return among(found, old);
  const villages = longest(known.villages.filter(({ name }) => named(name)));
  const communes = [...new Set(villages.map(({ commune }) => commune))];
  if (communes.length > 0) return oneOrSeveral(communes, villages[0]?.name ?? null);
  if (rests.some((rest) => NEAR_WORD.test(`${rest} `))) return { kind: 'unclear' };
  const like = known.communes.filter(({ name }) =>
    rests.some((rest) => differsByOne(withoutKind(rest), foldName(name))),
  );
  if (like.length > 0) return oneOrSeveral(like.map(({ code }) => code));
  const bare = DISTRICTS.find((name) => rests.includes(foldName(name)));
  if (bare !== undefined) return { kind: 'district', name: bare };
  return rests.some((rest) => COMMUNE_WORD.test(`${rest} `)) ? { kind: 'unclear' } : { kind: 'none' };
}

function oneOrSeveral(codes: readonly string[], said: string | null = null): CommuneMeant {
  const [code] = codes;
  if (codes.length === 1 && code !== undefined) return { kind: 'one', code, said };
  return codes.length <= MOST ? { kind: 'several', codes } : { kind: 'unclear' };
}

/** The present commune of that name before an old one that went the same way; two ways are asked about. */
function among(
  now: readonly NamedCommune[],
  old: readonly { readonly name: string; readonly into: string }[],
): CommuneMeant {
  const length = (name: string | undefined): number => foldName(withoutWord(name ?? '')).length;
  const current = length(old[0]?.name) > length(now[0]?.name) ? [] : now;
  const former = length(old[0]?.name) < length(now[0]?.name) ? [] : old;
  const codes = [...new Set([...current.map(({ code }) => code), ...former.map(({ into }) => into)])];
  return oneOrSeveral(codes, current.length > 0 ? null : (former[0]?.name ?? null));
}

function districtIn(rest: string): string | null {
  if (!DISTRICT_WORD.test(rest) || COMMUNE_WORD.test(rest.replace(DISTRICT_WORD, ' '))) return null;
  return DISTRICTS.find((name) => rest.endsWith(` ${foldName(name)}`)) ?? null;
}

/** The name stands in the words; one of a single syllable only alone or behind «xã», «phường». */
function isNamed(rest: string, name: string): boolean {
  const fold = foldName(name);
  if (fold === '') return false;
  if (withoutKind(rest) === fold || rest === fold) return true;
  const before = fold.includes(' ') ? '(?:^| )' : '(?:^| )(?:xa|phuong|thi tran|tt|thon|ban|xom|lang|khu) ';
  return new RegExp(`${before}${fold}(?: |$)`).test(rest);
}

function longest<T extends { readonly name: string }>(found: readonly T[]): T[] {
  const most = Math.max(0, ...found.map(({ name }) => foldName(withoutWord(name)).length));
  return found.filter(({ name }) => foldName(withoutWord(name)).length === most);
}

function withoutWord(name: string): string {
  return name.replace(/^(?:xã|phường|thị trấn) /i, '');
}

/** Marks are believed where there are any: «tân yên» is no Tân Yến; words without marks agree with all. */
function agrees(typed: string, name: string): boolean {
  const words = typed.split(/[^\p{L}\p{M}\p{N}]+/u);
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .every((part) =>
      words.some(
        (word) =>
          foldText(word) === foldText(part) &&
          (word === foldText(word) || unifyTones(word) === unifyTones(part)),
      ),
    );
}

/** One letter added, lost, changed or swapped, in names of five letters and more. */
function differsByOne(a: string, b: string): boolean {
  if (a.length < 5 || b.length < 5 || Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  const [x, y] = [a.slice(i), b.slice(i)];
  if (x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1)) return true;
  return x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2);
}
