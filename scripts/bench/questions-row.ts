import { join } from 'node:path';
import { repositoryRoot } from '../../src/kernel/root';
import { loadArticles } from '../../src/knowledge/load';
import { ask, fetchText, here, nextMessage, startChild, type Child } from './children';
import { Home, startProgram, type Engine } from './engines';
import { median, rounded, type Row } from './numbers';
import type { TalkResult } from './talk';
import type { RoundsOptions } from './webhook-rows';

/**
 * S17: citizens ask, 50 questions a second for a minute: from the webhook until the answer has left the outbox and was
 * accepted, which is later than when it stands in the outbox. The yardstick is the limit itself; memory is looked at
 * beside it, and must be flat.
 */
const RATE = 50;
const SECONDS = 60;
/** A minute is long enough to say it once. */
const ROUNDS = 1;
const WARM_SECONDS = 10;
const LIMIT_MS = 150;
const SAMPLE_MS = 2_000;
const MB = 1024 * 1024;

export async function questionsRow(engine: Engine, { say }: RoundsOptions): Promise<Row> {
  const questions = loadArticles(join(repositoryRoot(), 'locales', 'vi', 'faq')).flatMap(
    (one) => one.questions,
  );
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
    const found: { talk: TalkResult; memory: number[] }[] = [];
    for (let n = 1; n <= ROUNDS; n += 1) {
      const memory = watchMemory(port);
      const result = await minute(SECONDS);
      found.push({ talk: result, memory: memory.stop() });
      say(`S17 ${n}/${ROUNDS}: p95 ${rounded(result.p95)} ms, p50 ${rounded(result.p50)} ms`);
    }
    const ours = median(found.map((each) => each.talk.p95));
    const growth = found.map(({ memory }) => median(memory.slice(-5)) - median(memory.slice(0, 5)));
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
      residentMb: rounded(median(found.flatMap(({ memory }) => memory)) / MB),
      residentGrowthMb: growth.map((bytes) => rounded(bytes / MB)),
    };
  } finally {
    await Promise.all(servers.map((child) => child.kill()));
    await home?.remove();
  }
}

/** Resident bytes of the program, looked at every two seconds until `stop`. */
function watchMemory(port: number): { stop(): number[] } {
  const seen: number[] = [];
  const timer = setInterval(() => {
    void fetchText(port, '/metrics').then((text) => {
      const bytes = /^process_resident_memory_bytes (\S+)/m.exec(text ?? '')?.[1];
      if (bytes !== undefined) seen.push(Number(bytes));
    });
  }, SAMPLE_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return seen;
    },
  };
}
