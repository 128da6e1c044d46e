import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const LOCALES = join(ROOT, 'locales');
const namespaces = readdirSync(join(LOCALES, 'vi')).filter((file) => file.endsWith('.json'));

type Tree = { readonly [key: string]: string | Tree };

function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : flat(value, `${prefix}${key}.`),
  );
}

function read(locale: string, file: string): Map<string, string> {
  return new Map(flat(JSON.parse(readFileSync(join(LOCALES, locale, file), 'utf8')) as Tree));
}

/** `{{Month}}` and `{{month}}` are one; forms of address exist in Vietnamese only. */
function variables(text: string): string[] {
  const found = [...text.matchAll(/{{\s*(\w+)\s*}}/g)].map((match) => (match[1] as string).toLowerCase());
  return [...new Set(found)].filter((name) => name !== 'address').sort();
}

it('has the same files in both languages', () => {
  const english = readdirSync(join(LOCALES, 'en')).filter((file) => file.endsWith('.json'));
  expect(english.sort()).toEqual([...namespaces].sort());
  expect(readdirSync(join(LOCALES, 'en', 'faq')).sort()).toEqual(
    readdirSync(join(LOCALES, 'vi', 'faq')).sort(),
  );
});

describe.each(namespaces)('%s', (file) => {
  const vi = read('vi', file);
  const en = read('en', file);

  it('has the same keys in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...vi.keys()].sort());
  });

  it('has the same variables in both languages', () => {
    const faults = [...vi].filter(
      ([key, text]) => variables(text).join() !== variables(en.get(key) ?? '').join(),
    );
    expect(faults.map(([key]) => key)).toEqual([]);
  });

  it('has no empty text and no text that is not NFC', () => {
    const faults = [...vi, ...en].filter(([, text]) => text.trim() === '' || text !== text.normalize('NFC'));
    expect(faults.map(([key]) => key)).toEqual([]);
  });
});

function code(): string {
  const parts: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (/\.(ts|mjs|js|html)$/.test(entry.name)) parts.push(readFileSync(path, 'utf8'));
    }
  };
  walk(join(ROOT, 'src'));
  walk(join(ROOT, 'scripts'));
  return parts.join('\n');
}

const text = code();

it('uses every key: whole, or by the part before a variable', () => {
  const stems = [...text.matchAll(/[`']([a-z]+:[\w.-]*)\$\{/g)].map((match) => match[1] as string);
  const unused: string[] = [];
  for (const file of namespaces) {
    const space = file.replace('.json', '');
    if (space === 'simulator' || space === 'import') continue;
    for (const key of read('vi', file).keys()) {
      const full = `${space}:${key}`;
      const dynamic =
        stems.some((stem) => full.startsWith(stem) && stem.length > space.length + 1) ||
        stems.some((stem) => stem === `${space}:` && text.includes(`'${key.split('.').at(-1) as string}'`));
      if (!text.includes(full) && !dynamic) unused.push(full);
    }
  }
  expect(unused).toEqual([]);
});

it('names only keys that exist', () => {
  const known = new Set(
    namespaces.flatMap((file) =>
      [...read('vi', file).keys()].map((key) => `${file.replace('.json', '')}:${key}`),
    ),
  );
  const spaces = new Set(namespaces.map((file) => file.replace('.json', '')));
  const named = [...text.matchAll(/'([a-z]+):([a-z_]+(?:\.[a-z_0-9]+)*)'/g)]
    .filter((match) => spaces.has(match[1] as string))
    .map((match) => `${match[1] as string}:${match[2] as string}`);
  expect(named.length).toBeGreaterThan(50);
  expect([...new Set(named)].filter((key) => !known.has(key))).toEqual([]);
});

/** Words for whoever is asked: their own form of address, or somebody's name. */
const ADDRESSED = /\{\{(?:[Aa]ddress|[Nn]ame|person)\}\}|đồng chí|(?<!\p{L})bác(?!\p{L})/u;

it('whoever is asked something in Vietnamese is spoken to', () => {
  const asking = namespaces
    .filter((file) => !/^(?:simulator|import)\./.test(file))
    .flatMap((file) => [...read('vi', file)].map(([key, value]) => [`${file}: ${key}`, value] as const))
    .filter(([, value]) => /\?(?=\s|$|["»)”])/u.test(value));
  expect(asking.length).toBeGreaterThan(150);
  expect(asking.filter(([, value]) => !ADDRESSED.test(value)).map(([key]) => key)).toEqual([]);
});

it('keeps words for people out of the code', () => {
  // Data for recognition and names of roles in the seed are vocabulary, not words we say.
  const vocabulary =
    /understanding\/|commands\.ts$|\.feature\.ts$|\.form\.ts$|-vocabulary\.ts$|-ways\.ts$|-command\.ts$|kernel\/(vn-text|secrets)|org\/|knowledge\/|simulator\/|scripts\//;
  const faults: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.name.endsWith('.ts') && !vocabulary.test(relative(ROOT, path).replaceAll('\\', '/')))
        readFileSync(path, 'utf8')
          .split('\n')
          .forEach((line, i) => {
            const bare = line
              .replace(/\/\*.*?\*\//g, '')
              .replace(/^\s*(\*|\/\*|\/\/).*$/, '')
              .replace(/\/\/.*$/, '');
            if (/['"`][^'"`]*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ][^'"`]*['"`]/i.test(bare))
              faults.push(`${relative(ROOT, path)}:${i + 1}`);
          });
    }
  };
  walk(join(ROOT, 'src'));
  expect(faults).toEqual([]);
});
