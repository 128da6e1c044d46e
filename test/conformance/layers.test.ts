import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Who may import whom. A folder may always import itself; anything not listed is refused. The table is that of DECISIONS.md. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  config: ['kernel'],
  observability: ['kernel'],
  knowledge: ['kernel'],
  jobs: ['kernel', 'observability'],
  org: ['kernel', 'jobs'],
  channels: ['kernel', 'observability', 'jobs'],
  media: ['kernel'],
  reporting: ['kernel', 'org'],
  directives: ['kernel', 'org'],
  conversation: ['kernel', 'observability', 'channels'],
  dialogs: [
    'kernel',
    'conversation',
    'channels',
    'reporting',
    'org',
    'directives',
    'knowledge',
    'notices',
    'outbox',
  ],
  evidence: ['kernel', 'jobs', 'reporting'],
  handover: ['kernel'],
  inbox: ['kernel', 'observability', 'jobs', 'channels'],
  outbox: ['kernel', 'observability', 'jobs', 'channels'],
  notices: ['kernel', 'org', 'reporting', 'directives', 'outbox'],
  reminders: ['kernel', 'jobs', 'org', 'reporting', 'directives', 'outbox', 'channels'],
  dashboard: ['kernel', 'org', 'reporting', 'directives', 'knowledge', 'notices', 'inbox', 'outbox'],
  http: ['kernel', 'observability'],
  api: ['kernel', 'org', 'reporting', 'directives'],
  embedded: ['kernel'],
  simulator: ['kernel', 'channels'],
  runtime: ['*'],
};

/** Which files may import a library; everywhere else it is refused. */
const LIBRARIES: Readonly<Record<string, RegExp>> = {
  mongoose: /\.model\.ts$|\.repo\.ts$|^runtime\//,
  bullmq: /^jobs\/|^embedded\/queue\//,
  express: /\.routes\.ts$|^http\/|^simulator\/|^runtime\/simulated\.ts$/,
  ioredis: /^jobs\//,
  axios: /^channels\/zalo\/|^simulator\//,
};

const SRC = join(__dirname, '..', '..', 'src');

interface Source {
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function sources(): Source[] {
  const found: Source[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.name.endsWith('.ts')) {
        const text = readFileSync(path, 'utf8');
        const imports = [
          ...text.matchAll(
            /(?:^|\n)(?:import|export)\s[^;]*?from\s+'([^']+)'|import\('([^']+)'\)|(?:^|\n)import\s+'([^']+)'/g,
          ),
        ].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
        found.push({ file: relative(SRC, path).replaceAll('\\', '/'), text, imports });
      }
    }
  };
  walk(SRC);
  return found;
}

const all = sources();

it('sees the sources', () => {
  expect(all.length).toBeGreaterThan(80);
  expect(all.flatMap((source) => source.imports).length).toBeGreaterThan(300);
});

it('lets each folder import only what the table allows', () => {
  const faults: string[] = [];
  for (const { file, imports } of all) {
    if (!file.includes('/')) continue;
    const folder = file.split('/')[0] as string;
    const allowed = MAY_IMPORT[folder];
    if (!allowed) {
      faults.push(`${file}: the folder ${folder} is not in the table`);
      continue;
    }
    for (const target of imports.filter((path) => path.startsWith('.'))) {
      const to = relative(SRC, resolve(dirname(join(SRC, file)), target))
        .replaceAll('\\', '/')
        .split('/')[0] as string;
      if (to !== folder && !allowed.includes('*') && !allowed.includes(to))
        faults.push(`${file} imports ${target}`);
    }
  }
  expect(faults).toEqual([]);
});

it('lets nothing but main and the scripts import runtime', () => {
  const faults = all.filter(
    ({ file, imports }) =>
      file.includes('/') &&
      !file.startsWith('runtime/') &&
      imports.some((path) => /(^|\/)runtime\//.test(path)),
  );
  expect(faults.map(({ file }) => file)).toEqual([]);
});

it.each(Object.entries(LIBRARIES))('keeps %s where it belongs', (library, where) => {
  const users = all.filter(({ imports }) =>
    imports.some((path) => path === library || path.startsWith(`${library}/`)),
  );
  expect(users.map(({ file }) => file).filter((file) => !where.test(file))).toEqual([]);
});

it('reads the environment only in the configuration and where the program begins', () => {
  const users = all.filter(({ text }) => /process\.env/.test(text)).map(({ file }) => file);
  expect(users.filter((file) => !/^config\/|^runtime\/program\.ts$/.test(file))).toEqual([]);
});

it('asks the machine for the time only in the clock', () => {
  const users = all.filter(({ text }) => /new Date\(\)|Date\.now\(\)/.test(text)).map(({ file }) => file);
  expect(users.filter((file) => file !== 'kernel/clock.ts')).toEqual([]);
});

it('keeps console out of the program', () => {
  expect(all.filter(({ text }) => /\bconsole\.\w+\(/.test(text)).map(({ file }) => file)).toEqual([]);
});
