import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import type { Words } from '../kernel/i18n';
import type { OrgDirectory } from '../org/directory';
import { givenName, unitNameOn } from '../org/names';
import type { ReminderLine } from './compose';
import type { FullDuty } from './recipients';
import { Kept, Patterns } from './patterns';
import { occasionsAfter, ruleAt, type PlanSettings } from './plan';

export interface ReminderWordsDeps {
  readonly directory: Pick<OrgDirectory, 'tree' | 'officesIn'>;
  /** In the language of the person. */
  readonly wordsFor: (user: UserKey) => Words;
  readonly settings: PlanSettings;
}

/** What a reminder says of some duties of one person at an instant. What is the same for many people is worked out once. */
export class ReminderWords {
  private readonly patterns = new Patterns();
  private readonly rests = new Kept<{ readonly days: number; readonly next: Date | null }>();
  private readonly rules = new Kept<string>();

  constructor(private readonly deps: ReminderWordsDeps) {}

  /**
   * What is due first comes first. `free`: no question is open to the person, so a number typed now can only mean one of the
   * choices. `others`: further works, in the person's words.
   */
  of(
    user: UserKey,
    owed: readonly FullDuty[],
    at: Date,
    { free = false, others = [] }: { readonly free?: boolean; readonly others?: readonly string[] } = {},
  ) {
    const duties = [...owed].sort(byDeadline);
    const times = duties.flatMap(({ opensAt, deadline, lockAt, touchedAt, weekends, opensUnsaid }) => [
      opensAt.getTime(),
      deadline.getTime(),
      lockAt.getTime(),
      touchedAt !== null,
      ...[weekends, opensUnsaid],
    ]);
    const rest = this.rests.of([...times, at.getTime()], () => {
      const today = vnDay(at);
      const later = occasionsAfter(duties, this.deps.settings, at).filter((next) => vnDay(next) !== today);
      return { days: new Set(later.map((next) => vnDay(next))).size, next: later[0] ?? null };
    });
    const office = (duties[0] as FullDuty).office;
    const lines = duties.map((duty) => this.lineOf(duty, at));
    const words = this.deps.wordsFor(user);
    return this.patterns.compose(words, {
      address: office.address,
      name: givenName(office.fullName),
      lines: lines as [ReminderLine, ...ReminderLine[]],
      remaining: rest.days,
      next: rest.next,
      at,
      free,
      others,
      helper: this.helperOf(words, duties[0] as FullDuty, at),
    });
  }

  /** Who above a village is asked to help when it is late; null for other units, and where nobody has claimed that post. */
  private helperOf(words: Words, { unit }: FullDuty, at: Date): string | null {
    const { tree, officesIn } = this.view;
    const record = tree.getNearest(unit, vnDay(at));
    if (record?.level !== 'village' || record.parent === null) return null;
    const officer = officesIn(record.parent).find(({ role, user }) => role === 'commune_officer' && user);
    if (!officer) return null;
    const name = givenName(officer.fullName);
    const place = unitNameOn(tree, record.parent, vnDay(at));
    const address = words.locale === 'vi' ? officer.address : '';
    return words.t('reports:contact', { address, name, unit: place }).trim();
  }

  private get view() {
    const { directory } = this.deps;
    return { tree: directory.tree, officesIn: (unit: string) => directory.officesIn(unit) };
  }

  private lineOf(duty: FullDuty, at: Date): ReminderLine {
    return {
      rule: this.rules.of(
        [
          ...[duty.opensAt.getTime(), duty.deadline.getTime(), duty.lockAt.getTime(), at.getTime()],
          ...[duty.weekends, duty.opensUnsaid],
        ],
        () => ruleAt(duty, this.deps.settings, at)?.id ?? '',
      ),
      form: duty.form,
      says: duty.says,
      period: duty.period,
      unitName: unitNameOn(this.deps.directory.tree, duty.unit, vnDay(at)),
      unit: duty.unit,
      deadline: duty.deadline,
      lockAt: duty.lockAt,
      movedFrom: duty.movedFrom,
      data: duty.data,
      answered: duty.answered,
      asked: duty.asked,
      returned: duty.returned,
    };
  }
}

function byDeadline(a: FullDuty, b: FullDuty): number {
  return a.deadline.getTime() - b.deadline.getTime() || (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0);
}
