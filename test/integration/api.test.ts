import { monthOwed } from '../../src/reporting/tasks';
import { FORMS } from '../../src/reporting/forms';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createServer, type Server } from 'node:http';
import { createAuditRepo } from '../../src/audit/audit.repo';
import { AuditService } from '../../src/audit/audit.service';
import { brokenLink, type AuditEntry, type ChainHead } from '../../src/audit/entry';
import { createReportsRepo } from '../../src/reporting/reports.repo';
import { createReleasesRepo } from '../../src/reporting/releases.repo';
import { ReleasesService } from '../../src/reporting/releases.service';
import { reportSource } from '../../src/reporting/report-audit';
import { apiRoutes } from '../../src/api/api.routes';
import { threadTimes } from '../../src/handover/thread-times';
import { newThread } from '../../src/handover/thread';
import { workCalendar } from '../../src/org/seed/days-off';
import { readCallers } from '../../src/api/tokens';
import { FrozenClock } from '../../src/kernel/clock';
import { sendProblem, toAppError } from '../../src/http/problem';
import { freshStore, type TestStore } from '../support/stores';
import { RunBook } from '../../src/reporting/runs';
import { anAnswer, aSubmit, aTree, calendars, usual, vn, type PlainUnit } from '../unit/reporting/builders';
import { aProcess } from './reporting/world';

const list: PlainUnit[] = [
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  { code: '99001', level: 'commune', parent: '24', name: 'Tân Hòa' },
  { code: '99002', level: 'commune', parent: '24' },
  { code: '99001-07', level: 'village', parent: '99001', name: 'Đông Lâm' },
  { code: '99001-08', level: 'village', parent: '99001', name: 'Ngọc Trì' },
  { code: '99001-09', level: 'village', parent: '99001', validTo: '2026-02-28', mergedInto: ['99001-10'] },
  { code: '99001-10', level: 'village', parent: '99001', validFrom: '2026-08-01' },
  { code: '99002-01', level: 'village', parent: '99002' },
];
const tree = aTree(list);
const MEASURES: Record<string, string> = { session: 'buổi', person: 'người', visit: 'lượt', household: 'hộ' };

const talk = newThread(
  {
    ...{ id: 't1', kind: 'citizen', unit: '99001', desk: '99001', by: 'zalo:1', topic: 'quên mật khẩu' },
    ...{ at: vn('13T11:45'), promised: true },
  },
  threadTimes(workCalendar(), { promiseMinutes: 60, silenceMinutes: 30 }),
);

let store: TestStore;
let server: Server;
let base: string;
const clock = new FrozenClock(vn('12T09:00'));
const runs = new RunBook();

beforeAll(async () => {
  store = await freshStore();
  const { reports, rollup } = aProcess(store.connection, () => tree, clock, runs);
  const key = { form: 'village-month', period: '2026-03', unit: '99001-07' };
  const february = { ...key, period: '2026-02' };
  await reports.apply(anAnswer(usual, vn('12T08:00', '2026-02'), { key: february }));
  await reports.apply(aSubmit(vn('12T08:01', '2026-02'), { key: february }));
  await reports.apply(
    anAnswer({ ...usual, classes_held: 5, learners: 121 }, vn('12T08:00'), { key, eventId: 'ev-1' }),
  );
  await reports.apply(aSubmit(vn('12T08:01'), { key }));
  await reports.apply(anAnswer({ learners: 120 }, vn('12T08:30'), { key, eventId: 'ev-3' }));
  await reports.apply(
    anAnswer({ classes_held: 3, learners: 'missing' }, vn('12T08:40'), { key: { ...key, unit: '99001-08' } }),
  );
  const audit = new AuditService({
    repo: createAuditRepo(store.connection),
    sources: [reportSource(createReportsRepo(store.connection), () => null)],
  });
  const releases = new ReleasesService({
    repo: createReleasesRepo(store.connection),
    reports: createReportsRepo(store.connection),
    units: () => tree,
    optionalFigures: {},
    audit,
  });
  const { number, digest } = await releases.draft('2026-02');
  const made = {
    period: '2026-02',
    number,
    digest,
    by: 'zalo:5',
    at: vn('24T17:00', '2026-02'),
    eventId: 'r',
  };
  await releases.make({ kind: 'release.make', id: 'r:0', ...made });
  const app = express();
  app.use(
    '/api/v1',
    apiRoutes({
      tokens: [
        { name: 'province', token: 'whole-secret', unit: null },
        { name: 'commune', token: 'part-secret', unit: '99001' },
        { name: 'gone', token: 'gone-secret', unit: '99001-09' },
      ],
      units: () => tree,
      reports,
      rollup,
      threads: { list: async (unit) => (unit === '99002' ? [] : [talk]) },
      audit,
      directives: {
        get: async () => null,
        list: async () => [],
        progress: async () => Promise.reject(new Error('none')),
      },
      releases,
      ledger: {
        done: async () => [
          { task: 'khcn-action-plan', unit: '24-KHCN', doneAt: vn('12T08:00'), by: 'zalo:5', evidence: [] },
        ],
      },
      taskTitle: (task) => task,
      monthOwed: (at) => monthOwed(calendars, at),
      monthTaskTitle: (task, period) => `${task} ${period}`,
      releaseLabel: (number) => `Bản chốt ${number}`,
      classes: { heldWithPeople: async () => [] },
      clock,
      measureName: (measure) => MEASURES[measure] as string,
    }),
  );
  app.use((error: unknown, _req: express.Request, res: express.Response, _next: express.NextFunction) =>
    sendProblem(res, toAppError(error)),
  );
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await store.stop();
});
afterEach(() => clock.moveTo(vn('12T09:00')));

