import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from '../../../src/config/config';
import { MovableClock } from '../../../src/kernel/clock';
import { silentLog } from '../../../src/observability/logger';
import { createMediaStore } from '../../../src/evidence/media-store';
import { openOfficialAccount } from '../../../src/app/zalo';
import { freshStore, type TestStore } from '../../support/stores';
import { until } from '../outbox/world';

/** What looks after the account asks Zalo within the same limit as messages do. */

let store: TestStore;
const asked: string[] = [];
const server = http.createServer((req, res) => {
  asked.push(req.url ?? '');
  res.setHeader('X-RateLimit-Limit', '90');
  res.setHeader('X-RateLimit-Remain', '89');
  res.end('{"error":0,"data":{"oaid":"2","is_verified":true}}');
});

beforeAll(async () => {
  store = await freshStore();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await store.stop();
});

it('waits for its turn before the account is looked at, and tells the limit it was told', async () => {
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let turn = (): void => undefined;
  const pace = jest.fn(() => new Promise<void>((resolve) => (turn = resolve)));
  const rates: unknown[] = [];
  const channelModule = openOfficialAccount({
    config: readConfig({
      ...{ ZALO_APP_ID: '1', ZALO_APP_SECRET: 's', ZALO_OA_ID: '2', ZALO_OA_SECRET_KEY: 'k' },
      ...{ ZALO_ACCESS_TOKEN: 'at', ZALO_REFRESH_TOKEN: 'rt' },
      ...{ ZALO_OPENAPI_URL: base, ZALO_OAUTH_URL: base, ZALO_BUSINESS_URL: base },
    }),
    connection: store.connection,
    clock: MovableClock.startingAt(new Date('2026-03-12T01:00:00Z')),
    key: Buffer.alloc(32, 1),
    media: createMediaStore('./media'),
    log: silentLog,
  });
  await channelModule.start('http://127.0.0.1:1', { pace, noteRate: (rate) => rates.push(rate) });
  await until(() => pace.mock.calls.length === 1);
  expect(asked).toEqual([]);
  turn();
  await until(() => rates.length === 1);
  expect(asked).toEqual([expect.stringContaining('/v2.0/oa/getoa')]);
  expect(rates).toEqual([{ limit: 90, remain: 89 }]);
  await channelModule.stop();
});
