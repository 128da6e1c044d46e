import { HANH, TU, TWO_VILLAGES, VillageTalk, type Holder } from '../../../support/village-talk';
import type { PlainUnit } from '../builders';

/** What a figure may be: hard limits that nobody keeps against, what the plan wants at least, and numbers that fit their count. */

const VILLAGE = '99001-01';
const PAPER: PlainUnit = { code: '24-BPTTH', level: 'agency', parent: '24', name: 'Báo và Đài' };
const LOAN: Holder = {
  ...{ unit: '24-BPTTH', role: 'agency_officer', name: 'Phạm Thị Loan', address: 'chị', user: 'loan' },
};

describe('a hard limit after the unit was counted anew', () => {
  const counted = (adults: number, households: number): PlainUnit[] =>
    TWO_VILLAGES.map((unit) => (unit.code === VILLAGE ? { ...unit, adults, households } : unit));

  async function draft(): Promise<VillageTalk> {
    const talk = new VillageTalk(
      { units: counted(200, 60), holders: [TU, HANH] },
      '2026-03-13T09:00:00+07:00',
    );
    await talk.all('zalo:tu', 'BC 101 5 121 41');
    talk.setUnits(counted(100, 40));
    return talk;
  }

  it('is checked again when the report is sent', async () => {
    const talk = await draft();
    const heard = await talk.say('zalo:tu', 'gửi');
    expect(heard).toContain('chỉ có thể từ 0 đến 100');
    expect(heard).not.toContain('[Vẫn 101]');
    expect(talk.report(VILLAGE)?.submittedAt).toBeNull();
  });

  it.each(['vẫn 101', '101', 'đúng 101', 'giữ nguyên'])('«%s» does not keep it', async (text) => {
    const talk = await draft();
    await talk.all('zalo:tu', 'gửi', text, 'gửi', 'vẫn 101', 'gửi', 'đúng', 'gửi');
    expect(talk.report(VILLAGE)?.submittedAt).toBeNull();
  });

  it('another value of each is sent', async () => {
    const talk = await draft();
    await talk.all('zalo:tu', 'gửi', '99', 'gửi', '40');
    await talk.say('zalo:tu', 'gửi');
    expect(talk.report(VILLAGE)?.submittedAt).not.toBeNull();
    expect(talk.values(VILLAGE).slice(0, 4)).toEqual([99, 5, 121, 40]);
  });
});

describe('what the plan wants at least', () => {
  const week = { form: 'press-week', period: '2026-W11', unit: '24-BPTTH' };
  async function asked(text: string): Promise<[VillageTalk, string]> {
    const talk = new VillageTalk(
      { units: [...TWO_VILLAGES, PAPER], holders: [LOAN] },
      '2026-03-16T09:00:00+07:00',
    );
    await talk.say('loan', 'báo cáo');
    return [talk, await talk.say('loan', text)];
  }

  it.each(['0', '1'])('%s is asked about, and kept with its reason', async (text) => {
    const [talk, heard] = await asked(text);
    expect(heard).toContain('ít nhất 2');
    expect(talk.of(week)?.figures['items_published']).toBeUndefined();
    await talk.all('loan', `Đúng ${text}`, 'phóng viên nghỉ Tết');
    expect(talk.of(week)?.figures['items_published']).toMatchObject({
      ...{ value: Number(text), reason: 'phóng viên nghỉ Tết' },
    });
  });

  it('2 is taken as it is', async () => {
    const [talk] = await asked('2');
    expect(talk.of(week)?.figures['items_published']?.value).toBe(2);
  });
});

it('numbers of questions fit how many there are', async () => {
  const talk = new VillageTalk(
    { units: TWO_VILLAGES, holders: [TU], optionalFigures: { '2026-03': ['vneid_confirmed'] } },
    '2026-03-13T09:00:00+07:00',
  );
  const heard = [await talk.say('zalo:tu', 'báo cáo')];
  for (const text of ['300', '5', '121', '14']) heard.push(await talk.say('zalo:tu', text));
  const shown = heard.flatMap((text) => [...text.matchAll(/Câu (\d+)\/(\d+)/g)].map(([whole]) => whole));
  expect(shown).toEqual(['Câu 1/6', 'Câu 2/6', 'Câu 3/6', 'Câu 4/6', 'Câu 6/6']);
});
