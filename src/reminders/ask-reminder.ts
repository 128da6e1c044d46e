import type { UserKey } from '../kernel/ids';
import { DAY, inVietnam, vnDay } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import { afterQuiet } from '../outbox/send-rules';
import type { Enqueue, OutboxRow, ReportOwed } from '../outbox/outbox-row';
import type { OutboxRepo } from '../outbox/outbox.repo';
import type { ReportKey } from '../reporting/report';
import { askedForId, isAskedFor } from './asked-for';
import type { DutyKind } from './duty-kinds';
import { openFor } from './owed-by';
import type { FullDuty, Owed } from './recipients';
import type { ReminderWords } from './reminder-texts';
import type { PlanSettings } from './plan';

/**
 * Reminders at an hour the person chose. They are beside the one of the day and may be asked for three times a day; the
 * newest wish stands, and what was sent in meanwhile is not spoken of. Quiet hours hold for them too.
 */
export interface AskReminderDeps {
  readonly kinds: readonly DutyKind[];
  readonly directory: Pick<OrgDirectory, 'officesOf' | 'tree'>;
  readonly rows: Pick<OutboxRepo, 'toPeople'>;
  readonly enqueue: Enqueue;
  readonly settings: PlanSettings;
}

export type Asked =
  | {
      readonly outcome: 'will';
      readonly at: Date;
      readonly deadline: Date;
      readonly owed: readonly FullDuty[];
    }
  /** Asked for three times today already; `at` is the last time that was agreed. */
  | { readonly outcome: 'enough'; readonly at: Date; readonly deadline: Date }
  | { readonly outcome: 'nothing_owed' };

const MOST_A_DAY = 3;

export class AskReminder {
  constructor(
    private readonly deps: AskReminderDeps,
    private readonly owed: Owed,
    private readonly words: ReminderWords,
  ) {}

  /** What would come of the wish; nothing is written. What `cause` itself asked for before is not counted. */
  async wouldAsk(user: UserKey, wished: Date, at: Date, cause: string): Promise<Asked> {
    const { directory, kinds, settings } = this.deps;
    const keys = openFor(directory.officesOf(user, at), directory.tree, kinds, at);
    const [first, ...also] = keys;
    const owed = first ? await this.owed.still({ kind: 'report_owed', ...first, also }, user, at) : [];
    const [next] = owed;
    if (!next) return { outcome: 'nothing_owed' };
    const today = (await this.asked(user, at)).filter(({ id }) => !id.startsWith(`asked:${cause}:`));
    const last = today.at(-1);
    if (last && today.length >= MOST_A_DAY)
      return { outcome: 'enough', at: last.notBefore, deadline: next.deadline };
    return { outcome: 'will', at: afterQuiet(settings.quiet, wished), deadline: next.deadline, owed };
  }

  /** Writes the reminder; the same effect again writes nothing new. */
  async askFor(effectId: string, user: UserKey, wished: Date, at: Date): Promise<void> {
    const asked = await this.wouldAsk(user, wished, at, causeOf(effectId));
    if (asked.outcome !== 'will') return;
    await this.deps.enqueue([
      {
        id: askedForId(effectId, user),
        to: user,
        purpose: 'reminder',
        ...this.words.of(user, asked.owed, asked.at),
        notBefore: asked.at,
        expiresAt: inVietnam(asked.at).endOf('day').toJSDate(),
        onlyIf: conditionOf(asked.owed),
        cause: effectId,
        createdAt: at,
      },
    ]);
  }

  /** Whether the person has asked for another time since. */
  async isReplaced(row: OutboxRow, at: Date): Promise<boolean> {
    const rows = await this.deps.rows.toPeople(
      [row.to],
      ['reminder'],
      row.createdAt,
      new Date(at.getTime() + 1),
    );
    return rows.some((other) => isAskedFor(other) && other.createdAt > row.createdAt);
  }

  private async asked(user: UserKey, at: Date): Promise<OutboxRow[]> {
    const from = new Date(at.getTime() - DAY);
    const rows = await this.deps.rows.toPeople([user], ['reminder'], from, new Date(at.getTime() + 1));
    return rows.filter((row) => isAskedFor(row) && vnDay(row.createdAt) === vnDay(at));
  }
}

/** `<eventId>:<n>` → the event. */
function causeOf(effectId: string): string {
  return effectId.slice(0, effectId.lastIndexOf(':'));
}

/** That one of these duties is still owed. */
export function conditionOf(duties: readonly ReportKey[]): ReportOwed {
  const [first, ...others] = duties.map(({ form, period, unit }) => ({ form, period, unit }));
  return {
    kind: 'report_owed',
    ...(first as ReportKey),
    ...(others.length > 0 ? { also: others } : {}),
  };
}
