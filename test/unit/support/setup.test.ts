import https from 'node:https';
import net from 'node:net';

/** The guard of `setup.ts`: what tests cannot reach, whichever way they try. */
const REFUSED = /nothing but loopback/;

function failure(socket: net.Socket): Promise<string> {
  return new Promise((resolve) => socket.once('error', (error) => resolve(error.message)));
}

it('lets nobody out by a bare socket, whatever form the address has', async () => {
  expect(await failure(net.connect(443, 'openapi.zalo.me'))).toMatch(REFUSED);
  expect(await failure(net.connect({ port: 443, host: '203.0.113.1' }))).toMatch(REFUSED);
});

it('lets nobody out by https or fetch', async () => {
  const message = await new Promise<string>((resolve) => {
    https.get('https://openapi.zalo.me/').once('error', (error) => resolve(error.message));
  });
  expect(message).toMatch(REFUSED);
  await expect(fetch('https://openapi.zalo.me/')).rejects.toMatchObject({
    cause: { message: expect.stringMatching(REFUSED) },
  });
});

it('reaches loopback', async () => {
  const server = net.createServer((socket) => socket.end('x')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  for (const socket of [net.connect(port, '127.0.0.1'), net.connect({ port, host: 'localhost' })])
    expect(await new Promise((resolve) => socket.once('data', (data) => resolve(String(data))))).toBe('x');
  server.close();
});
