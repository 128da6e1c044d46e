import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvidence } from '../../../src/evidence/evidence';
import { createEvidenceRepo } from '../../../src/evidence/evidence.repo';
import { createEvidenceService } from '../../../src/evidence/evidence.service';
import type { Fetched, FetchMedia } from '../../../src/evidence/fetch-media';
import { FrozenClock } from '../../../src/kernel/clock';
import { sha256Hex } from '../../../src/kernel/ids';
import { createMediaStore } from '../../../src/evidence/media-store';
import { createOutboxRepo } from '../../../src/outbox/outbox.repo';
import { createOwnSends } from '../../../src/outbox/send-records';
import { freshStore, type TestStore } from '../../support/stores';

const START = new Date('2026-03-13T03:00:00Z');
const REPORT = { form: 'village-month', period: '2026-03', unit: '99001-07' };
const PICTURE = Buffer.from('a picture');
const OK: Fetched = { outcome: 'fetched', bytes: PICTURE, extension: 'png' };
const AWAY: Fetched = { outcome: 'failed', reason: 'unreachable', again: true };

let store: TestStore;
let dir: string;
let clock: FrozenClock;
let answers: Fetched[];
let asked: string[];
let said: string[];

beforeAll(async () => {
  store = await freshStore();
});
afterAll(() => store.stop());
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'media-'));
  clock = new FrozenClock(START);
  answers = [];
  asked = [];
  said = [];
  for (const name of ['evidence', 'outbox']) await store.connection.collection(name).deleteMany({});
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function aService() {
  const fetchMedia: FetchMedia = async (url) => {
    asked.push(url);
    return answers.shift() ?? OK;
  };
  const media = createMediaStore(dir);
  const log = (facts: object, message: string) => void said.push(`${message} ${JSON.stringify(facts)}`);
  const repo = createEvidenceRepo(store.connection);
  const service = createEvidenceService({ repo, media, fetchMedia, clock, log: { info: log, warn: log } });
  return { service, media };
}

const aPiece = (over: Partial<NewEvidence> = {}): NewEvidence => ({
  ...{ id: 'e1:e0', subject: REPORT, figure: 'classes_held', kind: 'image' as const, name: null },
  ...{ url: 'https://f1.zdn.vn/secret.png', by: 'zalo:1', at: START, eventId: 'e1' },
  ...over,
});

it('keeps a piece once, with its bytes, however often the turn is played', async () => {
  const { service, media } = aService();
  await service.keep([aPiece()]);
  await service.settled();
  await service.keep([aPiece()]);
  await service.settled();
  expect(asked).toHaveLength(1);
  const [kept, ...others] = await service.of(REPORT);
  expect(others).toEqual([]);
  expect(kept).toMatchObject({
    ...{ state: 'kept', figure: 'classes_held', by: 'zalo:1', eventId: 'e1', at: START },
    ...{ media: `${sha256Hex(PICTURE)}.png`, bytes: PICTURE.length, url: null },
  });
  expect((await media.read(kept?.media ?? '')).bytes).toEqual(PICTURE);
});

it('tries again later, not before its time, and tells no address', async () => {
  const { service } = aService();
  answers = [AWAY, AWAY];
  await service.keep([aPiece()]);
  await service.settled();
  await service.sweep();
  expect(asked).toHaveLength(1);
  clock.moveTo(new Date(START.getTime() + 61_000));
  await service.sweep();
  expect(await service.of(REPORT)).toMatchObject([{ state: 'waiting', reason: 'unreachable', attempts: 2 }]);
  clock.moveTo(new Date(START.getTime() + 10 * 60_000));
  await service.sweep();
  expect(await service.of(REPORT)).toMatchObject([{ state: 'kept' }]);
  expect(said.join()).not.toContain('zdn');
  expect(said).toHaveLength(2);
});

it('gives up on what can never be had, and on what has failed for days', async () => {
  const { service } = aService();
  answers = [{ outcome: 'failed', reason: 'too_large', again: false }];
  await service.keep([aPiece()]);
  await service.settled();
  expect(await service.of(REPORT)).toMatchObject([{ state: 'lost', reason: 'too_large', url: null }]);
  answers = Array.from({ length: 20 }, () => AWAY);
  await service.keep([aPiece({ id: 'e2:e0' })]);
  await service.settled();
  for (let hours = 0; hours < 100; hours += 1) {
    clock.moveTo(new Date(clock.now().getTime() + 3_600_000));
    await service.sweep();
  }
  expect((await service.of(REPORT)).map(({ state, attempts }) => [state, attempts])).toEqual([
    ['lost', 1],
    ['lost', 8],
  ]);
});

it('takes up what a process that died had in hand', async () => {
  await createEvidenceRepo(store.connection).add([aPiece()]);
  const repo = createEvidenceRepo(store.connection);
  expect(await repo.take('e1:e0', START, new Date(START.getTime() + 60_000))).not.toBeNull();
  const { service } = aService();
  await service.sweep();
  expect(asked).toEqual([]);
  clock.moveTo(new Date(START.getTime() + 60_000));
  await service.sweep();
  expect(await service.of(REPORT)).toMatchObject([{ state: 'kept' }]);
});

it('lets the voice of who is forgotten go and leaves the papers with the office', async () => {
  const { service } = aService();
  answers = [{ ...OK, bytes: Buffer.from('voice'), extension: 'amr' }, OK];
  await service.keep([aPiece({ id: 'a', kind: 'audio' })]);
  await service.settled();
  await service.keep([aPiece({ id: 'b', name: 'cua Dan.pdf' }), aPiece({ id: 'c', by: 'zalo:2' })]);
  await service.settled();
  expect(await service.unname('zalo:1', 'erased:person')).toEqual([`${sha256Hex('voice')}.amr`]);
  expect((await service.of(REPORT)).map(({ id, by, name }) => [id, by, name])).toEqual([
    ['b', 'erased:person', null],
    ['c', 'zalo:2', null],
  ]);
  expect(await service.unname('zalo:1', 'erased:person')).toEqual([]);
});

describe('our own messages', () => {
  const row = (over: object) =>
    ({ _id: 'r1', to: 'zalo:1', state: 'sent', messageId: 'm1', ...over }) as never;
  const outbox = () => store.connection.collection('outbox');

  it('are told by their id', async () => {
    await outbox().insertOne(row({}));
    const sends = createOwnSends(createOutboxRepo(store.connection), 200);
    expect(await sends.isOurs('zalo:1', ['m1'])).toBe(true);
    expect(await sends.isOurs('zalo:1', ['m2'])).toBe(false);
    expect(await sends.isOurs('zalo:1', [])).toBe(false);
  });

  it('are waited for while a send to that person has not been answered', async () => {
    await outbox().insertOne(row({ state: 'sending', messageId: null }));
    const sends = createOwnSends(createOutboxRepo(store.connection), 5_000);
    const asking = sends.isOurs('zalo:1', ['m1']);
    await new Promise((resolve) => setTimeout(resolve, 250));
    await outbox().updateOne({ _id: 'r1' as never }, { $set: { state: 'sent', messageId: 'm1' } });
    expect(await asking).toBe(true);
    await outbox().updateOne({ _id: 'r1' as never }, { $set: { state: 'sending' } });
    expect(await createOwnSends(createOutboxRepo(store.connection), 200).isOurs('zalo:1', ['m3'])).toBe(
      false,
    );
  });
});
