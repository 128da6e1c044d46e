import { foldName } from './fold';
import type { UnitSpan } from './unit';

/** The bodies of the province that the plan gives duties to: level `agency`, with the province's code before their own. Pure. */

/** What people call the agency, folded: its name, and its short form as in «Sở KH&CN», «sở gd đt», «khcn». */
export function agencyNames(unit: Pick<UnitSpan, 'name' | 'kind'> & { readonly code: string }): string[] {
  const short = foldName(unit.code.slice(unit.code.lastIndexOf('-') + 1));
  const kind = foldName(unit.kind);
  return [
    foldName(unit.name),
    // Two letters alone are too often a word: «ca», «nv».
    ...(short.length > 2 ? [short] : []),
    `${kind} ${short}`,
    ...(SPELLED[short] ?? []),
  ];
}

/** Other usual short forms, folded: those written with `&`, and the paper with its station. By our own codes, so no word of a person indexes it. */
const SPELLED: Readonly<Partial<Record<string, readonly string[]>>> = {
  khcn: ['kh cn', 'so kh cn'],
  gddt: ['gd dt', 'so gd dt'],
  bptth: ['bao va dai', 'bao va dai ptth'],
};
