import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import { instantOf, nextDay } from '../kernel/work-calendar';
import type { NewOutboxMessage } from '../outbox/outbox-row';
import { changeRecipients } from './change-recipients';
import type { DirectivesDeps } from './deps';
import { countBuckets } from './buckets';
import {
  answered,
  isOver,
  isSilent,
  timeOf,
  type AnswerAct,
  type Directive,
  type GivenAnswer,
  type Recipient,
} from './directive';
import type { DirectiveNotices } from './directive-notices';
import { countsText } from './directive-words';
import type { StoredRecipient } from './directives.repo';
import type { Done } from './issuing';
import type { Around, DirectiveMessages } from './messages';
import type { Holder } from './offices';
import { liveRow } from './live-counts';
import { conditionOf } from './message-conditions';
import { answerOnBehalf, type AnswerOnBehalf } from './on-behalf';
import type { DirectiveTimers } from './timers';

/**
 * What the offices that received a directive say of it, and what follows for those above and below them. Each act may be
 * repeated: its id makes it one.
 */
export class DirectiveAnswers {
  constructor(
    private readonly deps: DirectivesDeps,
    private readonly messages: DirectiveMessages,
    private readonly notices: DirectiveNotices,
    private readonly timers: DirectiveTimers,
  ) {}

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
      await this.notices.audit(directive, act.answer, act.by, act.at, {
        id: `${act.id}.${n}`,
        unit,
        reason: act.note,
      });
      if (after) changed.push(after);
    }
    if (directive.state !== 'issued') return 'done';
    // What waits for its own commune is a village: nobody waits for it.
    for (const { unit, through } of changed) if (through === null) await this.passOn(directive, unit, act.at);
    const giver = this.deps.offices.issuer(directive, act.at)?.user;
    if (directive.urgency === 'critical' && changed.length > 0 && giver !== undefined)
      await this.deps.outbox.enqueue([liveRow(directive, giver, act.at)]);
    await this.tellOfAnswers(directive, changed, act);
    await this.timers.run(act.at);
    await this.tellWhenAll(directive, act.at);
    return 'done';
  }

  /** For a silent office, by whoever stands over it: see `on-behalf`. */
  answerOnBehalf(act: AnswerOnBehalf): Promise<Done> {
    return answerOnBehalf(this.deps, this.messages, this.timers, act);
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
    const { repo, offices, outbox, org } = this.deps;
    const directive = await repo.get(act.directive);
    if (directive?.state !== 'issued') return 'done';
    // Whoever gave the order, for all; whoever stands over a part of it, for that.
    if (!(await org.mayWriteFor({ user: act.by, unit: act.under, onBehalf: false, at: act.at })))
      return 'conflict';
    const { tree } = offices.directory;
    const silent = (await repo.recipientsOf(directive.id)).filter(
      (one) => isSilent(one) && tree.isWithin(one.unit, act.under, vnDay(act.at)),
    );
    const around = await this.messages.around(directive, silent);
    const rows: NewOutboxMessage[] = [];
    for (const recipient of silent)
      for (const to of offices.told(directive, recipient, act.at).slice(0, 1))
        rows.push({
          ...this.onceMore(directive, recipient, to, act, around),
          id: `directive:${directive.id}:${recipient.unit}:again-${vnDay(act.at)}:${to.user}`,
          onlyIf: conditionOf(directive, 'nudge', [recipient.unit]),
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
      const [to] = offices.told(directive, recipient, act.at);
      if (!to || isOver(recipient.answer) || !recipient.told.includes(to.user)) continue;
      rows.push({
        ...this.onceMore(directive, recipient, to, act, around),
        id: `directive:${directive.id}:${recipient.unit}:line-${act.id}`,
      });
    }
    await outbox.enqueue(rows);
    return 'done';
  }

  /** The directive as it stands, said to one office outside the timers. */
  private onceMore(
    directive: Directive,
    recipient: Recipient,
    to: Holder,
    act: { readonly id: string; readonly at: Date },
    around: Around,
  ): Omit<NewOutboxMessage, 'id'> {
    return {
      ...{ to: to.user, purpose: 'directive', cause: act.id, createdAt: act.at },
      ...this.messages.told(directive, to, [recipient], 'nudge', act.at, around),
    };
  }

  private async change(
    directive: Directive,
    unit: string,
    at: Date,
    change: (one: StoredRecipient) => StoredRecipient,
  ): Promise<StoredRecipient | null> {
    const { repo } = this.deps;
    const nextAt = directive.state === 'issued' ? at : null;
    const known = await repo.some(directive.id, [unit]);
    const to = (one: StoredRecipient): StoredRecipient => ({ ...change(one), nextAt });
    return (await changeRecipients(repo, directive.id, known, to))[0] ?? null;
  }

  /** With its commune's word the villages hear of it. */
  private async passOn(directive: Directive, unit: string, at: Date): Promise<void> {
    const held = (await this.deps.repo.below(directive.id, unit)).filter(({ reached }) => reached === 'held');
    if (held.length > 0) await this.deps.repo.save(held.map((one) => ({ ...one, nextAt: at })));
  }

  /** «Vướng» opens a talk with the office above, «không thuộc tôi» goes back to whoever gave the order; where no talk opens, as in a practice, the reason is told. */
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
      if (act.answer === 'stuck' && !directive.practice && (await this.deps.stuck.open(talk))) continue;
      const above =
        through === null || act.answer === 'not_mine' ? null : this.deps.offices.holders(through, act.at)[0];
      if (above)
        await this.deps.outbox.enqueue([
          this.notices.notice(above, `${act.id}:${unit}`, directive, key, ['XEM'], act.at, vars),
        ]);
      else await this.notices.tellIssuer(directive, `${act.id}:${unit}`, key, act.at, vars);
    }
  }

  /** One line when all have answered. */
  private async tellWhenAll(directive: Directive, at: Date): Promise<void> {
    if (await this.deps.repo.isOwed(directive.id)) return;
    const all = await this.deps.repo.standing(directive.id);
    if (all.length < 2 || !all.every(({ answer }) => isOver(answer))) return;
    const issuer = this.deps.offices.issuer(directive, at);
    if (!issuer) return;
    const words = this.deps.wordsFor(issuer.user);
    await this.notices.tellIssuer(directive, 'all', 'directives:all_answered', at, {
      counts: countsText(words, countBuckets(all, directive.state)),
      all: all.length,
    });
  }
}

/** 8:00 on the day so many days later: when «hỏi lại mai» and «tuần sau» ask. */
export function morningAfter(at: Date, days: number): Date {
  return instantOf(nextDay(vnDay(at), days), 8 * 60);
}