/** As much of every answer as the tests look into. */
interface Body {
  status: number;
  facts: object;
  units: { code: string }[];
  duties: { unit: string; form: string }[];
  submissions: {
    unit: string;
    state: string;
    figures: (Record<string, unknown> & { history: Record<string, unknown>[] })[];
  }[];
  indicators: Record<string, unknown>[];
  entries: AuditEntry[];
  head: ChainHead | null;
}

async function get(path: string, token: string | null = 'whole-secret') {
  const response = await fetch(
    base + path,
    token === null ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: (await response.json()) as Body,
  };
}

it.each`
  header                    | why
  ${null}                   | ${'no header'}
  ${'Bearer'}               | ${'no token'}
  ${'Bearer wrong'}         | ${'an unknown token'}
  ${'Bearer whole-secret2'} | ${'a token and more'}
  ${'Bearer whole-secre'}   | ${'a part of a token'}
  ${'Basic whole-secret'}   | ${'another scheme'}
  ${'Bearer province'}      | ${'the name of a token'}
`('401 for $why, whatever is asked', async ({ header }) => {
  for (const path of ['/units', '/duties?period=2026-03', '/rollup', '/no-such-thing']) {
    const response = await fetch(base + path, header === null ? {} : { headers: { authorization: header } });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ status: 401, code: 'token_missing' });
  }
});

it.each`
  path                                                             | token             | status
  ${'/units?parent=99002'}                                         | ${'part-secret'}  | ${403}
  ${'/units?parent=24'}                                            | ${'part-secret'}  | ${403}
  ${'/units?parent=99001'}                                         | ${'part-secret'}  | ${200}
  ${'/units?parent=nowhere'}                                       | ${'part-secret'}  | ${404}
  ${'/units?parent=99001-09'}                                      | ${'whole-secret'} | ${200}
  ${'/units?parent=99001-09'}                                      | ${'part-secret'}  | ${200}
  ${'/duties?period=2026-03&unit=99002-01'}                        | ${'part-secret'}  | ${403}
  ${'/units?parent=99001-09&at=2026-02-28'}                        | ${'whole-secret'} | ${200}
  ${'/duties?period=2026-03&unit=24'}                              | ${'part-secret'}  | ${403}
  ${'/duties?period=2026-03&unit=99001-07'}                        | ${'part-secret'}  | ${200}
  ${'/duties?period=2026-03&form=no-form'}                         | ${'whole-secret'} | ${404}
  ${'/duties?period=2026-03&form=constructor'}                     | ${'whole-secret'} | ${404}
  ${'/submissions?form=village-month&period=2026-03&unit=99002'}   | ${'part-secret'}  | ${403}
  ${'/submissions?form=village-month&period=2026-03&unit=nowhere'} | ${'part-secret'}  | ${404}
  ${'/rollup?form=village-month&period=2026-03&unit=24'}           | ${'part-secret'}  | ${403}
  ${'/rollup?form=village-month&period=2026-03&unit=99001'}        | ${'part-secret'}  | ${200}
  ${'/rollup?form=village-month&period=2026-03&unit=99001'}        | ${'gone-secret'}  | ${403}
  ${'/rollup?form=no-form&period=2026-03&unit=24'}                 | ${'whole-secret'} | ${404}
  ${'/directives/145/progress'}                                    | ${'whole-secret'} | ${404}
  ${'/duties'}                                                     | ${'whole-secret'} | ${400}
  ${'/duties?period=march'}                                        | ${'whole-secret'} | ${400}
  ${'/duties?period=2026-03&status=lost'}                          | ${'whole-secret'} | ${400}
  ${'/duties?period=2026-03&period=2026-04'}                       | ${'whole-secret'} | ${400}
  ${'/duties?period=2026-W12&form=village-month'}                  | ${'whole-secret'} | ${400}
  ${'/units?at=2026-02-30'}                                        | ${'whole-secret'} | ${400}
  ${'/submissions?form=village-month&period=2026-03'}              | ${'whole-secret'} | ${400}
  ${'/rollup?form=village-month&period=2026&unit=24'}              | ${'whole-secret'} | ${400}
`('$status for $path with $token', async ({ path, token, status }) => {
  const answer = await get(path, token);
  expect(answer.status).toBe(status);
  if (status !== 200) {
    expect(answer.type).toMatch(/^application\/problem\+json/);
    expect(answer.body.status).toBe(status);
  }
});

