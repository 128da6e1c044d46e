import { verifyChain, type Verified } from '../../src/audit/audit.service';
import type { AuditEntry } from '../../src/audit/entry';
import { vnInstant } from '../../src/kernel/vn-time';
import { isPeriodOf } from '../../src/reporting/deadlines';
import { askedFigures, formOf, FORMS } from '../../src/reporting/forms';
import { recompute } from '../../src/reporting/recompute';
import type { UnitTotals } from '../../src/reporting/totals';
import { reportsOutOf } from '../support/audit-reports';
import { OtherHands } from './other-hands';
import { Province } from './province';
import { LIMIT_MS, SEED, tell, villages } from './scale';
import { differences, type RollupShown } from './sums';
import { isTalking, weeksOf, YearPlay } from './year-play';

/**
 * A year of the whole province: every form and every task, lateness, mistakes, corrections, leaders who are replaced, and
 * villages that become one. The villages of two communes, their officers and the department talk with the running program;
 * everybody else's figures go through the real services beside it. In the end three sums must be one: the program's, one of
 * what was said, reckoned here, and one of the audit alone.
 */

const VILLAGES = villages(2_850);
const MONTHS = Array.from({ length: 12 }, (_, n) => `2026-${String(n + 1).padStart(2, '0')}`);

let province: Province;
let others: OtherHands;
let year: YearPlay;
let verified: Verified;
let entries: AuditEntry[];

beforeAll(async () => {
  province = await Province.start({
    ...{ seed: SEED, at: '2026-01-05T08:00:00+07:00', villages: VILLAGES },
    // Nobody but those who talk has taken their post.
    standing: (_random, _role, unit) =>
      unit.startsWith('24') || isTalking(unit)
        ? { kind: 'wrote', hoursAgo: 3 }
        : { kind: 'unclaimed', phone: null },
  });
  others = await OtherHands.open(province);
  year = new YearPlay(province, others);
  for (const month of MONTHS) await year.play(month);
  await year.finishTasks();
  await province.moveTo(vnInstant(2027, 1, 2, 8));
  await others.tell();
  await province.moveTo(vnInstant(2027, 1, 2, 9));
  entries = [];
  for (let from = 1; ; from = (entries.at(-1)?.seq ?? 0) + 1) {
    const page = await others.audit.page(from, null, 2_000);
    entries.push(...page);
    if (page.length < 2_000) break;
  }
  verified = await verifyChain(others.audit);
}, LIMIT_MS);

afterAll(async () => {
  await others?.close();
  await province?.close();
});

/** Every form and period that somebody reported. */
function reported(): { form: string; period: string }[] {
  return [...others.expected.keys()].map((key) => {
    const [form = '', period = ''] = key.split('/');
    return { form, period };
  });
}

it('tells what it took', () => {
  tell('reports done by others, turns of talks', [others.applied, year.turns]);
  tell('messages sent', province.zalo.sends.length);
  tell('entries of the audit', entries.length);
  tell('seconds', Math.round(province.elapsed() / 1_000));
  expect(others.expected.size).toBeGreaterThan(12 * 5);
  expect(year.turns).toBeGreaterThan(500);
});

it('the program’s totals are the sums of what was said, of every form and period', async () => {
  const wrong: string[] = [];
  let compared = 0;
  for (const { form, period } of reported()) {
    const shown = await province.api<RollupShown>(`/api/v1/rollup?form=${form}&period=${period}&unit=24`);
    wrong.push(...differences(others, { form, period, top: '24' }, shown));
    compared += shown.indicators.length;
  }
  for (const month of MONTHS)
    for (const unit of province.communes) {
      const path = `/api/v1/rollup?form=village-month&period=${month}&unit=${unit}`;
      const shown = await province.api<RollupShown>(path);
      wrong.push(...differences(others, { form: 'village-month', period: month, top: unit }, shown));
      compared += shown.indicators.length;
    }
  tell('totals compared', compared);
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(compared).toBeGreaterThan(4_000);
});

it('the audit alone gives the same totals', async () => {
  const out = reportsOutOf(entries);
  const { tree } = others.directory;
  const wrong: string[] = [];
  for (const { form, period } of reported()) {
    const asked = askedFigures(formOf(form), period, {});
    const plain = recompute(formOf(form), period, asked, tree, out, others.runs.get(period));
    const shown = await province.api<RollupShown>(`/api/v1/rollup?form=${form}&period=${period}&unit=24`);
    const told = plain.get('24') as UnitTotals;
    const same =
      told.onTime === shown.onTime &&
      told.late === shown.late &&
      told.expected === shown.expected &&
      told.indicators.every(({ id, value, covered }) => {
        const one = shown.indicators.find((each) => each.id === id);
        return one?.value === value && one.covered === covered;
      });
    if (!same) wrong.push(`${form} ${period}`);
  }
  expect(wrong).toEqual([]);
});

it('the chain of the audit holds from end to end', () => {
  tell('the chain', verified);
  expect(verified).toMatchObject({ holds: true, checked: entries.length });
  expect(entries.length).toBeGreaterThan(others.applied / 2);
});

it('nobody was asked what the system knew', () => {
  expect(year.needless.slice(0, 5)).toEqual([]);
});

it('every month was released, every task done', async () => {
  for (const period of MONTHS) {
    const path = `/api/v1/releases?form=village-month&period=${period}`;
    const { releases } = await province.api<{ releases: { confirmedBy: string | null }[] }>(path);
    expect([period, releases.map(({ confirmedBy }) => confirmedBy !== null)]).toEqual([period, [true]]);
  }
  const { tasks } = await province.api<{ tasks: { id: string; status: string }[] }>('/api/v1/tasks');
  // The month's summary is late: the release is made an hour after the lock.
  const late = tasks.filter(({ status }) => status === 'late').map(({ id }) => id);
  expect(late).toEqual(['khcn-month-summary']);
  expect(tasks.filter(({ status }) => status !== 'done' && status !== 'late')).toEqual([]);
  expect(tasks.length).toBeGreaterThan(300);
  // Each form of the plan was somebody's in this year.
  const forms = new Set(reported().map(({ form }) => form));
  expect([...FORMS.keys()].filter((form) => !forms.has(form) && form !== 'awards-2026')).toEqual([]);
  expect(isPeriodOf(formOf('press-week'), weeksOf('2026-03')[0] as string)).toBe(true);
});
