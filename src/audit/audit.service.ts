import { isDeepStrictEqual } from 'node:util';
import type { Plain } from '../kernel/canonical-json';
import { newId, type UserKey } from '../kernel/ids';
import { backoffMs, sleep } from '../kernel/retry';
import type { AuditRepo } from './audit.repo';
import { brokenLink, linked, wordsOf, type AuditEntry, type AuditNote, type ChainHead } from './entry';

/** Notes worked out of what stands in another store anyway, so that a crash between the deed and its note loses none. */
export interface AuditSource {
  readonly name: string;
  /** Notes of what was written after `mark` (null: of everything), and the mark to go on from. `more`: there may be more already. */
  since(
    mark: Plain,
  ): Promise<{ readonly notes: readonly AuditNote[]; readonly mark: Plain; readonly more: boolean }>;
}

export interface AuditDeps {
  readonly repo: AuditRepo;
  readonly sources?: readonly AuditSource[];
  /** What happened from this instant on is not linked yet, since something before it may still be in hand; null: nothing is. */
  readonly heldFrom?: () => Promise<Date | null>;
  readonly freshPerson?: () => string;
}

const PAGE = 500;
const NOTED_KEPT = 100_000;
/** More writers than ever link at once. */
const TRIES = 30;

/** What came of walking the chain. `at`: the first entry that does not hold. */
export type Verified =
  | { readonly holds: true; readonly checked: number; readonly head: ChainHead | null }
  | {
      readonly holds: false;
      readonly checked: number;
      readonly at: number;
      readonly why: 'gap' | 'previous' | 'digest';
    };

/**
 * The audit chain. `note` may be repeated without harm; `catchUp` notes what the sources hold and links everything that
 * waits, in the order in which it happened. Of several processes that link at once each place goes to one, and what a crash
 * leaves unlinked the next call links.
 */
export class AuditService {
  private readonly people = new Map<UserKey, string>();
  /** Noted by this process; sources tell much of it again. */
  private readonly noted = new Set<string>();
  private catching: Promise<void> | null = null;
  private readonly sources: AuditSource[];

  constructor(private readonly deps: AuditDeps) {
    this.sources = [...(deps.sources ?? [])];
  }

  /** From now on what stands in that store is noted too. */
  hears(source: AuditSource): void {
    this.sources.push(source);
  }

  /** Adds what is not noted yet; it has its place in the chain after the next `catchUp`. */
  async note(...given: readonly AuditNote[]): Promise<void> {
    const notes = given.filter(({ id }) => !this.noted.has(id));
    const users = new Set(notes.flatMap(({ by, onBehalfOf }) => [by ?? [], onBehalfOf ?? []].flat()));
    for (const user of users) await this.personOf(user);
    const person = (user: UserKey): string => this.people.get(user) ?? '';
    await this.deps.repo.add(
      notes.map((note) => ({ id: note.id, at: note.at, words: wordsOf(note, person) })),
    );
    if (this.noted.size > NOTED_KEPT) this.noted.clear();
    for (const { id } of notes) this.noted.add(id);
  }

  /** Brings the chain up to date. Calls at the same time share one run. */
  catchUp(): Promise<void> {
    this.catching ??= this.run().finally(() => {
      this.catching = null;
    });
    return this.catching;
  }

  /** Up to 500 entries from `from` on, oldest first, and where the chain ends; of these units only, when they are given. */
  async page(
    from: number,
    units: readonly string[] | null,
  ): Promise<{ readonly entries: readonly AuditEntry[]; readonly head: ChainHead | null }> {
    await this.catchUp();
    const entries = await this.deps.repo.page(from, units, PAGE);
    return { entries, head: await this.deps.repo.head() };
  }

  /** Nothing tells any more whom the person's entries are of. What they said stays, and so does the chain. */
  async forget(user: UserKey): Promise<void> {
    this.people.delete(user);
    await this.deps.repo.forget(user);
  }

  private async personOf(user: UserKey): Promise<void> {
    if (this.people.has(user)) return;
    const fresh = this.deps.freshPerson?.() ?? `p-${newId(new Date(0)).slice(9)}`;
    this.people.set(user, await this.deps.repo.personOf(user, fresh));
  }

  private async run(): Promise<void> {
    const until = (await this.deps.heldFrom?.()) ?? null;
    for (const source of this.sources) await this.take(source);
    if ((await this.deps.repo.waiting(until, 1)).length === 0) return;
    for (let clashes = 0; ;) {
      // The end first: what another writer links after this reading is met as a place already taken.
      let head = await this.deps.repo.head();
      const waiting = await this.deps.repo.waiting(until, PAGE);
      if (waiting.length === 0) return;
      const chained = waiting.map(({ id, words }) => {
        const entry = linked(words, head);
        head = entry;
        return { id, entry };
      });
      if (await this.deps.repo.link(chained)) continue;
      clashes += 1;
      if (clashes >= TRIES) return;
      await sleep(backoffMs(clashes, 5, 200));
    }
  }

  private async take(source: AuditSource): Promise<void> {
    for (let more = true; more;) {
      const mark = await this.deps.repo.markOf(source.name);
      const found = await source.since(mark);
      await this.note(...found.notes);
      // Mostly nothing was done since.
      if (!isDeepStrictEqual(found.mark, mark)) await this.deps.repo.setMark(source.name, found.mark);
      more = found.more;
    }
  }
}

/** Walks the chain from `from` on; the entry before it is only looked at for its digest. */
export async function verifyChain(repo: Pick<AuditRepo, 'page'>, from = 1): Promise<Verified> {
  const [before] = from > 1 ? await repo.page(from - 1, null, 1) : [];
  let head: ChainHead | null = before ?? null;
  let checked = 0;
  for (;;) {
    const entries: readonly AuditEntry[] = await repo.page((head?.seq ?? from - 1) + 1, null, PAGE);
    for (const entry of entries) {
      const why = brokenLink(entry, head);
      if (why !== null) return { holds: false, checked, at: entry.seq, why };
      checked += 1;
      head = entry;
    }
    if (entries.length < PAGE) return { holds: true, checked, head };
  }
}
