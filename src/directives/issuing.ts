import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import { travelling } from './annex';
import type { DirectivesDeps } from './deps';
import { newRecipient, type Actor, type Directive, type Recipient } from './directive';
import type { Act } from './directive-words';
import type { DirectiveNotices } from './directive-notices';
import { moveDeadline, type MovedDeadline } from './move-deadline';
import type { DirectiveTimers } from './timers';

/**
 * What whoever gives an order does with it, up to its end. Each act may be repeated: its id makes it one. Rights are asked of the store at the
 * moment of the act; `conflict` when they or the facts changed since the turn read them.
 */
export type Done = 'done' | 'conflict';

export class DirectiveIssuing {
  constructor(
    private readonly deps: DirectivesDeps,
    private readonly notices: DirectiveNotices,
    private readonly timers: DirectiveTimers,
  ) {}

  /** Keeps a draft, or changes the one there is, of whoever may send it. */
  async draft(directive: Directive, at: Date): Promise<Done> {
    const { repo } = this.deps;
    const before = await repo.get(directive.id);
    if (before && before.from !== directive.from) return 'conflict';
    if (!(await this.mayIssue(directive, directive.by.user, at))) return 'conflict';
    await repo.putDraft(directive);
    return 'done';
  }

  /** One that was never kept is dropped already. */
  async dropDraft(id: string, by: UserKey, at: Date): Promise<Done> {
    const { repo } = this.deps;
    const directive = await repo.get(id);
    if (directive && !(await this.mayIssue(directive, by, at))) return 'conflict';
    await repo.removeDraft(id);
    return 'done';
  }

  /** Sends a draft: out at once, or to those who hold the second key. */
  async send({ id, by, at }: { readonly id: string; readonly by: Actor; readonly at: Date }): Promise<Done> {
    const directive = await this.deps.repo.get(id);
    if (!directive) return 'conflict';
    if (directive.state !== 'draft' && directive.state !== 'waiting') {
      // A repeat of what is done: only what may still be missing is completed.
      if (directive.state === 'issued') await this.timers.run(at);
      return 'done';
    }
    if (!(await this.mayIssue(directive, by.user, at))) return 'conflict';
    const { offices, repo } = this.deps;
    const keys = offices.keyHolders(directive, at);
    if (offices.keyNeeded(directive, at) === null) return this.issue(directive, null, at);
    if (keys.length === 0) return 'conflict';
    await repo.move(id, ['draft'], { state: 'waiting', by });
    await this.notices.audit(directive, `sent-${at.getTime()}`, by.user, at);
    // Whoever answers for it reads it whole.
    const acts: Act[] = [
      'DUYET',
      'TRA',
      ...((await this.deps.annexes.of(id)).length > 0 ? (['TEP'] as const) : []),
    ];
    await this.deps.outbox.enqueue(
      keys.map((key) =>
        this.notices.notice(key, 'ask', directive, 'directives:second_key.asked', acts, at, {
          counts: directive.audience.label,
          offices: directive.audience.units.length,
          text: directive.text,
        }),
      ),
    );
    return 'done';
  }

  /** The second key: another person than the one who sent it. */
  async confirm({
    id,
    by,
    at,
  }: {
    readonly id: string;
    readonly by: Actor;
    readonly at: Date;
  }): Promise<Done> {
    const directive = await this.deps.repo.get(id);
    if (!directive) return 'conflict';
    if (directive.state === 'issued' && directive.confirmedBy?.user === by.user) {
      await this.timers.run(at);
      return 'done';
    }
    if (directive.state !== 'waiting' || !(await this.holdsKey(directive, by.user, at))) return 'conflict';
    await this.issue(directive, by, at);
    await this.notices.audit(directive, 'confirmed', by.user, at);
    await this.notices.tellIssuer(directive, 'confirmed', 'directives:second_key.confirmed', at);
    return 'done';
  }

  /** The second key says no: it is a draft again, with the reason. */
  async refuse({
    id,
    by,
    reason,
    at,
  }: {
    readonly id: string;
    readonly by: Actor;
    readonly reason: string;
    readonly at: Date;
  }): Promise<Done> {
    const directive = await this.deps.repo.get(id);
    if (!directive) return 'conflict';
    if (directive.state === 'draft' && directive.reason === reason) return 'done';
    if (directive.state !== 'waiting' || !(await this.holdsKey(directive, by.user, at))) return 'conflict';
    await this.deps.repo.move(id, ['waiting'], { state: 'draft', reason });
    await this.notices.audit(directive, `refused-${at.getTime()}`, by.user, at, { reason });
    await this.notices.tellIssuer(directive, `refused-${at.getTime()}`, 'directives:second_key.refused', at, {
      reason,
    });
    return 'done';
  }

