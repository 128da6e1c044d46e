import { connect, type Socket } from 'node:net';
import { decode, encode, type Doc } from '../../../../src/embedded/mongo/bson-values';
import { addressed, replyOf } from '../../../../src/embedded/mongo/reply';
import { MessageReader, parseRequest } from '../../../../src/embedded/mongo/wire';
import { embeddedStore, type TestStore } from '../../../support/stores';

describe('the wire protocol', () => {
  let store: TestStore;
  let socket: Socket;
  beforeAll(async () => {
    store = await embeddedStore();
  });
  afterAll(() => store.stop());
  beforeEach((done) => {
    socket = connect(decodeURIComponent(new URL(store.uri).hostname), done);
  });
  afterEach(() => {
    socket.destroy();
  });

  const message = (command: Doc, id = 7) => addressed(replyOf(command), id);
  /** The next so many whole messages from the server. */
  function replies(count: number): Promise<Buffer[]> {
    const reader = new MessageReader();
    const got: Buffer[] = [];
    return new Promise((resolve, reject) => {
      socket.on('data', (chunk) => {
        got.push(...reader.push(chunk));
        if (got.length >= count) resolve(got);
      });
      socket.on('close', () => reject(new Error('closed')));
    });
  }

  it('introduces itself as a standalone without sessions', async () => {
    socket.write(message({ hello: 1, $db: 'admin' }));
    const [reply] = await replies(1);
    const hello = parseRequest(reply as Buffer).command;
    expect(hello).toMatchObject({ isWritablePrimary: true, maxWireVersion: 21, ok: 1 });
    expect(Object.keys(hello)).not.toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^(setName|logicalSessionTimeoutMinutes|topologyVersion|msg)$/),
      ]),
    );
  });

  it('answers the hello of old', async () => {
    const query = encode({ isMaster: 1, helloOk: true });
    const name = Buffer.from('admin.$cmd\0');
    const head = Buffer.alloc(20);
    head.writeInt32LE(20 + name.length + 8 + query.length, 0);
    head.writeInt32LE(42, 4);
    head.writeInt32LE(2004, 12);
    socket.write(Buffer.concat([head, name, Buffer.alloc(8), query]));
    const [reply] = await replies(1);
    expect(reply?.readInt32LE(8)).toBe(42);
    expect(reply?.readInt32LE(12)).toBe(1);
    expect(decode((reply as Buffer).subarray(36))).toMatchObject({ ismaster: true, helloOk: true, ok: 1 });
  });

  it('puts together what comes in pieces, and takes apart what comes together', async () => {
    const two = Buffer.concat([message({ ping: 1, $db: 'a' }), message({ buildInfo: 1, $db: 'a' })]);
    for (let at = 0; at < two.length; at += 5) {
      socket.write(two.subarray(at, at + 5));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const got = (await replies(2)).map((reply) => parseRequest(reply).command);
    expect(got).toMatchObject([{ ok: 1 }, { version: '7.0.0', ok: 1 }]);
  });

  it('does not answer who wants no answer', async () => {
    const silent = message({
      insert: 'rows',
      documents: [{ _id: 'q' }],
      writeConcern: { w: 0 },
      $db: 'test',
    });
    silent.writeUInt32LE(2, 16);
    socket.write(Buffer.concat([silent, message({ ping: 1, $db: 'test' }, 9)]));
    const got = await replies(1);
    expect(got).toHaveLength(1);
    expect(await store.connection.collection('rows').countDocuments()).toBe(1);
  });

  it.each<[string, () => Buffer]>([
    ['another protocol', () => Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['a message that claims to be enormous', () => Buffer.from([255, 255, 255, 127, 0, 0, 0, 0])],
    [
      'an operation of long ago',
      () => {
        const old = message({ ping: 1 });
        old.writeInt32LE(2006, 12);
        return old;
      },
    ],
    [
      'a section longer than its message',
      () => {
        const long = message({ ping: 1 });
        long.writeInt32LE(5_000, 21);
        return long;
      },
    ],
  ])('hangs up on %s, and serves the others on', async (_what, bytes) => {
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.write(bytes());
    await closed;
    expect(await store.connection.collection('other').countDocuments()).toBe(0);
  });
});
