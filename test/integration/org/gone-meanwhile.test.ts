import { CODE, FOREIGN, NOBODY, RightsWorld } from '../../support/rights-world';
import { freshStore, type TestStore } from '../../support/stores';

/** «Đúng» and «gửi» said to a question whose ground has gone meanwhile: the answer says so, and nothing is done. */

let store: TestStore;
let world: RightsWorld;
beforeAll(async () => {
  store = await freshStore();
  world = await RightsWorld.open(store.connection);
}, 60_000);
afterAll(() => store.stop());

const textOf = (decided: { says: readonly { say: { text: string } }[] }): string =>
  decided.says.map(({ say }) => say.text).join('\n');

it('of two people with one code the second hears that it has been used, whatever moment they said yes', async () => {
  const { talk } = world;
  const other = 'zalo:1000000098';
  const first = await talk.say(talk.begin(NOBODY.user), CODE);
  const second = await talk.say(talk.begin(other), CODE);
  expect([first, second].map(({ stack }) => stack.at(-1)?.step)).toEqual(['confirm', 'confirm']);
  // Both say yes before either was done.
  const early = await talk.decide(second, 'Đúng');
  expect(early.effects.map(({ kind }) => kind)).toContain('org.claim');
  await talk.say(first, 'Đúng');
  const claim = early.effects.find(({ kind }) => kind === 'org.claim');
  expect(claim && (await talk.apply(claim))).toBe('conflict');
  // So the turn is decided again, from what is there now.
  const late = await talk.decide(second, 'Đúng');
  expect(late.effects).toEqual([]);
  expect(textOf(late)).toContain('Mã này đã có người nhận rồi ạ');
  expect(talk.org.directory.officesOf(other, talk.clock.now())).toEqual([]);
  expect(talk.org.directory.officesOf(NOBODY.user, talk.clock.now())).toHaveLength(1);
});

it.each<[string, readonly string[], string]>([
  ['ended', [], 'không còn từ ngày 16/3'],
  ['was joined to another', [`${FOREIGN}-02`], 'đã nhập vào'],
])('«gửi» after the village %s says so, and sends nothing', async (_how, into, told) => {
  const { talk } = world;
  const head = world.by('Sểnh');
  const village = `${FOREIGN}-03`;
  const readback = await talk.say(talk.begin(head.user), 'bc 1200 3 50 6');
  expect(readback.stack.at(-1)?.step).toBe('readback');
  const units = store.connection.collection<{ _id: string }>('org_units');
  await units.updateOne(
    { _id: village },
    { $set: { 'spans.0.validTo': '2026-03-15', ...(into.length > 0 ? { 'spans.0.mergedInto': into } : {}) } },
  );
  await talk.readAgain();
  const decided = await talk.decide(readback, 'gửi');
  expect(textOf(decided)).toContain(told);
  expect(textOf(decided)).not.toContain('xin lỗi');
  expect(decided.effects).toEqual([]);
  expect(decided.conversation.stack).toEqual([]);
  await units.updateOne({ _id: village }, { $set: { 'spans.0.validTo': null } });
  await talk.readAgain();
  // What had been decided a moment before is refused where it would be done.
  const send = (await talk.decide(readback, 'gửi')).effects.find(({ kind }) => kind.startsWith('report.'));
  await units.updateOne({ _id: village }, { $set: { 'spans.0.validTo': '2026-03-15' } });
  await talk.readAgain();
  expect(send && (await talk.apply(send))).toBe('conflict');
  await units.updateOne({ _id: village }, { $set: { 'spans.0.validTo': null } });
  await talk.readAgain();
});
