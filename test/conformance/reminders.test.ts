import { readFileSync } from 'node:fs';
import { DAY } from '../../src/kernel/vn-time';
import { Dictionary } from '../../src/kernel/i18n';
import { planReminders } from '../../src/reminders/plan';
import { REMINDER_RULES } from '../../src/reminders/rules';
import { FORMS } from '../../src/reporting/forms';
import { levelOf } from '../../src/org/roles';
import { aDuty, theSettings, vn } from '../unit/reminders/builders';

const dictionary = new Dictionary(
  Object.fromEntries(
    ['vi', 'en'].map((locale) => [
      locale,
      { reminders: JSON.parse(readFileSync(`locales/${locale}/reminders.json`, 'utf8')) as object },
    ]),
  ),
);

it('every rule falls due in a sample month and has its text in every language', () => {
  const seen = new Set<string>();
  for (let day = 0; day < 31; day += 1) {
    const now = new Date(vn('2026-03-01T20:00').getTime() + day * DAY);
    for (const { items } of planReminders([aDuty()], theSettings(), new Date(now.getTime() - DAY), now))
      for (const { rule } of items) seen.add(rule.id);
  }
  expect([...seen].sort()).toEqual(REMINDER_RULES.map(({ id }) => id).sort());
  for (const locale of ['vi', 'en'])
    for (const { id } of REMINDER_RULES)
      expect([locale, id, dictionary.in(locale).has(`reminders:rules.${id}.fresh`)]).toEqual([
        locale,
        id,
        true,
      ]);
});

it('ids of rules are unique, and no text belongs to a rule that does not exist', () => {
  const ids = REMINDER_RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const texts = JSON.parse(readFileSync('locales/vi/reminders.json', 'utf8')) as {
    rules: object;
    works: object;
  };
  expect(Object.keys(texts.rules).sort()).toEqual([...ids].sort());
  expect(Object.keys(texts.works).sort()).toEqual([...FORMS.keys()].sort());
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
