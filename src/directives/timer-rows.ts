import type { WorkCalendar } from '../kernel/work-calendar';
import { groupBy } from '../kernel/lists';
import { vnDay } from '../kernel/vn-time';
import { mayReport } from '../org/roles';
import type { NewOutboxMessage } from '../outbox/outbox-row';
import type { Directive } from './directive';
import type { StoredRecipient } from './directives.repo';
import { firstAt, isBeforeDeadline } from './ladder';
import type { DirectiveMessages } from './messages';
import { conditionOf, type ListStep, type MessageStep } from './message-conditions';
import type { Holder, Offices } from './offices';

/** What the timers of directives have to tell, as messages: one for each person, whatever fell due for them at once. */

/** Of several recipients of one person one message is made. */
export interface Telling {
  readonly step: MessageStep;
  /** Tells repeated steps apart: `check`. */
  readonly key: string;
  readonly recipients: readonly StoredRecipient[];
}

/** A message, and the recipients that it is told for. */
export interface PlannedRow {
  readonly units: readonly string[];
  readonly step: MessageStep;
  readonly row: NewOutboxMessage;
}

export class TimerRows {
  constructor(
    private readonly deps: { readonly offices: Offices; readonly calendar: WorkCalendar },
    private readonly messages: DirectiveMessages,
  ) {}

  /** The messages of what is told; the same tellings make the same ids. */
  async of(directive: Directive, tellings: readonly Telling[], now: Date): Promise<PlannedRow[]> {
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
        for (const to of this.heard(directive, recipient, telling.step, now)) {
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
      const step = telling.step as Exclude<MessageStep, ListStep>;
      planned.push({
        units,
        step,
        row: {
          id: `directive:${directive.id}:${units[0]}:${telling.key}:${to.user}`,
          to: to.user,
          purpose: 'directive',
          ...this.messages.told(directive, to, recipients, step, now, around),
          notBefore: this.leavesAt(directive, to, step, now),
          ...(isBeforeDeadline(step) ? { expiresAt: directive.deadline } : {}),
          onlyIf: conditionOf(directive, step, units),
          ...(directive.urgency === 'critical' ? { anyHour: true as const } : {}),
          cause: 'directives.run',
          createdAt: now,
        },
      });
    }
    return planned;
  }

  /** The one told first; with the first nudge also those beside them. */
  private heard(
    directive: Directive,
    recipient: StoredRecipient,
    step: MessageStep,
    now: Date,
  ): readonly Holder[] {
    const holders = this.deps.offices.told(directive, recipient, now);
    return step === 'nudge' ? holders : holders.slice(0, 1);
  }

  /** Offices are not reminded on their days off; villages are. */
  private leavesAt(directive: Directive, to: Holder, step: MessageStep, now: Date): Date {
    if (directive.urgency === 'critical') return now;
    if (step === 'first' || step === 'handover') return firstAt(this.deps.calendar, directive.urgency, now);
    return mayReport(to.role) ? now : this.deps.calendar.nextWorkingTime(now);
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
          onlyIf: conditionOf(directive, step, [place]),
          ...(directive.urgency === 'critical' ? { anyHour: true as const } : {}),
          cause: 'directives.run',
          createdAt: now,
        },
      });
    };
    if (step === 'province') {
      // An officer's own order goes no further up than their chair, who had the list before.
      if (this.levelOf(directive.from, now) !== 'province') return [];
      const to = offices.issuer(directive, now)?.user;
      if (to === undefined) return [];
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
}

/** The recipients with the rows that were written for them. Lists to others are no message to the office itself. */
export function withRows(
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
