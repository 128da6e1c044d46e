import { groupBy } from '../kernel/lists';
import { vnDay } from '../kernel/vn-time';
import { instantOf } from '../kernel/work-calendar';
import type { NewOutboxMessage } from '../outbox/outbox-row';
import type { DirectivesDeps } from './deps';
import { countBuckets, isOver, type Directive } from './directive';
import { countsText, withActs } from './directive-words';
import type { StoredRecipient } from './directives.repo';
import { endAt, firstAt, stepsAhead, stepsNow, villagesAt, type NextStep } from './ladder';
import { conditionOf, type DirectiveMessages, type MessageStep } from './messages';
import type { Holder } from './offices';

/**
 * Time for directives: first messages, what a commune passes on, nudges, lists of the silent, the day's summary, the end.
 * Each recipient knows when it is to be looked at next; every message is keyed `directive:recipient:step`, so that doing
 * it twice is doing it once, and is looked at again when it leaves.
 */

/** Of several recipients of one person one message is made. */
interface Telling {
  readonly step: MessageStep;
  /** Tells repeated steps apart: `check`. */
  readonly key: string;
  readonly recipients: readonly StoredRecipient[];
}

const LOOKED_AT_ONCE = 5_000;
const ROUNDS = 20;
/** 16:30 in Viet Nam. */
const SUMMARY = 16 * 60 + 30;

export class DirectiveTimers {
  private running: Promise<unknown> = Promise.resolve();
  private peopleChanged = false;

  constructor(
    private readonly deps: DirectivesDeps,
    private readonly messages: DirectiveMessages,
  ) {}

  /** Does what has fallen due. Calls at once run one after the other; run again it adds nothing. */
  run(now: Date): Promise<void> {
    const run = (): Promise<void> => this.runOnce(now);
    const mine = this.running.then(run, run);
    this.running = mine.catch(() => undefined);
    return mine;
  }

  nextDue(after: Date): Promise<Date | null> {
    return this.deps.repo.nextDue(after);
  }

  /** Posts have changed hands: whoever holds an office now hears what is open. */
  notePeopleChanged(): void {
    this.peopleChanged = true;
  }

  /** When the directive itself is to be looked at: the day's summary, or its end. */
  nextLook(directive: Directive, now: Date): Date {
    const end = endAt(this.deps.calendar, directive);
    const summary = this.nextSummary(now);
    return summary < end ? summary : end;
  }

