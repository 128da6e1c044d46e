import { digestOfText } from '../audit/entry';
import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import { instantOf, nextDay } from '../kernel/work-calendar';
import type { NewOutboxMessage } from '../outbox/outbox-row';
import type { DirectivesDeps } from './deps';
import {
  answered,
  countBuckets,
  isOver,
  timeOf,
  type Actor,
  type AnswerAct,
  type Directive,
  type GivenAnswer,
  type Recipient,
} from './directive';
import { countsText, withActs, type Act } from './directive-words';
import type { StoredRecipient } from './directives.repo';
import { conditionOf, type DirectiveMessages } from './messages';
import type { Holder } from './offices';
import type { DirectiveTimers } from './timers';

/**
 * What is written about directives. Each act may be repeated: its id makes it one. Rights are asked of the store at the
 * moment of the act; `conflict` when they or the facts changed since the turn read them.
 */
export type Done = 'done' | 'conflict';

/** How often a recipient that two people answer at once is read again. */
const TRIES = 6;

export class DirectivesService {
  constructor(
    private readonly deps: DirectivesDeps,
    private readonly messages: DirectiveMessages,
    private readonly timers: DirectiveTimers,
  ) {}

  /** Keeps a draft, or changes the one there is. */
  async draft(directive: Directive): Promise<Done> {
    await this.deps.repo.putDraft(directive);
    return 'done';
  }

