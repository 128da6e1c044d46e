import { HANH, TU, TWO_VILLAGES, VillageTalk, type Holder } from '../../../support/village-talk';

/** What the bot says will happen, happens; what will not is not said. And totals name what stands behind them. */

const DUNG: Holder = { unit: '24', role: 'department', name: 'Lê Dũng', address: 'anh', user: 'zalo:dung' };

it('promises a message at the opening only to who lets us write', async () => {
  const early = '2026-03-08T19:00:00+07:00';
  const open = new VillageTalk({ units: TWO_VILLAGES, holders: [TU] }, early);
  expect(await open.say('zalo:tu', 'bc 418 5 121 14')).toContain('đến hôm đó em nhắn bác');
  const muted = new VillageTalk({ units: TWO_VILLAGES, holders: [TU], muted: ['zalo:tu'] }, early);
  const heard = await muted.say('zalo:tu', 'bc 418 5 121 14');
  expect(heard).not.toContain('em nhắn bác');
  expect(heard).toContain('từ hôm đó bác nhắn «gửi»');
});

it('says who looks at a report only where somebody can', async () => {
  const watched = new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH] });
  const receipt = await watched.all('zalo:tu', 'bc 418 5 121 14', 'gửi');
  expect(receipt).toContain('1) 418 2) 5 3) 121 4) 14. Chị Hạnh (xã Tân Hòa) sẽ xem trước 17:00 ngày 18/3.');
  expect(await watched.say('zalo:tu', 'tình hình')).toContain('Đang chờ chị Hạnh');
  const alone = new VillageTalk({ units: TWO_VILLAGES, holders: [TU] });
  const sent = await alone.all('zalo:tu', 'bc 418 5 121 14', 'gửi');
  expect(sent).not.toContain('sẽ xem');
  expect(sent).toContain('chưa có ai nhận việc xem');
  const status = await alone.say('zalo:tu', 'tình hình');
  expect(status).not.toContain('Đang chờ');
  expect(status).toContain('chưa có ai nhận việc xem');
});

it('what came late is looked at until the commune itself sends', async () => {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH] }, '2026-03-18T10:00:00+07:00');
  expect(await talk.all('zalo:tu', 'bc 418 5 121 14', 'gửi')).toContain('sẽ xem trước 17:00 ngày 19/3.');
});

it('help names the month it is', async () => {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [HANH] }, '2026-05-13T19:00:00+07:00');
  expect(await talk.say('zalo:hanh', 'trợ giúp')).toContain('«tổng tháng 5»');
});

describe('communes without a list of villages', () => {
  const units = [
    ...TWO_VILLAGES,
    { code: '99002', level: 'commune' as const, parent: '24', name: 'Tiên Lục' },
    { code: '99003', level: 'commune' as const, parent: '24', name: 'Kép' },
  ];

  it.each(['tình hình', 'xã nào còn thiếu', 'tổng tháng 3'])('are named in «%s»', async (typed) => {
    const talk = new VillageTalk({ units, holders: [TU, DUNG] });
    await talk.all('zalo:tu', 'bc 418 5 121 14', 'gửi');
    expect(await talk.say('zalo:dung', typed)).toContain('2 xã, phường chưa có danh sách thôn');
  });

  it('a figure that one village gave unasked stands above all villages', async () => {
    const talk = new VillageTalk({ units, holders: [TU, DUNG] });
    await talk.all('zalo:tu', 'bc 418 5 121 14', 'xác nhận vneid 31', 'gửi');
    const total = await talk.say('zalo:dung', 'tổng tháng 3');
    expect(total).toContain('Người được xác nhận kỹ năng số trên VNeID: 31 người – từ 1/3 thôn');
    expect(total).toContain('Thiếu: Nam Ngạn, Cầu Đen.');
  });
});
