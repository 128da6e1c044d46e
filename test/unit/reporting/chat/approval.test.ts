import { TWO_VILLAGES, VillageTalk, type Holder } from '../../../support/village-talk';

/** An officer checks the villages' reports from the phone; the villages answer. */

const HOLDERS: readonly Holder[] = [
  { unit: '99001-01', role: 'village_head', name: 'Nguyễn Văn Tư', address: 'bác', user: 'tu' },
  { unit: '99001-01', role: 'village_deputy', name: 'Trần Văn Hùng', address: 'anh', user: 'hung' },
  { unit: '99001-02', role: 'village_head', name: 'Lê Văn Bảy', address: 'bác', user: 'bay' },
  { unit: '99001', role: 'commune_officer', name: 'Lê Thị Hạnh', address: 'chị', user: 'hanh' },
  { unit: '24', role: 'department', name: 'Phạm Văn Dũng', address: 'anh', user: 'dung' },
  { unit: '24-TD', role: 'agency_officer', name: 'Vũ Thị Mai', address: 'chị', user: 'mai' },
];
const UNITS = [...TWO_VILLAGES, { code: '24-TD', level: 'agency' as const, parent: '24', name: 'Tỉnh đoàn' }];

const [HIEU, NGAN, DEN] = ['99001-01', '99001-02', '99001-03'] as const;

function talkAt(at = '2026-03-15T20:00:00+07:00'): VillageTalk {
  return new VillageTalk({ units: UNITS, holders: HOLDERS }, at);
}

async function bothSent(talk: VillageTalk): Promise<void> {
  await talk.all('tu', 'BC 418 5 121 14', 'gửi');
  await talk.all('bay', 'BC 300 4 90 7', 'gửi');
}

/** The payload of a button the person was sent unasked. */
function button(talk: VillageTalk, to: string, label: string): string {
  const found = talk.notices
    .filter((notice) => notice.to === to)
    .flatMap(({ buttons = [] }) => buttons)
    .findLast((one) => one.label === label);
  if (!found) throw new Error(`no [${label}] for ${to}: ${JSON.stringify(talk.notices)}`);
  return found.payload;
}

const told = (talk: VillageTalk, to: string): string[] =>
  talk.notices.filter((notice) => notice.to === to).map(({ text }) => text);

const states = (talk: VillageTalk, unit: string): string[] =>
  Object.values(talk.report(unit)?.figures ?? {}).map(({ state }) => state);

it('lists what waits, numbered, and approves all clean ones with one quiet receipt each', async () => {
  const talk = talkAt();
  expect(await talk.say('hanh', 'chờ duyệt')).toContain('không có báo cáo nào chờ duyệt');
  await bothSent(talk);
  const list = await talk.say('hanh', 'chờ duyệt');
  expect(list).toContain('2 báo cáo chờ duyệt, trong đó 2 báo cáo sạch');
  expect(list).toContain('1. Núi Hiểu – sạch\n2. Nam Ngạn – sạch');
  expect(list).toContain('[Duyệt 2 báo cáo sạch]');
  expect(await talk.say('hanh', 'duyệt hết')).toContain('duyệt 2 báo cáo ✔: Núi Hiểu, Nam Ngạn');
  expect([talk.report(HIEU)?.state, talk.report(NGAN)?.state]).toEqual(['approved', 'approved']);
  expect(talk.report(HIEU)?.acts.at(-1)).toMatchObject({ kind: 'approve', by: 'hanh' });
  expect(told(talk, 'tu')).toEqual(['Chị Hạnh đã duyệt báo cáo tháng 3 của thôn Núi Hiểu ✔ Em cảm ơn bác.']);
  expect(told(talk, 'hung')).toEqual([]);
  expect(await talk.say('hanh', 'duyệt hết')).toContain('không có báo cáo nào chờ duyệt');
});

