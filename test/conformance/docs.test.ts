import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VARIABLES } from '../../src/config/config';

/** What the documents name must be there: scripts, variables, files. A reader who types what stands there gets what it says. */

const ROOT = join(__dirname, '..', '..');
const DOCUMENTS = [
  'README.md',
  'README.vi.md',
  'docs/operating.md',
  'CONTRIBUTING.md',
  'DECISIONS.md',
  'CHANGELOG.md',
];

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const texts = new Map(DOCUMENTS.map((file) => [file, read(file)]));
const text = (file: string): string => texts.get(file) ?? '';
const unique = (found: Iterable<RegExpMatchArray>): string[] => [
  ...new Set([...found].map((match) => match[1] as string)),
];

const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

/** Names in capitals that are no variables of ours, and why they may stand in a document. */
const NOT_OURS = new Set([
  'NODE_ENV', // Node's own
  'TEST_MONGODB_URI', // read by the tests
  'TEST_REDIS_URL',
  'UPDATE_TRANSCRIPTS',
  'REMINDER_DAYS', // a constant of the test world
  'NOTICE_VERSION', // a constant of the program
  'UNIT_CODE', // stands for what the reader fills in
]);

describe.each(DOCUMENTS)('%s', (file) => {
  it('names scripts that package.json has', () => {
    const named = unique(text(file).matchAll(/\bnpm run ([a-z][a-z\d:-]*)/g));
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    for (const name of ['start', 'test'])
      if (text(file).includes(`npm ${name}`)) expect(scripts[name]).toBeDefined();
  });

  it('names variables that the configuration has', () => {
    const quoted = [...text(file).matchAll(/`([^`\n]+)`/g)].map((match) => match[1]).join('\n');
    const blocks = [...text(file).matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]).join('\n');
    const named = unique(
      `${quoted}\n${blocks}`.matchAll(/(?<![\w/.-])([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?![\w-])/g),
    );
    const unknown = named.filter((name) => !Object.hasOwn(VARIABLES, name) && !NOT_OURS.has(name));
    expect(unknown).toEqual([]);
  });

  it('links to files that exist', () => {
    const links = unique(text(file).matchAll(/\]\(((?!https?:)[^)#]+)[^)]*\)/g));
    expect(links.filter((path) => !existsSync(join(ROOT, dirname(file), path)))).toEqual([]);
  });

  it('names files of the repository that exist', () => {
    const paths = unique(text(file).matchAll(/((?:src|test|scripts|locales|\.ci)\/[\w./*<>-]*[\w*>/])/g));
    const fixed = paths.filter((path) => !/[<>*]/.test(path));
    expect(fixed.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

it('the README names every script that people start', () => {
  const named = new Set(unique(text('README.md').matchAll(/\bnpm (?:run )?([a-z][a-z\d:-]*)/g)));
  expect(Object.keys(scripts).filter((name) => name !== 'dev' && !named.has(name))).toEqual([]);
});

it('both READMEs show the operator the same tools', () => {
  const tools = [
    'import -- units',
    'import -- members',
    'zalo:login',
    'replay -- --dead',
    'replay -- --event',
  ];
  for (const file of ['README.md', 'README.vi.md', 'docs/operating.md'])
    for (const tool of tools) expect([file, text(file).includes(`npm run ${tool}`)]).toEqual([file, true]);
});

it('the picture in CONTRIBUTING names the path in its order', () => {
  const picture = /```\n(POST \/webhook[\s\S]*?)```/.exec(text('CONTRIBUTING.md'))?.[1] ?? '';
  const files = unique(picture.matchAll(/(src\/[\w/.-]+\.ts)/g));
  const path = [
    'webhook.routes',
    'ingest',
    'inbox-worker',
    'run-turn',
    'advance',
    'features',
    'enqueue',
    'deliver',
    'zalo-channel',
  ];
  const places = path.map((name) => files.findIndex((file) => file.endsWith(`/${name}.ts`)));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
});

it('the README names the version of Node that package.json asks for', () => {
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
  const version = engines.node.replace('>=', '');
  for (const file of ['README.md', 'README.vi.md']) expect(text(file)).toContain(version);
});

it('the READMEs and the operating guide name the oldest MongoDB that is taken', () => {
  for (const file of ['README.md', 'README.vi.md', 'docs/operating.md'])
    expect(text(file)).toMatch(/MongoDB[^\n]{0,30}5\.0|5\.0[^\n]{0,30}MongoDB/);
});
