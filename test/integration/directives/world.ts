import type { Connection } from 'mongoose';
import { createDirectives, type Directives } from '../../../src/directives/directives';
import type { Directive, Said } from '../../../src/directives/directive';
import { createDirectivesRepo, type DirectivesRepo } from '../../../src/directives/directives.repo';
import { Offices } from '../../../src/directives/offices';
import { NO_ANNEXES } from '../../../scripts/bench/no-directives';
import { loadLocales } from '../../../src/app/load-locales';
import { Dictionary } from '../../../src/kernel/i18n';
import { groupBy } from '../../../src/kernel/lists';
import { vnDay } from '../../../src/kernel/vn-time';
import { WorkCalendar } from '../../../src/kernel/work-calendar';
import type { Office } from '../../../src/org/office';
import { mayActOnBehalf } from '../../../src/org/rights';
import type { Role } from '../../../src/org/roles';
import type { UnitTree } from '../../../src/org/units';
import { afterQuiet, parseQuietHours } from '../../../src/outbox/send-rules';
import type { NewOutboxMessage, OutboxRow } from '../../../src/outbox/outbox-row';
import { aDirective, vn } from '../../unit/directives/builders';

/**
 * Directives on a real store, with posts and an outbox in memory: what is written leaves when the test says so, and asks
 * before it leaves, as the real one does.
 */
export interface Post {
  readonly unit: string;
  readonly role: Role;
  /** Null: nobody has taken it. */
  readonly user: string | null;
}

const words = new Dictionary(loadLocales()).in('vi');

export class DirectivesWorld {
  readonly rows = new Map<string, OutboxRow>();
  /** Acts that went into the audit, in order. */
  readonly notes: string[] = [];
  readonly directives: Directives;
  readonly repo: DirectivesRepo;
  private posts: Office[] = [];
  private byUnit = new Map<string, Office[]>();
  private byUser = new Map<string, Office[]>();
  private most = Number.POSITIVE_INFINITY;

  constructor(
    connection: Connection,
    private tree: UnitTree,
    posts: readonly Post[],
  ) {
    this.hold(posts.map(officeOf));
    const whole = (): UnitTree => this.tree;
    this.repo = createDirectivesRepo(connection);
    this.directives = createDirectives({
      repo: this.repo,
      offices: new Offices({
        get tree() {
          return whole();
        },
        officesIn: (unit) => this.byUnit.get(unit) ?? [],
        officesActingFor: (unit) => this.byUnit.get(unit) ?? [],
        officesOf: (user) => this.byUser.get(user) ?? [],
        mayActFor: (user, unit, at) => this.actsFor(user, unit, at),
        office: (id) => this.posts.find((post) => post.id === id) ?? null,
      }),
      org: {
        mayWriteFor: async ({ user, unit, onBehalf, at }) =>
          onBehalf
            ? mayActOnBehalf(this.byUser.get(user) ?? [], this.tree, unit, at)
            : this.actsFor(user, unit, at),
        phoneOf: async () => null,
      },
      outbox: {
        enqueue: async (messages) => {
          const room = this.most - this.rows.size;
          const stored = messages.slice(0, Math.max(0, room));
          for (const message of stored)
            if (!this.rows.has(message.id)) this.rows.set(message.id, queued(message));
          if (stored.length < messages.length) throw new Error('broken off');
        },
        reachOf: async (users) => new Map(users.map((user) => [user, { by: 'text', cost: 0 } as const])),
      },
      rows: {
        fates: async (ids) => ids.flatMap((id) => this.rows.get(id) ?? []),
        toPeople: async (users) => [...this.rows.values()].filter(({ to }) => users.includes(to)),
      },
      afterRest: (at) => afterQuiet(parseQuietHours('21:00-06:30'), at),
      remindAt: 8 * 60,
      calendar: new WorkCalendar({ off: new Set(), worked: new Set() }),
      wordsFor: () => words,
      tags: { mountain: new Set() },
      pilots: [],
      audit: { note: async (...notes) => void this.notes.push(...notes.map(({ act }) => act)) },
      stuck: { promisedAt: () => null, open: async () => false },
      ...NO_ANNEXES,
    });
  }

  /** The outbox breaks off once it holds so many messages, as a process does that is killed. */
  breakAfter(most: number): void {
    this.most = most;
  }

  /** Gives the post to somebody else. */
  hand(unit: string, role: Role, user: string): void {
    this.hold(
      this.posts.map((post) => (post.unit === unit && post.role === role ? { ...post, user } : post)),
    );
    this.directives.timers.notePeopleChanged();
  }

  /** The units are these from now on. */
  become(tree: UnitTree): void {
    this.tree = tree;
    this.directives.timers.notePeopleChanged();
  }

