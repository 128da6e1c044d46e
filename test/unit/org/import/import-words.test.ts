import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Keys = Record<string, string | Record<string, string>>;
const load = (locale: string) =>
  JSON.parse(readFileSync(join('locales', locale, 'import.json'), 'utf8')) as Keys;
const reasons = (keys: Keys) => keys['reason'] as Record<string, string>;

/** Every reason that the code names, as it stands in the sources. */
const named = new Set(
  ['src/org', 'src/org/import']
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.ts'))
    .concat(['src/reporting/figures-sheet.ts', 'src/reporting/figures-import.ts'])
    .flatMap((file) => {
      const source = readFileSync(file, 'utf8');
      const found = [
        ...source.matchAll(/reason: '(\w+)'/g),
        ...source.matchAll(/refus(?:al|e)\((?:[\w.]+, )?'(\w+)'/g),
        ...source.matchAll(/\? '(\w+)' : '(\w+)';\n\s+faults\.push/g),
        ...source.matchAll(/\? why : '(\w+)'/g),
        ...[...source.matchAll(/REASONS: readonly string\[\] = \[([^\]]*)\]/g)].flatMap((list) => [
          ...(list[1] ?? '').matchAll(/'(\w+)'/g),
        ]),
      ];
      return found.flatMap((match) => match.slice(1).filter((name) => name !== undefined));
    }),
);
named.delete('changed_meanwhile');

it.each(['vi', 'en'])(
  'every reason for a refusal has its words in %s, and no words are left over',
  (locale) => {
    expect(Object.keys(reasons(load(locale))).sort()).toEqual([...named].sort());
  },
);

it('both languages name the same things', () => {
  const variables = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
  const [vi, en] = [load('vi'), load('en')];
  expect(Object.keys(vi)).toEqual(Object.keys(en));
  for (const [key, text] of Object.entries(reasons(vi)))
    expect([key, variables(text)]).toEqual([key, variables(reasons(en)[key] ?? '')]);
});
