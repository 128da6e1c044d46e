import { digestOf, type Plain } from '../kernel/canonical-json';
import type { UserKey } from '../kernel/ids';
import { isoWithOffset } from '../kernel/vn-time';

/**
 * The audit: who saw, entered, changed, approved, exported, imported what, as entries that each carry the digest of the one
 * before. Pure: this file holds the shape of an entry and how it is linked; `audit.service.ts` keeps the chain.
 */

/** What somebody did, before it has its place in the chain. */
export interface AuditNote {
  /** Out of the effect that did it, so that noting it twice is noting it once: `report:<effectId>`. */
  readonly id: string;
  readonly at: Date;
  /** `report.sent`, `post.claimed`, `figures.imported` … */
  readonly act: string;
  /** Null: the program itself, or somebody at its machine. */
  readonly by: UserKey | null;
  readonly onBehalfOf?: UserKey | null;
  /** The unit it is about; null: no unit below the top. */
  readonly unit: string | null;
  /** What it is about: `village-month/2026-03`, the number of a directive. Never a name of a person. */
  readonly subject: string;
  /** What stood and what stands. Free texts and personal data only as `digestOfText`. */
  readonly before?: Plain;
  readonly after?: Plain;
  /** A code; words that somebody typed are replaced by their digest. */
  readonly reason?: string | null;
  readonly eventId?: string | null;
}

/** One entry as it is served; its digest is over all its other keys. None is ever added or changed. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: string;
  readonly act: string;
  readonly by: string | null;
  readonly onBehalfOf: string | null;
  readonly unit: string | null;
  readonly subject: string;
  readonly before: Plain;
  readonly after: Plain;
  readonly reason: string | null;
  readonly eventId: string | null;
  readonly digest: string;
  /** Digest of the entry before; null of the first. */
  readonly previous: string | null;
}

/** What an entry says, fixed when it is noted; its place comes later. */
export type AuditWords = Omit<AuditEntry, 'seq' | 'digest' | 'previous'>;

/** Where the chain ends. */
export interface ChainHead {
  readonly seq: number;
  readonly digest: string;
}

/** Words of a person as they may stand in an entry. */
export function digestOfText(text: string): string {
  return digestOf(text.normalize('NFC'));
}

/** The words of a note. `person` gives the opaque id of whoever is named in it. */
export function wordsOf(note: AuditNote, person: (user: UserKey) => string): AuditWords {
  const named = (user: UserKey | null | undefined): string | null => (user == null ? null : person(user));
  return {
    at: isoWithOffset(note.at),
    act: note.act,
    by: named(note.by),
    onBehalfOf: named(note.onBehalfOf),
    unit: note.unit,
    subject: note.subject,
    before: note.before ?? null,
    after: note.after ?? null,
    reason: note.reason == null ? null : codeOrDigest(note.reason),
    eventId: note.eventId ?? null,
  };
}

function codeOrDigest(reason: string): string {
  return /^[a-z][a-z0-9_.-]{0,60}$/.test(reason) ? reason : digestOfText(reason);
}

/** The entry that follows `head`; null: the first. */
export function linked(words: AuditWords, head: ChainHead | null): AuditEntry {
  const entry = { ...words, seq: (head?.seq ?? 0) + 1, previous: head?.digest ?? null };
  return { ...entry, digest: digestOf({ ...entry }) };
}

/** Why the entry does not follow `head`; null: it does. */
export function brokenLink(entry: AuditEntry, head: ChainHead | null): 'gap' | 'previous' | 'digest' | null {
  if (entry.seq !== (head?.seq ?? 0) + 1) return 'gap';
  if (entry.previous !== (head?.digest ?? null)) return 'previous';
  const { digest, ...rest } = entry;
  return digestOf(rest) === digest ? null : 'digest';
}
