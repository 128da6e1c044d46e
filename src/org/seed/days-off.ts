import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../../kernel/root';
import { nextDay, WorkCalendar, type DaysOff } from '../../kernel/work-calendar';

/** Public holidays and Tết, from `days-off.json`: a year is added, or a guess replaced by the official notice, in that file. */

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const span = z.object({
  from: day,
  to: day,
  name: z.string(),
  confidence: z.enum(['two_sources', 'one_source', 'assumption']),
  tet: z.boolean().optional(),
});
const file = z.object({
  years: z.array(
    z.object({ year: z.number(), source: z.string(), off: z.array(span), worked: z.array(day) }),
  ),
});

/** Throws when the file is not of its shape. */
export function readDaysOff(
  path = join(repositoryRoot(), 'src', 'org', 'seed', 'days-off.json'),
): DaysOff & { readonly tet: ReadonlySet<string> } {
  const { years } = file.parse(JSON.parse(readFileSync(path, 'utf8')));
  const spans = years.flatMap(({ off }) => off);
  return {
    off: new Set(spans.flatMap(daysOf)),
    worked: new Set(years.flatMap(({ worked }) => worked)),
    tet: new Set(spans.filter(({ tet }) => tet === true).flatMap(daysOf)),
  };
}

function daysOf({ from, to }: { readonly from: string; readonly to: string }): string[] {
  const days: string[] = [];
  for (let one = from; one <= to; one = nextDay(one, 1)) days.push(one);
  return days;
}

/** The calendar of offices, with the days off of the repository. */
export function workCalendar(): WorkCalendar {
  return new WorkCalendar(readDaysOff());
}
