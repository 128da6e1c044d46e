import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { WebhookCaller } from '../../../src/simulator/webhook-caller';
import { ownCallersOnly, type OwnCallersOptions } from '../../../src/simulator/own-callers';

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A simulator behind the guard; asks it with these headers, `PORT` standing for its port. */
async function guarded(options: OwnCallersOptions) {
  const app = express();
  app.use(ownCallersOnly(options), (_req, res) => void res.json({ codes: 'here' }));
  const server = http.createServer(app);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const filled = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(port))]),
      );
      http
        .get({ host: '127.0.0.1', port, path: '/simulator/codes', headers: filled }, (res) => {
          res.resume();
          resolve(res.statusCode ?? 0);
        })
        .once('error', reject);
    });
}

it.each<[string, Record<string, string>, number]>([
  ['a program', { host: '127.0.0.1:PORT' }, 200],
  ['a program by name', { host: 'localhost:PORT' }, 200],
  ['a program by the newer address', { host: '[::1]:PORT' }, 200],
  ['its own page', { host: '127.0.0.1:PORT', origin: 'http://127.0.0.1:PORT' }, 200],
  ['its own page by name', { host: 'LOCALHOST:PORT', origin: 'http://localhost:PORT' }, 200],
  ['a page of another site', { host: '127.0.0.1:PORT', origin: 'https://evil.example' }, 403],
  ['a page of another program here', { host: '127.0.0.1:PORT', origin: 'http://127.0.0.1:81' }, 403],
  ['a page from a file', { host: '127.0.0.1:PORT', origin: 'null' }, 403],
  ['a name of somebody else that leads here', { host: 'evil.example:PORT' }, 403],
  [
    'such a name with a page of its own',
    { host: 'evil.example:PORT', origin: 'http://evil.example:PORT' },
    403,
  ],
  ['another port', { host: '127.0.0.1:81' }, 403],
  ['a Host that is none', { host: '127.0.0.1:PORT/x' }, 403],
  ['an address of the network', { host: '192.168.1.7:PORT' }, 403],
])('is asked by %s', async (_who, headers, status) => {
  expect(await (await guarded({}))(headers)).toBe(status);
});

it('lets the network in only where it is told to, and never by a strange name', async () => {
  const ask = await guarded({ network: true });
  expect(await ask({ host: '192.168.1.7:PORT', origin: 'http://192.168.1.7:PORT' })).toBe(200);
  expect(await ask({ host: 'evil.example:PORT' })).toBe(403);
});

it('is reached by the name of a proxy in front', async () => {
  const ask = await guarded({ names: ['bot.example.vn'] });
  expect(await ask({ host: 'bot.example.vn', origin: 'https://bot.example.vn' })).toBe(200);
  expect(await ask({ host: 'other.example.vn' })).toBe(403);
});

it('calls nobody but this machine', async () => {
  const caller = new WebhookCaller(1_000, '192.168.1.7');
  const may = (url: string) => caller.mayCall(url);
  for (const url of ['http://127.0.0.1:1/x', 'http://localhost/', 'http://[::1]:1/', 'http://192.168.1.7/'])
    expect(may(url)).toBe(true);
  for (const url of [
    'http://192.168.1.8/',
    'https://example.vn/',
    'http://127.0.0.1.example.vn/',
    'http://10.0.0.1/',
  ])
    expect(may(url)).toBe(false);
  expect(await caller.call('http://192.0.2.1/hook', 'POST', {}, '{}')).toBeNull();
  expect(caller.lastError).toBe('only addresses of this machine are called');
  caller.close();
});
