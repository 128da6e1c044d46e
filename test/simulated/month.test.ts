import { groupBy } from '../../src/kernel/lists';
import { reportsNamed } from '../../src/outbox/outbox-row';
import type { OutboxDoc } from '../../src/outbox/outbox.model';
import { isQuiet, parseQuietHours } from '../../src/outbox/send-rules';
import { at, dayOf, PERIOD, planVillage, standing, VILLAGES, type VillagePlan } from './month-plan';
import { MonthPlay } from './month-play';
import { issued } from './progress';
import { Province } from './province';
import { LIMIT_MS, SEED, tell } from './scale';
import { countsOf, ENDS, type End } from './told-ends';

/**
 * A month of the whole province: 99 communes, 2,850 leaders, closed windows, people who cannot be reached, are replaced or
 * put things off, two orders of which one replaces the other, and the program killed again and again. Told at the end from
 * what Zalo took, what the store holds and what the plan of the people says.
 */

const QUIET = parseQuietHours('21:00-06:30,11:30-13:30');
/** Steps of an order that remind of it; its first message does not. */
const REMINDING_STEP = /^directive:[^:]+:[^:]+:(?:nudge|check-\d+|day_before|hours_before):/;
/** On these mornings whoever owes a report is reminded; on the 12th only who has not begun. */
const MORNINGS = [10, 12, 15, 17, 18];

interface Duty {
  readonly form: string;
  readonly unit: string;
  readonly lockAt: string;
  readonly status: 'open' | 'overdue' | 'done' | 'late';
  readonly submittedAt: string | null;
}

let province: Province;
let plans: ReadonlyMap<string, VillagePlan>;
let rows: readonly OutboxDoc[];
let duties: readonly Duty[];
let totals: { readonly id: string; readonly value: number | null; readonly covered: number }[];
let played: MonthPlay;

beforeAll(async () => {
  province = await Province.start({
    seed: SEED,
    at: '2026-03-09T08:00:00+07:00',
    villages: VILLAGES,
    standing,
  });
  const random = province.random.fork('plans');
  plans = new Map(
    province.villages.map((unit) => [
      unit,
      planVillage(unit, province.post(unit, 'village_head').standing, random),
    ]),
  );
  played = new MonthPlay(province, plans);
  await played.play();
  rows = await province.rows();
  duties = (await province.api<{ duties: Duty[] }>(`/api/v1/duties?period=${PERIOD}`)).duties;
  const rollup = `/api/v1/rollup?form=village-month&period=${PERIOD}&unit=24`;
  totals = (await province.api<{ indicators: typeof totals }>(rollup)).indicators;
}, LIMIT_MS);

afterAll(() => province?.close());

const isReminder = ({ _id }: OutboxDoc): boolean => _id.startsWith('reminder:');
const sentOf = (list: readonly OutboxDoc[]): (OutboxDoc & { readonly sentAt: Date })[] =>
  list.filter((row): row is OutboxDoc & { sentAt: Date } => row.state === 'sent' && row.sentAt != null);
const byVillage = (): Map<string, Duty> =>
  new Map(duties.filter(({ form }) => form === 'village-month').map((duty) => [duty.unit, duty]));

it('tells what it took', () => {
  const sent = sentOf(rows);
  const purposes = [...groupBy(sent, ({ purpose }) => purpose)].map(([name, list]) => [name, list.length]);
  tell('messages sent, by purpose', Object.fromEntries(purposes));
  tell('reminders', sent.filter(isReminder).length);
  tell(
    'cost in VND',
    sent.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
  );
  tell('deaths of the program', province.kills);
  tell('seconds', Math.round(province.elapsed() / 1_000));
  expect(province.kills).toBe(8);
  expect(sent.length).toBeGreaterThan(10 * VILLAGES);
});

it('what Zalo took is what the store says was sent: nothing twice, nothing lost', () => {
  const states = [...groupBy(rows, ({ state }) => state)].map(([state, list]) => [state, list.length]);
  tell('rows', Object.fromEntries(states));
  const uncertain = rows.filter(({ state }) => state === 'uncertain').length;
  const taken = province.zalo.sends.length;
  expect(uncertain).toBeLessThanOrEqual(8 * province.kills);
  expect(taken).toBeGreaterThanOrEqual(sentOf(rows).length);
  expect(taken).toBeLessThanOrEqual(sentOf(rows).length + uncertain);
  expect(
    rows.filter(({ state }) => ['queued', 'sending', 'dead'].includes(state)).map(({ _id }) => _id),
  ).toEqual([]);
});

