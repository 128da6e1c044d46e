import { randomBytes } from 'node:crypto';
import { openToolStore } from '../../src/app/tool-store';
import { emptyRedis } from './redis';

/**
 * The engines that the tests were told of, as configuration for a supervised program: a database of its own on
 * TEST_MONGODB_URI, a queue of its own on TEST_REDIS_URL. What is absent is embedded.
 */
export async function realStores(): Promise<Record<string, string>> {
  const { TEST_MONGODB_URI: mongo = '', TEST_REDIS_URL: redis = '' } = process.env;
  const env: Record<string, string> = {};
  if (redis !== '') env['REDIS_URL'] = await emptyRedis(redis);
  if (mongo !== '') {
    const uri = new URL(mongo);
    uri.pathname = `/program-${randomBytes(6).toString('hex')}`;
    env['MONGODB_URI'] = uri.href;
    env['ENCRYPTION_KEY'] = randomBytes(32).toString('base64');
  }
  return env;
}

/** Removes the database that a program with this configuration had; nothing when its documents were embedded. */
export async function dropRealStores(env: Readonly<Record<string, string>>): Promise<void> {
  const { MONGODB_URI = '', DATA_DIR = '' } = env;
  if (MONGODB_URI === '') return;
  const store = await openToolStore({ embeddedStore: false, DATA_DIR, MONGODB_URI });
  for (const { name } of await store.connection.listCollections())
    await store.connection.collection(name).deleteMany({});
  await store.stop();
}
