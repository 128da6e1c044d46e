import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import {
  compileStore,
  removeCompiled,
  startMongoProcess,
  type MongoProcess,
} from '../../../support/mongo-process';
import { Random } from '../../../support/random';

/** The process is killed in the middle of writes, again and again: what was acknowledged is there, and nothing is half there. */
type Counter = { _id: string; v: number; pad: string };
type Half = { _id: string; batch: string };

const { MongoClient } = mongoose.mongo;
const ROUNDS = 4;
const LANES = 6;
const BATCH = 5;

describe('a store killed in the middle of writes', () => {
  let compiled: string;
  let dir: string;
  beforeAll(async () => {
    compiled = await compileStore();
    dir = mkdtempSync(join(tmpdir(), 'crash-'));
  });
  afterAll(async () => {
    await removeCompiled(compiled);
    rmSync(dir, { recursive: true, force: true });
  });

  it('keeps every acknowledged write and tears none', async () => {
    const random = new Random(7);
    const acknowledged = new Map<string, number>();
    const batches = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const store = await startMongoProcess({ compiled, dir, thread: round % 2 === 1, compactBytes: 60_000 });
      const client = new MongoClient(store.uri, { serverSelectionTimeoutMS: 2_000 });
      try {
        await check(client, acknowledged, batches);
        await writeUntilKilled(client, store, round, random.between(150, 600), acknowledged, batches);
      } finally {
        await client.close();
        await store.kill();
      }
    }
    const store = await startMongoProcess({ compiled, dir });
    const client = new MongoClient(store.uri);
    try {
      await check(client, acknowledged, batches);
      expect(acknowledged.size).toBeGreaterThan(50);
      expect(batches.size).toBeGreaterThan(10);
    } finally {
      await client.close();
      await store.stop();
    }
  }, 120_000);

  async function check(
    client: mongoose.mongo.MongoClient,
    acknowledged: Map<string, number>,
    batches: Set<string>,
  ): Promise<void> {
    const found = new Map(
      (await client.db('t').collection<Counter>('counters').find().toArray()).map((doc) => [doc._id, doc]),
    );
    for (const [id, v] of acknowledged) {
      // One more than acknowledged may be there: written, and killed before the answer.
      expect([id, (found.get(id)?.v ?? -1) >= v]).toEqual([id, true]);
      expect(found.get(id)?.pad).toHaveLength(300);
    }
    const halves = new Map<string, number>();
    for (const { batch } of await client.db('t').collection<Half>('halves').find().toArray())
      halves.set(batch, (halves.get(batch) ?? 0) + 1);
    expect([...halves.values()].filter((count) => count !== BATCH)).toEqual([]);
    for (const batch of batches) expect([batch, halves.get(batch)]).toEqual([batch, BATCH]);
  }

  async function writeUntilKilled(
    client: mongoose.mongo.MongoClient,
    store: MongoProcess,
    round: number,
    afterMs: number,
    acknowledged: Map<string, number>,
    batches: Set<string>,
  ): Promise<void> {
    let killed = false;
    const counters = client.db('t').collection<Counter>('counters');
    const lane = async (name: number): Promise<void> => {
      for (let i = 0; !killed; i++) {
        const id = `${name}-${i % 40}`;
        const v = (acknowledged.get(id) ?? 0) + 1;
        await counters.updateOne({ _id: id }, { $set: { v, pad: 'p'.repeat(300) } }, { upsert: true });
        acknowledged.set(id, v);
      }
    };
    const batcher = async (): Promise<void> => {
      for (let i = 0; !killed; i++) {
        const batch = `${round}-${i}`;
        const rows = Array.from({ length: BATCH }, (_, k) => ({ _id: `${batch}-${k}`, batch }));
        await client.db('t').collection<Half>('halves').insertMany(rows, { ordered: false });
        batches.add(batch);
      }
    };
    const all = Promise.allSettled([...Array.from({ length: LANES }, (_, i) => lane(i)), batcher()]);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await store.kill();
    killed = true;
    await client.close(true);
    await all;
  }
});
