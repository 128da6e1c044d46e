import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFetchMedia, isInside, type FetchMediaOptions } from '../../../src/evidence/fetch-media';

/** A server of media on this machine, taken for the messenger's own. */

const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4]);
let server: Server;
let origin: string;
let answer: (req: IncomingMessage, res: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((req, res) => answer(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  answer = (_req, res) => res.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE);
});

const fetching = (more: Partial<FetchMediaOptions> = {}) =>
  createFetchMedia({ hosts: ['zdn.vn'], origins: () => [origin], timeoutMs: 2_000, ...more });

it('fetches a picture as it is', async () => {
  expect(await fetching()(`${origin}/a.png`, 'image', null)).toEqual({
    outcome: 'fetched',
    bytes: PICTURE,
    extension: 'png',
  });
});

it.each([
  ['a host that is not on the list', 'https://example.vn/a.jpg'],
  ['a host that only ends alike', 'https://evilzdn.vn/a.jpg'],
  ['another port', 'https://f1.zdn.vn:8443/a.jpg'],
  ['a name and a password', 'https://a:b@f1.zdn.vn/a.jpg'],
  ['another protocol', 'file:///etc/passwd'],
  ['an address in digits', 'http://127.0.0.1/a.jpg'],
  ['an address in other digits', 'http://2130706433/a.jpg'],
  ['an address of version 6', 'http://[::1]/a.jpg'],
  ['no address at all', 'zdn.vn/a.jpg'],
])('refuses %s', async (_what, url) => {
  const fetched = await fetching({ origins: () => [] })(url, 'image', null);
  expect(fetched).toEqual({ outcome: 'failed', reason: 'address_refused', again: false });
});

it('takes a machine of the own network only when the operator named it', async () => {
  const named = fetching({ origins: () => [], hosts: ['127.0.0.1'] });
  expect(await named(`${origin}/a.png`, 'image', null)).toMatchObject({ outcome: 'fetched' });
  expect(await fetching({ origins: () => [] })(`${origin}/a.png`, 'image', null)).toMatchObject({
    reason: 'address_refused',
  });
});

it('does not go inside by a name that points there', async () => {
  const fetched = await fetching({ hosts: ['localhost'], origins: () => [] })(
    'http://localhost/a.png',
    'image',
    null,
  );
  expect(fetched).toEqual({ outcome: 'failed', reason: 'private_address', again: false });
});

it.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['0.0.0.0', true],
  ['255.255.255.255', true],
  ['::1', true],
  ['fe80::1', true],
  ['fd00::1', true],
  ['::ffff:10.0.0.1', true],
  ['8.8.8.8', false],
  ['2001:4860:4860::8888', false],
  ['not an address', true],
])('knows what lies inside: %s', (address, inside) => expect(isInside(address)).toBe(inside));

it('follows a redirect on the list only, and not for ever', async () => {
  answer = (req, res) =>
    req.url === '/a' ? res.writeHead(302, { location: '/b' }).end() : res.writeHead(200, PNG).end(PICTURE);
  expect(await fetching()(`${origin}/a`, 'image', null)).toMatchObject({ outcome: 'fetched' });
  answer = (_req, res) => res.writeHead(302, { location: 'http://127.0.0.1:1/inside' }).end();
  expect(await fetching()(`${origin}/a`, 'image', null)).toMatchObject({ reason: 'address_refused' });
  answer = (_req, res) => res.writeHead(302, { location: '/again' }).end();
  expect(await fetching()(`${origin}/a`, 'image', null)).toMatchObject({ reason: 'refused', again: false });
});
const PNG = { 'content-type': 'image/png' };

it('takes no more than the limit, told or not', async () => {
  const small = fetching({ maxBytes: 1_000 });
  answer = (_req, res) => res.writeHead(200, { ...PNG, 'content-length': 2_000 }).end(Buffer.alloc(2_000));
  expect(await small(`${origin}/a`, 'image', null)).toMatchObject({ reason: 'too_large', again: false });
  answer = (_req, res) => {
    res.writeHead(200, PNG);
    for (let i = 0; i < 50; i += 1) res.write(Buffer.alloc(100));
    res.end();
  };
  expect(await small(`${origin}/a`, 'image', null)).toMatchObject({ reason: 'too_large', again: false });
});

it.each([
  ['text/html; charset=utf-8', 'image', null, null],
  ['image/svg+xml', 'image', null, null],
  ['audio/amr', 'image', null, null],
  ['image/jpeg', 'image', null, 'jpg'],
  ['audio/aac', 'audio', null, 'aac'],
  ['application/octet-stream', 'audio', null, 'amr'],
  ['application/octet-stream', 'file', 'so.lieu.XLSX', 'xlsx'],
  ['application/octet-stream', 'file', 'so-lieu.exe', null],
  ['application/pdf', 'file', 'a.pdf', 'pdf'],
] as const)('of %s as %s (%s) keeps %s', async (type, kind, name, extension) => {
  answer = (_req, res) => res.writeHead(200, { 'content-type': type }).end(PICTURE);
  expect(await fetching()(`${origin}/a`, kind, name)).toMatchObject(
    extension === null ? { reason: 'wrong_content', again: false } : { outcome: 'fetched', extension },
  );
});

it.each([
  [404, 'gone', false],
  [410, 'gone', false],
  [403, 'gone', true],
  [500, 'refused', true],
  [429, 'refused', true],
  [400, 'refused', false],
])('answers %s with «%s», again: %s', async (status, reason, again) => {
  answer = (_req, res) => res.writeHead(status).end();
  expect(await fetching()(`${origin}/a`, 'image', null)).toEqual({ outcome: 'failed', reason, again });
});

it('gives up on a server that says nothing, breaks off or sends nothing', async () => {
  answer = () => undefined;
  const hasty = fetching({ timeoutMs: 200 });
  expect(await hasty(`${origin}/a`, 'image', null)).toMatchObject({ reason: 'too_slow', again: true });
  answer = (_req, res) => {
    res.writeHead(200, { ...PNG, 'content-length': 100 });
    res.write(PICTURE);
    setTimeout(() => res.destroy(), 20);
  };
  expect(await fetching()(`${origin}/a`, 'image', null)).toMatchObject({
    reason: 'unreachable',
    again: true,
  });
  answer = (_req, res) => res.writeHead(200, PNG).end();
  expect(await fetching()(`${origin}/a`, 'image', null)).toMatchObject({ reason: 'empty', again: true });
});
