import { Dictionary } from '../../../src/kernel/i18n';
import type { UserKey } from '../../../src/kernel/ids';
import { loadLocales } from '../../../src/app/load-locales';
import { row, strangerEffects, type TellOfStranger } from '../../../src/org/chat/stranger-effects';
import type { Office } from '../../../src/org/office';
import { StrangerNotices } from '../../../src/org/stranger-notices';
import { createStrangerNoticesRepo } from '../../../src/org/stranger-notices.repo';
import type { NewOutboxMessage } from '../../../src/outbox/outbox-row';
import { freshStore, type TestStore } from '../../support/stores';

/** Words of strangers to one officer: one a person and hour, five an hour in all, then one list. */

const OFFICER = 'zalo:officer' as UserKey;
const words = new Dictionary(loadLocales()).in('vi');
const at = (minutes: number): Date => new Date(Date.parse('2026-03-12T08:00:00+07:00') + minutes * 60_000);

let store: TestStore;
let rows: Map<string, NewOutboxMessage>;
let holds: boolean;
let strangers: StrangerNotices;

beforeEach(async () => {
  store = await freshStore();
  rows = new Map();
  holds = true;
  strangers = new StrangerNotices({
    repo: createStrangerNoticesRepo(store.connection),
    officesOf: () => (holds ? [{} as Office] : []),
    wordsFor: () => words,
    addressVars: () => ({ address: 'chị', Address: 'Chị' }),
    write: async (list) => keep([row(list)]),
  });
});
afterEach(() => store.stop());

const keep = (messages: readonly NewOutboxMessage[]): void => {
  for (const message of messages) if (!rows.has(message.id)) rows.set(message.id, message);
};
const tell = (from: string, minutes: number, id = `${from}@${minutes}`) =>
  strangerEffects(strangers, async (messages) => keep(messages))['stranger.notice']({
    ...{
      kind: 'stranger.notice',
      id,
      to: OFFICER,
      from: `zalo:${from}`,
      text: `${from} nhờ xã`,
      at: at(minutes),
    },
    button: { label: 'Đúng người', payload: `#DUNGNGUOI_${from}`, place: `thôn ${from}` },
  } satisfies TellOfStranger);
const heard = () => [...rows.values()].map(({ message }) => (message.kind === 'text' ? message.text : ''));

it('the second word of one person within the hour waits for the list; an hour later the next goes at once', async () => {
  await tell('An', 0);
  await tell('An', 30);
  expect(heard()).toEqual(['An nhờ xã']);
  await tell('An', 61);
  expect(heard()).toEqual(['An nhờ xã', 'An nhờ xã']);
});

it('the sixth person within an hour stands in one list when the hour is over, with what may be tapped', async () => {
  for (const [n, from] of ['A', 'B', 'C', 'D', 'E', 'F', 'G'].entries()) await tell(from, n);
  expect(rows.size).toBe(5);
  await strangers.run(at(60));
  expect(rows.size).toBe(5);
  for (const minutes of [66, 67, 70]) await strangers.run(at(minutes));
  expect(rows.size).toBe(6);
  expect([...rows.values()].at(-1)).toMatchObject({
    to: OFFICER,
    message: {
      text: expect.stringContaining('còn 2 người nhờ nữa, em gộp lại một tin:\n• F nhờ xã\n• G nhờ xã'),
      buttons: [
        { label: 'thôn F', payload: '#DUNGNGUOI_F' },
        { label: 'thôn G', payload: '#DUNGNGUOI_G' },
      ],
    },
  });
});

it('a turn that is repeated is decided as the first time', async () => {
  for (const from of ['A', 'B', 'C', 'D', 'E', 'F']) await tell(from, 1, `e-${from}`);
  for (const from of ['F', 'A']) await tell(from, 1, `e-${from}`);
  expect([...rows.keys()]).toEqual(['e-A', 'e-B', 'e-C', 'e-D', 'e-E']);
});

it('whoever no longer holds the post reads no list', async () => {
  await tell('An', 0);
  await tell('An', 1);
  holds = false;
  await strangers.run(at(90));
  expect(rows.size).toBe(1);
});
