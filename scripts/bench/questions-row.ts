import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../src/kernel/root';
import { loadArticles } from '../../src/knowledge/load';
import { isFragment } from '../../src/understanding/fragment';
import { labelledLines } from '../understanding/labelled';
import { ask, fetchText, here, nextMessage, startChild, type Child } from './children';
import { Home, startProgram, type Engine } from './engines';
import { GROWTH_LIMIT_MB, growthMb, memoryFaults, wasSwept } from './memory-growth';
import { median, rounded, type Row } from './numbers';
import type { TalkResult } from './talk';
import type { RoundsOptions } from './webhook-rows';

/**
 * S17: citizens ask, 50 questions a second for a minute: from the webhook until the answer has left the outbox and was
 * accepted, which is later than when it stands in the outbox. Every other question stands in no article: people's own
 * lines, long ones too. The yardstick is the limit itself; what the program holds is watched beside it, and its growth has a
 * limit that fails the run.
 */
const RATE = 50;
const SECONDS = 60;
/** A minute is long enough to say it once. */
const ROUNDS = 1;
const WARM_SECONDS = 10;
/** The watch goes on so often for so long. */
const MORE = 3;
const MORE_SECONDS = 20;
const LIMIT_MS = 150;
const SAMPLE_MS = 1_000;
const MB = 1024 * 1024;

interface Memory {
  readonly resident: number[];
  readonly heap: number[];
}

export async function questionsRow(engine: Engine, { say }: RoundsOptions): Promise<Row> {
  const questions = asked();
  const talk = startChild(here('talk'));
  const servers: Child[] = [talk];
  let home: Home | null = null;
  try {
    const { port: zaloPort } = await nextMessage<{ port: number }>(talk);
    home = new Home(engine, {
      ZALO_OPENAPI_URL: `http://127.0.0.1:${zaloPort}`,
      ZALO_REQUESTS_PER_MINUTE: '60000',
    });
    const { child, port } = await startProgram(home);
    servers.push(child);
    const minute = (seconds: number) => ask<TalkResult>(talk, { port, seconds, rate: RATE, questions });
    await minute(WARM_SECONDS);
    const found: { talk: TalkResult; memory: Memory }[] = [];
    for (let n = 1; n <= ROUNDS; n += 1) {
      const memory = watchMemory(port);
      const result = await minute(SECONDS);
      // Until garbage was collected nobody knows what is held.
      for (let more = 0; more < MORE && !wasSwept(memory.seen.heap); more += 1) await minute(MORE_SECONDS);
      found.push({ talk: result, memory: memory.stop() });
      say(`S17 ${n}/${ROUNDS}: p95 ${rounded(result.p95)} ms, p50 ${rounded(result.p50)} ms`);
    }
    const ours = median(found.map((each) => each.talk.p95));
    const growth = found.map(({ memory }) => growthMb(memory.heap));
    return {
      value: rounded(ours / LIMIT_MS),
      goal: 1,
      ours: rounded(ours),
      yardstick: LIMIT_MS,
      unit: 'ms, p95 from webhook to accepted answer',
      rounds: found.map((each) => rounded(each.talk.p95 / LIMIT_MS)),
      rate: RATE,
      seconds: SECONDS,
      unanswered: found.reduce((sum, each) => sum + each.talk.unanswered, 0),
      silent: found.flatMap((each) => each.talk.silent),
      refused: found.reduce((sum, each) => sum + each.talk.refused, 0),
      repeated: found.reduce((sum, each) => sum + each.talk.repeated, 0),
      p50: rounded(median(found.map((each) => each.talk.p50))),
      p99: rounded(median(found.map((each) => each.talk.p99))),
      residentMb: rounded(median(found.flatMap(({ memory }) => memory.resident)) / MB),
      heapMb: found.map(({ memory }) => memory.heap.map((bytes) => Math.round(bytes / MB))),
      heldGrowthMb: growth,
      heldGrowthLimitMb: GROWTH_LIMIT_MB,
      faults: memoryFaults(growth),
    };
  } finally {
    await Promise.all(servers.map((child) => child.kill()));
    await home?.remove();
  }
}

/** A question of the articles and a line that is in none of them, by turns; what the program waits for on purpose is left out. */
function asked(): string[] {
  const listed = loadArticles(join(repositoryRoot(), 'locales', 'vi', 'faq')).flatMap((one) => one.questions);
  const known = new Set(listed);
  const own = readdirSync(join(repositoryRoot(), 'test', 'fixtures', 'labelled'))
    .filter((name) => name.startsWith('citizen-'))
    .flatMap((name) => labelledLines(name))
    .filter(({ text, expect }) => expect.topic !== 'secret' && !known.has(text) && !isFragment(text));
  return listed.flatMap((question, i) => [question, own[i % own.length]?.text ?? question]);
}

/** Bytes of the program, looked at every second until `stop`. */
function watchMemory(port: number): { readonly seen: Memory; stop(): Memory } {
  const seen: Memory = { resident: [], heap: [] };
  const timer = setInterval(() => {
    void fetchText(port, '/metrics').then((text) => {
      const of = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text ?? '')?.[1]);
      const [resident, heap] = [of('process_resident_memory_bytes'), of('nodejs_heap_size_used_bytes')];
      if (Number.isFinite(resident)) seen.resident.push(resident);
      if (Number.isFinite(heap)) seen.heap.push(heap);
    });
  }, SAMPLE_MS);
  return {
    seen,
    stop: () => {
      clearInterval(timer);
      return seen;
    },
  };
}
