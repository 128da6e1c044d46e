import type { Campaign } from '../../../../src/campaigns/campaign';
import { differenceOf } from '../../../../src/groups/difference';
import { noGroup, type CommuneGroup } from '../../../../src/groups/group';
import type { HandOver } from '../../../../src/org/hand-over';
import { HANH, TU, TWO_VILLAGES, VillageTalk } from '../../../support/village-talk';
import { aDirective } from '../../directives/builders';
import { vn } from '../../reminders/builders';

/** «Chờ duyệt»: beside the reports, everything that somebody else has begun and only this person may let go on. */

const survey: Campaign = {
  ...{ id: 'K1', kind: 'yes_no', question: 'Nhà văn hóa có loa không?', label: 'toàn tỉnh', from: '24' },
  ...{ units: ['99001-01', '99001-02'], by: { user: 'zalo:dung', office: 'y' }, state: 'waiting' },
  ...{ closesAt: vn('2026-03-15T17:00'), createdAt: vn('2026-03-11T08:00') },
};
const announced: Campaign = { ...survey, id: 'K2', kind: 'announcement', question: 'Mai họp lúc 8:00' };
const NGA = { unit: '24', role: 'department', name: 'Trần Nga', address: 'chị', user: 'zalo:nga' } as const;

it('the department finds surveys and announcements that wait for its key, with the button that opens the first', async () => {
  const talk = new VillageTalk({
    units: TWO_VILLAGES,
    holders: [NGA],
    campaigns: {
      waitingFor: async (user) => (user === 'zalo:nga' ? [survey, announced] : []),
      get: async () => survey,
      holdsKey: () => true,
    },
  });
  const bubbles = await talk.sayWhole('zalo:nga', 'chờ duyệt');
  expect(bubbles.map(({ text }) => text)).toEqual([
    [
      'Khảo sát «Nhà văn hóa có loa không?» (toàn tỉnh, 2 nơi) đang chờ người thứ hai duyệt.',
      'Thông báo «Mai họp lúc 8:00» (toàn tỉnh, 2 nơi) đang chờ người thứ hai duyệt.',
    ].join('\n'),
  ]);
  const opened = await talk.say('zalo:nga', talk.buttonsOf(bubbles, 'Khảo sát'));
  expect(opened).toContain('hỏi toàn tỉnh (2 nơi), khép 17:00 Chủ nhật 15/3');
  expect(opened).toContain('[Duyệt');
});

const handover: HandOver = {
  ...{ id: 'h1', day: '2026-03-20', until: null, fullName: 'Trần Văn Hùng', address: 'anh', user: null },
  ...{ agreed: false, accepted: false },
};

it('the officer finds a post that is to change hands, in «chờ duyệt» and in «việc của tôi», and agrees by its button alone', async () => {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [{ ...TU, handover }, HANH] });
  const line = 'thôn Núi Hiểu, xã Tân Hòa: bác Tư giao cho Trần Văn Hùng, từ ngày 20/3/2026';
  expect(await talk.say('zalo:hanh', 'việc của tôi')).toContain(`Đồng ý hay không việc bàn giao: ${line}`);
  const bubbles = await talk.sayWhole('zalo:hanh', 'chờ duyệt');
  expect(bubbles.map(({ text }) => text).join('\n')).toContain(`Bàn giao việc đang chờ đồng ý: ${line}.`);
  expect(talk.notices).toEqual([]);
  expect(await talk.say('zalo:hanh', talk.buttonsOf(bubbles, 'Đồng ý bàn giao'))).toContain(
    'từ 0 giờ ngày 20/3/2026',
  );
  expect(await talk.say('zalo:tu', 'chờ duyệt')).not.toContain('Bàn giao');
});

it('the officer finds the group whose people are to change', async () => {
  const group: CommuneGroup = { ...noGroup('99001'), state: 'on', groupId: 'g1' };
  const difference = differenceOf({
    ...{ group, seats: [{ ...TU, id: 'x' } as never], admins: [], at: vn('2026-03-13T19:00') },
    ...{ heldOne: () => false, cannotBeInvited: () => false },
  });
  const talk = new VillageTalk({
    units: TWO_VILLAGES,
    holders: [TU, HANH],
    groups: {
      inChargeOf: (user) => (user === 'zalo:hanh' ? ['99001'] : []),
      of: async () => ({ off: null, group, seats: [], difference, lasts: true }),
    },
  });
  expect(await talk.say('zalo:hanh', 'chờ duyệt')).toContain(
    'Nhóm Zalo xã Tân Hòa: có người cần thêm hoặc bớt, đang chờ đồng ý.',
  );
  expect(await talk.say('zalo:hanh', 'chờ duyệt')).toContain('[Xem nhóm Zalo]');
});