it('without any token configured nobody gets in', () => {
  for (const header of [undefined, '', 'Bearer ', 'Bearer x', 'Bearer undefined'])
    expect(() => readCallers([])(header)).toThrow('token_missing');
});

it('names the parameter that is wrong', async () => {
  const { body } = await get('/duties?period=march');
  expect(body.facts).toEqual({
    period: 'must be a period such as 2026-03, 2026-W12, 2026 or the id of a one-off',
  });
});

it('units: those below one on a day, or where the view begins', async () => {
  const below = await get('/units?parent=99001&at=2026-03-17');
  expect(below.body.units.map((unit) => unit.code)).toEqual(['99001-07', '99001-08']);
  expect(below.body.units[0]).toMatchObject({
    code: '99001-07',
    name: 'Đông Lâm',
    level: 'village',
    kind: 'thôn',
    parent: '99001',
    validFrom: '2025-07-01',
    validTo: null,
  });
  expect((await get('/units?parent=99001&at=2026-02-28')).body.units).toHaveLength(3);
  expect((await get('/units')).body.units.map((unit) => unit.code)).toEqual(['24']);
  expect((await get('/units', 'part-secret')).body.units.map((unit) => unit.code)).toEqual(['99001']);
});

it('forms: what each asks, of whom, and how it adds up', async () => {
  const { forms } = (await get('/forms')).body as unknown as {
    forms: { id: string; owner: object; levels: string[]; figures: object[] }[];
  };
  expect(forms.map(({ id }) => id).sort()).toEqual([...FORMS.keys()].sort());
  expect(forms.find(({ id }) => id === 'police-month')).toMatchObject({
    cadence: 'month',
    levels: ['agency'],
    owner: { role: 'police', unit: '24-CA' },
    figures: [
      {
        id: 'level2_activated',
        kind: 'ratio',
        measure: 'person',
        nature: 'stock',
        optional: false,
        rollUp: 'parts',
      },
      {
        id: 'vneid_confirmed',
        kind: 'ratio',
        measure: 'person',
        nature: 'stock',
        optional: false,
        rollUp: 'parts',
      },
    ],
  });
  expect((await get('/duties?period=2026-03&unit=99001')).body.duties.map((duty) => duty.form)).toContain(
    'commune-month',
  );
});

