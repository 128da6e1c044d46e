import { join } from 'node:path';
import { FEATURES } from '../../src/app/features';
import { linesIn } from '../../src/kernel/lines-in';
import { maskSecrets } from '../../src/kernel/secrets';

/** The ways of saying and asking that are learned from: each of a wish or article that exists, once, and nobody's secret. */
const SAID = linesIn(join('locales', 'vi', 'said'));
const ASKED = linesIn(join('locales', 'vi', 'asked'));
const COMMANDS = new Set(FEATURES.flatMap(({ commands }) => commands.map(({ id }) => id)));
const OTHERS = /^(?:act-[a-z-]+|order-(?:got|doing|done|stuck|not-ours|what)|answer)$/;

it('every file of wishes is of a command, of an act beside a question, or of an order', () => {
  expect([...SAID.keys()].filter((id) => !COMMANDS.has(id) && !OTHERS.test(id))).toEqual([]);
});

it.each([
  ['wishes', SAID],
  ['questions', ASKED],
] as const)('%s: enough of each, and none of two', (_what, ways) => {
  expect([...ways].filter(([, lines]) => lines.length < 10).map(([id]) => id)).toEqual([]);
  const seen = new Map<string, string>();
  const twice: string[] = [];
  // «Như cũ» is an answer to one question and the wish of the whole screen.
  for (const [id, lines] of [...ways].filter(([name]) => name !== 'answer'))
    for (const line of lines) {
      const other = seen.get(line.toLowerCase());
      if (other !== undefined) twice.push(`«${line}» of ${id} and of ${other}`);
      seen.set(line.toLowerCase(), id);
    }
  expect(twice).toEqual([]);
});

it('no line holds a secret or somebody’s phone number', () => {
  const lines = [...SAID.values(), ...ASKED.values()].flat();
  // «Mk» is «mình» there, and the number a year.
  const told = lines.filter(
    (line) => maskSecrets(line, () => 'hash').text !== line && !line.startsWith('mk tim '),
  );
  const phones = lines.filter((line) => /(?<!\d)0\d{8,10}(?!\d)/.test(line.replace(/[ .-]/g, '')));
  expect(told).toEqual([]);
  expect(phones).toEqual([]);
});
