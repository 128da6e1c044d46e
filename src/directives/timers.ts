import { groupBy } from '../kernel/lists';
import { MINUTE, vnDay } from '../kernel/vn-time';
import { OneByOne } from '../kernel/retry';
import type { DirectivesDeps } from './deps';
import { isOver, type Directive } from './directive';
import type { StoredRecipient } from './directives.repo';
import { endAt, isBeforeDeadline, stepsAhead, stepsNow, villagesAt, type NextStep } from './ladder';
import type { DirectiveMessages } from './messages';
import type { MessageStep } from './message-conditions';
import { moveUnits } from './moved-units';
import { MonthlyPractice } from './monthly-practice';
import { endRows } from './practice';
import { leaveScheduled, mayLeave, unconfirmedRow } from './scheduled';
import { nextLook, standRow } from './summary';
import { TimerRows, withRows, type Telling } from './timer-rows';

/**
 * Time for directives: first messages, what a commune passes on, nudges, lists of the silent, the day's summary, the end.
 * Each recipient knows when it is to be looked at next; every message is keyed `directive:recipient:step`, so that doing
 * it twice is doing it once, and is looked at again when it leaves.
 */

const LOOKED_AT_ONCE = 5_000;
const ROUNDS = 20;

export class DirectiveTimers {
  private readonly runs = new OneByOne();
  private peopleChanged = false;
  /** The day on which units that came to an end were looked for last. */
  private unitsOn: string | null = null;
  private readonly monthly: MonthlyPractice;
  private readonly rows: TimerRows;

  constructor(
    private readonly deps: DirectivesDeps,
    private readonly messages: DirectiveMessages,
  ) {
    this.rows = new TimerRows(deps, messages);
    this.monthly = new MonthlyPractice(deps, messages);
  }

  /** Does what has fallen due. Calls at once run one after the other; run again it adds nothing. */
  run(now: Date): Promise<void> {
    return this.runs.run(() => this.runOnce(now));
  }

  async nextDue(after: Date): Promise<Date> {
    return this.monthly.orEarlier(await this.deps.repo.nextDue(after), after);
  }

  /** Tells the first of each office that the deadline was moved; said again it is the same message. */
  async tellMoved(directive: Directive, recipients: readonly StoredRecipient[], now: Date): Promise<void> {
    const key = `deadline-${now.getTime()}`;
    const tellings = recipients.map((one): Telling => ({ step: 'deadline', key, recipients: [one] }));
    await this.deps.outbox.enqueue((await this.rows.of(directive, tellings, now)).map(({ row }) => row));
  }

  /** Posts have changed hands: whoever holds an office now hears what is open. */
  notePeopleChanged(): void {
    this.peopleChanged = true;
  }

  private async runOnce(now: Date): Promise<void> {
    const { repo } = this.deps;
    await this.monthly.propose(now);
    // Units may have changed since it was written.
    if (await leaveScheduled(this.deps, now)) this.unitsOn = null;
    if (this.peopleChanged || this.unitsOn !== vnDay(now)) {
      const changed = this.peopleChanged;
      this.peopleChanged = false;
      const open = await repo.inStates(['issued']);
      for (const directive of open) await moveUnits(this.deps, directive, now);
      this.unitsOn = vnDay(now);
      if (changed && open.length > 0)
        await repo.lookAgain(
          open.map(({ id }) => id),
          now,
        );
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      const due = await repo.due(now, LOOKED_AT_ONCE);
      if (due.length === 0) break;
      const directives = new Map(
        (await repo.getMany(due.map(({ directive }) => directive))).map((one) => [one.id, one]),
      );
      for (const [id, recipients] of groupBy(due, ({ directive }) => directive)) {
        const directive = directives.get(id);
        if (directive?.state === 'issued') await this.look(directive, recipients, now);
        // One that was broken off on its way out is told of as soon as it is.
        else {
          const nextAt = directive && mayLeave(directive) ? new Date(now.getTime() + MINUTE) : null;
          await repo.save(recipients.map((one) => ({ ...one, nextAt })));
        }
      }
    }
    for (const directive of await repo.directivesDue(now)) await this.lookAtWhole(directive, now);
  }

  private async look(directive: Directive, due: readonly StoredRecipient[], now: Date): Promise<void> {
    const { repo, outbox } = this.deps;
    const recipients = await this.messages.overlaid(due);
    const waiting = await this.stillQueued(recipients);
    const communes = await this.communesOf(directive, recipients);
    const tellings: Telling[] = [];
    const changed: StoredRecipient[] = [];
    for (const recipient of recipients) {
      const { after, say } = this.decide(directive, recipient, { communes, waiting, now });
      changed.push(after);
      if (say) tellings.push({ step: say.step, key: say.key, recipients: [after] });
    }
    const rows = await this.rows.of(directive, tellings, now);
    await outbox.enqueue(rows.map(({ row }) => row));
    // Those who answered meanwhile are not written: they are looked at again with what they said.
    await repo.save(withRows(changed, rows, now));
  }