it('duties: each with its instants, its status by arrival, and a filter', async () => {
  const all = await get('/duties?period=2026-03&unit=24&form=village-month');
  expect(all.body.duties[0]).toEqual({
    form: 'village-month',
    period: '2026-03',
    unit: '99001-07',
    opensAt: '2026-03-10T08:00:00+07:00',
    deadline: '2026-03-17T17:00:00+07:00',
    lockAt: '2026-03-18T17:00:00+07:00',
    status: 'done',
    submittedAt: '2026-03-12T08:01:00+07:00',
  });
  const codes = async (query: string, token?: string) =>
    (await get(`/duties?period=2026-03&form=village-month${query}`, token)).body.duties.map(
      (duty) => duty.unit,
    );
  expect(await codes('')).toEqual(['99001-07', '99001-08', '99002-01']);
  expect(await codes('&status=open')).toEqual(['99001-08', '99002-01']);
  expect(await codes('', 'part-secret')).toEqual(['99001-07', '99001-08']);
  expect(await codes('', 'gone-secret')).toEqual([]);
  clock.moveTo(vn('17T17:01'));
  expect(await codes('&status=overdue')).toEqual(['99001-08', '99002-01']);
});

it('submissions: newest values in the order of the form, with history when asked', async () => {
  const path = '/submissions?form=village-month&period=2026-03&unit=99001';
  const { submissions } = (await get(path)).body;
  expect(submissions.map((s) => [s.unit, s.state])).toEqual([
    ['99001-07', 'submitted'],
    ['99001-08', 'draft'],
  ]);
  expect(submissions[0]).toMatchObject({
    form: 'village-month',
    period: '2026-03',
    receipt: 'ĐL-03',
    submittedAt: '2026-03-12T08:01:00+07:00',
    late: false,
  });
  expect(submissions[0]!.figures.map((f) => [f['id'], f['value'], f['change'], f['version']])).toEqual([
    ['adults_digital', 412, 'unchanged', 1],
    ['classes_held', 5, 'changed', 1],
    ['learners', 120, 'changed', 2],
    ['households_helped', 7, 'unchanged', 1],
  ]);
  expect(submissions[0]!.figures[2]).toEqual({
    id: 'learners',
    value: 120,
    status: 'reported',
    change: 'changed',
    state: 'submitted',
    version: 2,
    by: 'zalo:1001',
    onBehalf: false,
    at: '2026-03-12T08:30:00+07:00',
    eventId: 'ev-3',
    reason: null,
    second: null,
  });
  expect(submissions[1]).toMatchObject({ receipt: null, submittedAt: null, late: false });
  expect(submissions[1]!.figures[1]).toMatchObject({
    id: 'learners',
    value: null,
    status: 'missing',
    state: 'draft',
  });

  const withHistory = (await get(`${path}&history=1`)).body.submissions[0]!.figures[2]!;
  expect(withHistory.history.map((v) => [v['value'], v['version'], v['eventId'], v['state']])).toEqual([
    [121, 1, 'ev-1', 'submitted'],
    [120, 2, 'ev-3', 'submitted'],
  ]);
});

it('what was sent reads as locked once the period is; a draft stays a draft', async () => {
  clock.moveTo(vn('18T17:00'));
  const { submissions } = (await get('/submissions?form=village-month&period=2026-03&unit=24')).body;
  expect(submissions.map((s) => s.state)).toEqual(['locked', 'draft']);
});

it('rollup: every total with its coverage; a draft and a silent village are missing, never 0', async () => {
  const { body } = await get('/rollup?form=village-month&period=2026-03&unit=24');
  expect(body).toMatchObject({
    form: 'village-month',
    period: '2026-03',
    unit: '24',
    asOf: '2026-03-12T09:00:00+07:00',
    onTime: 1,
    late: 0,
    expected: 3,
  });
  expect(body.indicators).toHaveLength(4);
  expect(body.indicators[1]).toEqual({
    id: 'classes_held',
    value: 5,
    measure: 'buổi',
    covered: 1,
    expected: 3,
    zero: 0,
    missing: ['99001-08', '99002-01'],
  });
  const silent = (await get('/rollup?form=village-month&period=2026-03&unit=99002')).body;
  expect(silent.indicators[1]).toMatchObject({ value: null, covered: 0, expected: 1, missing: ['99002-01'] });
  const one = (await get('/rollup?form=village-month&period=2026-03&unit=99001-07')).body;
  expect(one.indicators[2]).toMatchObject({ value: 120, covered: 1, expected: 1, missing: [] });
});

