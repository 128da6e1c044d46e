import { HANH, TU, TWO_VILLAGES, VillageTalk } from '../../../support/village-talk';

/** Village heads as they type: what they leave unsaid stays as it is, what they put off is not answered for them. */

const VILLAGE = '99001-01';

/** Bác Tu sent 400, 4, 100, 12 in February and begins March. */
async function begun(...said: string[]): Promise<VillageTalk> {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH] }, '2026-02-12T09:00:00+07:00');
  await talk.all('zalo:tu', 'bc 400 4 100 12', 'gửi');
  talk.at = new Date('2026-03-12T08:00:00+07:00');
  await talk.all('zalo:tu', 'báo cáo', ...said);
  return talk;
}
const march = (talk: VillageTalk) => talk.values(VILLAGE).slice(0, 4);
const ONE_BY_ONE = ['trả lời từng câu', '418', '5'];

describe('«còn lại như cũ» leaves what was given as it is', () => {
  it('at a question', async () => {
    const talk = await begun(...ONE_BY_ONE);
    await talk.say('zalo:tu', '121 lượt, còn lại như cũ');
    expect(march(talk)).toEqual([418, 5, 121, 12]);
  });

  it('on the read-back', async () => {
    const talk = await begun(...ONE_BY_ONE, '121', '14');
    await talk.say('zalo:tu', '420 người, còn lại như cũ');
    expect(march(talk)).toEqual([420, 5, 121, 14]);
  });
});

it('«như tháng trước, riêng số buổi 5» is last month with one other figure', async () => {
  const talk = await begun();
  await talk.say('zalo:tu', 'như tháng trước, riêng số buổi 5');
  expect(march(talk)).toEqual([400, 5, 100, 12]);
});

it('two figures called wrong on last month’s screen are both asked, neither taken', async () => {
  const talk = await begun();
  const asked = await talk.say('zalo:tu', 'sửa câu 3 và câu 4');
  expect(asked).toContain('lượt người đến học');
  expect(march(talk)).toEqual([400, 4, undefined, undefined]);
});

it('two figures called wrong on the read-back are asked one after the other', async () => {
  const talk = await begun(...ONE_BY_ONE, '121', '14');
  expect(await talk.say('zalo:tu', 'câu 2 với câu 4 sai')).toContain('mấy buổi học');
  expect(await talk.say('zalo:tu', '6')).toContain('bao nhiêu hộ');
  await talk.say('zalo:tu', '15');
  expect(march(talk)).toEqual([418, 6, 121, 15]);
});

it.each([
  'sổ để ở nhà, tối tôi báo',
  'chiều tôi hỏi chị Lan rồi báo',
  'đang ngoài đồng',
  'điện thoại sắp hết pin tí nữa nhé',
  'để bác về xem sổ đã rồi báo',
])('«%s» puts the report off and writes nothing', async (text) => {
  const talk = await begun(...ONE_BY_ONE);
  expect(await talk.say('zalo:tu', text)).toContain('em giữ các số đã ghi');
  expect(march(talk)).toEqual([418, 5, undefined, undefined]);
});

it.each([
  ['nhìn không rõ chữ', 'Cỡ chữ'],
  ['biết dùng là biết những gì hả cháu', 'từ 18 tuổi'],
  ['đấy là lượt chứ không phải người à', 'một lượt'],
  ['báo số này để làm gì thế', 'cộng lại'],
  ['sao lại hỏi lắm thế, lừa đảo à', 'cán bộ xã'],
])('«%s» is answered beside the question, and no figure is noted as missing', async (text, answer) => {
  const talk = await begun(...ONE_BY_ONE);
  expect(await talk.say('zalo:tu', text)).toContain(answer);
  expect(march(talk)).toEqual([418, 5, undefined, undefined]);
});

it('what nobody took but may mean that there is no figure is asked, not noted', async () => {
  const talk = await begun(...ONE_BY_ONE);
  const asked = await talk.say('zalo:tu', 'hôm ấy chẳng điểm danh ghi chép gì sất');
  expect(asked).toMatch(/chưa có số|Chưa có số/);
  expect(march(talk)).toEqual([418, 5, undefined, undefined]);
});

describe('sums and other people’s counts', () => {
  it.each`
    text                                      | value
    ${'buổi đầu 30 buổi sau 25 buổi cuối 40'} | ${95}
    ${'năm mươi với bốn mươi hai'}            | ${92}
    ${'tổng 5 buổi cộng lại được 133'}        | ${133}
    ${'tăng gấp đôi tháng trước'}             | ${200}
  `(
    '«$text» is read back as $value before it is written',
    async ({ text, value }: { text: string; value: number }) => {
      const talk = await begun(...ONE_BY_ONE);
      expect(await talk.say('zalo:tu', text)).toContain(`${value}`);
      expect(march(talk)[2]).toBeUndefined();
      await talk.say('zalo:tu', 'đúng');
      expect(march(talk)[2]).toBe(value);
    },
  );

  it('«ông Tám đếm được 96» is 96, and the name is no number', async () => {
    const talk = await begun(...ONE_BY_ONE);
    await talk.say('zalo:tu', 'ông Tám đếm được 96');
    expect(march(talk)[2]).toBe(96);
  });

  it.each(['nhà bà Tư với nhà ông Sáu', '5 buổi và 30 người', 'mất đi 2 người, thêm 11 người'])(
    '«%s» writes nothing',
    async (text) => {
      const talk = await begun(...ONE_BY_ONE, '121');
      await talk.say('zalo:tu', text);
      expect(march(talk)[3]).toBeUndefined();
    },
  );
});

describe('a whole report in one message', () => {
  it.each([
    '1/418\n2/5\n3/121\n4/14',
    'a) 418 b) 5 c) 121 d) 14',
    'báo cáo tháng ba người lớn biết dùng bốn trăm mười tám năm buổi một trăm hai mươi mốt lượt mười bốn hộ',
    'Kính gửi UBND xã. Báo cáo tháng 3: có 418 người lớn biết dùng mạng; mở 5 buổi; 121 lượt người; hỗ trợ 14 hộ. Trân trọng.',
    'Báo cáo tháng 3\n- so nguoi lon biet dung dt 418\n- so buoi hoc 5\n- so luot nguoi hoc 121\n- so ho den giup 14\nTruong thon Nguyen Van A',
    'gửi cô Hạnh bc 418-5-121-14 nhé',
  ])('«%s»', async (text) => {
    const talk = await begun();
    await talk.say('zalo:tu', text);
    expect(march(talk)).toEqual([418, 5, 121, 14]);
    expect(talk.report(VILLAGE)?.submittedAt).toBeNull();
  });
});
