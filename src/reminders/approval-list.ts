import type { OutboundMessage } from '../channels/channel';
import { replyButtons } from '../channels/reply-buttons';
import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import { groupBy } from '../kernel/lists';
import { capital } from '../kernel/vn-text';
import { DAY, inVietnam, vnDay } from '../kernel/vn-time';
import { instantOf, nextDay } from '../kernel/work-calendar';
import type { OrgDirectory } from '../org/directory';
import { unitNameOn } from '../org/names';
import type { Office } from '../org/office';
import type { Enqueue, NewOutboxMessage, OutboxRow, StillTrueAnswer } from '../outbox/outbox-row';
import { isClean, waitsForApproval } from '../reporting/approval';
import { setDigest } from '../reporting/report-digest';
import { approverRoles, periodsToApprove } from '../reporting/approvers';
import { unitsOwing } from '../reporting/duties';
import { timesOf, type Calendars } from '../reporting/deadlines';
import type { Form } from '../reporting/form';
import type { Report } from '../reporting/report';
import type { ReportsService } from '../reporting/reports.service';
import type { PlanSettings } from './plan';
import { atUsualHour } from './usual-hour';

/**
 * What waits for an officer's approval: one list a day at most, on working days, at the hour reminders leave or the officer
 * usually writes. Whether anything still waits is asked at the send, and the words are those of that moment.
 */
export interface ApprovalListDeps {
  readonly forms: readonly Form[];
  readonly directory: Pick<OrgDirectory, 'tree' | 'all' | 'officesOf' | 'holdersOf'>;
  readonly reports: Pick<ReportsService, 'submissions' | 'contextFor'>;
  readonly calendars: Calendars;
  readonly enqueue: Enqueue;
  readonly wordsFor: (user: UserKey) => Words;
  readonly isMuted: (user: UserKey) => boolean;
  readonly usualHours: (users: readonly UserKey[]) => Promise<ReadonlyMap<UserKey, number>>;
  readonly settings: Pick<PlanSettings, 'remindAt' | 'quiet' | 'calendar'>;
}

type Holder = Office & { readonly user: UserKey };

/** Nothing begins after the office has closed. */
const CLOSES = 17 * 60;

export class ApprovalLists {
  private planned = '';

  constructor(private readonly deps: ApprovalListDeps) {}

  /** Writes the lists of the day, once it is time; a second run of the same day adds nothing. Answers how many. */
  async plan(now: Date): Promise<number> {
    const day = vnDay(now);
    const at = this.timeOn(day);
    const closes = instantOf(day, CLOSES);
    if (this.planned === day || now < at || now >= closes || !this.isListDay(day)) return 0;
    const waiting = await this.unitsWaiting(now);
    const holders = this.deps.directory
      .all()
      .filter((office): office is Holder => office.user !== null && !office.closed)
      .filter((office) =>
        this.formsOf(office).some(
          (form) => this.isTold(office, form) && this.isAbove(waiting.get(form.id) ?? [], office, day),
        ),
      );
    const hours = await this.deps.usualHours(holders.map(({ user }) => user));
    const byUser = groupBy(holders, ({ user }) => user);
    const rows = [...byUser.values()].flatMap(([first]) =>
      first ? this.rowOf(first, at, hours.get(first.user) ?? null) : [],
    );
    await this.deps.enqueue(rows);
    this.planned = day;
    return rows.length;
  }

  /** When lists may next be due; the clock of the simulator stops there. */
  nextDue(after: Date): Date {
    for (let day = vnDay(after), tries = 0; tries < 31; day = nextDay(day, 1), tries += 1)
      if (this.isListDay(day) && this.timeOn(day) > after) return this.timeOn(day);
    return new Date(after.getTime() + DAY);
  }

  /** For the outbox, at the moment of sending. */
  async isStillNeeded(row: OutboxRow, at: Date): Promise<StillTrueAnswer> {
    if (row.onlyIf?.kind !== 'approval_waits' || this.deps.isMuted(row.to)) return { now: 'drop' };
    const offices = this.deps.directory.officesOf(row.to, at).filter((post) => this.formsOf(post).length > 0);
    const reports = (await Promise.all(offices.map((office) => this.waitingFor(office, at)))).flat();
    const [office] = offices;
    if (reports.length === 0 || !office) return { now: 'drop' };
    return { now: 'send', message: await this.messageOf(office, row.to, reports, at) };
  }

