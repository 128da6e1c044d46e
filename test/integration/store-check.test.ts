import { createStoreCheck } from '../../src/app/store-check';
import { createHealthRouter, type PartState } from '../../src/http/health.routes';
import { createHttpServer } from '../../src/http/server';
import { silentLog } from '../../src/observability/logger';
import { createMetrics } from '../../src/observability/metrics';
import { embeddedStore, freshStore, type TestStore } from '../support/stores';
import { FaultyDisk } from '../unit/embedded/mongo/disk';

/** What `/health/ready` says of the store is what a write meets. */
let store: TestStore;
afterEach(() => store.stop());

/** What `/health/ready` answers with this check as its store. */
async function ready(check: () => Promise<PartState>): Promise<{ status: number; body: unknown }> {
  const probe = { name: 'store', required: true, check };
  const router = createHealthRouter({ live: [], ready: [probe], metrics: createMetrics() });
  const http = createHttpServer({ first: [], routers: [{ path: '/', router }], log: silentLog });
  const { port } = await http.listen(0, '127.0.0.1');
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`);
  const body: unknown = await answer.json();
  await http.close(100);
  return { status: answer.status, body };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('is well while writes reach the disk, however often it is asked', async () => {
  store = await freshStore();
  const check = createStoreCheck(store.connection);
  for (let i = 0; i < 20; i++) expect(await check()).toEqual({ ok: true });
  const checks = store.connection.collection<{ _id: string; n: number }>('start_checks');
  expect((await checks.findOne({ _id: 'health' }))?.n).toBeLessThanOrEqual(2);
});

it.each<[string, (disk: FaultyDisk) => void, string]>([
  ['the disk is full', (disk) => (disk.space = 0), 'the disk is full'],
  ['the disk fails', (disk) => (disk.syncFault = 'EIO'), 'writes are refused'],
])('says so when %s, though nobody else has written, and when that is over', async (_what, spoil, detail) => {
  const disk = new FaultyDisk();
  store = await embeddedStore({ files: disk.files, retryMs: 20 });
  const check = createStoreCheck(store.connection);
  spoil(disk);
  expect(await check()).toEqual({ ok: false, detail });
  const answer = await ready(check);
  expect([answer.status, answer.body]).toEqual([
    503,
    { status: 'failing', parts: { store: { ok: false, detail } } },
  ]);
  disk.space = null;
  disk.syncFault = null;
  await pause(1_100);
  expect(await check()).toEqual({ ok: true });
});
