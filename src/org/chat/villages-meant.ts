import { foldName, withoutKind } from '../fold';
import { kindWord } from '../import/import-values';
import { nextCodes, type UnitChange } from '../unit-change';
import type { UnitTree } from '../units';
import type { Unit } from '../unit';

/** The villages that a merger or a split names, as a change of units. Nothing is guessed: what fits none or several is said back. Pure. */

export interface NamedChange {
  readonly kind: 'merge' | 'split';
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly day: string;
}

export type ChangeMeant =
  | { readonly change: UnitChange }
  /** `codes`: the places it could be. */
  | { readonly fault: ChangeFault; readonly typed: string; readonly codes: readonly string[] };

/** `unknown`, `several`: a village's name; `communes`: not all in one commune; `same`: nothing would change; `taken`: the new name is another's. */
export type ChangeFault = 'unknown' | 'several' | 'communes' | 'same' | 'taken';

const COMMUNE = /^(.+?),? ((?:xã|phường|thị trấn|xa|phuong|thi tran) .+)$/iu;

/** `today`: the villages that are named hold on that day. */
export function meant(tree: UnitTree, today: string, said: NamedChange): ChangeMeant {
  const old: Unit[] = [];
  for (const typed of said.from) {
    const found = villages(tree, today, typed);
    const [one, ...others] = found;
    if (!one) return { fault: 'unknown', typed, codes: [] };
    if (others.length > 0) return { fault: 'several', typed, codes: found.map(({ code }) => code) };
    old.push(one);
  }
  const commune = old[0]?.parent ?? '';
  if (old.some(({ parent }) => parent !== commune))
    return { fault: 'communes', typed: '', codes: old.map(({ code }) => code) };
  const kind = old[0]?.kind ?? '';
  const { day } = said;
  if (said.kind === 'merge') {
    const [typed = ''] = said.to;
    const there = villages(tree, today, typed).filter(({ parent }) => parent === commune);
    const [into, ...others] = there;
    if (others.length > 0) return { fault: 'several', typed, codes: there.map(({ code }) => code) };
    const ending = old.map(({ code }) => code).filter((code) => code !== into?.code);
    if (ending.length === 0) return { fault: 'same', typed, codes: [] };
    if (into) return { change: { commune, day, ending, beginning: [], into: [into.code] } };
    if (ending.length < 2) return { fault: 'unknown', typed, codes: [] };
  }
  const names = said.to.map((typed) => named(typed, kind));
  const taken = names.find(
    ({ name }) =>
      tree.find(name, day, { under: commune, level: 'village' }).length > 0 && said.kind === 'split',
  );
  if (taken) return { fault: 'taken', typed: taken.name, codes: [] };
  const codes = nextCodes(tree, commune, names.length);
  const beginning = names.map((one, i) => ({ code: codes[i] as string, ...one }));
  return { change: { commune, day, ending: old.map(({ code }) => code), beginning, into: codes } };
}

/** Those of that name, in the commune that is named with it if one is. */
function villages(tree: UnitTree, day: string, typed: string): readonly Unit[] {
  const [, name = typed, place = ''] = COMMUNE.exec(typed) ?? [];
  const [commune, ...others] = place === '' ? [] : tree.find(place, day, { level: 'commune' });
  const where = commune && others.length === 0 ? { under: commune.code } : {};
  return tree.find(name, day, { level: 'village', ...where });
}

/** «thôn Lâm Trì» → its kind and name; without a word of kind it is that of the villages before. */
function named(typed: string, kind: string): { readonly name: string; readonly kind: string } {
  const fold = foldName(typed);
  const bare = withoutKind(fold);
  const words = typed.trim().split(/\s+/);
  const left = bare === fold ? 0 : fold.split(' ').length - bare.split(' ').length;
  return {
    name: words.slice(left).join(' '),
    kind: left === 0 ? kind : kindWord(words.slice(0, left).join(' ')),
  };
}