it('a screen has four buttons at the most, those of the reports among them', async () => {
  const talk = new VillageTalk({
    units: TWO_VILLAGES,
    holders: [{ ...TU, handover }, HANH],
    campaigns: { waitingFor: async (user) => (user === 'zalo:hanh' ? [survey, announced] : []) },
  });
  await talk.all('zalo:tu', 'bc 418 5 121 14', 'gửi');
  const shown = await talk.say('zalo:hanh', 'chờ duyệt');
  const buttons = shown.match(/\[[^\]]+\]/g) ?? [];
  expect(buttons).toHaveLength(3);
  expect(shown).toContain('[Khảo sát]');
  expect(shown).toContain('[Đồng ý bàn giao]');
});

describe('«đồng ý»', () => {
  const BAY = {
    unit: '99001-02',
    role: 'village_head',
    name: 'Lê Văn Bảy',
    address: 'bác',
    user: 'zalo:bay',
  } as const;
  const late = async (talk: VillageTalk, ...users: string[]) => {
    talk.at = vn('2026-03-18T19:00');
    for (const user of users) await talk.say(user, 'xin thêm nửa ngày');
  };

  it('is the yes to the only thing that waits', async () => {
    const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [TU, BAY, HANH] });
    await late(talk, 'zalo:tu');
    expect(await talk.say('zalo:hanh', 'đồng ý')).toContain('Đã mở thêm cho thôn Núi Hiểu');
    expect(await talk.say('zalo:hanh', 'đồng ý')).not.toContain('mở thêm');
  });

  it('with two wishes for more time asks which, and takes the number', async () => {
    const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [TU, BAY, HANH] });
    await late(talk, 'zalo:tu', 'zalo:bay');
    const asked = await talk.say('zalo:hanh', 'dong y');
    expect(asked).toContain('đồng ý việc nào ạ?\n1. Thôn Núi Hiểu xin thêm nửa ngày');
    expect(asked).toContain('\n2. Thôn Nam Ngạn xin thêm nửa ngày');
    expect(asked).toContain('[1. Cho thôn Núi Hiểu]');
    expect(await talk.say('zalo:hanh', '2')).toContain('Đã mở thêm cho thôn Nam Ngạn');
    expect(await talk.say('zalo:hanh', 'đồng ý')).toContain('Đã mở thêm cho thôn Núi Hiểu');
  });

  it('with a wish for more time and a handover does neither', async () => {
    const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [{ ...TU, handover }, BAY, HANH] });
    await late(talk, 'zalo:bay');
    const asked = await talk.say('zalo:hanh', 'dong y');
    expect(asked).toContain('đồng ý việc nào ạ?');
    expect(asked).not.toContain('từ 0 giờ');
    expect(await talk.say('zalo:hanh', 'đồng ý 2')).toContain('từ 0 giờ ngày 20/3/2026');
  });

  it('shows an order, a survey or a release whole before it lets it go', async () => {
    const talk = new VillageTalk({
      units: TWO_VILLAGES,
      holders: [NGA],
      campaigns: { waitingFor: async () => [survey], get: async () => survey, holdsKey: () => true },
    });
    expect(await talk.say('zalo:nga', 'đồng ý')).toContain('hỏi toàn tỉnh (2 nơi), khép 17:00 Chủ nhật 15/3');
  });

  it('with nothing that waits is only heard', async () => {
    const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [HANH] });
    await talk.say('zalo:hanh', 'chờ duyệt');
    expect(await talk.say('zalo:hanh', 'đồng ý')).not.toContain('việc nào');
  });
});

describe('«duyệt 14» where an order 14 waits for the chair', () => {
  const CHAIR = {
    unit: '99001',
    role: 'commune_chair',
    name: 'Vũ Lan',
    address: 'bà',
    user: 'zalo:lan',
  } as const;
  const talkOf = (number: string) => {
    const order = aDirective({
      ...{ id: 'd14', number: `${number}/UBND`, short: number, state: 'waiting', urgency: 'critical' },
      ...{ from: '99001', by: { user: 'zalo:hanh', office: 'x' }, issuedAt: null },
      audience: { label: 'xã Tân Hòa', units: ['99001-01', '99001-02'] },
    });
    return new VillageTalk({
      units: TWO_VILLAGES,
      holders: [TU, HANH, CHAIR],
      directives: {
        inStates: async () => [order],
        byShort: async (short) => (short === number ? [order] : []),
        get: async () => order,
      },
    });
  };

  it('is the order, whatever list of reports stands on the screen', async () => {
    const talk = talkOf('14');
    await talk.all('zalo:tu', 'bc 418 5 121 14', 'gửi');
    expect(await talk.say('zalo:lan', 'chờ duyệt')).toContain('1. Núi Hiểu');
    expect(await talk.say('zalo:lan', 'duyệt 14')).toContain('14/UBND');
  });

  it('is asked about where the number stands in that list too', async () => {
    const talk = talkOf('1');
    await talk.all('zalo:tu', 'bc 418 5 121 14', 'gửi');
    await talk.say('zalo:lan', 'chờ duyệt');
    const asked = await talk.say('zalo:lan', 'duyệt 1');
    expect(asked).toContain('Số 1 là thôn Núi Hiểu trong danh sách, và cũng là văn bản 1/UBND');
    expect(asked).toContain('[Duyệt 1/UBND]');
  });
});