it('nobody is reminded twice on a day unasked', () => {
  const counted = sentOf(rows).filter((row) => isReminder(row) || REMINDING_STEP.test(row._id));
  const twice = [...groupBy(counted, ({ to, sentAt }) => `${to} ${dayOf(sentAt)}`)].filter(
    ([, list]) => list.length > 1,
  );
  tell('people reminded twice on a day', twice.length);
  expect(twice.slice(0, 5).map(([key, list]) => [key, ...list.map(({ _id }) => _id)])).toEqual([]);
});

it('nobody hears from us in quiet hours unless they have just written', () => {
  const started = sentOf(rows).filter(({ purpose, anyHour }) => purpose !== 'reply' && anyHour !== true);
  const quiet = started.filter(({ sentAt }) => isQuiet(QUIET, sentAt));
  expect(quiet.slice(0, 5).map(({ _id, sentAt }) => [_id, sentAt.toISOString()])).toEqual([]);
});

it('everybody who owes is reminded on each morning of reminders', () => {
  // What was on its way when the program died may have arrived, and is not said twice.
  const perhaps = rows
    .filter(({ state }) => state === 'uncertain')
    .map((row) => ({ ...row, sentAt: row.createdAt }));
  const heard = new Set(
    [...sentOf(rows), ...perhaps]
      .filter((row) => isReminder(row) || row._id.startsWith('asked:'))
      .flatMap((row) => reportsNamed(row.onlyIf).map(({ unit }) => `${unit} ${dayOf(row.sentAt)}`)),
  );
  const missed: string[] = [];
  let owed = 0;
  for (const day of MORNINGS)
    for (const { unit, standing: known, person } of province.posts.values()) {
      const plan = plans.get(unit);
      const sent = byVillage().get(unit)?.submittedAt;
      if (!plan || known.kind !== 'wrote' || !person || plan.replaced === 'chat') continue;
      if (sent != null && new Date(sent) < at(day, '23:59')) continue;
      owed += 1;
      if (!heard.has(`${unit} ${dayOf(at(day, '12:00'))}`)) missed.push(`${unit} on the ${day}th`);
    }
  tell('villages owing on the mornings of reminders', owed);
  expect(missed.slice(0, 10)).toEqual([]);
  expect(owed).toBeGreaterThan(VILLAGES);
});

it('nobody who has submitted is reminded of it', () => {
  const submitted = new Map(
    duties.map(({ form, unit, submittedAt }) => [`${form} ${unit}`, submittedAt && new Date(submittedAt)]),
  );
  const wrong = sentOf(rows)
    .filter((row) => isReminder(row) || row._id.startsWith('asked:'))
    .filter((row) =>
      reportsNamed(row.onlyIf)
        .filter(({ period }) => period === PERIOD)
        .every(({ form, unit }) => {
          const sent = submitted.get(`${form} ${unit}`);
          return sent != null && sent < row.sentAt;
        }),
    )
    .filter((row) => reportsNamed(row.onlyIf).some(({ period }) => period === PERIOD));
  expect(wrong.slice(0, 5).map(({ _id, sentAt }) => [_id, sentAt.toISOString()])).toEqual([]);
});

it('every silence ends as done, late, refused, or unreachable with a reason, and each officer is told so', () => {
  const villages = byVillage();
  const sum = (end: End): number => played.told.reduce((all, { line }) => all + countsOf(line)[end], 0);
  const counts = Object.fromEntries((Object.keys(ENDS) as End[]).map((end) => [end, sum(end)]));
  tell('how the villages ended', counts);
  const having = (status: Duty['status']): number =>
    [...villages.values()].filter((duty) => duty.status === status).length;
  expect(villages.size).toBe(VILLAGES);
  expect(counts).toEqual({
    ...{ done: having('done'), late: having('late'), open: 0 },
    ...{ refused: expect.any(Number), unreachable: having('overdue') - sum('refused') },
  });
  expect([sum('refused') > 0, sum('unreachable') > 0]).toEqual([true, true]);
  // Whoever cannot be reached is not said to have refused, and the other way round.
  const mistaken: string[] = [];
  let named = 0;
  for (const { commune, line, missing } of played.told) {
    const { refused, unreachable } = countsOf(line);
    if (missing.length !== refused + unreachable)
      mistaken.push(`${commune}: ${missing.length} are named, ${refused + unreachable} counted`);
    named += missing.length;
    for (const one of missing) {
      const [, name = '', why = ''] = /^(.+?) \((.+)\)$/.exec(one) ?? [];
      const meant = province.villages.filter(
        (unit) =>
          unit.startsWith(`${commune}-`) &&
          name.endsWith(province.names.get(unit) ?? '?') &&
          villages.get(unit)?.submittedAt === null,
      );
      const silent = meant.map((unit) => province.post(unit, 'village_head').standing.kind !== 'wrote');
      // Whoever was to take over is told by phone, or not at all; both ends are right.
      if (meant.some((unit) => plans.get(unit)?.replaced === 'chat')) continue;
      if (!silent.includes(why.startsWith('không liên lạc được: '))) mistaken.push(`${commune} ${one}`);
    }
  }
  expect(mistaken.slice(0, 10)).toEqual([]);
  expect(named).toBe(having('overdue'));
});

