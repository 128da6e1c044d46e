import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import ExcelJS from 'exceljs';
import type { AuditEntry } from '../../src/audit/entry';
import { BotWorld, DONG_LAM, TAN_HOA } from '../support/bot';
import { PICTURE } from '../support/picture';
import type { Talker } from '../support/talker';

/** A commune's month through the webhook: a sheet sent in chat, the chair's confirmation, and a sum that changes afterwards. */

let world: BotWorld;
let hanh: Talker;
let quang: Talker;
let tu: Talker;
let dung: Talker;
let files: Server;
const served = new Map<string, Buffer>();

async function workbook(rows: readonly (readonly (string | number)[])[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('so lieu').addRows(rows.map((row) => [...row]));
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** The officer sends a file as the messenger hands it over: an address, a name, and its size as text. */
async function sends(talker: Talker, name: string, bytes: Buffer): Promise<string> {
  served.set(`/${name}`, bytes);
  const before = talker.person.heard.length;
  const url = `http://127.0.0.1:${(files.address() as AddressInfo).port}/${name}`;
  await talker.person.sends('file', { url, name, size: String(bytes.length), type: name.split('.').at(-1) });
  await world.settle();
  await world.settle();
  return talker.heardSince(before).text;
}

async function hears(talker: Talker, act: () => Promise<unknown>): Promise<string> {
  const since = talker.person.heard.length;
  await act();
  await world.settle();
  return talker.heardSince(since).text;
}

beforeAll(async () => {
  files = createServer((req, res) => {
    const bytes = served.get(req.url ?? '');
    const type = req.url?.endsWith('.png') ? 'image/png' : 'application/octet-stream';
    res.writeHead(bytes ? 200 : 404, { 'content-type': type }).end(bytes);
  });
  await new Promise<void>((done) => files.listen(0, '127.0.0.1', done));
  world = await BotWorld.start({
    at: '2026-03-16T09:00:00+07:00',
    env: { ZALO_MEDIA_HOSTS: 'zdn.vn,127.0.0.1', CHAIR_CONFIRMS: 'on' },
  });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  const codes = await world.importSheets({
    members: `unit_code,role,full_name,phone,title\n${TAN_HOA},commune_chair,Bùi Văn Quang,,ông`,
  });
  quang = world.stranger('chủ tịch');
  await quang.saysQuickly(codes.get(`${TAN_HOA}/commune_chair`) as string);
  await quang.saysQuickly('đúng');
  dung = await world.holder('24', 'department');
  tu = await world.reporter(DONG_LAM, 'BC 418 5 120 14');
}, 90_000);

afterAll(async () => {
  await world.close();
  await new Promise((done) => files.close(done));
});

const HEAD = ['unit_code', 'figure', 'value'];
const village = (unit: string, values: readonly number[]): (string | number)[][] =>
  ['adults_digital', 'classes_held', 'learners', 'households_helped'].map((figure, i) => [
    unit,
    figure,
    values[i] ?? 0,
  ]);

it('a sheet in chat: rows that cannot be taken are named, and nothing of it is stored', async () => {
  const said = await sends(
    hanh,
    'thieu.xlsx',
    await workbook([HEAD, ...village('99001-01', [300, 4, 90, 7]), ['99001-02', 'learners', 'chín mươi']]),
  );
  expect(said).toContain('trong 5 dòng, 1 dòng chưa đọc được:\nDòng 6:');
  expect(await world.api.submission('99001-01')).toBeUndefined();
});

it('a sheet in chat: shown first, stored after «đúng», and what differs stands beside', async () => {
  const said = await sends(
    hanh,
    'thang-3.xlsx',
    await workbook([
      HEAD,
      ...village('99001-01', [300, 4, 90, 7]),
      ...village('99001-02', [200, 3, 40, 5]),
      [DONG_LAM, 'learners', 110],
    ]),
  );
  expect(said).toContain('(số từ 15/2 đến 14/3):\n3 nơi, 9 dòng: 8 số mới, 1 số khác với số đã gửi');
  expect(await world.api.submission('99001-01')).toBeUndefined();
  const done = await hears(hanh, () => hanh.says('đúng'));
  expect(done).toContain('Đã nhập bảng «thang-3.xlsx» ✔');
  expect(await world.api.values('99001-01')).toEqual([300, 4, 90, 7]);
  const own = (await world.api.submission(DONG_LAM))?.figures.find(({ id }) => id === 'learners');
  expect(own).toMatchObject({ value: 120, onBehalf: false, second: { value: 110, onBehalf: true } });
  const { entries } = await world.api.get<{ entries: { act: string; by: string | null }[] }>('/api/v1/audit');
  expect(entries.find(({ act }) => act === 'figures.imported')?.by).toMatch(/\S/);
});

it('a village’s own sheet, and one that is too large, are not read as figures', async () => {
  expect(await sends(tu, 'cua-thon.xlsx', await workbook([HEAD]))).not.toContain('em đọc xong');
  expect(await sends(hanh, 'to.csv', Buffer.alloc(5 * 1024 * 1024 + 1, 'a'))).toContain('lớn quá 5 MB');
});

it('a photo sent with a report is opened by whoever approves it, and the audit says who saw it', async () => {
  served.set('/diem-danh.png', PICTURE);
  const url = `http://127.0.0.1:${(files.address() as AddressInfo).port}/diem-danh.png`;
  await tu.person.sends('image', { url });
  await world.settle();
  await world.settle();
  const screen = await hanh.says('xem thôn Đông Lâm');
  expect(screen.buttons).toContain('Xem ảnh, tệp');
  const since = hanh.person.heard.length;
  await hanh.taps('Xem ảnh, tệp');
  const shown = hanh.heardSince(since);
  expect(shown.text).toContain(
    'Em vừa gửi 1 mục thôn Đông Lâm gửi kèm báo cáo tháng 3:\n1. Ảnh, bác Tư gửi lúc',
  );
  expect(shown.bubbles).toHaveLength(2);
  const { entries } = await world.api.get<{ entries: { act: string; by: string | null; after: unknown }[] }>(
    `/api/v1/audit?unit=${DONG_LAM}`,
  );
  const [entered, report, seen] = ['report.sent', 'report.seen', 'evidence.seen'].map((act) =>
    entries.find((entry) => entry.act === act),
  );
  expect(seen?.after).toEqual({ pieces: [expect.stringMatching(/^sha256:[0-9a-f]{64}$/)] });
  expect(seen?.by).toBe(report?.by);
  expect(seen?.by).not.toBe(entered?.by);
  expect((await tu.says('xem ảnh thôn Đông Lâm')).text).not.toContain('Em vừa gửi');
  expect((await hanh.says('xem ảnh thôn Bãi Cháy')).text).toContain('chưa gửi ảnh hay giấy tờ nào');
});

it('the chair is asked, is asked once more the next working morning, and confirms by a tap', async () => {
  await hanh.says('duyệt thôn Đông Lâm');
  await hanh.taps('Giữ 120');
  for (const text of ['báo cáo xã', '29', '210', 'chưa', '45 trên 52 đến 14/3', '918 trên 8.400 đến 14/3'])
    await hanh.says(text);
  for (const text of ['chưa có', 'không', 'không']) await hanh.says(text);
  const asked = await hears(quang, () => hanh.says('gửi'));
  expect(asked).toContain('xem và xác nhận giúp em');
  expect((await hanh.says('tình hình')).text).toContain('Em đã nhờ chủ tịch xác nhận, đang chờ.');
  expect((await dung.says('chờ duyệt')).text).toContain('chủ tịch chưa xác nhận');
  const silent = await hears(quang, () => world.clock.to('2026-03-17T08:05:00+07:00'));
  expect(silent).toContain('còn chờ');
  const told = await hears(hanh, () => quang.taps('Xác nhận'));
  expect(told).toContain('đã xác nhận báo cáo tháng 3 của xã Tân Hòa ✔');
  expect((await dung.says('duyệt xã Tân Hòa')).text).toContain('Đã duyệt xã Tân Hòa');
});

it('«tổng đã đổi 120 → 102»: whoever sent and whoever approved hear once, and the report shows both', async () => {
  await hanh.says('trả lại số 3 thôn Đông Lâm: ảnh điểm danh chỉ có 102');
  await tu.taps('Sửa thành 102');
  const since = dung.person.heard.length;
  const told = await hears(hanh, () => world.clock.to('2026-03-17T09:00:00+07:00'));
  expect(told).toMatch(/tổng của các thôn đã đổi[\s\S]*Lượt người dự: 250 → 232 \(thôn Đông Lâm/);
  expect(dung.heardSince(since).text).toContain('Lượt người dự: 250 → 232');
  expect(await hears(hanh, () => world.clock.to('2026-03-17T10:00:00+07:00'))).not.toContain(
    'tổng của các thôn',
  );
  expect((await hanh.says('báo cáo xã')).text).toContain('Lượt người dự: 250 → 232');
});

describe('what this month left in the audit', () => {
  let entries: readonly AuditEntry[];
  beforeAll(async () => {
    const page = await world.api.get<{ entries: AuditEntry[]; head: { seq: number } }>('/api/v1/audit');
    expect(page.entries).toHaveLength(page.head.seq);
    ({ entries } = page);
  });

  it.each`
    did                  | act                   | unit          | person   | says
    ${'took a post'}     | ${'post.claimed'}     | ${TAN_HOA}    | ${true}  | ${'after'}
    ${'entered'}         | ${'report.entered'}   | ${DONG_LAM}   | ${true}  | ${'after'}
    ${'sent'}            | ${'report.sent'}      | ${DONG_LAM}   | ${true}  | ${'after'}
    ${'imported'}        | ${'figures.imported'} | ${null}       | ${true}  | ${'after'}
    ${'imported, there'} | ${'report.imported'}  | ${'99001-01'} | ${true}  | ${'after'}
    ${'saw a report'}    | ${'report.seen'}      | ${DONG_LAM}   | ${true}  | ${null}
    ${'saw a picture'}   | ${'evidence.seen'}    | ${DONG_LAM}   | ${true}  | ${'after'}
    ${'chose a value'}   | ${'report.decided'}   | ${DONG_LAM}   | ${true}  | ${null}
    ${'approved'}        | ${'report.approved'}  | ${TAN_HOA}    | ${true}  | ${'after'}
    ${'confirmed'}       | ${'report.confirmed'} | ${TAN_HOA}    | ${true}  | ${null}
    ${'sent back'}       | ${'report.returned'}  | ${DONG_LAM}   | ${true}  | ${'after'}
    ${'changed'}         | ${'report.corrected'} | ${DONG_LAM}   | ${true}  | ${'before'}
    ${'exported'}        | ${'figures.exported'} | ${null}       | ${false} | ${'after'}
    ${'loaded units'}    | ${'units.known'}      | ${'24'}       | ${false} | ${'after'}
    ${'changed units'}   | ${'units.changed'}    | ${TAN_HOA}    | ${false} | ${'after'}
  `(
    'who $did: $act',
    ({
      act,
      unit,
      person,
      says,
    }: {
      act: string;
      unit: string | null;
      person: boolean;
      says: string | null;
    }) => {
      const found = entries.find((entry) => entry.act === act && entry.unit === unit);
      expect(found).toBeDefined();
      expect(found?.by !== null).toBe(person);
      if (says !== null) expect(found?.[says as 'before' | 'after']).not.toBeNull();
      expect(JSON.stringify(found)).not.toMatch(/zalo:|Hạnh|Tư/);
    },
  );
});
