import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Who may import whom. A folder may always import itself, and its `chat` the folder it stands in; anything not listed is
 * refused. `chat` holds what a feature says and hears, so it may also know the engine and how Vietnamese is read. Features
 * know each other only downwards in this list.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  config: ['kernel'],
  observability: ['kernel'],
  understanding: ['kernel'],
  jobs: ['kernel', 'observability'],
  channels: ['kernel', 'observability', 'jobs'],
  conversation: ['kernel', 'observability', 'channels', 'understanding'],
  inbox: ['kernel', 'observability', 'jobs', 'channels'],
  contacts: ['kernel', 'observability', 'jobs', 'channels'],
  outbox: ['kernel', 'observability', 'jobs', 'channels', 'contacts'],
  org: ['kernel', 'jobs'],
  audit: ['kernel', 'org', 'jobs'],
  knowledge: ['kernel', 'understanding'],
  reporting: ['kernel', 'org', 'audit', 'jobs'],
  evidence: ['kernel', 'observability', 'jobs', 'reporting', 'org', 'audit', 'outbox'],
  sheets: ['kernel', 'jobs', 'org', 'audit', 'reporting', 'evidence', 'outbox'],
  directives: ['kernel', 'jobs', 'org', 'audit', 'evidence', 'outbox', 'contacts'],
  handover: ['kernel', 'jobs', 'org', 'audit', 'knowledge', 'outbox', 'contacts'],
  campaigns: ['kernel', 'jobs', 'org', 'audit', 'directives', 'outbox', 'contacts', 'channels', 'reporting'],
  classes: ['kernel', 'jobs', 'org', 'audit', 'knowledge', 'reporting', 'outbox', 'contacts'],
  citizens: ['kernel', 'jobs', 'org', 'knowledge', 'handover', 'classes', 'outbox', 'contacts'],
  groups: ['kernel', 'jobs', 'org', 'audit', 'outbox', 'contacts', 'channels', 'reporting'],
  reminders: [
    'kernel',
    'jobs',
    'org',
    'reporting',
    'directives',
    'classes',
    'outbox',
    'channels',
    'contacts',
  ],
  recognition: ['kernel', 'jobs', 'org', 'reporting', 'outbox', 'contacts', 'channels'],
  privacy: [
    'kernel',
    'jobs',
    'observability',
    'org',
    'contacts',
    'audit',
    'outbox',
    'inbox',
    'conversation',
    'reporting',
    'evidence',
    'handover',
  ],
  dialogs: [
    'kernel',
    'contacts',
    'conversation',
    'understanding',
    'channels',
    'reporting',
    'org',
    'directives',
    'campaigns',
    'groups',
    'classes',
    'knowledge',
    'evidence',
    'sheets',
    'reminders',
    'recognition',
    'outbox',
    'handover',
  ],
  http: ['kernel', 'observability'],
  api: ['kernel', 'org', 'reporting', 'directives', 'handover', 'classes', 'audit'],
  embedded: ['kernel'],
  simulator: ['kernel', 'channels'],
  app: ['*'],
};
/** Taking a post ends with the first thing to do in it, and may begin with a question. */
const CLAIMING: readonly string[] = ['knowledge', 'knowledge/chat', 'reporting', 'reporting/chat'];
/** What any `chat` folder may import besides what its feature may; of `outbox` the notice to somebody else. */
const CHAT: readonly string[] = [
  'conversation',
  'understanding',
  'channels',
  'org',
  'org/chat',
  'dialogs',
  'outbox',
];

/** What a file that joins the parts of its feature (`<feature>.module.ts`) may import besides what its `chat` may. */
const MODULE: readonly string[] = ['observability', 'contacts', 'jobs'];

/** Which files may import a library; everywhere else it is refused. */
const LIBRARIES: Readonly<Record<string, RegExp>> = {
  mongoose: /\.model\.ts$|\.repo\.ts$|\.module\.ts$|^app\//,
  bullmq: /^jobs\//,
  express: /\.routes\.ts$|^http\/|^simulator\/|^app\/simulated\.ts$/,
  exceljs: /^org\/import\/workbook\.ts$/,
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
    const module = file.endsWith('.module.ts');
    const chat = module || file.startsWith(`${folder}/chat/`);
    const listed = MAY_IMPORT[folder];
    if (!listed) {
      faults.push(`${file}: the folder ${folder} is not in the table`);
      continue;
    }
    const allowed = chat
      ? [
          ...listed,
          ...CHAT,
          ...(module ? MODULE : []),
          ...(folder === 'org' ? CLAIMING : []),
          ...listed.map((name) => `${name}/chat`),
        ]
      : listed;
    for (const target of imports.filter((path) => path.startsWith('.'))) {
      const path = relative(SRC, resolve(dirname(join(SRC, file)), target)).replaceAll('\\', '/');
      const top = path.split('/')[0] as string;
      const to = path.startsWith(`${top}/chat/`) ? `${top}/chat` : top;
      const own = top === folder && (chat || to === folder);
      const wide = allowed.includes('*') || (folder === 'dialogs' && allowed.includes(top));
      if (!own && !wide && !allowed.includes(to)) faults.push(`${file} imports ${target}`);
    }
  }
  expect(faults).toEqual([]);
});

it('lets nothing but main and the scripts import app', () => {
  const faults = all.filter(
    ({ file, imports }) =>
      file.includes('/') && !file.startsWith('app/') && imports.some((path) => /(^|\/)app\//.test(path)),
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
  expect(users.filter((file) => !/^config\/|^app\/program\.ts$/.test(file))).toEqual([]);
});

it('asks the machine for the time only in the clock', () => {
  const users = all.filter(({ text }) => /new Date\(\)|Date\.now\(\)/.test(text)).map(({ file }) => file);
  expect(users.filter((file) => file !== 'kernel/clock.ts')).toEqual([]);
});

it('keeps console out of the program', () => {
  expect(all.filter(({ text }) => /\bconsole\.\w+\(/.test(text)).map(({ file }) => file)).toEqual([]);
});

/** A file is one idea. Queries of one store stand together, however many they are. */
const LINES_MAX = 250;

it('keeps every file but repositories short enough to read', () => {
  const long = all.filter(
    ({ file, text }) => !file.endsWith('.repo.ts') && text.split('\n').length - 1 > LINES_MAX,
  );
  expect(long.map(({ file }) => file)).toEqual([]);
});
