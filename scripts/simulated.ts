/**
 * `npm run simulated -- month`: rehearsals at the size of the province, each of a few minutes. `directive`: an order to
 * 2,313 offices; `month`: a month of 99 communes and 2,850 villages with all that goes wrong in one; `year`: twelve of them.
 * Without a name all three, one after the other. `--seed` repeats one that failed, `--villages` makes the province smaller. The last line is `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const NAMES = ['directive', 'month', 'year'];
const USAGE = 'Usage: npm run simulated -- [--seed SEED] [--villages 300] [directive month year]';

function main(): number {
  const { values, positionals } = parseArgs({
    options: { seed: { type: 'string' }, villages: { type: 'string' } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no rehearsal called ${unknown.join(', ')}.\n${USAGE}`);
    return 1;
  }
  const names = positionals.length > 0 ? positionals : NAMES;
  const env = {
    ...process.env,
    SIMULATED: 'on',
    ...(values.seed ? { SIMULATED_SEED: values.seed } : {}),
    ...(values.villages ? { SIMULATED_VILLAGES: values.villages } : {}),
  };
  const files = names.map((name) => join('test', 'simulated', `${name}.test.ts`));
  const args = [join('scripts', 'run.mjs'), 'test', '--jest-only', '--runInBand', ...files];
  return spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1;
}

process.exitCode = main();