  /** The deadline earlier or later, for everybody it is for: see `move-deadline`. */
  async moveDeadline(act: MovedDeadline): Promise<Done> {
    const directive = await this.deps.repo.get(act.directive);
    if (directive?.state !== 'issued') return 'conflict';
    if (!(await this.mayIssue(directive, act.by, act.at))) return 'conflict';
    return moveDeadline(this.deps, this.timers, directive, act);
  }

  /** Ends all timers at once and tells only those who were told. */
  async recall(act: {
    readonly id: string;
    readonly by: Actor;
    readonly reason: string;
    readonly at: Date;
  }): Promise<Done> {
    return this.end({ ...act, state: 'recalled' });
  }

  /** A person's act with a sentence; who has not answered ends as one who did not until then. */
  async close(act: {
    readonly id: string;
    readonly by: Actor;
    readonly reason: string;
    readonly at: Date;
  }): Promise<Done> {
    return this.end({ ...act, state: 'closed' });
  }

  /** The old one is answered «đã thay bằng» from now on; its answers stay. The new one goes its own way. */
  async supersede(act: {
    readonly id: string;
    readonly next: string;
    readonly by: Actor;
    readonly at: Date;
  }): Promise<Done> {
    const { repo, offices } = this.deps;
    const [old, next] = await Promise.all([repo.get(act.id), repo.get(act.next)]);
    if (!old || !next || next.issuedAt === null) return 'conflict';
    if (old.supersededBy === next.id) return 'done';
    if (!offices.mayManage(act.by.user, old, act.at)) return 'conflict';
    await repo.move(next.id, ['issued'], { supersedes: old.id });
    return this.replace(old.id, next.id, act.at);
  }

  private async end(act: {
    readonly id: string;
    readonly by: Actor;
    readonly reason: string;
    readonly at: Date;
    readonly state: 'recalled' | 'closed';
  }): Promise<Done> {
    const { repo } = this.deps;
    const directive = await repo.get(act.id);
    if (!directive) return 'conflict';
    if (directive.state === act.state) return 'done';
    if (!(await this.mayIssue(directive, act.by.user, act.at))) return 'conflict';
    const moved = await repo.move(
      act.id,
      ['issued', 'waiting'],
      { state: act.state, endedAt: act.at, reason: act.reason },
      ['nextAt'],
    );
    if (!moved) return 'conflict';
    await repo.endTimers(act.id);
    await this.notices.audit(directive, act.state, act.by.user, act.at, { reason: act.reason });
    if (act.state === 'recalled') await this.notices.tellRecalled(directive, act.at);
    return 'done';
  }

  private async issue(directive: Directive, confirmedBy: Actor | null, at: Date): Promise<Done> {
    const { repo } = this.deps;
    await repo.addRecipients(this.recipientsOf(directive, at), at);
    const out = await repo.move(
      directive.id,
      ['draft', 'waiting'],
      {
        state: 'issued',
        issuedAt: at,
        nextAt: this.timers.nextLook(directive, at),
        ...(confirmedBy ? { confirmedBy } : {}),
      },
      ['reason'],
    );
    if (!out) return 'conflict';
    const annexes = travelling(await this.deps.annexes.of(directive.id), directive).flatMap(
      ({ media }) => media ?? [],
    );
    await this.notices.audit(directive, 'issued', directive.by.user, at, { annexes });
    if (directive.supersedes !== null) await this.replace(directive.supersedes, directive.id, at);
    await this.timers.run(at);
    return 'done';
  }

  private async replace(old: string, next: string, at: Date): Promise<Done> {
    const { repo } = this.deps;
    await repo.move(old, ['issued'], { state: 'superseded', supersededBy: next, endedAt: at }, ['nextAt']);
    await repo.endTimers(old);
    return 'done';
  }

  /** One for each office of the audience; villages wait for their commune, unless it cannot wait or is the commune's own. */
  private recipientsOf(directive: Directive, at: Date): Recipient[] {
    const { tree } = this.deps.offices.directory;
    const units = new Set(directive.audience.units);
    return directive.audience.units.map((unit) => {
      const parent = tree.getNearest(unit, vnDay(at))?.parent ?? null;
      const through = parent !== null && units.has(parent) ? parent : null;
      const held = through !== null && directive.urgency === 'normal';
      return newRecipient(directive.id, unit, { through, reached: held ? 'held' : 'queued' });
    });
  }

  /** Whether the person may send it, and end it again. */
  private async mayIssue(directive: Directive, user: UserKey, at: Date): Promise<boolean> {
    return (
      this.deps.offices.mayManage(user, directive, at) &&
      (await this.deps.org.mayWriteFor({ user, unit: directive.from, onBehalf: false, at }))
    );
  }

  private async holdsKey(directive: Directive, user: UserKey, at: Date): Promise<boolean> {
    const post = this.deps.offices.keyHolders(directive, at).find((one) => one.user === user);
    return (
      post !== undefined && (await this.deps.org.mayWriteFor({ user, unit: post.unit, onBehalf: false, at }))
    );
  }
}
