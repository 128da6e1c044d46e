import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLocales } from '../../src/app/load-locales';
import { BUTTONS_MAX, toMessages } from '../../src/conversation/say';

/** Buttons (product 4.8): never more than four on a screen, titles of at most twenty characters. */

const TITLE_MAX = 20;

function titles(part: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof part === 'string') return path.includes('buttons') ? [[path.join('.'), part]] : [];
  return Object.entries(part as object).flatMap(([key, value]) => titles(value, [...path, key]));
}

it.each(Object.entries(loadLocales()))(
  'the titles of %s are short; names are filled in where they are clipped',
  (_locale, spaces) => {
    const long = titles(spaces).filter(
      ([path, title]) =>
        !/(?:button|doubted)$/.test(path) && [...title.replace(/\{\{.*?\}\}/g, '')].length > TITLE_MAX,
    );
    expect(long).toEqual([]);
  },
);

it.each(['transcripts', 'talks'])('no screen of test/%s has more', (folder) => {
  const dir = join(__dirname, '..', folder);
  const crowded = readdirSync(dir).flatMap((file) =>
    readFileSync(join(dir, file), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('< [') && (line.match(/\[[^\]]+\]/g) ?? []).length > BUTTONS_MAX)
      .map((line) => `${file}: ${line}`),
  );
  expect(crowded).toEqual([]);
});

it('choices that find no room stand under the text, by the number that means them where it does', () => {
  const choices = ['Một', 'Hai', 'Ba', 'Bốn', 'Năm'].map((label, i) => ({ id: `C${i}`, label }));
  const [asked] = toMessages({ text: 'Chọn ạ', choices }, { dialog: 'd', ref: '', turn: 1, digits: true });
  expect(asked).toMatchObject({ text: 'Chọn ạ\n5. Năm' });
  expect(asked?.kind === 'text' && asked.buttons).toHaveLength(BUTTONS_MAX);
  const [told] = toMessages({ text: 'Chọn ạ', choices }, { dialog: '', ref: '', turn: 1, digits: true });
  expect(told).toMatchObject({ text: 'Chọn ạ\n– Năm' });
});