  private decide(
    directive: Directive,
    recipient: StoredRecipient,
    facts: {
      readonly communes: ReadonlyMap<string, StoredRecipient>;
      readonly waiting: ReadonlySet<string>;
      readonly now: Date;
    },
  ): { after: StoredRecipient; say: { step: MessageStep; key: string } | null } {
    const { now } = facts;
    const { calendar } = this.deps;
    if (recipient.reached === 'held') {
      const at = this.passedOnAt(facts.communes.get(recipient.through ?? ''), now);
      if (at > now && recipient.answer === 'none') return { after: { ...recipient, nextAt: at }, say: null };
    }
    if (recipient.reached === 'held' || recipient.steps['first'] === undefined)
      return this.taking(directive, recipient, { step: 'first', at: now }, now);
    if (isOver(recipient.answer)) return { after: { ...recipient, nextAt: null }, say: null };
    const [primary] = this.deps.offices.told(directive, recipient, now);
    if (primary && !recipient.told.includes(primary.user)) {
      if (recipient.told.length === 0 && recipient.answer === 'none')
        return this.taking(
          directive,
          { ...recipient, steps: {}, reached: 'queued', why: null },
          { step: 'first', at: now },
          now,
        );
      const nextAt = this.nextAt(directive, recipient, now);
      return {
        after: { ...recipient, told: [...recipient.told, primary.user], nextAt },
        say: { step: 'handover', key: `handover-${primary.user}` },
      };
    }
    // What follows a message counts from when it really left; while it waits, from now at the earliest.
    const { last } = recipient;
    const counting =
      last && facts.waiting.has(`${recipient.unit}`)
        ? { ...recipient, steps: { ...recipient.steps, [last.step]: now } }
        : recipient;
    const { take, passed } = stepsNow(calendar, directive, counting, now);
    const marked = {
      ...counting,
      steps: { ...counting.steps, ...Object.fromEntries(passed.map((step) => [step, now])) },
    };
    if (take) return this.taking(directive, marked, take, now);
    return { after: { ...marked, nextAt: this.nextAt(directive, marked, now) }, say: null };
  }

  private taking(directive: Directive, recipient: StoredRecipient, { step, at }: NextStep, now: Date) {
    const nobody = this.deps.offices.told(directive, recipient, now).length === 0;
    const answered = recipient.answer !== 'none';
    const reached = answered
      ? recipient.reached
      : nobody
        ? ('unreachable' as const)
        : recipient.reached === 'held'
          ? ('queued' as const)
          : recipient.reached;
    const after: StoredRecipient = {
      ...recipient,
      reached,
      why: reached === 'unreachable' ? (recipient.why ?? 'not_claimed') : recipient.why,
      steps: { ...recipient.steps, [step]: now },
      ...(step === 'check' ? { askAt: null } : {}),
    };
    const key = step === 'check' ? `check-${at.getTime()}` : keyOf(directive, step);
    return { after: { ...after, nextAt: this.nextAt(directive, after, now) }, say: { step, key } };
  }

  /** When its commune's word, or the lack of it, lets the message through. */
  private passedOnAt(commune: StoredRecipient | undefined, now: Date): Date {
    if (!commune || commune.reached === 'unreachable') return now;
    if (commune.answer !== 'none' && commune.answer !== 'not_mine') return now;
    const sent = commune.reached === 'queued' ? undefined : commune.steps['first'];
    return villagesAt(this.deps.calendar, sent ?? now);
  }

  private nextAt(directive: Directive, recipient: StoredRecipient, now: Date): Date | null {
    return stepsAhead(this.deps.calendar, directive, recipient).find(({ at }) => at > now)?.at ?? null;
  }

  private async communesOf(
    directive: Directive,
    recipients: readonly StoredRecipient[],
  ): Promise<Map<string, StoredRecipient>> {
    const codes = new Set(
      recipients.flatMap(({ reached, through }) => (reached === 'held' && through !== null ? [through] : [])),
    );
    const found = await this.messages.overlaid(await this.deps.repo.some(directive.id, [...codes]));
    return new Map(found.map((one) => [one.unit, one]));
  }

  /** The units whose last message has not left yet. */
  private async stillQueued(recipients: readonly StoredRecipient[]): Promise<ReadonlySet<string>> {
    const byRow = new Map(
      recipients.flatMap(({ unit, last }) => (last?.rows ?? []).map((row) => [row, unit] as const)),
    );
    const rows = await this.deps.rows.fates([...byRow.keys()]);
    const open = rows.filter(({ state }) => state === 'queued' || state === 'sending');
    return new Set(open.map(({ id }) => byRow.get(id) as string));
  }

  /** The day's summary while somebody still owes an answer, and the end that needs nobody. */
  private async lookAtWhole(directive: Directive, now: Date): Promise<void> {
    const { repo, calendar, outbox, wordsFor, offices } = this.deps;
    if (directive.state !== 'issued') {
      const to = offices.issuer(directive, now)?.user;
      if (directive.state === 'waiting' && to !== undefined)
        await outbox.enqueue([unconfirmedRow(directive, to, wordsFor(to), now)]);
      await repo.move(directive.id, [directive.state], {}, ['nextAt']);
      return;
    }
    if (endAt(calendar, directive) <= now) {
      await outbox.enqueue(await endRows(this.deps, this.messages, directive, now));
      await repo.move(directive.id, ['issued'], { state: 'closed', endedAt: now }, ['nextAt']);
      await repo.endTimers(directive.id);
      return;
    }
    const all = await this.messages.overlaid(await repo.recipientsOf(directive.id));
    const to = offices.issuer(directive, now)?.user;
    if (to !== undefined && !all.every(({ answer }) => isOver(answer))) {
      const counted = offices.counted(directive, all, now);
      await outbox.enqueue([standRow('summary', directive, counted, to, wordsFor(to), now)]);
    }
    await repo.move(directive.id, ['issued'], { nextAt: nextLook(calendar, directive, now) });
  }
}

/** A step before the deadline that was moved is another message than the one before the old deadline. */
function keyOf({ deadline, deadlineBefore }: Directive, step: MessageStep): string {
  return deadlineBefore !== null && isBeforeDeadline(step) ? `${step}-${deadline.getTime()}` : step;
}