it('leaves the odd one for a look of its own', async () => {
  const talk = talkAt();
  await talk.all('bay', 'BC 300 4 90 7', 'gửi');
  await talk.all('tu', 'báo cáo', '418', '5', '121', 'chưa có', 'gửi');
  const list = await talk.say('hanh', 'chờ duyệt');
  expect(list).toContain('1. Núi Hiểu – số 4 chưa có\n2. Nam Ngạn – sạch');
  expect(await talk.say('hanh', 'duyệt hết')).toContain('Còn 1 báo cáo chờ duyệt');
  expect([talk.report(HIEU)?.state, talk.report(NGAN)?.state]).toEqual(['submitted', 'approved']);
  expect(await talk.say('hanh', 'xem thôn núi hiểu')).toContain('4) Hộ được đến tận nhà hỗ trợ: chưa có số');
  expect(await talk.say('hanh', 'duyệt thon nui hieu')).toContain('Đã duyệt thôn Núi Hiểu');
  expect(talk.report(HIEU)?.state).toBe('approved');
});

it('a number is that of the list shown last', async () => {
  const talk = talkAt();
  await bothSent(talk);
  expect(await talk.say('hanh', 'duyệt 2')).not.toContain('Đã duyệt');
  await talk.say('hanh', 'chờ duyệt');
  expect(await talk.say('hanh', 'duyệt 2')).toContain('Đã duyệt thôn Nam Ngạn');
});

it('a button approves only what was shown', async () => {
  const talk = talkAt();
  await bothSent(talk);
  const screen = talk.buttonsOf(await talk.sayWhole('hanh', 'xem thôn Núi Hiểu'), 'Duyệt');
  await talk.say('tu', 'sửa 3 = 120');
  expect(await talk.say('hanh', screen)).toContain('vừa được sửa nên em chưa duyệt');
  expect(talk.report(HIEU)?.state).toBe('submitted');
  const set = talk.buttonsOf(await talk.sayWhole('hanh', 'chờ duyệt'), 'Duyệt 2 báo cáo sạch');
  await talk.say('tu', 'sửa 3 = 119');
  expect(await talk.say('hanh', set)).toContain('duyệt 1 báo cáo ✔: Nam Ngạn');
  expect([talk.report(HIEU)?.state, talk.report(NGAN)?.state]).toEqual(['submitted', 'approved']);
});

it('sends one figure back with its reason; the village gets one question about it', async () => {
  const talk = talkAt();
  await bothSent(talk);
  const said = await talk.say('hanh', 'trả lại số 3 thôn Núi Hiểu: nhiều hơn trong ảnh điểm danh (21)');
  expect(said).toContain('Đã trả lại thôn Núi Hiểu một số: 3) Lượt người dự = 121');
  expect(states(talk, HIEU)).toEqual(['submitted', 'submitted', 'returned', 'submitted']);
  expect(talk.report(HIEU)?.acts.at(-1)).toMatchObject({ kind: 'return', reason: { code: 'evidence' } });
  expect(told(talk, 'tu').at(-1)).toContain('Chị Hạnh nhờ bác xem lại một số');
  expect(await talk.say('tu', button(talk, 'tu', 'Sửa thành 21'))).toContain('Lượt người dự: 21');
  expect(talk.values(HIEU).slice(0, 4)).toEqual([418, 5, 21, 14]);
  expect(states(talk, HIEU)).toEqual(['submitted', 'submitted', 'submitted', 'submitted']);
  expect(await talk.say('hanh', 'chờ duyệt')).toContain('1. Núi Hiểu – số 3 vừa sửa thành 21');
});

it('asks for the reason by buttons, and keeps the value when the village does, past the lock too', async () => {
  const talk = talkAt();
  await bothSent(talk);
  expect(await talk.say('hanh', 'trả lại số 3 thôn Núi Hiểu')).toContain('[không khớp ảnh]');
  expect(await talk.say('hanh', 'không khớp ảnh')).toContain('Lý do: không khớp ảnh');
  talk.at = new Date('2026-03-20T09:00:00+07:00');
  expect(await talk.say('tu', 'sửa 2 = 6')).toContain('đã khóa');
  const ask = await talk.say('tu', '120');
  expect(ask).toContain('3) Lượt người dự: 120');
  expect(talk.report(HIEU)?.figures['learners']).toMatchObject({ value: 120, state: 'submitted' });
  await talk.say('hanh', 'trả lại số 3 thôn Núi Hiểu: vẫn chưa khớp');
  expect(await talk.say('tu', button(talk, 'tu', 'Giữ 120'))).toContain('Lượt người dự: 120');
  expect(talk.report(HIEU)?.figures['learners']?.version).toBe(3);
});

