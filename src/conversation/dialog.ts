import type { Button } from '../channels/channel';
import type { UserKey } from '../kernel/ids';

/**
 * The conversation engine: what a dialog is. A dialog declares named steps; people stand on a step across days and
 * deploys. A turn reads freely but writes only through effects, which carry ids made from the event, so that doing
 * a turn twice is doing it once. This folder knows no report and no Zalo.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Slots = Readonly<Record<string, Json>>;

/** A choice offered with a question: answerable by its button, by its digit, or in words. */
export interface Choice {
  /** Upper-case ASCII, stable; part of the button's payload. */
  readonly id: string;
  readonly label: string;
  /** Leaves the chat instead of answering: a link or a phone call. Not counted among the digits. */
  readonly link?: { readonly url: string } | { readonly phone: string };
}

/** What the bot says at the end of a turn; `choices` become buttons. */
export interface Say {
  readonly text: string;
  readonly choices?: readonly Choice[];
}

/** One place in one dialog where a person stands. */
export interface Frame {
  readonly dialog: string;
  readonly version: number;
  readonly step: string;
  readonly slots: Slots;
  /** Wrong answers to this step in a row. */
  readonly misses: number;
  /** What the buttons of this frame speak of, for example `2026-03/99001-07`; part of each payload so that an old button can explain itself. */
  readonly ref: string;
  /** The choices last shown by this frame, in order: the digits. */
  readonly offered: readonly string[];
  /** Number of the turn that showed them; a button that carries another is old. */
  readonly offeredAt: number;
}

/** What is stored for each person between messages. */
export interface Conversation {
  readonly user: UserKey;
  /** Number of turns taken. */
  readonly turn: number;
  /** Ids of the events of the last turn: a replay finds itself here. */
  readonly lastEvents: readonly string[];
  /** The bottom frame is the oldest; the top one has the floor. */
  readonly stack: readonly Frame[];
  readonly locale: string;
  readonly touchedAt: Date | null;
}

/** A write, to be done after the turn is decided. `id` is `<eventId>:<n>`. */
export interface Effect {
  readonly kind: string;
  readonly id: string;
}
