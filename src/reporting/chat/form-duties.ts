import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { capital } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { unitsActedFor } from '../../org/roles';
import { placeName, type Person } from '../../org/chat/people';
import { timesOf, type PeriodTimes } from '../deadlines';
import { owes, shortTitleOf, titleOf, type Form } from '../form';
import { FORMS } from '../forms';
import { periodNow } from '../period-meant';
import type { ReportKey } from '../report';
import { periodName } from './form-texts';
import { communeWord } from './places';

/** What a person owes by the forms of their posts: which report of which unit and period, in order of the deadline. */

export interface OwedReport {
  readonly form: Form;
  readonly key: ReportKey;
  readonly times: PeriodTimes;
}

/** How buttons and lists name a report of the period now, `YOUTH-MONTH_24-TD`. */
export function reportWord({ form, unit }: Pick<ReportKey, 'form' | 'unit'>): string {
  return `${form}_${unit}`.toUpperCase();
}

/** Every report the person's posts let them enter now, one for each unit. Locked one-offs, and those that do not ask the unit, are left out. */
export function reportsOf(turn: Turn<DialogDeps>, person: Person): OwedReport[] {
  const { directory, settings } = turn.deps;
  const day = vnDay(turn.at);
  const found = new Map<string, OwedReport>();
  for (const office of person.offices)
    for (const code of unitsActedFor(office)) {
      const unit = directory.tree.get(code, day);
      for (const form of unit ? FORMS.values() : []) {
        const period = periodNow(form, turn.at, settings.calendars.runs, code);
        if (!unit || period === null || !form.reporters.includes(office.role) || !owes(form, unit)) continue;
        const key = { form: form.id, period, unit: code };
        found.set(`${form.id}/${code}`, { form, key, times: timesOf(form, settings.calendars, period) });
      }
    }
  return [...found.values()].sort((a, b) => a.times.deadline.getTime() - b.times.deadline.getTime());
}

/** «Báo cáo tháng 3 của xã Tân Hòa» */
export function reportTitle(turn: Turn<DialogDeps>, { form, key }: OwedReport): string {
  const month = periodName(turn, key.period);
  return capital(turn.words.t(titleOf(form.id), { month, unit: placeName(turn.deps, key.unit, turn.at) }));
}

/** The same on a button. */
export function reportLabel(turn: Turn<DialogDeps>, { form, key }: OwedReport): string {
  return turn.words.t(shortTitleOf(form.id), {
    month: periodName(turn, key.period),
    kind: communeWord(turn, key.unit),
  });
}