it('a unit that came from a merger: before it the totals and submissions of those merged into it', async () => {
  const of = (unit: string) => `form=village-month&period=2026-02&unit=${unit}`;
  const { status, body } = await get(`/rollup?${of('99001-10')}`, 'part-secret');
  expect(status).toBe(200);
  expect(body).toMatchObject({ unit: '99001-10', expected: 1 });
  expect(body.indicators[0]).toMatchObject({ value: null, missing: ['99001-09'] });
  expect((await get(`/duties?${of('99001-10')}`)).body.duties).toMatchObject([{ unit: '99001-09' }]);
  expect((await get(`/submissions?${of('99001-10')}`)).body.submissions).toEqual([]);
});

it('a known code outside its days gets an empty answer, an unknown one none', async () => {
  const march = 'form=village-month&period=2026-03&unit=99001-10';
  const rollup = await get(`/rollup?${march}`, 'part-secret');
  expect([rollup.status, rollup.body]).toMatchObject([
    200,
    { unit: '99001-10', expected: 0, indicators: [] },
  ]);
  expect((await get(`/submissions?${march}`)).body).toEqual({ submissions: [] });
  expect((await get(`/duties?period=2026-03&unit=99001-10`)).body).toEqual({ duties: [] });
  expect((await get('/units?parent=99001-10&at=2020-01-01')).body).toEqual({ units: [] });
  expect((await get('/units?parent=99001&at=2020-01-01')).body).toEqual({ units: [] });
  expect((await get('/tasks?unit=99001-09')).body).toEqual({ tasks: [] });
  expect((await get('/classes?unit=99001-09')).body).toMatchObject({ classes: [] });
  expect((await get('/directives?unit=99001-09')).status).toBe(200);
  expect((await get('/threads?unit=99001-09')).status).toBe(200);
  for (const path of ['/rollup?form=village-month&period=2026-03', '/duties?period=2026-03', '/tasks?'])
    expect((await get(`${path}&unit=nowhere`)).status).toBe(404);
});

it('one-offs and weeks are periods too; a survey is owed by the villages that its run asks, by nobody before', async () => {
  const survey = (period: string) => `/rollup?form=equipment-survey&period=${period}&unit=99001`;
  runs.set([]);
  expect((await get(survey('equipment-survey-2'))).body).toMatchObject({ expected: 0, onTime: 0 });
  expect((await get('/duties?period=equipment-survey&unit=99001')).body.duties).toEqual([]);
  const deadline = vn('22T17:00');
  const asked = { form: 'equipment-survey', opensAt: vn('10T08:00'), deadline, lockAt: vn('29T17:00') };
  runs.set([{ ...asked, period: 'equipment-survey-2', audience: new Set(['99001-07', '99002-01']) }]);
  expect((await get(survey('equipment-survey-2'))).body).toMatchObject({ expected: 1, onTime: 0 });
  expect((await get('/duties?period=equipment-survey-2&unit=99001')).body.duties).toMatchObject([
    { form: 'equipment-survey', unit: '99001-07', deadline: '2026-03-22T17:00:00+07:00', status: 'open' },
  ]);
  expect((await get('/duties?period=equipment-survey&unit=99001')).body.duties).toEqual([]);
  expect((await get('/rollup?form=press-week&period=2026-W12&unit=24')).body).toMatchObject({ expected: 0 });
  expect((await get('/rollup?form=press-week&period=2026-03&unit=24')).status).toBe(400);
});

it('a thread says who has it and since when, never its words', async () => {
  const { threads } = (await get('/threads?unit=99001', 'part-secret')).body as unknown as {
    threads: object[];
  };
  expect(threads).toEqual([
    {
      ...{ id: 't1', kind: 'citizen', unit: '99001', desk: '99001', state: 'waiting' },
      openedAt: '2026-03-13T11:45:00+07:00',
      promisedAt: '2026-03-13T14:30:00+07:00',
      ...{ answeredAt: null, holder: null, closedAt: null, closedWhy: null, rating: null },
    },
  ]);
  expect((await get('/threads?unit=99002', 'part-secret')).status).toBe(403);
  expect((await get('/threads?state=asleep')).status).toBe(400);
  expect((await get('/threads?unit=99002')).body).toEqual({ threads: [] });
});