  async dropDraft(id: string): Promise<Done> {
    await this.deps.repo.removeDraft(id);
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
    await this.note(directive, `sent-${at.getTime()}`, by.user, at);
    await this.deps.outbox.enqueue(
      keys.map((key) =>
        this.notice(key, 'ask', directive, 'directives:second_key.asked', ['DUYET', 'TRA'], at, {
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
    await this.note(directive, 'confirmed', by.user, at);
    await this.tellIssuer(directive, 'confirmed', 'directives:second_key.confirmed', at);
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
    await this.note(directive, `refused-${at.getTime()}`, by.user, at, { reason });
    await this.tellIssuer(directive, `refused-${at.getTime()}`, 'directives:second_key.refused', at, {
      reason,
    });
    return 'done';
  }

  /** What offices say. The first to answer for an office counts with all who follow; nothing is overwritten. */
  async answer(act: AnswerAct): Promise<Done> {
    const { repo, org } = this.deps;
    const directive = await repo.get(act.directive);
    if (!directive || directive.issuedAt === null) return 'conflict';
    const changed: Recipient[] = [];
    for (const [n, unit] of act.units.entries()) {
      if (!(await org.mayWriteFor({ user: act.by, unit, onBehalf: false, at: act.at }))) return 'conflict';
      const given: GivenAnswer = {
        ...{ id: `${act.id}.${n}`, answer: act.answer, by: act.by, at: act.at, note: act.note },
        when: timeOf(directive, act.at),
      };
      const after = await this.change(directive, unit, act.at, (one) => ({
        ...one,
        ...answered(one, given),
        line: act.line ?? one.line,
        evidence: [...new Set([...one.evidence, ...act.evidence])],
      }));
      await this.note(directive, act.answer, act.by, act.at, {
        id: `${act.id}.${n}`,
        unit,
        reason: act.note,
      });
      if (after) changed.push(after);
    }
    if (directive.state !== 'issued') return 'done';
    // What waits for its own commune is a village: nobody waits for it.
    for (const { unit, through } of changed) if (through === null) await this.passOn(directive, unit, act.at);
    await this.tellOfAnswers(directive, changed, act);
    await this.timers.run(act.at);
    await this.tellWhenAll(directive, act.at);
    return 'done';
  }

  /** «Hỏi lại mai», «tuần sau», «đừng hỏi nữa»: how the person wants to be asked. */
  async askAgain(act: {
    readonly directive: string;
    readonly units: readonly string[];
    readonly askAt: Date | null;
    readonly by: UserKey;
    readonly at: Date;
  }): Promise<Done> {
    const directive = await this.deps.repo.get(act.directive);
    if (!directive) return 'conflict';
    for (const unit of act.units) {
      if (!(await this.deps.org.mayWriteFor({ user: act.by, unit, onBehalf: false, at: act.at })))
        return 'conflict';
      await this.change(directive, unit, act.at, (one) => ({
        ...one,
        askAt: act.askAt,
        quiet: act.askAt === null,
      }));
    }
    await this.timers.run(act.at);
    return 'done';
  }

  /** Sends it once more to those without an answer, at the word of whoever sees them. */
  async remindSilent(act: {
    readonly id: string;
    readonly directive: string;
    readonly under: string;
    readonly by: UserKey;
    readonly at: Date;
  }): Promise<Done> {
    const { repo, offices, outbox } = this.deps;
    const directive = await repo.get(act.directive);
    if (directive?.state !== 'issued') return 'done';
    const { tree } = offices.directory;
    const silent = (await repo.recipientsOf(directive.id)).filter(
      ({ unit, answer, reached }) =>
        answer === 'none' && reached !== 'held' && tree.isWithin(unit, act.under, vnDay(act.at)),
    );
    const around = await this.messages.around(directive, silent);
    const rows: NewOutboxMessage[] = [];
    for (const recipient of silent)
      for (const to of offices.holders(recipient.unit, act.at).slice(0, 1))
        rows.push({
          id: `directive:${directive.id}:${recipient.unit}:again-${vnDay(act.at)}:${to.user}`,
          ...{
            to: to.user,
            purpose: 'directive',
            ...this.messages.told(directive, to, [recipient], 'nudge', act.at, around),
          },
          onlyIf: conditionOf(directive.id, 'nudge', [recipient.unit]),
          ...{ cause: act.id, createdAt: act.at },
        });
    await outbox.enqueue(rows);
    return 'done';
  }

  /** The commune's line came after its villages were told, and changes a day or a place: they are told once more. */
  async tellLine(act: {
    readonly id: string;
    readonly directive: string;
    readonly commune: string;
    readonly by: UserKey;
    readonly at: Date;
  }): Promise<Done> {
    const { repo, offices, outbox, org } = this.deps;
    const directive = await repo.get(act.directive);
    if (directive?.state !== 'issued') return 'done';
    if (!(await org.mayWriteFor({ user: act.by, unit: act.commune, onBehalf: false, at: act.at })))
      return 'conflict';
    const villages = await repo.below(directive.id, act.commune);
    const around = await this.messages.around(directive, villages);
    const rows: NewOutboxMessage[] = [];
    for (const recipient of villages) {
      const [to] = offices.holders(recipient.unit, act.at);
      if (!to || isOver(recipient.answer) || !recipient.told.includes(to.user)) continue;
      rows.push({
        ...{
          id: `directive:${directive.id}:${recipient.unit}:line-${act.id}`,
          to: to.user,
          purpose: 'directive',
        },
        ...this.messages.told(directive, to, [recipient], 'nudge', act.at, around),
        ...{ cause: act.id, createdAt: act.at },
      });
    }
    await outbox.enqueue(rows);
    return 'done';
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
    await this.note(directive, act.state, act.by.user, act.at, { reason: act.reason });
    await this.tellEnd(directive, act.state, act.at);
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
    await this.note(directive, 'issued', directive.by.user, at);
    if (directive.supersedes !== null) await this.replace(directive.supersedes, directive.id, at);
    await this.timers.run(at);
    return 'done';
  }

  /** In the audit: the act, by whom and on what; words only as their digest. Noted twice it is noted once. */
  private note(
    directive: Directive,
    what: string,
    by: UserKey,
    at: Date,
    more: { readonly id?: string; readonly unit?: string; readonly reason?: string | null } = {},
  ): Promise<void> {
    const { id = `${directive.id}:${what}`, unit = directive.from, reason = null } = more;
    return this.deps.audit.note({
      id: `directive:${id}`,
      ...{ at, by, unit, subject: directive.number },
      act: `directive.${what.replace(/-\d+$/, '')}`,
      after: { text: digestOfText(directive.text), offices: directive.audience.units.length },
      reason: reason === null ? null : digestOfText(reason),
    });
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
      return {
        ...{
          directive: directive.id,
          unit,
          through,
          reached: held ? ('held' as const) : ('queued' as const),
        },
        ...{
          why: null,
          answer: 'none' as const,
          answers: [],
          evidence: [],
          line: null,
          steps: {},
          last: null,
        },
        ...{ told: [], askAt: null, quiet: false },
      };
    });
  }

  private async change(
    directive: Directive,
    unit: string,
    at: Date,
    change: (one: StoredRecipient) => StoredRecipient,
  ): Promise<StoredRecipient | null> {
    const { repo } = this.deps;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const one = await repo.recipient(directive.id, unit);
      if (!one) return null;
      const after = { ...change(one), nextAt: directive.state === 'issued' ? at : null };
      if ((await repo.save([after])).length === 0) return after;
    }
    throw new Error(`the recipient ${directive.id}:${unit} keeps changing`);
  }

  /** With its commune's word the villages hear of it. */
  private async passOn(directive: Directive, unit: string, at: Date): Promise<void> {
    const held = (await this.deps.repo.below(directive.id, unit)).filter(({ reached }) => reached === 'held');
    if (held.length > 0) await this.deps.repo.save(held.map((one) => ({ ...one, nextAt: at })));
  }

  /** «Vướng» opens a talk with the office above, «không thuộc tôi» goes back to whoever gave the order; where no talk opens the reason is told. */
  private async tellOfAnswers(
    directive: Directive,
    changed: readonly Recipient[],
    act: AnswerAct,
  ): Promise<void> {
    if (act.answer !== 'stuck' && act.answer !== 'not_mine') return;
    for (const { unit, through } of changed) {
      const vars = { unit: this.messages.nameOf(unit, act.at), note: act.note ?? '' };
      const key = `directives:told_above.${act.answer}`;
      const topic = `${directive.number}: ${act.note ?? ''}`;
      const talk = { id: `${act.id}:${unit}`, unit, user: act.by, topic, at: act.at };
      // Whoever answers there is told with the talk itself.
      if (act.answer === 'stuck' && (await this.deps.stuck.open(talk))) continue;
      const above =
        through === null || act.answer === 'not_mine' ? null : this.deps.offices.holders(through, act.at)[0];
      if (above)
        await this.deps.outbox.enqueue([
          this.notice(above, `${act.id}:${unit}`, directive, key, ['XEM'], act.at, vars),
        ]);
      else await this.tellIssuer(directive, `${act.id}:${unit}`, key, act.at, vars);
    }
  }

  /** One line when all have answered. */
  private async tellWhenAll(directive: Directive, at: Date): Promise<void> {
    if (await this.deps.repo.isOwed(directive.id)) return;
    const all = await this.deps.repo.standing(directive.id);
    if (all.length < 2 || !all.every(({ answer }) => isOver(answer))) return;
    const words = this.deps.wordsFor(directive.by.user);
    await this.tellIssuer(directive, 'all', 'directives:all_answered', at, {
      counts: countsText(words, countBuckets(all)),
      all: all.length,
    });
  }

  private async tellEnd(directive: Directive, state: 'recalled' | 'closed', at: Date): Promise<void> {
    if (state !== 'recalled') return;
    const { repo, outbox, offices, wordsFor } = this.deps;
    const told = new Set(
      (await repo.recipientsOf(directive.id))
        .filter(({ answer }) => !isOver(answer))
        .flatMap((one) => one.told),
    );
    await outbox.enqueue(
      [...told].map((to) => {
        const office = offices.directory.officesOf(to, at)[0];
        const vars =
          office && office.user !== null
            ? this.messages.addressVars(office as Holder)
            : { address: wordsFor(to).t('common:address.citizen'), Address: '' };
        return {
          id: `directive:${directive.id}:recalled:${to}`,
          to,
          purpose: 'directive' as const,
          message: {
            kind: 'text' as const,
            text: wordsFor(to).t('directives:recalled', { ...vars, number: directive.number }),
          },
          cause: `directive:${directive.id}`,
          createdAt: at,
        };
      }),
    );
  }

  private async tellIssuer(
    directive: Directive,
    what: string,
    key: string,
    at: Date,
    vars: Readonly<Record<string, string | number>> = {},
  ): Promise<void> {
    const office = this.deps.offices.directory.office(directive.by.office);
    const to = office ? { ...office, user: directive.by.user } : null;
    if (to) await this.deps.outbox.enqueue([this.notice(to, what, directive, key, ['XEM'], at, vars)]);
  }

  private notice(
    to: Holder,
    what: string,
    directive: Directive,
    key: string,
    acts: readonly Act[],
    at: Date,
    vars: Readonly<Record<string, string | number>>,
  ): NewOutboxMessage {
    const words = this.deps.wordsFor(to.user);
    const text = words.t(key, { ...this.messages.addressVars(to), number: directive.number, ...vars });
    return {
      id: `directive:${directive.id}:${what}:${to.user}`,
      to: to.user,
      purpose: 'notice',
      message: withActs(words, text, acts, directive.id),
      ...(directive.urgency === 'critical' ? { anyHour: true as const } : {}),
      cause: `directive:${directive.id}`,
      createdAt: at,
    };
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

/** 8:00 on the day so many days later: when «hỏi lại mai» and «tuần sau» ask. */
export function morningAfter(at: Date, days: number): Date {
  return instantOf(nextDay(vnDay(at), days), 8 * 60);
}
