import { workCalendar } from '../../../src/org/seed/days-off';
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