it('audit: every step of every report in one chain that the reader can check; a subtree sees its own', async () => {
  const { entries, head } = (await get('/audit')).body;
  let last: ChainHead | null = null;
  for (const entry of entries) {
    expect(brokenLink(entry, last)).toBeNull();
    last = entry;
  }
  expect(last).toMatchObject(head ?? {});
  const done = entries.filter(({ act }) => act !== 'figures.exported');
  expect(done.map(({ act, unit }) => [act, unit])).toEqual([
    ['report.entered', '99001-07'],
    ['report.sent', '99001-07'],
    ['release.made', null],
    ['report.entered', '99001-07'],
    ['report.sent', '99001-07'],
    ['report.corrected', '99001-07'],
    ['report.entered', '99001-08'],
  ]);
  expect(JSON.stringify(entries)).not.toContain('zalo:');
  expect((await get('/audit?from=7')).body.entries).toEqual(entries.slice(6));
  expect((await get('/audit?unit=99001-08')).body.entries).toEqual(done.slice(6));
  expect((await get('/audit', 'part-secret')).body.entries).toEqual(
    entries.filter(({ unit }) => unit !== null),
  );
  expect((await get('/audit?unit=99002', 'part-secret')).status).toBe(403);
  expect((await get('/audit?unit=nowhere')).status).toBe(404);
  expect((await get('/audit?from=0')).status).toBe(400);
});

it('audit: which system took which figures, once a day for each question, and nothing else that is read', async () => {
  const exported = async (): Promise<AuditEntry[]> =>
    (await get('/audit')).body.entries.filter(({ act }) => act === 'figures.exported');
  await get('/rollup?form=village-month&period=2026-03&unit=99001', 'part-secret');
  const before = await exported();
  await get('/rollup?form=village-month&period=2026-03&unit=99001', 'part-secret');
  await get('/units');
  await get('/duties?period=2026-03');
  await get('/rollup?form=village-month&period=2026-03&unit=nowhere');
  expect(await exported()).toEqual(before);
  const asked = { form: 'village-month', period: '2026-03', unit: '99001' };
  expect(before.find(({ unit, subject }) => unit === '99001' && subject === 'rollup')).toMatchObject({
    ...{ by: null, after: { token: 'commune', ...asked } },
  });
  clock.moveTo(vn('13T09:00'));
  await get('/rollup?form=village-month&period=2026-03&unit=99001', 'part-secret');
  expect(await exported()).toHaveLength(before.length + 1);
  clock.moveTo(vn('12T09:00'));
});

it('releases: frozen figures under a number, unconfirmed until a second key; a subtree sees its own part', async () => {
  const list = '/releases?form=village-month&period=2026-02';
  const whole = {
    id: '2026-02-1',
    label: 'Bản chốt 02/2026-1',
    by: 'zalo:5',
    confirmedBy: null,
    differences: [],
  };
  expect((await get(list)).body).toMatchObject({
    releases: [{ ...whole, at: '2026-02-24T17:00:00+07:00', coverage: { covered: 1, expected: 4 } }],
  });
  expect((await get(list, 'part-secret')).body).toMatchObject({
    releases: [{ coverage: { covered: 1, expected: 3 } }],
  });
  const one = (await get('/releases/2026-02-1')).body as unknown as { digest: string; rollup: object };
  expect(one.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(one.rollup).toMatchObject({
    unit: '24',
    indicators: [{ id: 'adults_digital', value: 412 }, {}, {}, {}],
  });
  expect((await get('/releases/2026-02-1?form=police-month')).body).toMatchObject({
    rollup: { expected: 0 },
  });
  expect((await get('/releases/2026-02-2')).status).toBe(404);
  expect((await get('/releases/2026-02-1?form=no-form')).status).toBe(404);
  expect((await get('/releases?period=2026-03')).body).toEqual({ releases: [] });
});

it('tasks: what the plan wants of each unit, with its day where it has one', async () => {
  const mine = (await get('/tasks?unit=99001', 'part-secret')).body as unknown as { tasks: { id: string }[] };
  expect(mine.tasks.map(({ id }) => id)).toEqual(['commune-portal', 'commune-teams', 'commune-equipment']);
  expect(mine.tasks[0]).toEqual({
    ...{ id: 'commune-portal', title: 'commune-portal', unit: '99001', deadline: null, status: 'open' },
    ...{ doneAt: null, by: null, evidence: [], link: null },
  });
  expect((await get('/tasks?unit=99002', 'part-secret')).status).toBe(403);
  expect((await get('/tasks?status=done')).body).toEqual({ tasks: [] });
});
