import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What broke elsewhere has a test that names it: the fourteen cases of a directive («network 1.5 case 3») and those of the
 * groups («network 2 «asset swapped»»), each as the title of at least one test.
 */

const TESTS = join(__dirname, '..');
const OWN = 'conformance/edge-cases.test.ts';

const CASES: readonly (readonly [string, string])[] = [
  ...[
    'tapped twice, from two phones, by head and deputy',
    'an answer arrives before our send returned',
    'answered by word, with two open',
    'answered after it was replaced, recalled or closed',
    'the deadline is moved earlier, or later',
    'nobody to answer, or a commune without an officer',
    'one person holds several offices',
    'the commune’s line comes after its villages were told',
    'a restart in the middle of 2,214 sends',
    'recalled while half is sent',
    'a file over 5 MB, or one that Zalo has forgotten',
    'the practice month',
    'a clock that skips lunch, nights and holidays',
    'an order to one place; a word without a deadline',
  ].map((what, i) => [`network 1.5 case ${i + 1}:`, what] as const),
  ...[
    'left on purpose',
    'asset swapped',
    'renamed by hand',
    'dissolved by hand',
    'merged communes',
    'does not follow yet',
    'OA admin left',
    'create timed out',
  ].map((what) => [`«${what}»`, `a group: ${what}`] as const),
];

const titles = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && file.replaceAll('\\', '/') !== OWN)
  .flatMap((file) =>
    [...readFileSync(join(TESTS, file), 'utf8').matchAll(/(?:\b(?:it|describe)|`)\(\s*(['"])(.*?)\1,/g)].map(
      ([title]) => title,
    ),
  )
  .filter((title) => title.includes('network '));

it.each(CASES)('%s %s', (mark) => {
  expect(titles.filter((title) => title.includes(mark)).length).toBeGreaterThan(0);
});
