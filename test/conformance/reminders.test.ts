import { readFileSync } from 'node:fs';
import { DAY, inVietnam } from '../../src/kernel/vn-time';
import { Dictionary } from '../../src/kernel/i18n';
import { workCalendar } from '../../src/org/seed/days-off';
import { LOOKS_BACK } from '../../src/reminders/escalation/escalation.service';
import {
  ESCALATION_STEPS,
  speaksOf,
  stepAt,
  type EscalationStep,
} from '../../src/reminders/escalation/steps';
import { periodsBetween } from '../../src/reminders/duty-kinds';
import { planReminders } from '../../src/reminders/plan';
import { dueAt, REMINDER_RULES } from '../../src/reminders/rules';
import { FORMS } from '../../src/reporting/forms';
import { levelOf } from '../../src/org/roles';
import { aDuty, allKinds, theSettings, vn } from '../unit/reminders/builders';
import { REMINDER_DAYS } from '../support/bot';

const dictionary = new Dictionary(
  Object.fromEntries(
    ['vi', 'en'].map((locale) => [
      locale,
      { reminders: JSON.parse(readFileSync(`locales/${locale}/reminders.json`, 'utf8')) as object },
    ]),
  ),
);

/** Those of the keys that a language has no words for, each as the file and the key to write. */
const textsMissing = (keys: readonly string[]): string[] =>
  ['vi', 'en'].flatMap((locale) =>
    keys
      .filter((key) => !dictionary.in(locale).has(`reminders:${key}`))
      .map((key) => `locales/${locale}/reminders.json: ${key}`),
  );

it('every rule falls due in a sample month and has its text in every language', () => {
  const seen = new Set<string>();
  for (let day = 0; day < 31; day += 1) {
    const now = new Date(vn('2026-03-01T20:00').getTime() + day * DAY);
    for (const { items } of planReminders([aDuty()], theSettings(), new Date(now.getTime() - DAY), now))
      for (const { rule } of items) seen.add(rule.id);
  }
  expect([...seen].sort()).toEqual(REMINDER_RULES.map(({ id }) => id).sort());
});

it('every kind of duty has the words of each rule that speaks of it in the year', () => {
  const { remindAt, calendar } = theSettings();
  const spoken = new Set(
    periodsBetween(allKinds(), vn('2026-01-01T00:00'), vn('2026-12-31T00:00')).flatMap(({ kind, times }) =>
      REMINDER_RULES.filter((rule) => dueAt(rule, times, remindAt, calendar) !== null).map(
        ({ id }) => `rules.${id}.${kind.says}`,
      ),
    ),
  );
  expect([...new Set([...spoken].map((key) => key.split('.').at(-1)))].sort()).toEqual([
    'report',
    'summary',
    'task',
  ]);
  expect(textsMissing([...spoken])).toEqual([]);
});

it('ids of rules are unique, and no text belongs to a rule that does not exist', () => {
  const ids = REMINDER_RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const texts = JSON.parse(readFileSync('locales/vi/reminders.json', 'utf8')) as {
    rules: object;
    works: object;
  };
  expect(Object.keys(texts.rules).sort()).toEqual([...ids].sort());
  expect(textsMissing([...FORMS.keys()].map((form) => `works.${form}`))).toEqual([]);
  expect(Object.keys(texts.works).sort()).toEqual([...FORMS.keys()].sort());
});

it('the clock of the test world stops where a rule of March falls due', () => {
  const { calendar, remindAt } = theSettings();
  const passed = REMINDER_RULES.flatMap((rule) => {
    const at = dueAt(rule, aDuty(), remindAt, calendar);
    const day = at === null ? null : inVietnam(at).day;
    return day === null || REMINDER_DAYS.includes(day)
      ? []
      : [`${rule.id}: ${day} is not in REMINDER_DAYS of test/support/bot.ts`];
  });
  expect(passed).toEqual([]);
});

const UNITS = [
  ...(['24-KHCN', '24-GDDT', '24-TD'] as const).map((code) => ({ code, level: 'agency' as const })),
  { code: '24001', level: 'commune' as const },
  { code: '24001-01', level: 'village' as const },
];

it('every step of escalation has its text in every language, and falls due while its period is looked at', () => {
  const calendar = workCalendar();
  const periods = periodsBetween(allKinds(), vn('2026-03-01T00:00'), vn('2026-12-31T00:00'));
  const heard = (step: EscalationStep) =>
    periods.filter(({ kind, period }) =>
      UNITS.some(
        (unit) => unit.level === step.level && speaksOf(step, unit.code, '24') && kind.owes(unit, period),
      ),
    );
  const keys = ESCALATION_STEPS.flatMap((step) =>
    heard(step).map(({ kind }) => `late.${step.id}.${kind.says}`),
  );
  expect(textsMissing([...new Set(keys)])).toEqual([]);
  const tooLate = ESCALATION_STEPS.flatMap((step) =>
    periods
      .filter(({ kind }) => kind.levels.includes(step.level))
      .filter(({ times }) => stepAt(step, times, calendar).getTime() - times.deadline.getTime() > LOOKS_BACK)
      .map(({ kind, period }) => `${step.id} of ${kind.id} ${period}: later than LOOKS_BACK`),
  );
  expect(tooLate).toEqual([]);
});

it('those who report a form hold posts of the level that owes it, or act for the body that does', () => {
  for (const form of FORMS.values())
    for (const role of form.reporters) {
      const level = levelOf(role);
      if (level === null) throw new Error(`${role} is held nowhere`);
      const fits = form.levels.includes(level) || (level === 'province' && form.levels.includes('agency'));
      expect([form.id, role, fits]).toEqual([form.id, role, true]);
    }
});
