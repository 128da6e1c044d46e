import { NOBODY, RightsWorld } from '../../support/rights-world';
import { freshStore, type TestStore } from '../../support/stores';

/** Whoever asks for somebody reads a number, and whoever asks where help is reads of the classes too. */

let store: TestStore;
let world: RightsWorld;

beforeAll(async () => {
  store = await freshStore();
  world = await RightsWorld.open(store.connection);
}, 60_000);

afterAll(() => store.stop());

async function heard(name: string, ...said: readonly string[]): Promise<{ text: string; labels: string[] }> {
  let conversation = world.begin(name === '' ? NOBODY : world.by(name));
  let last = { text: '', labels: [] as string[] };
  for (const typed of said) {
    const decided = await world.talk.decide(conversation, typed);
    ({ conversation } = decided);
    const says = decided.says.map(({ say }) => say);
    last = {
      text: says.map(({ text }) => text).join('\n'),
      labels: says.flatMap(({ choices = [] }) => choices.map(({ label }) => label)),
    };
  }
  return last;
}

// Neither the officer nor the chair of Tân Hòa gave a number.
it.each(['gọi cho tôi', 'call me', 'gọi điện cho tôi với'])('«%s» names the hotline', async (typed) => {
  expect((await heard('Tư', typed)).text).toContain('1900 0368');
});

it('what is not understood names it as well', async () => {
  const { text } = await heard('Tư', 'xe tải chở gạch qua cầu phao');
  expect(text).toContain('chưa rõ ý');
  expect(text).toContain('1900 0368');
});

it('«where» shows desk, police, team and the next classes', async () => {
  const { text, labels } = await heard('', 'nơi giúp gần tôi', 'xã Tân Hòa', 'Đúng');
  expect(text).toMatch(/Một cửa xã Tân Hòa.*Công an xã Tân Hòa.*Tổ công nghệ số/s);
  expect(labels).toContain('Lớp gần tôi');
});
