/** A unit of the province, and the spans of days in which it had a name and a parent. */

/**
 * The organisation: which units there are (province → agency; province → commune → village), who holds which post in them, how a post is
 * claimed, and how sheets of both are read in. This file is the tree of units, pure: each unit is valid from a day to
 * a day, and every question names the day it is about, so the past stays as it was.
 * Days are `YYYY-MM-DD` of Viet Nam; `validTo` is the last day, null while it lasts.
 */
export type UnitLevel = 'province' | 'agency' | 'commune' | 'village';

/** Each level after the one above it. */
export const UNIT_LEVELS: readonly UnitLevel[] = ['province', 'agency', 'commune', 'village'];

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
  /** On the last span of a unit that ended: the codes that follow it from the next day, two or more after a split. Absent: none. */
  readonly mergedInto?: readonly string[];
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
