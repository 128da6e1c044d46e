import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURES } from '../../src/app/features';
import { loadLocales } from '../../src/app/load-locales';
import { commandsSaid, FINDER as finder, messageFor } from '../../scripts/understanding/said';
import { foldText } from '../../src/kernel/vn-text';

/** Every feature of the talk: what can be said, that it is found, and that nobody else takes it. */

const commands = FEATURES.flatMap((feature) => feature.commands);

it('have ids of their own', () => {
  for (const ids of [FEATURES.map(({ id }) => id), commands.map(({ id }) => id)])
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  expect(commands.length).toBeGreaterThan(20);
});

const spoken = commands.filter(({ says }) => says.length > 0);

it.each(spoken.map((one) => [one.id, one] as const))(
  '%s can be said in at least five ways',
  (_id, { says }) => {
    expect(new Set(says).size).toBeGreaterThanOrEqual(5);
  },
);

const ways = spoken.flatMap(({ id, says }) => says.map((text) => [text, id] as const));

it.each(ways)('«%s» is the command %s and no other', (text, id) => {
  expect(commandsSaid(text)).toEqual([id]);
});

it('what is never offered reads each of its own ways, since nothing else finds them', () => {
  const unread = spoken
    .filter((one) => one.exact === true && one.readOnly === true && one.reads !== undefined)
    .flatMap((one) =>
      one.says.filter((text) => one.reads?.(messageFor(text)) !== true).map((text) => `${one.id}: «${text}»`),
    );
  expect(unread).toEqual([]);
});

it.each(ways)('«%s» without marks still finds %s', (text, id) => {
  expect(commandsSaid(foldText(text))).toContain(id);
});

it.each(commands.filter(({ button }) => button).map((one) => [one.button as string, one.id] as const))(
  'the button %s is the command %s',
  (button, id) => {
    expect(finder.byButton(button)?.id).toBe(id);
    expect(finder.byButton(`${button}_X-1`)?.id).toBe(id);
  },
);

it('the help has a line for each command that asks for one, in both languages, and no line is left over', () => {
  const wanted = ['head', ...commands.filter(({ help }) => help).map(({ id }) => id)];
  for (const [locale, spaces] of Object.entries(loadLocales())) {
    const lines = Object.keys(spaces['help'] ?? {});
    const faults = [
      ...wanted
        .filter((id) => !lines.includes(id))
        .map((id) => `locales/${locale}/help.json: ${id} is missing`),
      ...lines
        .filter((id) => !wanted.includes(id))
        .map((id) => `locales/${locale}/help.json: no command ${id}`),
    ];
    expect(faults).toEqual([]);
  }
});

it('what is offered can be chosen by its button or its first words, and can be taken back', () => {
  const offered = commands.filter(({ says, exact }) => says.length > 0 && !exact);
  const known = new Set(['one', 'several', 'yes', 'no', ...offered.map(({ id }) => id)]);
  for (const spaces of Object.values(loadLocales())) {
    const named = Object.keys(spaces['offers'] ?? {});
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  }
});

const SRC = join(__dirname, '../../src');
const texts = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }));
const handlers = texts
  .filter(({ file }) => /(?:-effects|-events|event-handlers|\.module)\.ts$/.test(file))
  .flatMap(({ file, text }) =>
    [...text.matchAll(/export function (\w+(?:Effects|Events))\(/g)].map(([, name]) => [
      name as string,
      file,
    ]),
  );
const joined = texts.filter(({ file }) => /\.module\.ts$|^app\/app\.ts$/.test(file));

it.each(handlers)('%s of %s is given to the program', (name) => {
  const given = new RegExp(
    `(?:effects|events)(?:: \\w+<[^=]*>)?(?::| =) (?:\\{[^}]*)?${name}\\(|\\.\\.\\.${name}\\(|= ${name}\\(`,
  );
  expect(joined.filter(({ text }) => given.test(text)).map(({ file }) => file)).toHaveLength(1);
});
