import { HANH, TU, TWO_VILLAGES, VillageTalk, type Holder } from '../../support/village-talk';

/** D1: «nhờ anh Hùng» is understood as text; the deputy hears of it, and nobody's post changes. */

const HUNG: Holder = { unit: '99001-01', role: 'village_deputy', name: 'Trần Văn Hùng', address: 'anh' };
const world = (deputy: Holder): VillageTalk =>
  new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH, deputy] }, '2026-03-13T09:00:00+07:00');

it.each(['nhờ anh Hùng', 'nho anh hung', 'nhờ Trần Văn Hùng', 'thôi nhờ anh Hùng làm giúp nhé'])(
  '«%s» tells the deputy',
  async (text) => {
    const talk = world({ ...HUNG, user: 'hung' });
    expect(await talk.say('zalo:tu', text)).toContain('Em đã nhắn anh Hùng');
    expect(talk.notices).toHaveLength(1);
    expect(talk.notices[0]).toMatchObject({ to: 'hung', buttons: [{ payload: '#BAOCAO' }] });
    expect(talk.notices[0]?.text).toContain('bác Tư nhờ anh làm giúp báo cáo');
    expect(await talk.say('hung', '#BAOCAO')).toContain('Câu 1/4');
  },
);

it('leads back to the question that is open', async () => {
  const talk = world({ ...HUNG, user: 'hung' });
  await talk.all('zalo:tu', 'báo cáo', '300');
  expect(await talk.say('zalo:tu', 'nhờ anh Hùng')).toContain('Em đã nhắn anh Hùng');
  expect(talk.values('99001-01').slice(0, 2)).toEqual([300, undefined]);
});

it('explains what to do where the deputy has not taken the post, and who can be named', async () => {
  const talk = world(HUNG);
  expect(await talk.say('zalo:tu', 'nhờ anh Hùng')).toContain('chưa nhận việc trên kênh này');
  expect(await talk.say('zalo:tu', 'nhờ anh Vinh')).toContain('từ mai anh Hùng thay tôi');
  expect(talk.notices).toEqual([]);
});

it.each(['nhờ em giúp', 'nhờ chị xem hộ'])('«%s» asks nobody of the village', async (text) => {
  const talk = world({ ...HUNG, user: 'hung' });
  await talk.say('zalo:tu', text);
  expect(talk.notices).toEqual([]);
});