it('as many as the story says cannot be reached, are replaced and put it off', async () => {
  const heads = [...province.posts.values()].filter(({ role }) => role === 'village_head');
  const offices = await province.stored((connection) =>
    connection.collection('org_offices').find({ role: 'village_head' }).toArray(),
  );
  const replaced = offices.filter(
    ({ former, handover }) => (former as unknown[] | undefined)?.length || handover,
  );
  const putOff = new Set(sentOf(rows).flatMap(({ _id, to }) => (_id.startsWith('asked:') ? [to] : [])));
  const shares = {
    unreachable: heads.filter(({ standing: { kind } }) => kind !== 'wrote').length / VILLAGES,
    replaced: replaced.length / VILLAGES,
    snoozing: putOff.size / VILLAGES,
  };
  tell('shares', shares);
  for (const [share, wanted] of [
    [shares.unreachable, 0.15],
    [shares.replaced, 0.05],
    [shares.snoozing, 0.03],
  ] as const)
    // Chance alone hardly ever leads further away.
    expect(Math.abs(share - wanted)).toBeLessThan(3 * Math.sqrt((wanted * (1 - wanted)) / VILLAGES) + 0.003);
});

it('the department is reminded of its task until it is done and of its summary until the day after, and the province hears of what is late', async () => {
  const department = `zalo:${province.holder('24', 'department').id}`;
  const days = (kind: string): string[] =>
    sentOf(rows)
      .filter((row) => row.to === department && isReminder(row))
      .filter((row) => reportsNamed(row.onlyIf).some(({ form }) => form === kind))
      .map(({ sentAt }) => dayOf(sentAt));
  expect(days('khcn-month-summary')).toEqual(['2026-03-19', '2026-03-20', '2026-03-24', '2026-03-25']);
  expect(days('khcn-action-plan')).toEqual(['2026-03-25', '2026-03-27']);
  const lists = sentOf(rows).filter(({ _id }) => _id.startsWith('late:department-'));
  expect([...new Set(lists.map(({ to }) => to))]).toEqual([`zalo:${province.holder('24', 'province').id}`]);
  const about = (title: string) =>
    lists
      .filter(({ message }) => JSON.stringify(message).includes(title))
      .map(({ _id, sentAt }) => `${_id.split(':')[1]} ${dayOf(sentAt)}`);
  expect(about('Tổng hợp tháng 3 báo cáo tỉnh')).toEqual([
    'department-late 2026-03-25',
    'department-ended 2026-03-31',
  ]);
  expect(about('Kế hoạch hành động năm 2026')).toEqual([]);
  const [done, ended] = played.department;
  expect(done).toContain('đã xong ✔');
  expect(ended).toContain('Việc của kế hoạch đã đến hạn: 1 xong đúng hạn, 1 đã nhắc nhưng chưa xong.');
  const { tasks } = await province.api<{ tasks: { id: string; status: string }[] }>('/api/v1/tasks');
  expect(tasks.find(({ id }) => id === 'khcn-action-plan')?.status).toBe('done');
});

it('the counts of each order were those of its audience whenever one looked', async () => {
  tell('looks at trees', played.looks);
  expect(played.unequal.slice(0, 10)).toEqual([]);
  expect(played.looks).toBeGreaterThan(200);
  const [old, now] = [await issued(province, '145/UBND-VX'), await issued(province, '151/UBND-VX')];
  expect(now.supersedes).toBe(old.id);
  expect(now.audience.offices).toBe(VILLAGES + 99);
});

it('the province’s sums are those of what was said', () => {
  const said = [...plans.values()].filter(({ says, entered }) => says !== null || entered);
  for (const [n, id] of ['adults_digital', 'classes_held', 'learners', 'households_helped'].entries()) {
    const total = totals.find((one) => one.id === id);
    const sum = said.reduce((all, { figures }) => all + (figures[n] ?? 0), 0);
    expect([id, total?.value, total?.covered]).toEqual([id, sum, said.length]);
  }
});
