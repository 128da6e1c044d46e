import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import type { Words } from '../kernel/i18n';
import type { OrgDirectory } from '../org/directory';
import { unitNameOn } from '../org/names';
import type { ReminderLine } from './compose';
import type { FullDuty } from './recipients';
import { Kept, Patterns } from './patterns';
import { occasionsAfter, ruleAt, type PlanSettings } from './plan';

export interface ReminderWordsDeps {
  readonly directory: Pick<OrgDirectory, 'tree'>;
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

  /** `free`: no question is open to the person, so a number typed now can only mean one of the choices. */
  of(user: UserKey, duties: readonly FullDuty[], at: Date, free = false) {
    const times = duties.flatMap(({ opensAt, deadline }) => [opensAt.getTime(), deadline.getTime()]);
    const rest = this.rests.of([...times, at.getTime()], () => {
      const today = vnDay(at);
      const later = occasionsAfter(duties, this.deps.settings, at).filter((next) => vnDay(next) !== today);
      return { days: new Set(later.map((next) => vnDay(next))).size, next: later[0] ?? null };
    });
    const office = (duties[0] as FullDuty).office;
    const lines = duties.map((duty) => this.lineOf(duty, at));
    return this.patterns.compose(this.deps.wordsFor(user), {
      address: office.address,
      name: office.fullName.trim().split(/\s+/).at(-1) ?? '',
      lines: lines as [ReminderLine, ...ReminderLine[]],
      remaining: rest.days,
      next: rest.next,
      at,
      free,
    });
  }

  private lineOf(duty: FullDuty, at: Date): ReminderLine {
    return {
      rule: this.rules.of(
        [duty.opensAt.getTime(), duty.deadline.getTime(), at.getTime()],
        () => ruleAt(duty, this.deps.settings, at)?.id ?? '',
      ),
      form: duty.form,
      period: duty.period,
      unitName: unitNameOn(this.deps.directory.tree, duty.unit, vnDay(at)),
      deadline: duty.deadline,
      answered: duty.answered,
      asked: duty.asked,
    };
  }
}
