import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKey } from '../../src/app/open-key';
import { seal } from '../../src/kernel/seal';
import { freshStore, type TestStore } from '../support/stores';

/** Key and data belong together: another key is refused, a missing one is not replaced, and nothing is lost by a crash. */
let dir: string;
let store: TestStore;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'key-'));
  store = await freshStore();
});
afterEach(async () => {
  await store.stop();
  rmSync(dir, { recursive: true, force: true });
});

const open = (empty: boolean, ENCRYPTION_KEY = '', embeddedStore = true) =>
  openKey({ ENCRYPTION_KEY, DATA_DIR: dir, embeddedStore }, { connection: store.connection, empty });
const refusal = (problem: string) => ({ code: 'store_unsafe', facts: { problem, found: dir } });
const base64 = (key: Buffer) => key.toString('base64');
const files = () => readdirSync(dir);
const plantOffice = (key: Buffer) =>
  store.connection
    .collection<{ _id: string; phone: string }>('org_offices')
    .insertOne({ _id: 'o1', phone: seal(key, 'o1', '84912345678') });

it('is made at the first start and the same from then on', async () => {
  const key = await open(true);
  expect(files()).toEqual(['encryption.key']);
  expect(await open(false)).toEqual(key);
  expect(await open(false, base64(key))).toEqual(key);
});

it('is one for two programs that begin at once', async () => {
  const [one, two] = await Promise.all([open(true), open(true)]);
  expect(one).toEqual(two);
  expect(await open(false)).toEqual(one);
});

it.each([true, false])('another one is refused (embedded: %s)', async (embedded) => {
  const key = randomBytes(32);
  await open(true, base64(key), embedded);
  await expect(open(false, base64(randomBytes(32)), embedded)).rejects.toMatchObject(refusal('wrong_key'));
  expect(await open(false, base64(key), embedded)).toEqual(key);
  expect(files()).toEqual([]);
});

it('another one than the kept one is refused, also in its own file', async () => {
  await open(true);
  await expect(open(false, base64(randomBytes(32)))).rejects.toMatchObject(refusal('wrong_key'));
  writeFileSync(join(dir, 'encryption.key'), base64(randomBytes(32)));
  await expect(open(false)).rejects.toMatchObject(refusal('wrong_key'));
});

it('is not made anew where it is missing beside data', async () => {
  await open(true);
  rmSync(join(dir, 'encryption.key'));
  await expect(open(false)).rejects.toMatchObject(refusal('key_missing'));
  expect(files()).toEqual([]);
});

it('is refused where the data is missing', async () => {
  writeFileSync(join(dir, 'encryption.key'), base64(randomBytes(32)));
  await expect(open(true)).rejects.toMatchObject(refusal('data_missing'));
});

it('a crash before the canary and one before the last name are taken up again', async () => {
  const key = await open(true);
  writeFileSync(join(dir, 'encryption.key.new'), readFileSync(join(dir, 'encryption.key')));
  rmSync(join(dir, 'encryption.key'));
  expect(await open(false)).toEqual(key);
  expect(files()).toEqual(['encryption.key']);
  await store.connection.collection('start_checks').deleteMany({});
  writeFileSync(join(dir, 'encryption.key.new'), readFileSync(join(dir, 'encryption.key')));
  rmSync(join(dir, 'encryption.key'));
  expect(await open(true)).toEqual(key);
});

describe('with data of a program that had no canary', () => {
  it('the right key is taken, and watched from then on', async () => {
    const key = randomBytes(32);
    await plantOffice(key);
    expect(await open(false, base64(key))).toEqual(key);
    await expect(open(false, base64(randomBytes(32)))).rejects.toMatchObject(refusal('wrong_key'));
  });

  it('another key is refused by a number that it does not open', async () => {
    await plantOffice(randomBytes(32));
    await expect(open(false, base64(randomBytes(32)), false)).rejects.toMatchObject(refusal('wrong_key'));
  });

  it('no key is made', async () => {
    await plantOffice(randomBytes(32));
    await expect(open(false)).rejects.toMatchObject(refusal('key_missing'));
    expect(files()).toEqual([]);
  });
});
