import type { HandOver } from '../../../../src/org/hand-over';
import { HANH, TU, TWO_VILLAGES, VillageTalk } from '../../../support/village-talk';

/** What the officer reads after their yes: who really heard of it, and the code for whoever could not be told. */

const handover: HandOver = {
  ...{ id: 'h1', day: '2026-03-20', until: null, fullName: 'Trần Văn Hùng', address: 'anh', user: null },
  ...{ agreed: false, accepted: false },
};
const agreed = async (more: Partial<HandOver>) => {
  const talk = new VillageTalk({
    units: TWO_VILLAGES,
    holders: [{ ...TU, handover: { ...handover, ...more } }, HANH],
  });
  const text = await talk.say('zalo:hanh', 'đồng ý bàn giao');
  return { text, told: talk.notices.map(({ to }) => to) };
};

it('says that both are told where both are', async () => {
  const { text, told } = await agreed({ user: 'zalo:hung' });
  expect(text).toContain('Em đã báo cả hai người.');
  expect(text).not.toContain('[Cấp mã]');
  expect(told).toEqual(['zalo:tu', 'zalo:hung']);
});

it('says who could not be told, and offers the code', async () => {
  const { text, told } = await agreed({});
  expect(text).toContain('Em đã báo bác Tư. Anh Hùng chưa kết nối Zalo này nên em chưa báo được');
  expect(text).toContain('[Cấp mã]');
  expect(told).toEqual(['zalo:tu']);
});

it('gives no code before the day, which would move the post at once', async () => {
  const talk = new VillageTalk({
    units: TWO_VILLAGES,
    holders: [{ ...TU, handover: { ...handover, agreed: true } }, HANH],
  });
  const other = new VillageTalk({ units: TWO_VILLAGES, holders: [{ ...TU, handover }, HANH] });
  const button = other.buttonsOf(await other.sayWhole('zalo:hanh', 'đồng ý bàn giao'), 'Cấp mã');
  expect(await talk.say('zalo:hanh', button)).toContain('Từ 0 giờ ngày 20/3/2026, chị bấm lại «Cấp mã»');
});

it.each([
  'Nguyễn Văn Hùng 0900000001',
  '0900000001 Nguyễn Văn Hùng',
  'anh Nguyễn Văn Hùng, sđt 0900 000 001',
])('the full name and the number may come in one message: «%s»', async (both) => {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH] });
  expect(await talk.say('zalo:tu', 'từ ngày 20/3 anh Hùng thay tôi')).toContain('họ và tên đầy đủ');
  await talk.say('zalo:tu', both);
  expect(talk.notices.map(({ text }) => text).join()).toContain('cho Nguyễn Văn Hùng từ ngày 20/3/2026');
});
