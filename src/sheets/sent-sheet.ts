import type { UserKey } from '../kernel/ids';

/**
 * A sheet of figures that somebody sent in chat. It is fetched and read, what would come of it is shown to its sender, and
 * it is written only after their yes; who sent which file, and when, stays with what it wrote (contract 5.1). This file holds
 * its shape; `sent-sheets.ts` what is done with it.
 */

/**
 * `waiting`: to be fetched and read. `shown`: its sender was told what would come of it and may say yes. `unclear`: it may be
 * of several forms and its sender was asked which. `agreed`: to be written. `done`: written. `dropped`: not wanted, not
 * readable, or never answered; its bytes are gone.
 */
export type SentSheetState = 'waiting' | 'shown' | 'unclear' | 'agreed' | 'done' | 'dropped';

export interface NewSentSheet {
  /** Letters made from the event's id: it stands behind buttons. */
  readonly id: string;
  readonly by: UserKey;
  readonly url: string;
  /** As its sender called it, masked. */
  readonly name: string;
  /** Arrival of the message. */
  readonly at: Date;
  readonly eventId: string;
}

export interface SentSheet extends Omit<NewSentSheet, 'url'> {
  readonly state: SentSheetState;
  /** Only while it is to be fetched. */
  readonly url: string | null;
  /** Name of its bytes among the files kept; null: none are. */
  readonly file: string | null;
  readonly form: string | null;
  readonly period: string | null;
  /** When its sender said yes. */
  readonly agreedAt: Date | null;
  /** Units that hear of it, settled before the first was written, so that a crash in between forgets none. */
  readonly told: readonly string[] | null;
  readonly attempts: number;
}

/** As contract 5.1 has it, and as Zalo takes files. */
export const SHEET_MAX_BYTES = 5 * 1024 * 1024;
/** Kinds of file that are read. */
export const SHEET_KINDS: readonly string[] = ['xlsx', 'csv'];
