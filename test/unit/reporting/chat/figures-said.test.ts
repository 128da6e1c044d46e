import { HANH, TU, TWO_VILLAGES, VillageTalk } from '../../../support/village-talk';

/** Figures as one head says them: what the screen shows is what is stored, a digit is the choice, two figures that contradict each other are refused. */

const VILLAGE = '99001-01';

/** Bác Tư, who sent these figures in that month, in March. */
async function inMarch(
  month: string | null,
  line = 'bc 412 4 96 7',
  ...more: string[]
): Promise<VillageTalk> {
  const talk = new VillageTalk(
    { units: TWO_VILLAGES, holders: [TU, HANH] },
    `${month ?? '2026-02'}-12T09:00:00+07:00`,
  );
  if (month !== null) await talk.all('zalo:tu', line, ...more, 'gửi');
  talk.at = new Date('2026-03-13T19:00:00+07:00');
  return talk;
}

it('«Đúng hết» stores all that its screen showed', async () => {
  const talk = await inMarch('2026-02', 'bc 412 4 96 7', 'xác nhận vneid 31', 'chữ ký số 12');
  const screen = await talk.say('zalo:tu', 'báo cáo');
  expect(screen).toContain('6. Người được xác nhận kỹ năng số trên VNeID: 31');
  await talk.say('zalo:tu', 'Đúng hết');
  expect(talk.values(VILLAGE)).toEqual([412, 4, 96, 7, undefined, 31, undefined, 12]);
});

it('after a missed month the last one that has values is shown, and named', async () => {
  const talk = await inMarch('2026-01');
  expect(await talk.say('zalo:tu', 'báo cáo')).toContain('Số tháng 1:');
  expect(await talk.say('zalo:tu', 'trả lời từng câu')).toContain('(tháng 1: 412)');
});

it('figures of different months are each named', async () => {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [TU] }, '2026-01-12T09:00:00+07:00');
  await talk.all('zalo:tu', 'bc 412 4 96 7', 'gửi');
  talk.at = new Date('2026-02-12T09:00:00+07:00');
  await talk.all('zalo:tu', 'báo cáo', 'trả lời từng câu', 'chưa có', '5', '121', '14', 'gửi');
  talk.at = new Date('2026-03-13T19:00:00+07:00');
  const screen = await talk.say('zalo:tu', 'báo cáo');
  expect(screen).toContain('Số tháng trước:');
  expect(screen).toContain('1. Người lớn biết dùng điện thoại, mạng (kỹ năng số): 412 (tháng 1)');
  expect(screen).toContain('2. Buổi học trong tháng: 5\n');
});

describe('on a screen about a value already given a digit is the choice', () => {
  it('«Em ghi 30 nhé?»: 1 takes it, 2 asks again', async () => {
    const talk = await inMarch(null);
    await talk.all('zalo:tu', 'báo cáo', 'khoảng 30', '1');
    expect(talk.values(VILLAGE)[0]).toBe(30);
    const again = await talk.all('zalo:tu', 'khoảng 5', '2');
    expect(again).toContain('mấy buổi học, thưa bác?');
    expect(talk.values(VILLAGE)[1]).toBeUndefined();
  });

  it('«Là 14 / Đúng 140 / Sửa lại»: 1, 2 and 3', async () => {
    const talk = await inMarch('2026-02', 'bc 412 4 96 12');
    const asked = await talk.all('zalo:tu', 'bc 412 4 96 140');
    expect(asked).toContain('[Là 14]\n[Đúng 140]\n[Sửa lại]');
    expect(await talk.say('zalo:tu', '3')).toContain('bao nhiêu hộ');
    expect(talk.values(VILLAGE)[3]).toBeUndefined();
    await talk.all('zalo:tu', '140', '1');
    expect(talk.values(VILLAGE)[3]).toBe(14);
  });

  it('none or not yet: 2 is «Chưa có số», 0 stays a zero', async () => {
    const talk = await inMarch(null);
    await talk.all('zalo:tu', 'báo cáo', 'ko có', '2');
    expect(talk.report(VILLAGE)?.figures['adults_digital']).toMatchObject({ status: 'missing' });
    await talk.all('zalo:tu', 'sửa 1', 'ko có', '0');
    expect(talk.report(VILLAGE)?.figures['adults_digital']).toMatchObject({ status: 'zero' });
  });

  it('under the open question of a figure a digit stays the figure', async () => {
    const talk = await inMarch('2026-02');
    await talk.all('zalo:tu', 'báo cáo', 'trả lời từng câu', '412', '2');
    expect(talk.values(VILLAGE)[1]).toBe(2);
  });
});

describe('two figures that contradict each other', () => {
  it('no session with visits is refused, both named, and the line that mends it is shown', async () => {
    const talk = await inMarch(null);
    const heard = await talk.all('zalo:tu', 'bc 418 0 121 14');
    expect(heard).toContain('0 (Buổi học trong tháng) và 121 (Lượt người dự)');
    expect(talk.values(VILLAGE).slice(0, 4)).not.toEqual([418, 0, 121, 14]);
    await talk.say('zalo:tu', '2 = 0, 3 = 0');
    expect(talk.values(VILLAGE).slice(1, 3)).toEqual([0, 0]);
  });

  it('no session after visits were answered is refused too', async () => {
    const talk = await inMarch(null);
    await talk.all('zalo:tu', 'bc 418 5 121 14', 'gửi');
    expect(await talk.say('zalo:tu', '2 = 0')).toContain('0 (Buổi học trong tháng) và 121 (Lượt người dự)');
    expect(talk.values(VILLAGE)[1]).toBe(5);
  });

  it('sessions without a visit are asked about, and kept when meant', async () => {
    const talk = await inMarch(null);
    const asked = await talk.all('zalo:tu', 'báo cáo', '418', '5', 'không có ai dự');
    expect(asked).toContain('mở 5 buổi mà không có ai đến học');
    expect(talk.values(VILLAGE)[2]).toBeUndefined();
    await talk.say('zalo:tu', '1');
    expect(talk.values(VILLAGE).slice(1, 3)).toEqual([5, 0]);
  });

  it('a part is never stored, and refused when it is larger than its whole', async () => {
    const talk = await inMarch(null);
    const heard = await talk.all('zalo:tu', 'bc 418 5', 'người dự 20, trong đó người cao tuổi 35');
    expect(heard).toMatch(/35.*20/);
    expect(talk.values(VILLAGE)[2]).toBeUndefined();
    await talk.say('zalo:tu', 'người dự 20, trong đó người cao tuổi 5');
    expect(talk.values(VILLAGE)[2]).toBe(20);
    await talk.say('zalo:tu', '14 trong đó 3 hộ nghèo');
    expect(talk.values(VILLAGE)[3]).toBe(14);
  });
});