it('after approval a correction asks why, and only that figure is approved again', async () => {
  const talk = talkAt();
  await bothSent(talk);
  await talk.say('hanh', 'duyệt hết');
  expect(await talk.say('tu', 'sửa 3 = 120')).toContain('Vì sao bác sửa');
  expect(talk.values(HIEU)[2]).toBe(121);
  expect(await talk.say('tu', 'Đếm lại')).toContain('121 → 120');
  expect(states(talk, HIEU)).toEqual(['approved', 'approved', 'submitted', 'approved']);
  expect(talk.report(HIEU)?.figures['learners']).toMatchObject({ value: 120, reason: 'Đếm lại' });
  expect(told(talk, 'hanh').at(-1)).toContain('sửa số đã duyệt');
  expect(await talk.say('hanh', 'duyệt thôn Núi Hiểu')).toContain('Đã duyệt');
  expect(told(talk, 'tu').filter((text) => text.includes('đã duyệt'))).toHaveLength(1);
});

it('enters on behalf: the village is told, may object, and its own figure stands beside', async () => {
  const talk = talkAt();
  const said = await talk.say('hanh', 'nhập hộ Núi Hiểu: 418 5 121 14');
  expect(said).toContain('Đã nhập hộ thôn Núi Hiểu');
  expect(Object.values(talk.report(HIEU)?.figures ?? {}).every(({ onBehalf }) => onBehalf)).toBe(true);
  expect(told(talk, 'tu').at(-1)).toContain('Chị Hạnh đã nhập hộ');
  expect(await talk.say('tu', button(talk, 'tu', 'Không đúng'))).toContain('Em đã báo chị Hạnh');
  expect(told(talk, 'hanh').at(-1)).toContain('không đúng');
  expect(await talk.say('hanh', 'chờ duyệt')).toContain('người phụ trách báo số nhập hộ không đúng');
  await talk.say('tu', 'sửa 3 = 96');
  expect(talk.values(HIEU)[2]).toBe(121);
  expect(await talk.say('hanh', button(talk, 'hanh', 'Chọn số'))).toContain('[Lấy 96]');
  await talk.say('hanh', 'để sau');
  const choose = await talk.say('hanh', 'duyệt thôn Núi Hiểu');
  expect(choose).toContain('121 (chị Hạnh)');
  expect(choose).toContain('96 (bác Tư)');
  expect(await talk.say('hanh', 'Lấy 96')).toContain('em lấy 96');
  expect(talk.values(HIEU)[2]).toBe(96);
  expect(told(talk, 'tu').at(-1)).toContain('đã chọn 96');
});

it('a village’s own value against one entered and approved waits for the officer’s choice', async () => {
  const talk = talkAt();
  await talk.all('hanh', 'nhập hộ Núi Hiểu: 418 5 121 14', 'duyệt hết');
  expect(await talk.say('tu', 'sửa 3 = 120')).toContain('em để số 120 của bác bên cạnh');
  expect(told(talk, 'hanh')).toHaveLength(1);
  expect(talk.values(HIEU)[2]).toBe(121);
  expect(await talk.say('hanh', 'chờ duyệt')).toContain('1. Núi Hiểu – số 3 có hai số khác nhau');
  expect(await talk.say('hanh', 'duyệt hết')).toContain('Chưa có báo cáo nào sạch');
  await talk.say('hanh', 'trả lại số 3 thôn Núi Hiểu: xem lại giúp');
  // Its answer takes the place of both what was entered and what it said before.
  expect(await talk.say('tu', '119')).toContain('Lượt người dự: 119');
  expect(talk.report(HIEU)?.seconds).toEqual({});
  expect(await talk.say('hanh', 'duyệt thôn Núi Hiểu')).toContain('Đã duyệt');
  expect(await talk.say('hanh', 'chờ duyệt')).toContain('không có báo cáo nào chờ duyệt');
});

