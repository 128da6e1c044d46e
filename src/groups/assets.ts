import { DAY } from '../kernel/vn-time';
import { nextDay } from '../kernel/work-calendar';
import type { GroupAsset } from './group-host';

/** Places for groups as a counted resource: which one a new group takes, and which are about to lapse. Pure; days are those of Viet Nam. */

/** So many days ahead somebody is told; each once. */
export const ALARM_DAYS: readonly number[] = [30, 14, 3];

/** The places as last read, and how near its end each was when somebody was last told. */
export interface AssetTable {
  readonly at: Date;
  readonly assets: readonly GroupAsset[];
  readonly told: readonly Told[];
}

/** A place that was paid for anew has another last day, and rings again. */
export interface Told {
  readonly id: string;
  readonly validThrough: string | null;
  readonly days: number;
}

/** The smallest free place that holds so many, otherwise the largest free one; null: none is free on that day. */
export function placeFor(assets: readonly GroupAsset[], people: number, day: string): GroupAsset | null {
  const free = assets
    .filter((asset) => asset.free && (asset.validThrough === null || asset.validThrough >= day))
    .sort((a, b) => a.size - b.size || (a.id < b.id ? -1 : 1));
  return free.find(({ size }) => size >= people) ?? free.at(-1) ?? null;
}

/** Days until the place lapses: 0 on its last day, negative after it; null: not known. */
export function daysLeft({ validThrough }: Pick<GroupAsset, 'validThrough'>, day: string): number | null {
  if (validThrough === null) return null;
  return (Date.parse(validThrough) - Date.parse(day)) / DAY;
}

export interface Lapsing {
  readonly asset: GroupAsset;
  readonly days: number;
}

/** The used places of which somebody is to be told today, and what is told by then. */
export function lapsing(
  assets: readonly GroupAsset[],
  told: readonly Told[],
  day: string,
): { readonly ring: readonly Lapsing[]; readonly told: readonly Told[] } {
  const ring: Lapsing[] = [];
  const now: Told[] = [];
  for (const asset of assets) {
    const { id, validThrough } = asset;
    const before = told.find((one) => one.id === id && one.validThrough === validThrough);
    const days = daysLeft(asset, day);
    const step = days === null ? undefined : ALARM_DAYS.findLast((each) => days <= each);
    const rings = days !== null && step !== undefined && !asset.free && (before?.days ?? Infinity) > step;
    if (rings) ring.push({ asset, days });
    if (rings) now.push({ id, validThrough, days: step });
    else if (before) now.push(before);
  }
  return { ring, told: now };
}

/** The day on which a group whose place has lapsed is dissolved: 45 days after the last. */
export function dissolvedOn(validThrough: string): string {
  return nextDay(validThrough, 45);
}
