import { workCalendar } from '../../../src/org/seed/days-off';
import type { DutyKind } from '../../../src/reminders/duty-kinds';
import { formDuties } from '../../../src/reminders/form-duties';
import { summaryDuties, taskDuties, type TaskDutyDeps } from '../../../src/reminders/task-duties';
import { timesOf } from '../../../src/reporting/deadlines';
import { FORMS, formOf } from '../../../src/reporting/forms';
import { MONTHLY_TASKS, PLAN_TASKS } from '../../../src/reporting/tasks';
import { aTree, calendars } from '../reporting/builders';
import { planSettings, type PlanSettings, type RemindedDuty } from '../../../src/reminders/plan';

export const vn = (text: string): Date => new Date(`${text}:00+07:00`);

export function aDuty(over: Partial<RemindedDuty> = {}): RemindedDuty {
  return {
    form: 'village-month',
    period: '2026-03',
    unit: 'V1',
    opensAt: vn('2026-03-10T08:00'),
    deadline: vn('2026-03-17T17:00'),
    lockAt: vn('2026-03-18T17:00'),
    weekends: true,
    owed: true,
    touchedAt: null,
    user: 'zalo:1',
    ...over,
  };
}

export function theSettings(over: Partial<Parameters<typeof planSettings>[0]> = {}): PlanSettings {
  return planSettings(
    {
      REMIND_AT: { hour: 8, minute: 0 },
      QUIET_HOURS: '21:00-06:30,11:30-13:30',
      DRAFT_GRACE_MINUTES: 30,
      ...over,
    },
    workCalendar(),
  );
}

/** Every kind of duty there is, of a province where nothing has been done yet. */
export function allKinds(over: Partial<TaskDutyDeps> = {}): DutyKind[] {
  const tasks: TaskDutyDeps = {
    directory: {
      tree: aTree([
        { code: '24', level: 'province', parent: null },
        { code: '24-KHCN', level: 'agency', parent: '24', name: 'Sở Khoa học và Công nghệ' },
        { code: '24-GDDT', level: 'agency', parent: '24', name: 'Sở Giáo dục và Đào tạo' },
      ]),
    },
    ledger: { done: async () => [] },
    releases: { list: async () => [] },
    calendars,
    ...over,
  };
  const reports = {
    times: (form: string, period: string) => timesOf(formOf(form), calendars, period),
    asked: (form: string) => formOf(form).figures.filter(({ optional }) => !optional),
    duties: async () => [],
    submissions: async () => [],
  };
  return [
    ...formDuties([...FORMS.values()], reports),
    ...taskDuties(PLAN_TASKS, tasks),
    ...summaryDuties(MONTHLY_TASKS, tasks),
  ];
}
