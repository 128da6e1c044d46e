import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../kernel/root';
import { parseCsv } from '../import/csv';

/** What communes are marked with besides their level, by the word an audience names: «các xã miền núi» → `mountain`. */
export const UNIT_TAGS = ['mountain'] as const;
export type UnitTag = (typeof UNIT_TAGS)[number];

/** The codes that carry each tag, from the column of that name in `communes.csv`. */
export function readUnitTags(): Readonly<Record<UnitTag, ReadonlySet<string>>> {
  const path = join(repositoryRoot(), 'src', 'org', 'seed', 'communes.csv');
  const [header, ...rows] = parseCsv(readFileSync(path, 'utf8')).records;
  const columns = header?.cells ?? [];
  const code = columns.indexOf('code');
  const tagged = (tag: UnitTag): ReadonlySet<string> =>
    new Set(
      rows
        .filter(({ cells }) => cells[columns.indexOf(tag)] === 'yes')
        .map(({ cells }) => cells[code] as string),
    );
  return { mountain: tagged('mountain') };
}
