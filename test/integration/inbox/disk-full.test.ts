import { createInboxRepo, type InboxRow } from '../../../src/inbox/inbox.repo';
import { prepareIndexes } from '../../../src/runtime/stores';
import { embeddedStore, type TestStore } from '../../support/stores';
import { textEvent } from '../../support/talk';
import { FaultyDisk } from '../../unit/embedded/mongo/disk';

/** A full disk at the store: nothing is acknowledged that is not there, and all goes on when there is room again. */

const at = new Date('2026-03-12T01:00:00Z');
let store: TestStore;
let disk: FaultyDisk;

function row(id: string): InboxRow {
  return {
    id,
    user: 'zalo:1',
    event: textEvent(id, 'hello', at),
    eventAt: at,
    arrivedAt: at,
    seq: 1,
    attempts: 0,
    interrupted: 0,
  };
}

beforeAll(async () => {
  disk = new FaultyDisk();
  store = await embeddedStore({ files: disk.files, retryMs: 50 });
});
afterAll(() => store.stop());

it('says that it is full, stores nothing, and takes the same event when there is room again', async () => {
  const inbox = createInboxRepo(store.connection);
  await prepareIndexes(store.connection);
  expect(await inbox.insert(row('before'), at)).toBe('new');
  disk.space = 0;
  const refused = await Promise.allSettled(['a', 'b', 'c'].map((id) => inbox.insert(row(id), at)));
  expect(refused.map((each) => each.status)).toEqual(['rejected', 'rejected', 'rejected']);
  for (const each of refused)
    expect((each as PromiseRejectedResult).reason).toMatchObject({
      code: expect.stringMatching(/^store_(full|unavailable)$/),
    });
  expect((await inbox.waiting('zalo:1', 10)).map(({ id }) => id)).toEqual(['before']);
  disk.space = null;
  const later = Date.now() + 10_000;
  let outcome: string | null = null;
  while (outcome === null && Date.now() < later) outcome = await inbox.insert(row('a'), at).catch(() => null);
  expect(outcome).toBe('new');
  expect((await inbox.waiting('zalo:1', 10)).map(({ id }) => id).sort()).toEqual(['a', 'before']);
});
