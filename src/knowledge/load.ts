import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linesIn } from '../kernel/lines-in';
import { OWNERS, type Article } from './article';
import { linkTrees, parseTree } from './load-tree';
import { treesOf } from './tree';

/** Longest text that goes into one bubble. */
export const MAX_PART = 480;

const CONFIDENCES = ['two_sources', 'one_source', 'not_known'] as const;

/** Every article of a folder, by id. Throws a RangeError naming the file and what is wrong with it. */
export function loadArticles(dir: string): Article[] {
  const files = readdirSync(dir)
    .filter((file) => file.endsWith('.md'))
    .sort();
  const beside = join(dir, '..', 'asked');
  const asked = existsSync(beside) ? linesIn(beside) : new Map<string, string[]>();
  const articles = files.map((file) => {
    const id = file.slice(0, -3);
    return { ...parseArticle(id, readFileSync(join(dir, file), 'utf8')), asked: asked.get(id) ?? [] };
  });
  const nobody = [...asked.keys()].find((id) => !articles.some((article) => article.id === id));
  if (nobody !== undefined) throw new RangeError(`asked/${nobody}.txt: there is no article ${nobody}`);
  const linked = linkTrees(treesOf(articles));
  const astray = articles.find(({ fails }) => fails !== null && !linked.has(fails));
  if (astray) throw new RangeError(`article ${astray.id}: there are no steps of ${astray.fails}`);
  return articles.map((article) => ({ ...article, tree: linked.get(article.id) ?? null }));
}

/**
 * One article from its text: front matter of `key: value` lines and `- ` lists between two `---`, then the answer;
 * a line `***` begins another bubble, a line `## name` the help tree (`load-tree.ts`). A group of `needs` is one item,
 * alternatives parted by `|`.
 */
export function parseArticle(id: string, text: string): Article {
  const wrong = (why: string): RangeError => new RangeError(`article ${id}: ${why}`);
  const found = /^---\n([\s\S]*?)\n---\n([\s\S]+)$/.exec(text.replace(/\r\n/g, '\n').normalize('NFC'));
  if (!found) throw wrong('no front matter between two lines of ---');
  const fields = frontMatter(found[1] ?? '', wrong);
  const one = (key: string): string => {
    const [value, ...more] = fields.get(key) ?? [];
    if (!value || more.length > 0) throw wrong(`${key} must be one value`);
    return value;
  };
  const list = (key: string): string[] => {
    const values = fields.get(key) ?? [];
    if (values.length === 0) throw wrong(`${key} is empty`);
    return values;
  };
  if (one('id') !== id) throw wrong(`its id is ${one('id')}`);
  const day = (key: string): string => {
    const value = one(key);
    if (!/^20\d\d-[01]\d-[0-3]\d$/.test(value)) throw wrong(`${key} must be a day like 2026-11-22`);
    return value;
  };
  const among = <T extends string>(key: string, known: readonly T[]): T => {
    const value = known.find((name) => name === one(key));
    if (value === undefined) throw wrong(`${key} ${one(key)} is not known`);
    return value;
  };
  const reviewed = day('reviewed');
  const expires = day('expires');
  if (expires <= reviewed) throw wrong('it expires before it was reviewed');
  const source = one('source');
  const [answer = ''] = (found[2] ?? '').split(/^## /m);
  const bodies = answer.split(/^\*\*\*$/m).map((part) => part.trim());
  const [year, month, date] = reviewed.split('-').map(Number);
  const parts = bodies.map((part, i) =>
    i === bodies.length - 1 ? `${part}\n${source}, ${date}/${month}/${year}` : part,
  );
  const long = parts.find((part) => part.length > MAX_PART);
  if (long !== undefined) throw wrong(`a part has ${long.length} characters, more than ${MAX_PART}`);
  if (bodies.includes('')) throw wrong('a part is empty');
  return {
    id,
    title: one('title'),
    questions: list('questions'),
    asked: [],
    needs: list('needs').map((group) => group.split('|')),
    never: fields.get('never') ?? [],
    next: fields.get('next') ?? [],
    fails: fields.get('fails')?.[0] ?? null,
    tags: list('tags'),
    owner: among('owner', OWNERS),
    source,
    reviewed,
    expires,
    confidence: among('confidence', CONFIDENCES),
    parts,
    tree: parseTree(id, found[2] ?? '', wrong),
  };
}

function frontMatter(text: string, wrong: (why: string) => RangeError): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  let key = '';
  for (const line of text.split('\n')) {
    const item = /^\s*- (.+)$/.exec(line);
    const pair = /^([a-z]+):\s*(.*)$/.exec(line);
    if (pair) {
      key = pair[1] ?? '';
      if (fields.has(key)) throw wrong(`${key} stands twice`);
      fields.set(key, pair[2] ? [pair[2].trim()] : []);
    } else if (item && fields.has(key)) fields.get(key)?.push((item[1] ?? '').trim());
    else if (line.trim() !== '') throw wrong(`cannot read the line «${line}»`);
  }
  return fields;
}
