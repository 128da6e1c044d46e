import type { Connection } from 'mongoose';
import type { BSON } from 'bson';
import { prepareIndexes } from '../../src/app/indexes';
import { connectMongo, refuseUnsafe } from '../../src/app/mongo';
import { watchStore, type WatchTimes } from '../../src/app/store-watch';
import { tokenModel } from '../../src/channels/zalo/tokens.model';
import { inboxModel } from '../../src/inbox/inbox.model';
import { stopwatch } from '../../src/kernel/clock';
import { silentLog } from '../../src/observability/logger';
import { ReplicaSet } from '../support/replica-set';

/** The store as a replica set: elections, what is asked of it, and what it must be. */

const TIMES: WatchTimes = { lookMs: 50, answerMs: 300, anewAfterMs: 400, unreachedMs: 60_000 };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let set: ReplicaSet;
let connection: Connection;
let stopWatching: () => void = () => undefined;
/** Clients that were closed: each fails what is under way. */
let closed = 0;

beforeEach(async () => {
  set = await ReplicaSet.start();
  connection = await connectMongo(set.uri, { firstMs: 10_000, thenMs: 1_000 });
  closed = 0;
  connection.getClient().on('topologyClosed', () => (closed += 1));
});
afterEach(async () => {
  stopWatching();
  await connection.close();
  await set.end();
});

/** Milliseconds until a write is taken again. */
async function untilWritten(limitMs = 15_000): Promise<number> {
  for (const since = stopwatch(); ; await pause(50)) {
    const written = await connection
      .collection('rows')
      .insertOne({ at: 1 })
      .then(
        () => true,
        () => false,
      );
    if (written) return since();
    if (since() > limitMs) throw new Error(`no write was taken for ${limitMs} ms`);
  }
}

function watch(times: Partial<WatchTimes> = {}): void {
  stopWatching = watchStore(connection, silentLog, { ...TIMES, ...times });
}

it.each<[string, (set: ReplicaSet) => void]>([
  ['steps down', (members) => members.stepDown()],
  ['is gone', (members) => members.killPrimary()],
])('when the primary %s, the client is kept while the members elect another', async (_how, happens) => {
  watch();
  await untilWritten();
  happens(set);
  // People go on writing.
  await expect(untilWritten(3_000)).rejects.toThrow('no write was taken');
  expect(closed).toBe(0);
  set.elect(1);
  await untilWritten();
  expect(closed).toBe(0);
});

it('when nobody answers any more, it is connected to anew', async () => {
  watch();
  for (const member of set.members) member.cut();
  await pause(2_500);
  expect(closed).toBeGreaterThan(0);
  for (const member of set.members) member.mend();
  await untilWritten();
});

it('when the members have long named a primary that we do not reach, too', async () => {
  watch({ unreachedMs: 600 });
  await untilWritten();
  set.members[0]?.silence();
  await pause(2_500);
  expect(closed).toBeGreaterThan(0);
  set.members[0]?.mend();
  await untilWritten();
});

describe('what is asked', () => {
  /** Every command of a kind that the members are asked, from now on; `own` is answered instead of handing it on. */
  function asked(kind: string, own: (times: number) => BSON.Document | null = () => null): BSON.Document[] {
    const seen: BSON.Document[] = [];
    for (const member of set.members) {
      const before = member.intercept;
      member.intercept = (command) => {
        if (!(kind in command)) return before?.(command) ?? null;
        seen.push(command);
        return own(seen.length) ?? before?.(command) ?? null;
      };
    }
    return seen;
  }

  it('is the majority and the journal, with a limit, for every write, and the primary for every read', async () => {
    const inserts = asked('insert');
    const updates = asked('update');
    const finds = asked('find');
    const rows = connection.collection('rows');
    await rows.insertOne({ a: 1 });
    await rows.bulkWrite([{ updateOne: { filter: { a: 1 }, update: { $set: { a: 2 } } } }]);
    await tokenModel(connection).updateOne({ _id: 't' }, { $set: { sealed: 's' } });
    await rows.findOne({ a: 2 });
    const pinned = { w: 'majority', j: true, wtimeout: 5_000 };
    expect([...inserts, ...updates].map(({ writeConcern }) => writeConcern as unknown)).toEqual([
      pinned,
      pinned,
      pinned,
    ]);
    expect(finds.map((command) => (command['$readPreference'] ?? { mode: 'primary' }) as unknown)).toEqual([
      { mode: 'primary' },
    ]);
  });

  it('is an index build that a member away does not hold up, again after an election', async () => {
    inboxModel(connection);
    const notPrimary = { ok: 0, code: 10_107, codeName: 'NotWritablePrimary', errmsg: 'not primary' };
    const builds = asked('createIndexes', (times) => (times === 1 ? notPrimary : { ok: 1 }));
    await prepareIndexes(connection);
    expect(builds.length).toBe(2);
    expect(builds.map(({ commitQuorum }) => commitQuorum as unknown)).toEqual(['majority', 'majority']);
  });
});

it('is refused when it is older than 5.0', async () => {
  for (const member of set.members) {
    const { rewrite } = member;
    member.rewrite = (truth, command) => {
      if ('buildInfo' in command) return { ...truth, version: '4.4.29' };
      const told = rewrite?.(truth, command) ?? truth;
      return 'maxWireVersion' in told ? { ...told, maxWireVersion: 9 } : told;
    };
  }
  await expect(refuseUnsafe(connection)).rejects.toMatchObject({
    code: 'store_unsafe',
    facts: { problem: 'server_too_old', found: '4.4.29' },
  });
});