it('an objection after the approval waits until the officer has looked', async () => {
  const talk = talkAt();
  await talk.all('hanh', 'nhập hộ Núi Hiểu: 418 5 121 14', 'duyệt hết');
  await talk.say('tu', button(talk, 'tu', 'Không đúng'));
  expect(await talk.say('hanh', 'chờ duyệt')).toContain('người phụ trách báo số nhập hộ không đúng');
  expect(await talk.say('hanh', 'duyệt thôn Núi Hiểu')).toContain('Đã duyệt');
  expect(await talk.say('hanh', 'chờ duyệt')).toContain('không có báo cáo nào chờ duyệt');
});

it('a pasted table of several villages is read back first, and what is not clear is named', async () => {
  const talk = talkAt();
  const shown = await talk.say('hanh', 'Núi Hiểu 418 5 121 14\nNam Ngạn 300 4 90 7\nLạ Hoắc 1 2 3 4');
  expect(shown).toContain('Em đọc được số của 2 nơi');
  expect(shown).toContain('«Lạ Hoắc 1 2 3 4»: em chưa thấy nơi đó');
  expect(talk.report(HIEU)).toBeNull();
  expect(await talk.say('hanh', 'Nhập')).toContain('Đã nhập hộ 2 thôn');
  expect(talk.values(NGAN).slice(0, 4)).toEqual([300, 4, 90, 7]);
  expect(await talk.say('hanh', 'nhập hộ:\nCầu Đen 20 0 5 1\nNúi Hiểu 418 5 121 14')).toContain(
    'chưa khớp nhau',
  );
  expect(talk.report(DEN)).toBeNull();
});

it('more time is granted with one tap, for that village alone', async () => {
  const talk = talkAt('2026-03-18T19:00:00+07:00');
  expect(await talk.say('tu', 'xin thêm nửa ngày')).toContain('12:00 thứ Năm 19/3');
  expect(await talk.say('hanh', button(talk, 'hanh', 'Đồng ý'))).toContain('Đã mở thêm cho thôn Núi Hiểu');
  expect(told(talk, 'tu').at(-1)).toContain('đến 12:00 thứ Năm 19/3');
  await talk.all('tu', 'BC 418 5 121 14', 'gửi');
  expect(talk.report(HIEU)).toMatchObject({ state: 'submitted', late: true });
  expect(await talk.say('bay', 'BC 300 4 90 7')).toContain('đã khóa');
  expect(await talk.say('hanh', 'gia hạn thôn Núi Hiểu')).toContain('đã được mở thêm');
  talk.at = new Date('2026-03-19T13:00:00+07:00');
  expect(await talk.say('bay', 'xin thêm nửa ngày')).toContain('không xin thêm được nữa');
  expect(await talk.say('hanh', 'gia hạn thôn Nam Ngạn')).toContain('nhập hộ');
});

it('«gửi tạm» sends what is there, with what is missing and why', async () => {
  const talk = talkAt();
  await talk.all('tu', 'báo cáo', '418', '5');
  const asked = await talk.say('tu', 'gửi tạm');
  expect(asked).toContain('Còn thiếu: 3) Lượt người dự, 4) Hộ được đến tận nhà hỗ trợ');
  expect(await talk.say('tu', 'Chưa tổng hợp xong')).toContain('Đã gửi');
  expect(talk.report(HIEU)?.figures['learners']).toMatchObject({
    status: 'missing',
    state: 'submitted',
    reason: 'Chưa tổng hợp xong',
  });
});

it('«hoàn tác» takes nothing back that the officer has looked at, and says so', async () => {
  const talk = talkAt();
  await bothSent(talk);
  await talk.say('hanh', 'duyệt hết');
  expect(await talk.say('tu', 'hoàn tác')).toContain('đã xem báo cáo tháng 3 của thôn Núi Hiểu');
  expect(talk.report(HIEU)?.state).toBe('approved');
});

