/**
 * `npm run bench`: prints one JSON object with the speed of the program as ratios to bare yardsticks measured beside it
 * in the same run; progress goes to the standard error. Everything it stores lies in folders of its own, removed at the
 * end. `--rounds N`, `--seconds S` and `--only S1,S3` make it shorter. Absolute numbers say little on a shared machine.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { conversationRow } from './bench/conversation-row';
import { engines } from './bench/engines';
import type { Row } from './bench/numbers';
import { officeRows } from './bench/office-rows';
import { questionsRow } from './bench/questions-row';
import { remindersRow } from './bench/reminder-rows';
import { rollupRows } from './bench/rollup-rows';
import { sendingRows } from './bench/sending-rows';
import { storeRows } from './bench/store-rows';
import { webhookRows, type RoundsOptions } from './bench/webhook-rows';

const ROWS = ['S1', 'S2', 'S3', 'S5', 'S6', 'S7', 'S8', 'S9', 'S10', 'S13', 'S14', 'S15', 'S16', 'S17'];

function readOptions(): RoundsOptions {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: { rounds: { type: 'string' }, seconds: { type: 'string' }, only: { type: 'string' } },
  });
  const only = values.only?.split(',').map((name) => name.trim().toUpperCase()) ?? ROWS;
  const unknown = only.filter((name) => !ROWS.includes(name));
  const rounds = Number(values.rounds ?? 5);
  const seconds = Number(values.seconds ?? 3);
  if (unknown.length > 0) throw new RangeError(`--only: ${unknown.join(', ')} is none of ${ROWS.join(', ')}`);
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError('--rounds must be 1 or more');
  if (!(seconds > 0)) throw new RangeError('--seconds must be more than 0');
  return {
    rounds,
    seconds,
    wants: (name) => only.includes(name),
    say: (line) => process.stderr.write(`${line}\n`),
  };
}

/** Exit code: 1 where a row broke a limit that is none of its speed. */
async function main(): Promise<number> {
  const options = readOptions();
  const { wants, say } = options;
  const runs: ({ engine: string } & Record<string, string | Row>)[] = [];
  for (const engine of engines(process.env)) {
    say(`on ${engine.name} stores`);
    const rows: Record<string, Row> = {};
    if (wants('S1') || wants('S2') || wants('S3')) Object.assign(rows, await webhookRows(engine, options));
    if (wants('S5')) rows['S5'] = await conversationRow(engine, options);
    if (wants('S6') || wants('S7')) Object.assign(rows, await sendingRows(engine, options));
    if (wants('S8')) rows['S8'] = await remindersRow(engine, options);
    if (wants('S13') || wants('S14')) Object.assign(rows, await storeRows(engine, options));
    if ((wants('S15') || wants('S16')) && engine.name === 'embedded')
      Object.assign(rows, await officeRows(options));
    if (wants('S17')) rows['S17'] = await questionsRow(engine, options);
    // Held in memory, whatever the stores.
    if (wants('S9') || wants('S10')) Object.assign(rows, await rollupRows(options));
    runs.push({ engine: engine.name, ...rows });
  }
  const result = { node: process.versions.node, cores: availableParallelism(), runs };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  const broken = runs.flatMap((run) =>
    Object.entries(run).flatMap(([name, one]) =>
      typeof one === 'string' ? [] : (one.faults ?? []).map((fault) => `${run.engine} ${name}: ${fault}`),
    ),
  );
  for (const line of broken) say(line);
  return broken.length > 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
