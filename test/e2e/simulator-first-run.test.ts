import { stopwatch } from '../../src/kernel/clock';
import { dropRealStores, realStores } from '../support/real-stores';
import { Supervisor } from '../support/supervisor';

/** The first minutes of somebody who has just started the program with no configuration (but for real
 * engines where the tests were told of some), and a kill in the middle. */

const TOKEN = 'first-run-token';
/** Whatever id the person who plays picks. */
const HUONG = '0901';
let program: Supervisor;

interface Code {
  readonly unit: string;
  readonly role: string;
  readonly code: string;
  readonly claimed: boolean;
}
interface Total {
  readonly onTime: number;
  readonly expected: number;
  readonly indicators: readonly {
    readonly id: string;
    readonly value: number | null;
    readonly covered: number;
    readonly expected: number;
    readonly missing: readonly string[];
  }[];
}

let head: Code;
let commune: string;

async function get<T>(path: string): Promise<T> {
  const answer = await program.get(path, { authorization: `Bearer ${TOKEN}` });
  if (answer?.status !== 200) throw new Error(`${path}: ${answer?.status} ${answer?.body}`);
  return JSON.parse(answer.body) as T;
}

const totalOf = (unit: string): Promise<Total> =>
  get(`/api/v1/rollup?form=village-month&period=2026-03&unit=${unit}`);

/** Types one message in the simulator; resolves with the texts of the answer. */
function post(path: string, body: object): Promise<Response> {
  return fetch(`${program.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function say(text: string): Promise<string> {
  const answer = await post('/simulator/say', { user: HUONG, text });
  const { replies } = (await answer.json()) as { replies: { body: unknown }[] };
  return replies.map(({ body }) => JSON.stringify(body)).join('\n');
}

function figure(total: Total, id: string) {
  return total.indicators.find((indicator) => indicator.id === id);
}

/** The figures, without the instant at which they were asked for. */
async function figures(unit: string): Promise<Pick<Total, 'onTime' | 'expected' | 'indicators'>> {
  const { onTime, expected, indicators } = await totalOf(unit);
  return { onTime, expected, indicators };
}

beforeAll(async () => {
  program = new Supervisor({ env: { ...(await realStores()), API_TOKENS: `test:${TOKEN}` } });
  await program.start();
  const { codes } = await get<{ codes: Code[] }>('/simulator/codes');
  head = codes.find(({ role, claimed }) => role === 'village_head' && !claimed) as Code;
  commune = head.unit.split('-')[0] as string;
}, 60_000);

afterAll(async () => {
  await program.close();
  await dropRealStores(program.env);
});

it('the province is there, with nothing reported', async () => {
  const { units } = await get<{ units: { level: string }[] }>('/api/v1/units?parent=24');
  expect(units.filter(({ level }) => level === 'commune')).toHaveLength(99);
  expect(figure(await totalOf('24'), 'classes_held')).toMatchObject({ value: null, covered: 0 });
});

it('a code of the page makes a village leader, who reports March', async () => {
  expect(await say(head.code)).toMatch(/Bác là (Trưởng thôn|Tổ trưởng)/);
  expect(await say('đúng')).toContain('Kỳ báo cáo tháng 3');
  expect(await say('BC 41 5 121 14')).toContain('1) Người lớn biết dùng điện thoại, mạng (kỹ năng số): 41');
  expect(await say('gửi')).toContain('Đã gửi');
});

it('the commune and the province have moved within a second, with their coverage', async () => {
  const since = stopwatch();
  let [village, province] = [await totalOf(commune), await totalOf('24')];
  while (figure(village, 'classes_held')?.covered !== 1 && since() < 1_000)
    [village, province] = [await totalOf(commune), await totalOf('24')];
  for (const total of [village, province]) {
    expect(total.onTime).toBe(1);
    const classes = figure(total, 'classes_held');
    expect(classes).toMatchObject({ value: 5, covered: 1, expected: total.expected });
    expect(classes?.missing).toHaveLength(total.expected - 1);
    expect(classes?.missing).not.toContain(head.unit);
  }
});

it('after kill -9 and a start everything is still there, and the talk goes on', async () => {
  const before = [await figures(commune), await figures('24')];
  await program.killAndStart();
  expect([await figures(commune), await figures('24')]).toEqual(before);
  const { codes } = await get<{ codes: Code[] }>('/simulator/codes');
  expect(codes.find(({ code }) => code === head.code)?.claimed).toBe(true);
  expect(await say('sửa 2 = 6')).toContain('5 → 6');
  expect(figure(await totalOf('24'), 'classes_held')).toMatchObject({ value: 6, covered: 1 });
});

it('answers after its clock was moved over more months than a refresh token lives', async () => {
  const moved = await post('/simulator/clock', { now: '2026-07-01T08:00:00+07:00' });
  expect(moved.status).toBe(200);
  expect(await say('báo cáo')).toContain('tháng 7');
  await program.killAndStart();
  expect(await say('hạn nộp khi nào')).not.toBe('');
});
