import { HANH, TU, TWO_VILLAGES, VillageTalk } from '../../../support/village-talk';

/** «Không phát sinh»: all three figures of the month while none of them is answered, then the open question alone. */

const VILLAGE = '99001-01';
const world = (): VillageTalk =>
  new VillageTalk({ units: TWO_VILLAGES, holders: [TU, HANH] }, '2026-03-13T09:00:00+07:00');
const four = (talk: VillageTalk) => talk.values(VILLAGE).slice(0, 4);

it.each`
  before               | values                    | asked        | why
  ${[]}                | ${[undefined, 0, 0, 0]}   | ${'Câu 1/4'} | ${'the stock is asked'}
  ${['300']}           | ${[300, 0, 0, 0]}         | ${'Em ghi'}  | ${'a stock says nothing of the month'}
  ${['300', '0']}      | ${[300, 0, 0, undefined]} | ${'Câu 4/4'} | ${'one figure of the month is there'}
  ${['300', '5', '9']} | ${[300, 5, 9, 0]}         | ${'Em ghi'}  | ${'two figures of the month are there'}
`(
  'after $before: $why',
  async ({ before, values, asked }: { before: string[]; values: unknown[]; asked: string }) => {
    const talk = world();
    await talk.say('zalo:tu', 'báo cáo');
    for (const text of before) await talk.say('zalo:tu', text);
    const heard = await talk.say('zalo:tu', 'không phát sinh');
    expect(heard).toContain(asked);
    expect(four(talk)).toEqual(values);
  },
);
