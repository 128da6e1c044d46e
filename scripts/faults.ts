/**
 * `npm run faults -- --seeds 20 --events 10000`: the fault tests at length. The same tests as in `npm test`, for so many
 * seeds and so many events each, one after the other, with their counts told. `--first` begins at a seed that failed;
 * further words choose files (`kills`, `steps`, `duplicates`, `order`, `redis`, `store`, `poison`, `frozen`, `hostile`,
 * `start` and whatever else is in test/faults).
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const USAGE =
  'Usage: npm run faults -- [--seeds 20] [--events 10000] [--first SEED] [kills steps duplicates …]';

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${name} must be a whole number above 0.\n${USAGE}`);
  return process.exit(1);
}

function main(): number {
  const { values, positionals } = parseArgs({
    options: {
      seeds: { type: 'string', default: '20' },
      events: { type: 'string', default: '10000' },
      first: { type: 'string', default: '20260312' },
    },
    allowPositionals: true,
  });
  const env = {
    ...process.env,
    FAULT_SEEDS: String(wholeNumber('seeds', values.seeds)),
    FAULT_EVENTS: String(wholeNumber('events', values.events)),
    FAULT_FIRST: String(wholeNumber('first', values.first)),
  };
  const files = positionals.length === 0 ? ['test/faults'] : positionals.map((word) => `test/faults/${word}`);
  const jest = [join('node_modules', 'jest', 'bin', 'jest.js'), '--runInBand', '--bail=0', ...files];
  return spawnSync(process.execPath, jest, { stdio: 'inherit', env }).status ?? 1;
}

process.exitCode = main();
