import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, VARIABLES } from '../../src/config/config';

const lines = readFileSync(join(__dirname, '..', '..', '.env.example'), 'utf8').split('\n');
const documented = lines.flatMap((line, i) => {
  const match = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line);
  return match ? [{ name: match[1] as string, value: match[2] as string, help: lines[i - 1] ?? '' }] : [];
});

it('documents every variable, and no other', () => {
  expect(documented.map(({ name }) => name).sort()).toEqual(Object.keys(VARIABLES).sort());
});

it.each(documented)('$name has the help of the program', ({ name, help }) => {
  const schema = VARIABLES[name as keyof typeof VARIABLES];
  expect(schema.description).toBeTruthy();
  expect(help).toBe(`# ${schema.description}`);
});

it('shows the defaults: a copy of it as it stands means the same as no file', () => {
  const env = Object.fromEntries(documented.map(({ name, value }) => [name, value]));
  expect(readConfig(env)).toEqual(readConfig({}));
});