  /** A post that was not there before, held by this person. */
  opens(post: Post): void {
    this.hold([...this.posts, officeOf(post)]);
    this.directives.timers.notePeopleChanged();
  }

  private actsFor(user: string, unit: string, at: Date): boolean {
    return (
      this.tree.get(unit, vnDay(at)) !== null &&
      (this.byUnit.get(unit) ?? []).some((post) => post.user === user)
    );
  }

  private hold(posts: Office[]): void {
    this.posts = posts;
    this.byUnit = groupBy(posts, ({ unit }) => unit);
    this.byUser = groupBy(posts, ({ user }) => user ?? '');
  }

  /** Everything that may leave by now leaves, or is dropped when it is no longer needed. Answers what left. */
  async deliver(at: Date, { seen = false, most = Number.POSITIVE_INFINITY } = {}): Promise<OutboxRow[]> {
    const left: OutboxRow[] = [];
    for (const row of [...this.rows.values()].filter(
      (one) => one.state === 'queued' && one.notBefore <= at,
    )) {
      if (left.length >= most) break;
      const answer = row.onlyIf ? await this.directives.isStillNeeded(row, at) : ({ now: 'send' } as const);
      if (answer.now === 'wait') {
        this.rows.set(row.id, { ...row, notBefore: answer.until });
        continue;
      }
      const sent = answer.now === 'send';
      const after: OutboxRow = {
        ...row,
        ...('message' in answer && answer.message ? { message: answer.message } : {}),
        ...(sent
          ? { state: 'sent', sentAt: at, ...(seen ? { seenAt: at } : {}) }
          : { state: 'dropped', reason: 'no_longer_true' }),
      };
      this.rows.set(row.id, after);
      if (sent) left.push(after);
    }
    return left;
  }

  /** Runs the timers at every instant at which something falls due, and lets what was written leave. */
  async passTo(iso: string, from: Date): Promise<OutboxRow[]> {
    const left: OutboxRow[] = [];
    const until = vn(iso);
    for (
      let at: Date | null = from;
      at !== null && at <= until;
      at = earlier(await this.directives.timers.nextDue(at), this.nextWaiting(at))
    ) {
      await this.directives.timers.run(at);
      left.push(...(await this.deliver(at)));
    }
    await this.directives.timers.run(until);
    return [...left, ...(await this.deliver(until))];
  }

  private nextWaiting(after: Date): Date | null {
    const waits = [...this.rows.values()].filter((row) => row.state === 'queued' && row.notBefore > after);
    return waits.reduce<Date | null>((first, { notBefore }) => earlier(first, notBefore), null);
  }

  /** Out at once, without a talk before. */
  async issue(over: Partial<Directive> = {}, at = vn('16T08:00')): Promise<Directive> {
    const by = { user: 'zalo:dung', office: '24:department:dung' };
    const draft = aDirective({ by, state: 'draft', issuedAt: null, ...over });
    const { issuing, view } = this.directives;
    await issuing.draft(draft, at);
    await issuing.send({ id: draft.id, by: draft.by, at });
    const keys = await view.waitingFor('zalo:nga', at);
    if (keys.some(({ id }) => id === draft.id))
      await issuing.confirm({ id: draft.id, by: { user: 'zalo:nga', office: '24:department:nga' }, at });
    return (await view.get(draft.id)) as Directive;
  }

  answer(
    user: string,
    units: readonly string[],
    answer: Said,
    at: Date,
    over: { id?: string; directive?: string } = {},
  ) {
    return this.directives.answers.answer({
      ...{ id: over.id ?? `${user}@${at.getTime()}`, directive: over.directive ?? 'D1', units, answer },
      ...{ note: null, line: null, evidence: [], by: user, at },
    });
  }

  async counts(id = 'D1'): Promise<Readonly<Record<string, number>>> {
    const directive = (await this.directives.view.get(id)) as Directive;
    const { counts } = await this.directives.view.progress(directive);
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  }

  to(user: string): OutboxRow[] {
    return [...this.rows.values()].filter((row) => row.to === user);
  }
}

export const textOf = (row: OutboxRow | undefined): string =>
  row?.message.kind === 'text' ? row.message.text : '';

function queued(message: NewOutboxMessage): OutboxRow {
  return {
    ...message,
    ...{ notBefore: message.notBefore ?? message.createdAt, state: 'queued', reason: null, attempts: 0 },
    ...{ messageId: null, sentAt: null, deliveredAt: null, seenAt: null, quota: null },
  };
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function officeOf({ unit, role, user }: Post): Office {
  const name = user?.slice(user.indexOf(':') + 1) ?? 'ai';
  return {
    ...{ id: `${unit}:${role}:${name}`, unit, role, fullName: `Nguyễn ${name}`, address: 'bác', user },
    ...{ claimedAt: null, consent: null, hasPhone: false },
  };
}
