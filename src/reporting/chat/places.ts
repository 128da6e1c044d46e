import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { placeName } from '../../org/chat/people';
import { communeWord as communeWordOf, unitName, villageWord } from '../../org/names';

/** How villages are named in what an officer reads: alone, with their commune, together, and in a line. */

/** «thôn», «tổ dân phố», and «nơi» where there are some of each: for a second mention of them. */
export function placeWord({ deps, words, at }: Turn<DialogDeps>, unit: string): string {
  return words.t(`common:place.${villageWord(deps.directory.tree, unit, vnDay(at))}`);
}

/** «thôn», «tổ dân phố», or both, as the units below are called. */
export function placesWord({ deps, words, at }: Turn<DialogDeps>, unit: string): string {
  return words.t(`common:places.${villageWord(deps.directory.tree, unit, vnDay(at))}`);
}

/** «xã» or «phường», as the commune is called that the unit is or lies in. */
export function communeWord({ deps, words, at }: Turn<DialogDeps>, unit: string): string {
  return words.t(`common:communes.${communeWordOf(deps.directory.tree, unit, vnDay(at))}`);
}

/** «Đông Lâm» in a list of villages; a number alone is no name, so «tổ dân phố số 3» keeps its kind. */
export function villageName(turn: Turn<DialogDeps>, code: string): string {
  const unit = turn.deps.directory.tree.getNearest(code, vnDay(turn.at));
  if (!unit) return code;
  return /^(so )?\d/.test(foldText(unit.name)) ? unitName(unit) : unit.name;
}

export function villageWithin(turn: Turn<DialogDeps>, code: string): string {
  const unit = turn.deps.directory.tree.getNearest(code, vnDay(turn.at));
  const above = unit?.parent ? placeName(turn.deps, unit.parent, turn.at) : '';
  return above === '' ? villageName(turn, code) : `${villageName(turn, code)} (${above})`;
}

/** Names joined by commas, as many as fit, then how many more. */
export function joinWithin(turn: Turn<DialogDeps>, names: readonly string[], max: number): string {
  let used = 0;
  const fit: string[] = [];
  for (const name of names) {
    used += [...name].length + 2;
    if (used > max && fit.length > 0) break;
    fit.push(name);
  }
  const left = names.length - fit.length;
  return left === 0
    ? fit.join(', ')
    : turn.words.t('common:list_more', { names: fit.join(', '), count: left });
}
