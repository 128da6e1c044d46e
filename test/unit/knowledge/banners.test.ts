import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBanners } from '../../../src/knowledge/banners';

const dir = mkdtempSync(join(tmpdir(), 'banners-'));
const file = join(dir, 'banners.json');
const warned: string[] = [];
const banners = openBanners({
  file,
  articles: new Set(['benefit-account', 'benefit-refused']),
  log: { warn: (facts, message) => warned.push(`${message} ${JSON.stringify(facts)}`) },
});
const overloaded = {
  articles: ['benefit-account'],
  ...{ from: '2026-09-01', until: '2026-09-03' },
  vi: 'Hệ thống đang quá tải, bác thử lại sau 21 giờ ạ.',
  en: 'The system is overloaded, please try again after 21:00.',
};
const over = (day: string, article = 'benefit-account', locale = 'vi'): string | null =>
  banners.over(article, locale, new Date(`${day}T23:30:00+07:00`));

afterAll(() => rmSync(dir, { recursive: true }));

it('no file is no banner', () => {
  expect(over('2026-09-01')).toBeNull();
  expect(warned).toEqual([]);
});

it('stands over its articles from the first to the last day, as soon as it is written', () => {
  writeFileSync(file, JSON.stringify([overloaded]));
  expect(over('2026-08-31')).toBeNull();
  expect(over('2026-09-01')).toBe('⚠️ 1/9/2026: Hệ thống đang quá tải, bác thử lại sau 21 giờ ạ.');
  expect(over('2026-09-03', 'benefit-account', 'en')).toContain('The system is overloaded');
  expect(over('2026-09-04')).toBeNull();
  expect(over('2026-09-02', 'benefit-refused')).toBeNull();
});

it.each([
  ['[{', 'is no JSON'],
  [JSON.stringify([{ ...overloaded, until: '1/9' }]), 'has a day that is none'],
  [JSON.stringify([{ ...overloaded, until: '2026-08-01' }]), 'ends before it begins'],
  [JSON.stringify([{ ...overloaded, articles: ['benefit-acount'] }]), 'names an article there is not'],
  [JSON.stringify([{ ...overloaded, en: undefined }]), 'has one language only'],
])('a file that is wrong is told once and leaves what was read last: %#', (text) => {
  warned.length = 0;
  writeFileSync(file, text);
  expect(over('2026-09-02')).toContain('quá tải');
  expect(over('2026-09-02')).toContain('quá tải');
  expect(warned).toEqual([expect.stringMatching(/^banners not read /)]);
});

it('goes with its file', () => {
  rmSync(file);
  expect(over('2026-09-02')).toBeNull();
});
