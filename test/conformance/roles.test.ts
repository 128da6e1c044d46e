import { loadLocales } from '../../src/app/load-locales';
import { Dictionary } from '../../src/kernel/i18n';
import { ROLES } from '../../src/org/roles';

/** A role is called by its name wherever somebody reads which post they hold. */
const dictionary = new Dictionary(loadLocales());

it.each(['vi', 'en'])('every role has its names in %s', (locale) => {
  const words = dictionary.in(locale);
  const names = ROLES.flatMap(({ id }) => [`onboarding:roles.${id}`, `privacy:roles.${id}`]);
  expect(names.filter((key) => !words.has(key))).toEqual([]);
});