  private timeOn(day: string): Date {
    const { hour, minute } = this.deps.settings.remindAt;
    return instantOf(day, hour * 60 + minute);
  }

  private isListDay(day: string): boolean {
    return this.deps.settings.calendar.isWorkingDay(day);
  }

  private formsOf({ role }: Pick<Office, 'role'>): Form[] {
    return this.deps.forms.filter((form) => approverRoles(form).includes(role));
  }

  /** The chair is told only where nobody holds the officer's post, the province only without a department. */
  private isTold(office: Holder, form: Form): boolean {
    const roles = approverRoles(form);
    const before = roles.slice(0, roles.indexOf(office.role));
    return this.deps.directory.holdersOf(office.unit, before).length === 0;
  }

  private isAbove(units: readonly string[], office: Office, day: string): boolean {
    return units.some((unit) => this.deps.directory.tree.isWithin(unit, office.unit, day));
  }

  /** Form → units of which something waits. */
  private async unitsWaiting(at: Date): Promise<Map<string, string[]>> {
    const { tree } = this.deps.directory;
    const found = new Map<string, string[]>();
    for (const form of this.deps.forms) {
      if (form.approvedBy === null) continue;
      for (const root of tree.roots(vnDay(at)))
        for (const { unit } of await this.waitingOf(form, root.code, at))
          found.set(form.id, [...(found.get(form.id) ?? []), unit]);
    }
    return found;
  }

  private async waitingFor(office: Office, at: Date): Promise<Report[]> {
    const all = await Promise.all(this.formsOf(office).map((form) => this.waitingOf(form, office.unit, at)));
    return all.flat();
  }

  private async waitingOf(form: Form, top: string, at: Date): Promise<Report[]> {
    const found: Report[] = [];
    for (const period of periodsToApprove(form, this.deps.calendars, at)) {
      const owing = unitsOwing(
        form,
        timesOf(form, this.deps.calendars, period),
        this.deps.directory.tree,
        top,
      );
      if (owing.length === 0) continue;
      const reports = await this.deps.reports.submissions(form.id, period, owing);
      found.push(...reports.filter(waitsForApproval));
    }
    return found;
  }

  private rowOf(office: Holder, at: Date, hour: number | null): NewOutboxMessage[] {
    const day = vnDay(at);
    const until = instantOf(day, CLOSES);
    const { quiet } = this.deps.settings;
    return [
      {
        id: `approval-list:${day}:${office.user}`,
        to: office.user,
        purpose: 'notice',
        // What is said is made at the send.
        message: { kind: 'text', text: this.deps.wordsFor(office.user).t('approval:list.soon') },
        notBefore: atUsualHour(at, hour, { until, weekends: false, quiet }),
        expiresAt: inVietnam(at).endOf('day').toJSDate(),
        onlyIf: { kind: 'approval_waits', ref: office.unit },
        cause: 'reminders.listApprovals',
        createdAt: at,
      },
    ];
  }

  private async messageOf(
    office: Office,
    user: UserKey,
    reports: readonly Report[],
    at: Date,
  ): Promise<OutboundMessage> {
    const words = this.deps.wordsFor(user);
    const contexts = await Promise.all(reports.map((report) => this.deps.reports.contextFor(report)));
    const clean = reports.filter((report, i) => {
      const context = contexts[i];
      return context !== undefined && isClean(report, context);
    });
    const vars = { count: reports.length, clean: clean.length, odd: reports.length - clean.length };
    const text = words.t('approval:list.text', {
      ...vars,
      Unit: capital(unitNameOn(this.deps.directory.tree, office.unit, vnDay(at))),
    });
    const labels: { label: string; payload: string }[] = [];
    if (clean.length > 0)
      labels.push({
        label: words.t('approval:buttons.approve_clean', { count: clean.length }),
        payload: `#DUYETHET_${setDigest(clean)}`,
      });
    labels.push({ label: words.t('approval:buttons.waiting'), payload: '#CHODUYET' });
    return { kind: 'text', text, buttons: replyButtons(labels) };
  }
}
