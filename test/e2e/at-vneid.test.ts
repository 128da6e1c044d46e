import { writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { BotWorld, TAN_HOA } from '../support/bot';
import { PICTURE } from '../support/picture';
import type { Talker } from '../support/talker';

/** AT-20, and the release half of AT-24, through the webhook on the running program. */

let world: BotWorld;
let hanh: Talker;
let dung: Talker;
const folder = mkdtempSync(join(tmpdir(), 'sheets-'));

/** A sheet read in beside the running program, as an operator does. */
function importFigures(form: string, lines: readonly string[]): string {
  const file = join(folder, `${form}.csv`);
  writeFileSync(file, lines.join('\n'));
  const args = [
    'scripts/run.mjs',
    'script',
    'import-org',
    'figures',
    file,
    '--form',
    form,
    '--period',
    '2026-03',
  ];
  const env = { ...world.program.env, PORT: '3000', PATH: process.env['PATH'] ?? '' };
  const done = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stdout + done.stderr);
  return done.stdout;
}

beforeAll(async () => {
  world = await BotWorld.start({
    at: '2026-03-16T09:00:00+07:00',
    env: { ZALO_MEDIA_HOSTS: 'zdn.vn,127.0.0.1' },
  });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  dung = await world.holder('24', 'department');
  importFigures('village-month', [
    'unit_code,figure,value',
    '99001-01,vneid_confirmed,1200',
    '99001-01,learners,120',
    '99001-02,vneid_confirmed,1200',
    '99001-03,vneid_confirmed,720',
  ]);
  importFigures('police-month', [
    'unit_code,figure,numerator,denominator,as_of,source',
    '99001,vneid_confirmed,2870,9000,15/3/2026,C06',
    '24-CA,vneid_confirmed,1500000,2500000,15/3/2026,',
  ]);
  await world.clock.to('2026-03-16T09:10:00+07:00');
  await new Promise((done) => setTimeout(done, 1_500));
}, 90_000);

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.close();
});

it('AT-20: both sources with their day, the gap, and an explanation that stays', async () => {
  const { text } = await hanh.says('đối chiếu VNeID tháng 3');
  expect(text).toContain('Các thôn ước tính: 3.120 người, từ 3/29 thôn');
  expect(text).toContain('Công an: 2.870/9.000 người, đến 15/3/2026 (C06)');
  expect(text).toContain('Lệch 250 người (8,7 %)');
  expect((await hanh.taps('Khác ngày lấy số')).text).toContain('Em đã ghi chênh lệch của xã Tân Hòa');
  expect((await hanh.says('đối chiếu VNeID tháng 3')).text).toContain('Đã ghi: Khác ngày lấy số.');
});

it('the department sees the police figure, the way to the target and every commune with both', async () => {
  const { text } = await dung.says('đối chiếu VNeID tháng 3');
  expect(text).toMatch(/cần thêm 500.000 người, tức là cần thêm [\d.]+ người mỗi tuần/);
  expect(text).toContain('xã Tân Hòa: thôn 3.120, Công an 2.870. Lệch 250 người (8,7 %) – Khác ngày lấy số');
});

it('tasks of the plan stand in the list of work and are done from there', async () => {
  const list = await dung.says('việc của tôi');
  const line = /(\d+)\. Kế hoạch hành động năm 2026[^\n]*hạn 17:00 thứ Hai 30\/3/.exec(list.text);
  expect(line).not.toBeNull();
  const said = await dung.says(`xong việc ${line?.[1]} https://bacninh.gov.vn/ke-hoach`);
  expect(said.text).toContain('đã xong, kèm đường dẫn');
  const { tasks } = await world.api.get<{ tasks: object[] }>('/api/v1/tasks?unit=24-KHCN&status=done');
  expect(tasks).toMatchObject([
    {
      id: 'khcn-action-plan',
      unit: '24-KHCN',
      evidence: [{ kind: 'link', link: 'https://bacninh.gov.vn/ke-hoach' }],
    },
  ]);
  expect((await dung.says('việc của tôi')).text).not.toContain('Kế hoạch hành động năm 2026');
});

