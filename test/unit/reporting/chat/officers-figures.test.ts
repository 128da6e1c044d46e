import { HANH, TU, TWO_VILLAGES, VillageTalk, type Holder } from '../../../support/village-talk';
import type { PlainUnit } from '../builders';

/** What officers say of figures with nothing open: one of a village changed, a rate without its name, a directive nobody knows. */

const VILLAGE = '99001-01';
const POLICE: PlainUnit = { code: '24-CA', level: 'agency', parent: '24', name: 'Công an tỉnh' };
const MINH: Holder = {
  ...{ unit: '24', role: 'police', name: 'Nguyễn Quang Minh', address: 'đồng chí', user: 'minh' },
};

async function sentByTu(): Promise<VillageTalk> {
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH] }, '2026-03-16T09:00:00+07:00');
  await talk.all('zalo:tu', 'BC 418 5 121 14', 'gửi');
  return talk;
}

describe('«sửa số 3 thôn X = …»', () => {
  it.each([
    'sửa số 3 thôn Núi Hiểu = 102',
    'sửa lại câu 3 của thôn Núi Hiểu thành 102',
    'sua so 3 thon nui hieu la 102',
  ])('«%s» after the village’s lock is shown, then entered on its behalf', async (text) => {
    const talk = await sentByTu();
    talk.at = new Date('2026-03-20T09:00:00+07:00');
    const shown = await talk.say('zalo:hanh', text);
    expect(shown).toContain('102');
    expect(talk.values(VILLAGE)).toEqual([418, 5, 121, 14, undefined, undefined, undefined, undefined]);
    await talk.say('zalo:hanh', 'Nhập');
    const report = talk.report(VILLAGE);
    const beside = report?.seconds['learners']?.value ?? report?.figures['learners']?.value;
    expect(beside).toBe(102);
    expect(report?.figures['classes_held']?.value).toBe(5);
  });

  it('asks for the reason of an adjustment once the commune is locked too', async () => {
    const talk = await sentByTu();
    talk.at = new Date('2026-03-26T09:00:00+07:00');
    expect(await talk.say('zalo:hanh', 'sửa số 3 thôn Núi Hiểu = 102')).toBe(
      await talk.say('zalo:hanh', 'điều chỉnh số 3 thôn Núi Hiểu = 102'),
    );
    expect(talk.values(VILLAGE)[2]).toBe(121);
  });

  it('leaves a figure without a place to one’s own report', async () => {
    const talk = await sentByTu();
    await talk.say('zalo:tu', 'sửa số 3 = 102');
    expect(talk.values(VILLAGE)[2]).toBe(102);
  });
});

describe('a rate of the police without its name', () => {
  const begun = (): VillageTalk =>
    new VillageTalk({ units: [...TWO_VILLAGES, POLICE], holders: [MINH] }, '2026-03-16T09:00:00+07:00');
  const rates = (talk: VillageTalk) =>
    talk.of({ form: 'police-month', period: '2026-03', unit: '24-CA' })?.figures ?? {};

  it.each(['71,4 % của 2,5 triệu', '71,4% của 2.500.000 đến 15/3'])(
    '«%s» is asked about and nothing is written',
    async (text) => {
      const talk = begun();
      const asked = await talk.say('minh', text);
      expect(asked).toContain('là của tỷ lệ nào');
      expect(asked).toContain('[Mức độ 2]\n[Xác nhận VNeID]');
      expect(rates(talk)).toEqual({});
    },
  );

  it.each`
    answer        | figure
    ${'2'}        | ${'vneid_confirmed'}
    ${'Mức độ 2'} | ${'level2_activated'}
    ${'xác nhận'} | ${'vneid_confirmed'}
    ${'muc 2'}    | ${'level2_activated'}
  `('«$answer» gives it to $figure alone', async ({ answer, figure }: { answer: string; figure: string }) => {
    const talk = begun();
    await talk.all('minh', '71,4 % của 2,5 triệu, số đến 15/3', answer);
    expect(Object.keys(rates(talk))).toEqual([figure]);
  });

  it('is nothing for somebody else', async () => {
    const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH] });
    expect(await talk.say('zalo:hanh', '71,4 % của 2,5 triệu')).not.toContain('tỷ lệ nào');
  });
});

it.each(['tiến độ 145', 'tien do cv 145', 'tiến độ công văn 145 đến đâu rồi em', '145 đến đâu rồi'])(
  '«%s» with no such directive: it is said that there is none',
  async (text) => {
    const talk = new VillageTalk({ units: TWO_VILLAGES, holders: [HANH] }, '2026-03-16T09:00:00+07:00');
    expect(await talk.say('zalo:hanh', text)).toContain('Em không thấy công văn 145');
  },
);