  private async runOnce(now: Date): Promise<void> {
    const { repo } = this.deps;
    if (this.peopleChanged) {
      this.peopleChanged = false;
      const open = await repo.inStates(['issued']);
      if (open.length > 0)
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
        else await repo.save(recipients.map((one) => ({ ...one, nextAt: null })));
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
    const rows = await this.rowsOf(directive, tellings, now);
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
    const [primary] = this.deps.offices.holders(recipient.unit, now);
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
    const nobody = this.deps.offices.holders(recipient.unit, now).length === 0;
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
    const key = step === 'check' ? `check-${at.getTime()}` : step;
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

  private async rowsOf(directive: Directive, tellings: readonly Telling[], now: Date): Promise<PlannedRow[]> {
    const planned: PlannedRow[] = [];
    for (const step of ['officer', 'province'] as const)
      planned.push(
        ...(await this.lists(
          directive,
          step,
          tellings.filter((telling) => telling.step === step),
          now,
        )),
      );
    const groups = new Map<string, { to: Holder; telling: Telling; recipients: StoredRecipient[] }>();
    for (const telling of tellings) {
      if (telling.step === 'officer' || telling.step === 'province') continue;
      for (const recipient of telling.recipients)
        for (const to of this.heard(recipient, telling.step, now)) {
          const key = `${to.user}|${telling.key}|${recipient.through ?? ''}`;
          const group = groups.get(key);
          if (group) group.recipients.push(recipient);
          else groups.set(key, { to, telling, recipients: [recipient] });
        }
    }
    const all = [...groups.values()];
    const around = await this.messages.around(
      directive,
      all.flatMap(({ recipients }) => recipients),
    );
    for (const { to, telling, recipients } of all) {
      const units = recipients.map(({ unit }) => unit).sort();
      const step = telling.step as Exclude<MessageStep, 'officer' | 'province'>;
      planned.push({
        units,
        step,
        row: {
          id: `directive:${directive.id}:${units[0]}:${telling.key}:${to.user}`,
          to: to.user,
          purpose: 'directive',
          ...this.messages.told(directive, to, recipients, step, now, around),
          notBefore: this.leavesAt(directive, to, step, now),
          ...(step === 'day_before' || step === 'hours_before' ? { expiresAt: directive.deadline } : {}),
          onlyIf: conditionOf(directive.id, step, units),
          ...(directive.urgency === 'critical' ? { anyHour: true as const } : {}),
          cause: 'directives.run',
          createdAt: now,
        },
      });
    }
    return planned;
  }

  /** The one told first; with the first nudge also those beside them. */
  private heard(recipient: StoredRecipient, step: MessageStep, now: Date): readonly Holder[] {
    const holders = this.deps.offices.holders(recipient.unit, now);
    return step === 'nudge' ? holders : holders.slice(0, 1);
  }

  /** Offices are not reminded on their days off; villages are. */
  private leavesAt(directive: Directive, to: Holder, step: MessageStep, now: Date): Date {
    if (directive.urgency === 'critical') return now;
    if (step === 'first' || step === 'handover') return firstAt(this.deps.calendar, directive.urgency, now);
    const villager = to.role === 'village_head' || to.role === 'village_deputy';
    return villager ? now : this.deps.calendar.nextWorkingTime(now);
  }

  /** One list for each supervisor and day, whatever fell due for it. */
  private async lists(
    directive: Directive,
    step: 'officer' | 'province',
    tellings: readonly Telling[],
    now: Date,
  ): Promise<PlannedRow[]> {
    const { offices, calendar } = this.deps;
    const recipients = tellings.flatMap((telling) => telling.recipients);
    if (recipients.length === 0) return [];
    const planned: PlannedRow[] = [];
    const add = (
      place: string,
      units: string[],
      to: Holder['user'],
      composed: Pick<NewOutboxMessage, 'message'> | null,
    ): void => {
      if (composed === null) return;
      planned.push({
        units,
        step,
        row: {
          ...{
            id: `directive:${directive.id}:${place}:${step}-${vnDay(now)}:${to}`,
            to,
            purpose: 'notice',
            ...composed,
          },
          notBefore: directive.urgency === 'critical' ? now : calendar.nextWorkingTime(now),
          onlyIf: conditionOf(directive.id, step, [place]),
          ...(directive.urgency === 'critical' ? { anyHour: true as const } : {}),
          cause: 'directives.run',
          createdAt: now,
        },
      });
    };
    if (step === 'province') {
      // An officer's own order goes no further up than their chair, who had the list before.
      if (this.levelOf(directive.from, now) !== 'province') return [];
      const to = directive.by.user;
      add(
        directive.from,
        recipients.map(({ unit }) => unit),
        to,
        await this.messages.provinceList(directive, to, now),
      );
      return planned;
    }
    for (const [place, silent] of groupBy(recipients, ({ unit }) => this.placeOf(unit, now))) {
      const own = silent.filter(({ unit }) => unit === place);
      const below = silent.filter(({ unit }) => unit !== place);
      if (own.length > 0)
        for (const chair of offices.chairs(place, now))
          add(place, [place], chair.user, await this.messages.officerList(directive, place, chair, now));
      const [officer] = offices.holders(place, now);
      if (below.length > 0 && officer)
        add(
          place,
          below.map(({ unit }) => unit),
          officer.user,
          await this.messages.officerList(directive, place, officer, now),
        );
    }
    return planned;
  }

  private placeOf(unit: string, now: Date): string {
    const found = this.deps.offices.directory.tree.getNearest(unit, vnDay(now));
    return found?.level === 'village' && found.parent !== null ? found.parent : unit;
  }

  private levelOf(unit: string, now: Date): string | undefined {
    return this.deps.offices.directory.tree.getNearest(unit, vnDay(now))?.level;
  }

  /** The day's summary while somebody still owes an answer, and the end that needs nobody. */
  private async lookAtWhole(directive: Directive, now: Date): Promise<void> {
    const { repo, calendar } = this.deps;
    if (directive.state !== 'issued') {
      await repo.move(directive.id, [directive.state], {}, ['nextAt']);
      return;
    }
    if (endAt(calendar, directive) <= now) {
      await repo.move(directive.id, ['issued'], { state: 'closed', endedAt: now }, ['nextAt']);
      await repo.endTimers(directive.id);
      return;
    }
    await this.summary(directive, now);
    await repo.move(directive.id, ['issued'], { nextAt: this.nextLook(directive, now) });
  }

  private async summary(directive: Directive, now: Date): Promise<void> {
    const { repo, outbox, wordsFor } = this.deps;
    const recipients = await this.messages.overlaid(await repo.recipientsOf(directive.id));
    if (recipients.every(({ answer }) => isOver(answer))) return;
    const words = wordsFor(directive.by.user);
    const text = words.t('directives:summary', {
      number: directive.number,
      counts: countsText(words, countBuckets(recipients)),
      all: recipients.length,
    });
    await outbox.enqueue([
      {
        id: `directive:${directive.id}:summary-${vnDay(now)}`,
        to: directive.by.user,
        purpose: 'notice',
        message: withActs(words, text, ['XEM'], directive.id),
        cause: 'directives.run',
        createdAt: now,
      },
    ]);
  }

  private nextSummary(now: Date): Date {
    const { calendar } = this.deps;
    const day = vnDay(now);
    const today = instantOf(day, SUMMARY);
    if (today > now && calendar.isWorkingDay(day)) return today;
    return instantOf(calendar.addWorkingDays(day, 1), SUMMARY);
  }
}

interface PlannedRow {
  readonly units: readonly string[];
  readonly step: MessageStep;
  readonly row: NewOutboxMessage;
}

/** The recipients with the rows that were written for them. Lists to others are no message to the office itself. */
function withRows(
  changed: readonly StoredRecipient[],
  rows: readonly PlannedRow[],
  now: Date,
): StoredRecipient[] {
  const own = new Map<string, PlannedRow[]>();
  for (const row of rows)
    if (row.step !== 'officer' && row.step !== 'province')
      for (const unit of row.units) own.set(unit, [...(own.get(unit) ?? []), row]);
  return changed.map((one) => {
    const mine = own.get(one.unit);
    const [first] = mine ?? [];
    if (!mine || !first) return one;
    const step = first.step === 'handover' ? (one.last?.step ?? 'first') : first.step;
    return {
      ...one,
      last: {
        step,
        rows: [
          ...(first.step === 'handover' ? (one.last?.rows ?? []) : []),
          ...mine.map(({ row }) => row.id),
        ],
      },
      told: [...new Set([...one.told, ...mine.map(({ row }) => row.to)])],
      steps: { ...one.steps, [step]: one.steps[step] ?? now },
    };
  });
}
