import type { Connection } from 'mongoose';
import type { Config } from '../config/config';
import { keepKey, keptKey, makeKey, readKey, unkeptKey } from '../config/encryption-key';
import { AppError, isAppError } from '../kernel/errors';
import { seal, unseal } from '../kernel/seal';

/**
 * The key of this program's data. A canary, sealed with the key and stored with the data, tells at every start whether key
 * and data belong together: another key is refused before anything is read or written with it, and a key that is missing
 * beside data is never replaced by a new one. Where there is neither, both are made: the key first on the disk, then the
 * canary, then the key's final name, so that a crash between them leaves nothing that cannot be taken up again.
 */
export interface KeyStore {
  readonly connection: Connection;
  /** Nothing was ever stored here. */
  readonly empty: boolean;
}

type KeyConfig = Pick<Config, 'ENCRYPTION_KEY' | 'DATA_DIR' | 'embeddedStore'>;
type Problem = 'wrong_key' | 'key_missing' | 'data_missing';

const CANARY = 'key';
const SAID = 'this is the key';

/** Throws `store_unsafe` with `problem` `wrong_key`, `key_missing` or `data_missing`. Twice, or by two programs at once: the same key. */
export async function openKey(config: KeyConfig, store: KeyStore): Promise<Buffer> {
  const refuse = (problem: Problem): never => {
    throw new AppError('store_unsafe', { problem, found: config.DATA_DIR });
  };
  const sealed = (await canaryOf(store)) ?? (await plantCanary(config, store, refuse));
  const key = readKey(config) ?? unkeptKey(config);
  if (key === null) return refuse('key_missing');
  if (!opens(key, CANARY, sealed)) return refuse('wrong_key');
  if (readKey(config) === null) keepKey(config);
  return key;
}

const checksOf = ({ connection }: KeyStore) =>
  connection.collection<{ _id: string; sealed: string }>('start_checks');

async function canaryOf(store: KeyStore): Promise<string | null> {
  return (await checksOf(store).findOne({ _id: CANARY }))?.sealed ?? null;
}

/** The first start with this data, or the first of a program that has a canary; answers what is stored in the end. */
async function plantCanary(config: KeyConfig, store: KeyStore, refuse: (problem: Problem) => never) {
  const kept = config.embeddedStore ? keptKey(config) : null;
  if (kept !== null && store.empty) refuse('data_missing');
  const key = readKey(config) ?? unkeptKey(config);
  if (key === null && (await needsKey(store))) refuse('key_missing');
  if (key !== null && kept !== null && !key.equals(kept)) refuse('wrong_key');
  if (key !== null && !(await opensAPhone(key, store))) refuse('wrong_key');
  const sealed = seal(key ?? makeKey(config), CANARY, SAID);
  try {
    await checksOf(store).insertOne({ _id: CANARY, sealed });
    return sealed;
  } catch (error) {
    // Another program was faster.
    if ((error as { code?: number }).code !== 11_000) throw error;
    return (await canaryOf(store)) ?? sealed;
  }
}

/** Whether something was stored that means nothing without its key: codes and numbers of posts, tokens of the account. */
async function needsKey({ connection }: KeyStore): Promise<boolean> {
  const found = await Promise.all(
    ['org_offices', 'zalo_tokens'].map((name) => connection.collection(name).findOne({})),
  );
  return found.some((one) => one !== null);
}

/** Data from before there was a canary: a number kept with a post tells as well, where there is one. */
async function opensAPhone(key: Buffer, { connection }: KeyStore): Promise<boolean> {
  const office = await connection
    .collection<{ _id: string; phone: string }>('org_offices')
    .findOne({ phone: { $gt: '' } });
  return office === null || opens(key, office._id, office.phone);
}

function opens(key: Buffer, owner: string, sealed: string): boolean {
  try {
    unseal(key, owner, sealed);
    return true;
  } catch (error) {
    if (isAppError(error, 'store_unsafe')) return false;
    throw error;
  }
}
