import type { UserKey } from '../kernel/ids';
import { moment } from '../kernel/moment';
import type { DirectivesDeps } from './deps';
import type { Actor, Directive } from './directive';
import type { Act } from './directive-words';
import type { DirectiveNotices } from './directive-notices';
import { moveDeadline, type MovedDeadline } from './move-deadline';
import { moveSending, type MovedSending } from './move-sending';
import { putOut, replace } from './put-out';
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
    if (offices.keyNeeded(directive, at) === null) return this.leave(directive, null, at);
    if (keys.length === 0) return 'conflict';
    const { sendAt } = directive;
    await repo.move(id, ['draft'], { state: 'waiting', by, ...(sendAt ? { nextAt: sendAt } : {}) });
    await this.notices.audit(directive, `sent-${at.getTime()}`, by.user, at);
    // Whoever answers for it reads it whole.
    const acts: Act[] = [
      'DUYET',
      'TRA',
      ...((await this.deps.annexes.of(id)).length > 0 ? (['TEP'] as const) : []),
    ];
    await this.deps.outbox.enqueue(
      keys.map((key) => ({
        onlyIf: { kind: 'directive_key', ref: id } as const,
        ...this.notices.notice(
          key,
          'ask',
          directive,
          `directives:second_key.asked${sendAt ? '_kept' : ''}`,
          acts,
          at,
          {
            when: sendAt ? moment(this.deps.wordsFor(key.user), sendAt) : '',
            counts: directive.audience.label,
            offices: directive.audience.units.length,
            text: directive.text,
          },
        ),
      })),
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
    if (isSettled(directive) && directive.confirmedBy?.user === by.user) {
      await this.timers.run(at);
      return 'done';
    }
    if (directive.state !== 'waiting' || !(await this.holdsKey(directive, by.user, at))) return 'conflict';
    await this.leave(directive, by, at);
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
    await this.deps.repo.move(id, ['waiting'], { state: 'draft', reason }, ['nextAt']);
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

  /** When it leaves earlier or later, or at once, while it has not left: see `move-sending`. */
  async moveSending(act: MovedSending): Promise<Done> {
    const directive = await this.deps.repo.get(act.directive);
    if (!directive || !(await this.mayIssue(directive, act.by, act.at))) return 'conflict';
    return moveSending(this.deps, this.notices, this.timers, directive, act);
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
    await replace(this.deps, old.id, next.id, act.at);
    return 'done';
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
      act.state === 'recalled' ? ['issued', 'waiting', 'scheduled'] : ['issued', 'waiting'],
      { state: act.state, endedAt: act.at, reason: act.reason },
      ['nextAt'],
    );
    if (!moved) return 'conflict';
    await repo.endTimers(act.id);
    await this.notices.audit(directive, act.state, act.by.user, act.at, { reason: act.reason });
    if (act.state === 'recalled') await this.notices.tellRecalled(directive, act.at);
    else if (directive.practice) await this.notices.tellPractice(directive, act.at);
    return 'done';
  }

  /** Out at once, or kept until its time once nobody's word is missing. */
  private async leave(directive: Directive, confirmedBy: Actor | null, at: Date): Promise<Done> {
    const { id, sendAt, by } = directive;
    if (sendAt === null || sendAt <= at) {
      const out = await putOut(this.deps, directive, confirmedBy, at);
      if (out === 'done') await this.timers.run(at);
      return out;
    }
    const set = { state: 'scheduled' as const, nextAt: sendAt, ...(confirmedBy ? { confirmedBy } : {}) };
    if (!(await this.deps.repo.move(id, ['draft', 'waiting'], set, ['reason']))) return 'conflict';
    await this.notices.audit(directive, `scheduled-${sendAt.getTime()}`, by.user, at);
    return 'done';
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

/** Whether it was confirmed already: out, or kept until its time. */
function isSettled({ state }: Directive): boolean {
  return state === 'issued' || state === 'scheduled';
}