it('a task is shown by a picture too: under «xong việc», or right after it; the department opens it and the audit says so', async () => {
  const list = await dung.says('việc của tôi');
  const number = /(\d+)\. Danh sách bình chọn/.exec(list.text)?.[1];
  const said = await dung.says(`xong việc ${number}`);
  expect(said.text).toContain('Có ảnh, văn bản hay đường dẫn, anh gửi luôn vào đây ạ.');
  const since = dung.person.heard.length;
  const url = world.zalo.media.keep('danh-sach.png', PICTURE);
  await dung.person.sends('image', { thumbnail: url, url });
  await world.settle();
  expect(dung.heardSince(since).text).toContain('đã xong, và giữ kèm minh chứng vừa gửi');
  const { tasks } = await world.api.get<{ tasks: { id: string; evidence: object[] }[] }>(
    '/api/v1/tasks?unit=24-KHCN&status=done',
  );
  expect(tasks.find(({ id }) => id === 'khcn-awards-shortlist')?.evidence).toMatchObject([{ kind: 'image' }]);
  const plan = await dung.says('tiến độ nhiệm vụ');
  expect(plan.text).toContain(
    '4. Danh sách bình chọn, đề nghị khen thưởng: xong 1/1, hạn 17:00 thứ Tư 30/9 (1 minh chứng)',
  );
  expect(plan.text).toMatch(/Rà soát trang thiết bị nhà văn hóa[^\n]*: xong 0\/\d+, làm thường xuyên/);
  const before = dung.person.heard.length;
  await dung.says('xem ảnh nhiệm vụ 4');
  expect(dung.heardSince(before).text).toContain('Minh chứng của nhiệm vụ 4');
  expect(dung.heardSince(before).bubbles).toHaveLength(2);
  expect((await hanh.says('tiến độ nhiệm vụ')).text).not.toContain('Nhiệm vụ của kế hoạch:');
  const { entries } = await world.api.get<{ entries: { act: string; subject: string }[] }>('/api/v1/audit');
  expect(entries.filter(({ act }) => act === 'evidence.seen')).toMatchObject([
    { subject: 'task/khcn-awards-shortlist' },
  ]);
});

it('AT-24: a release waits for another person, and is confirmed by them alone', async () => {
  const summary = async () =>
    (
      await world.api.get<{ tasks: { id: string; status: string; title: string; deadline: string }[] }>(
        '/api/v1/tasks?unit=24-KHCN',
      )
    ).tasks.find(({ id }) => id === 'khcn-month-summary');
  expect(await summary()).toMatchObject({ status: 'open', deadline: '2026-03-24T17:00:00+07:00' });
  expect((await dung.says('chốt số tháng 3')).text).toContain('Bản chốt 03/2026-1');
  const list = () =>
    world.api.get<{ releases: { confirmedBy: string | null }[] }>('/api/v1/releases?period=2026-03');
  expect(await list()).toMatchObject({ releases: [{ id: '2026-03-1', confirmedBy: null }] });
  expect((await dung.says('duyệt bản chốt 03/2026-1')).text).toContain('cần một người khác');
  const binh = await world.holder('24', 'province');
  expect((await binh.says('chờ duyệt')).text).toContain('Bản chốt 03/2026-1 đang chờ người thứ hai duyệt.');
  expect((await binh.says('duyệt bản chốt 03/2026-1')).text).toContain('đã duyệt Bản chốt 03/2026-1');
  expect((await list()).releases[0]?.confirmedBy).not.toBeNull();
  expect(await summary()).toMatchObject({
    status: 'done',
    title: 'Tổng hợp tháng 3 báo cáo tỉnh',
  });
  const { entries } = await world.api.get<{ entries: { act: string }[] }>('/api/v1/audit');
  expect(entries.map(({ act }) => act)).toEqual(
    expect.arrayContaining([
      'post.claimed',
      'figures.imported',
      'gap.explained',
      'task.done',
      'release.made',
      'release.confirmed',
    ]),
  );
});

it('AT-24: a correction after the lock waits for the department, and the next release alone shows it', async () => {
  await world.clock.to('2026-03-26T09:00:00+07:00');
  const learners = async (release: string) =>
    (
      await world.api.get<{
        rollup: { indicators: { id: string; value: number | null; covered: number }[] };
      }>(`/api/v1/releases/${release}?form=village-month`)
    ).rollup.indicators.find(({ id }) => id === 'learners');
  const frozen = await learners('2026-03-1');
  expect(frozen).toMatchObject({ value: 120, covered: 1 });
  const asked = await hanh.says('điều chỉnh số 3 thôn Bãi Cháy = 102: ghi nhầm');
  expect(asked.text).toContain('120 → 102 (ghi nhầm)');
  const waiting = await dung.says('chờ duyệt');
  expect(waiting.text).toContain('Xin điều chỉnh: thôn Bãi Cháy');
  expect(waiting.buttons).toContain('Duyệt điều chỉnh');
  expect((await dung.says('duyệt điều chỉnh')).text).toContain('Đã duyệt điều chỉnh');
  await dung.says('chốt số tháng 3');
  const { releases } = await world.api.get<{ releases: { id: string; differences: object[] }[] }>(
    '/api/v1/releases?form=village-month&period=2026-03',
  );
  expect(releases.map(({ id }) => id)).toEqual(['2026-03-1', '2026-03-2']);
  expect(releases[0]?.differences).toEqual([]);
  expect(releases[1]?.differences).toEqual([
    { unit: '99001-01', figure: 'learners', from: 120, to: 102, reason: 'ghi nhầm' },
  ]);
  expect(await learners('2026-03-1')).toEqual(frozen);
  expect(await learners('2026-03-2')).toMatchObject({ value: 102, covered: 1 });
});
