import type { Words } from '../kernel/i18n';
import { remembered } from '../kernel/remembered';
import { unifyTones } from '../kernel/vn-text';
import type { UnitTree } from './units';
import type { Unit } from './unit';

/** How units and people are called. Pure. */

/** The same few names and kinds stand on every screen of a talk. */
const lower = remembered((name) => unifyTones(name.toLocaleLowerCase('vi')), 500);

/**
 * How a unit is called in a sentence: «thôn Đông Lâm», «phường Bắc Giang». The kind is that of the day the unit was taken
 * from. An agency is called by its name alone, which has its kind in it: «Sở Nội vụ», «Công an tỉnh».
 */
export function unitName(unit: Pick<Unit, 'kind' | 'name'> & Partial<Pick<Unit, 'level'>>): string {
  if (unit.level === 'agency') return unit.name;
  // Some names already begin with the word of their kind; «thôn Thôn Trung» is not said, but «phường Phượng Sơn» is.
  return lower(unit.name).startsWith(`${lower(unit.kind)} `)
    ? unit.name.charAt(0).toLocaleLowerCase('vi') + unit.name.slice(1)
    : `${unit.kind} ${unit.name}`;
}

/** «thôn Đông Lâm, xã Tân Hòa»: with the unit above it on that day. A commune stands alone: everybody knows the province. */
export function unitNameWithin(tree: UnitTree, code: string, day: string): string {
  const unit = tree.getNearest(code, day);
  if (!unit) return code;
  const above = unit.level === 'village' && unit.parent !== null ? tree.getNearest(unit.parent, day) : null;
  return above ? `${unitName(unit)}, ${unitName(above)}` : unitName(unit);
}

/** «thôn Đông Lâm» on that day, or as it was last called; the bare code for one never seen. */
export function unitNameOn(tree: UnitTree, code: string, day: string): string {
  const unit = tree.getNearest(code, day);
  return unit ? unitName(unit) : code;
}

/** «Đông Lâm», as a list says each by its name alone; «tổ dân phố số 1», which a number alone would not tell. */
export function bareNameOn(tree: UnitTree, code: string, day: string): string {
  return unitNameOn(tree, code, day).replace(/^(?:thôn|tổ dân phố|xã|phường) (?=\p{Lu})/u, '');
}

/** The last word of a Vietnamese name is what people are called by: «Nguyễn Thị Hạnh» → «Hạnh». */
export function givenName(fullName: string): string {
  return fullName.trim().split(/\s+/).at(-1) ?? fullName;
}

/** «chị Hạnh», as people speak of somebody; the name alone in English, and where no form of address was said. */
export function spokenName(
  { locale }: Pick<Words, 'locale'>,
  { address, fullName }: { readonly address: string; readonly fullName: string },
): string {
  return `${locale === 'vi' ? address : ''} ${givenName(fullName)}`.trim();
}

/** The letters of a receipt: «Đông Lâm» → «ĐL», «Đạo Ngạn 1» → «ĐN1», «Khu II» → «KII». At most six. Empty for a name without a letter or digit. */
export function initials(name: string): string {
  const words = name.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .map((word) =>
      /^(\p{N}+|[IVX]+)$/u.test(word) ? word : ([...word][0] as string).toLocaleUpperCase('vi'),
    )
    .join('')
    .slice(0, 6);
}

/** How the units below a commune are called together: `village` «thôn», `quarter` «tổ dân phố», `both` where there are some of each. */
export type VillageWord = 'village' | 'quarter' | 'both';

/**
 * The word for the villages at or below a unit on that day; where none is known, that of the commune's own kind: a phường has
 * tổ dân phố. Its words are `common:places.<word>`.
 */
export function villageWord(tree: UnitTree, unit: string, day: string): VillageWord {
  const villages = tree.villagesUnder(unit, day);
  if (villages.length > 0) return wordOf(villages);
  const top = tree.getNearest(unit, day);
  if (top?.level === 'village') return isQuarter(top.kind) ? 'quarter' : 'village';
  if (top?.level === 'commune') return top.kind === 'phường' ? 'quarter' : 'village';
  return 'both';
}

/** Whether the commune that the unit is or lies in is a xã (`commune`) or a phường (`ward`). Its words are `common:communes.<word>`. */
export function communeWord(tree: UnitTree, unit: string, day: string): 'commune' | 'ward' {
  const own = tree.getNearest(unit, day);
  const commune = own?.level === 'village' && own.parent !== null ? tree.getNearest(own.parent, day) : own;
  return commune?.kind === 'phường' ? 'ward' : 'commune';
}

function wordOf(villages: readonly Unit[]): VillageWord {
  const known = words.get(villages);
  if (known) return known;
  const quarters = villages.filter(({ kind }) => isQuarter(kind)).length;
  const word = quarters === 0 ? 'village' : quarters === villages.length ? 'quarter' : 'both';
  words.set(villages, word);
  return word;
}

/** By the list that the tree keeps for a stretch of days. */
const words = new WeakMap<readonly Unit[], VillageWord>();

function isQuarter(kind: string): boolean {
  return /^(?:tổ dân phố|khu phố|tdp)/iu.test(kind);
}
