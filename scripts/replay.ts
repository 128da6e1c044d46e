/**
 * `npm run replay -- --dead` lists what was set aside, in the inbox and in the outbox; `--event ID` puts one back in the
 * queue, where the running server (or the next to start) takes it up. Reads only, but for that one change.
 */
import { parseArgs } from 'node:util';
import { createInboxRepo } from '../src/inbox/inbox.repo';
import { systemClock } from '../src/kernel/clock';
import { isoWithOffset } from '../src/kernel/vn-time';
import { createOutboxRepo } from '../src/outbox/outbox.repo';
import { configFromEnvironment } from '../src/app/program';
import { openToolStore } from '../src/app/tool-store';
import { runTool } from './tool';

const USAGE =
  'Usage: npm run replay -- --dead   (list)\n       npm run replay -- --event ID   (put one back in the queue)';
const LISTED = 200;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { dead: { type: 'boolean' }, event: { type: 'string' } },
    strict: true,
  });
  if (values.dead !== true && values.event === undefined) {
    console.error(USAGE);
    return 1;
  }
  const store = await openToolStore(configFromEnvironment());
  try {
    const inbox = createInboxRepo(store.connection);
    const outbox = createOutboxRepo(store.connection);
    if (values.event !== undefined) {
      const found =
        (await inbox.requeue(values.event)) || (await outbox.requeue(values.event, systemClock.now()));
      console.log(
        found ? `${values.event}: back in the queue` : `${values.event}: nothing set aside has this id`,
      );
      return found ? 0 : 1;
    }
    const rows = await inbox.setAsideRows(LISTED);
    const messages = await outbox.dead(LISTED);
    for (const row of rows)
      console.log(`inbox   ${row.id}  ${isoWithOffset(row.arrivedAt)}  ${row.kind}  ${row.reason ?? ''}`);
    for (const row of messages)
      console.log(
        `outbox  ${row.id}  ${isoWithOffset(row.createdAt)}  ${row.purpose}  ${row.state}  ${row.reason ?? ''}`,
      );
    console.log(`${rows.length} events and ${messages.length} messages set aside`);
    return 0;
  } finally {
    await store.stop();
  }
}

runTool(main);