it('what is not theirs is refused', async () => {
  const talk = talkAt();
  await bothSent(talk);
  expect(await talk.say('bay', 'duyệt thôn Núi Hiểu')).toContain('phần này của cán bộ');
  expect(await talk.say('dung', `#DUYET_village-month/2026-03/${HIEU}`)).toContain('phần này của cán bộ');
  expect(await talk.say('bay', `#KHONGDUNG_village-month/2026-03/${HIEU}`)).toContain('nơi khác');
  expect(talk.report(HIEU)?.state).toBe('submitted');
});

describe('the department', () => {
  const key = (form: string, unit: string) => ({ form, period: '2026-03', unit });

  async function communeSent(talk: VillageTalk): Promise<void> {
    await talk.all(
      'hanh',
      'báo cáo xã',
      '29',
      '210',
      'chưa',
      '45 trên 52 đến 14/3',
      '3.100 trên 8.400 đến 14/3',
    );
    await talk.all('hanh', 'chưa có', 'không', 'không');
    await talk.say('hanh', 'gửi');
    expect(talk.of(key('commune-month', '99001'))?.state).toBe('submitted');
  }

  async function youthSent(talk: VillageTalk): Promise<void> {
    await talk.all('mai', 'báo cáo', '120', '99', '4000', '350', 'gửi');
    expect(talk.of(key('youth-month', '24-TD'))?.state).toBe('submitted');
  }

  it('approves a commune and an agency, each by its name, and sees both in one list', async () => {
    const talk = talkAt();
    await communeSent(talk);
    await youthSent(talk);
    const list = await talk.say('dung', 'chờ duyệt');
    expect(list).toContain('2 báo cáo chờ duyệt');
    expect(list).toContain('xã Tân Hòa (tháng 3)');
    expect(list).toContain('Tỉnh đoàn (tháng 3)');
    expect(await talk.say('dung', 'duyệt xã Tân Hòa')).toContain('Đã duyệt xã Tân Hòa');
    expect(await talk.say('dung', 'duyệt Tỉnh đoàn')).toContain('Đã duyệt Tỉnh đoàn');
    expect(talk.of(key('commune-month', '99001'))?.state).toBe('approved');
    expect(talk.of(key('youth-month', '24-TD'))?.state).toBe('approved');
    expect(told(talk, 'mai').at(-1)).toContain('đã duyệt');
  });

  it('approves all clean ones at once', async () => {
    const talk = talkAt();
    await communeSent(talk);
    await youthSent(talk);
    expect(await talk.say('dung', 'duyệt hết')).toContain('duyệt 2 báo cáo ✔');
    expect(talk.of(key('youth-month', '24-TD'))?.state).toBe('approved');
  });

  it('sends a figure of a commune back; the commune answers it in its form', async () => {
    const talk = talkAt();
    await communeSent(talk);
    expect(await talk.say('dung', 'trả lại số 2 xã Tân Hòa: xem lại số thành viên')).toContain('2) ');
    expect(talk.of(key('commune-month', '99001'))?.state).toBe('returned');
    expect(told(talk, 'hanh').at(-1)).toContain('xem lại một số');
    expect(await talk.say('hanh', button(talk, 'hanh', 'Trả lời'))).toContain('thành viên');
    await talk.say('hanh', '215');
    const figures = talk.of(key('commune-month', '99001'))?.figures;
    expect(figures?.['team_members']).toMatchObject({ value: 215, state: 'submitted' });
    expect(await talk.say('dung', 'trả lại xã Tân Hòa: thiếu mẫu số')).toContain('Đã trả lại xã Tân Hòa');
  });

  it('an approved figure of a commune is corrected only with a reason', async () => {
    const talk = talkAt();
    await communeSent(talk);
    await talk.say('dung', 'duyệt xã Tân Hòa');
    await talk.all('hanh', 'báo cáo xã', 'sửa 2');
    expect(await talk.say('hanh', '220')).toContain('Vì sao chị sửa');
    await talk.say('hanh', 'Đếm lại');
    const figures = talk.of(key('commune-month', '99001'))?.figures;
    expect(figures?.['team_members']).toMatchObject({ value: 220, state: 'submitted', reason: 'Đếm lại' });
  });
});
