import { createOrgRepo } from '../../src/org/org.repo';
import { prepareIndexes } from '../../src/app/indexes';
import { SEED_UNITS_MARK } from '../../src/org/seed/seed';
import { ask, here, nextMessage, startChild, type Child } from './children';
import { Home, startProgram, startServer, type Engine } from './engines';
import { benchOffices, benchUnits } from './leaders';
import { median, row, rounded, type Row } from './numbers';
import type { TalkResult } from './talk';
import type { RoundsOptions } from './webhook-rows';

/**
 * S5: from a leader's message to the accepted reply, at 200 messages a second by 600 leaders, each a real turn: the
 * one-line report is read, stored as versions and read back. Against the same path with repositories in memory.
 */
const RATE = 200;
const WARM_SECONDS = 4;

export async function conversationRow(engine: Engine, options: RoundsOptions): Promise<Row> {
  const { rounds, seconds, say } = options;
  const talk = startChild(here('talk'));
  let home: Home | null = null;
  const servers: Child[] = [talk];
  try {
    const { port: zaloPort } = await nextMessage<{ port: number }>(talk);
    home = new Home(engine, {
      ZALO_OPENAPI_URL: `http://127.0.0.1:${zaloPort}`,
      ZALO_REQUESTS_PER_MINUTE: '60000',
    });
    await fill(home);
    const program = await startProgram(home);
    servers.push(program.child);
    const memory = await startServer(here('memory-program'), home.env, home.dir);
    servers.push(memory.child);
    const both = async (length: number) => ({
      ours: await ask<TalkResult>(talk, { port: program.port, seconds: length, rate: RATE }),
      yardstick: await ask<TalkResult>(talk, { port: memory.port, seconds: length, rate: RATE }),
    });
    // A path this long is compiled by the engine only after some hundreds of turns.
    for (const { port } of [program, memory])
      for (const rate of [50, RATE]) await ask<TalkResult>(talk, { port, seconds: WARM_SECONDS, rate });
    const found: Awaited<ReturnType<typeof both>>[] = [];
    for (let n = 1; n <= rounds; n += 1) {
      const round = await both(seconds);
      found.push(round);
      const { ours, yardstick } = round;
      say(
        `S5 ${n}/${rounds}: p99 ${rounded(ours.p99)} ÷ ${rounded(yardstick.p99)} = ` +
          `${rounded(ours.p99 / yardstick.p99)}, p50 ${rounded(ours.p50)} ÷ ${rounded(yardstick.p50)}`,
      );
    }
    return row(
      found.map(({ ours, yardstick }) => ({ ours: ours.p99, yardstick: yardstick.p99 })),
      2,
      'ms, p99 from message to accepted reply',
      {
        rate: RATE,
        // Within ten seconds; their time is in no figure.
        unanswered: found.reduce((sum, { ours }) => sum + ours.unanswered, 0),
        p50: rounded(median(found.map(({ ours }) => ours.p50))),
        yardstickP50: rounded(median(found.map(({ yardstick }) => yardstick.p50))),
        afterAckP99: rounded(median(found.map(({ ours }) => ours.afterAckP99))),
        yardstickAfterAckP99: rounded(median(found.map(({ yardstick }) => yardstick.afterAckP99))),
      },
    );
  } finally {
    await Promise.all(servers.map((child) => child.kill()));
    await home?.remove();
  }
}

/** Villages and their leaders, as if an import and their claims had happened before. */
async function fill(home: Home): Promise<void> {
  const store = await home.store();
  try {
    const repo = createOrgRepo(store.connection);
    await prepareIndexes(store.connection);
    await repo.addUnits(benchUnits());
    await repo.mark(SEED_UNITS_MARK);
    await repo.addOffices(benchOffices());
    await repo.bump('units');
    await repo.bump('offices');
  } finally {
    await store.stop();
  }
}
