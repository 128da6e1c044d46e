/**
 * The tree of units: province → commune → village, each valid from a day to a day. Pure.
 * Days are `YYYY-MM-DD` of Viet Nam; `validTo` is the last day, null while it lasts.
 */
export type UnitLevel = 'province' | 'commune' | 'village';

/** One span of a unit's life in which nothing about it changed. A unit that becomes a phường gets a second span. */
export interface UnitSpan {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly name: string;
  /** `tỉnh`, `xã`, `phường`, `thôn`, `tổ dân phố` … as people say it. */
  readonly kind: string;
  readonly parent: string | null;
  readonly adults: number | null;
  readonly households: number | null;
  readonly population: number | null;
}

export interface UnitRecord {
  readonly code: string;
  readonly level: UnitLevel;
  /** In order of time, not overlapping. */
  readonly spans: readonly UnitSpan[];
}

/** A unit as it was on one day. */
export interface Unit extends UnitSpan {
  readonly code: string;
  readonly level: UnitLevel;
}
