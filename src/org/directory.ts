import type { UserKey } from '../kernel/ids';
import { groupBy } from '../kernel/lists';
import { vnDay } from '../kernel/vn-time';
import type { FormerHolding, Office } from './office';
import type { OfficeDoc } from './org.model';
import { toOffice, toRecord, type OrgRepo, type Revision } from './org.repo';
import { rankOf, unitsActedFor, type Role } from './roles';
import { holdsOffice, lostRight, mayActFor, type LostRight } from './rights';
import { UnitTree } from './units';

const BY_ROLE = (a: Office, b: Office): number =>
  rankOf(a.role) - rankOf(b.role) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * The whole organisation in memory, so that a turn asks it for nothing: the tree and the offices, by person and by
 * unit. Own writes show at once; those of other processes (an import beside the running server) as soon as `refresh`
 * sees that the store's change count moved.
 */
export class OrgDirectory {
  private current = new UnitTree([]);
  private offices = new Map<string, Office>();
  private byUser = new Map<UserKey, Office[]>();
  private byFormer = new Map<UserKey, Office[]>();
  private byUnit = new Map<string, Office[]>();
  /** With the posts that have ended. */
  private everIn = new Map<string, Office[]>();
  private seen: { units: number; offices: number } = { units: -1, offices: -1 };
  private timer: NodeJS.Timeout | null = null;
  private loading: Promise<boolean> | null = null;
  /** Written by this process while a reading was under way, which may have missed it. */
  private during: OfficeDoc[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(private readonly repo: OrgRepo) {}

  /** A directory that has read everything. */
  static async load(repo: OrgRepo): Promise<OrgDirectory> {
    const directory = new OrgDirectory(repo);
    await directory.refresh();
    return directory;
  }

  /** The tree as last read. Keep the value for one piece of work only: after a change there is another. */
  get tree(): UnitTree {
    return this.current;
  }

  office(id: string): Office | null {
    return this.offices.get(id) ?? null;
  }

  /** The posts the person holds that last, in units that hold, on the day of `at`: leading posts first. */
  officesOf(user: UserKey, at: Date): readonly Office[] {
    const day = vnDay(at);
    return (this.byUser.get(user) ?? []).filter(
      (office) => holdsOffice(office, day) && this.current.get(office.unit, day) !== null,
    );
  }

  /** Whether the person may act for the unit itself at that moment. From memory; a write asks the service, which asks the store. */
  mayActFor(user: UserKey, unit: string, at: Date): boolean {
    return mayActFor(this.byUser.get(user) ?? [], this.current, unit, at);
  }

  /** Why the person, who once could, may no longer act for the unit; null when they may or never could. */
  lostRight(user: UserKey, unit: string, at: Date): LostRight | null {
    return lostRight(user, this.everHeldBy(user), this.current, unit, at);
  }

  /** The posts the person holds or held at any time, also in units that are gone; what they hold first. */
  everHeldBy(user: UserKey): readonly Office[] {
    return [...(this.byUser.get(user) ?? []), ...(this.byFormer.get(user) ?? [])];
  }

  /** Every post of the unit, claimed or not: leading posts first. */
  officesIn(unit: string): readonly Office[] {
    return this.byUnit.get(unit) ?? [];
  }

  /** The posts that act for the unit, claimed or not: its own, and for an agency also those of the province that act for it. Its own first. */
  officesActingFor(unit: string): readonly Office[] {
    const above = this.current.spansOf(unit).at(-1)?.parent ?? null;
    const higher = above === null ? [] : this.officesIn(above);
    return [...this.officesIn(unit), ...higher.filter((office) => unitsActedFor(office).includes(unit))];
  }

  /** Who held the leading post that acts for the unit at that moment, whoever holds it by now; null: nobody. */
  holderAt(unit: string, at: Date): UserKey | null {
    const above = this.current.spansOf(unit).at(-1)?.parent ?? null;
    const higher = above === null ? [] : (this.everIn.get(above) ?? []);
    const acting = higher.filter((office) => unitsActedFor(office).includes(unit));
    for (const office of [...(this.everIn.get(unit) ?? []), ...acting]) {
      const holder = heldBy(office, at);
      if (holder !== null) return holder;
    }
    return null;
  }

  /** The claimed posts of the unit in these roles: who hears and who may act. */
  holdersOf(unit: string, roles: readonly Role[]): readonly (Office & { readonly user: UserKey })[] {
    return this.officesIn(unit).filter(
      (office): office is Office & { readonly user: UserKey } =>
        office.user !== null && roles.includes(office.role),
    );
  }

  /** Posts that the person may take without a code: handed to them and agreed to, or vouched for by the commune. */
  offeredTo(user: UserKey): readonly Office[] {
    return [...this.offices.values()].filter(
      ({ closed, handover, invited, user: holder }) =>
        !closed &&
        holder !== user &&
        (invited === user || (handover?.agreed === true && handover.user === user)),
    );
  }

  /** Every post there is, in order of id. */
  all(): readonly Office[] {
    return [...this.offices.values()];
  }

  /** Called after each change, with the new tree and offices in place. Answers how to stop being called. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Reads again what changed in the store since the last time; answers whether anything had. Calls at once share one reading. */
  refresh(): Promise<boolean> {
    this.loading ??= this.read().finally(() => {
      this.loading = null;
      this.during = [];
    });
    return this.loading;
  }

  /** Shows an office just written by this process; `revision` is the count its own announcement gave. */
  put(doc: OfficeDoc, revision: number): void {
    if (this.loading) this.during.push(doc);
    this.offices.set(doc._id, toOffice(doc));
    this.index();
    // Only when nobody else wrote in between is what we have complete; else the next refresh reads it all.
    if (revision === this.seen.offices + 1) this.seen.offices = revision;
    this.tell();
  }

  /** Looks for changes every `intervalMs` until `stop`; a failure is handed to `onError` and the next look is taken all the same. */
  watch(intervalMs: number, onError: (error: unknown) => void): void {
    this.stop();
    this.timer = setInterval(() => {
      this.refresh().catch(onError);
    }, intervalMs);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  private async read(): Promise<boolean> {
    // The counts first: what is written while we read moves them past what we note, and is read again.
    const now: Revision = await this.repo.revision();
    const stale = { units: now.units !== this.seen.units, offices: now.offices !== this.seen.offices };
    if (!stale.units && !stale.offices) return false;
    const [units, offices] = await Promise.all([
      stale.units ? this.repo.units() : null,
      stale.offices ? this.repo.offices() : null,
    ]);
    if (units) this.current = new UnitTree(units.map(toRecord));
    if (offices) {
      this.offices = new Map([...offices, ...this.during].map((doc) => [doc._id, toOffice(doc)]));
      this.index();
    }
    this.seen = { ...now };
    this.tell();
    return true;
  }

  private index(): void {
    const sorted = [...this.offices.values()].sort(BY_ROLE);
    this.everIn = groupBy(sorted, (office) => office.unit);
    this.byUnit = groupBy(
      sorted.filter(({ closed }) => !closed),
      (office) => office.unit,
    );
    this.byFormer = new Map();
    for (const office of sorted)
      for (const user of new Set(office.former?.map((one) => one.user)))
        if (user !== office.user) this.byFormer.set(user, [...(this.byFormer.get(user) ?? []), office]);
    this.byUser = groupBy(
      sorted.filter((office) => office.user !== null),
      (office) => office.user as UserKey,
    );
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function heldBy({ user, claimedAt, former }: Office, at: Date): UserKey | null {
  if (user !== null && (claimedAt === null || claimedAt <= at)) return user;
  const held = ({ from, to }: FormerHolding): boolean =>
    (from === null || from <= at) && to !== null && at < to;
  return former?.findLast(held)?.user ?? null;
}
