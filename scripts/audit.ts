/**
 * `npm run audit -- verify [--from SEQ]` walks the audit chain in the store of the running server or of its DATA_DIR and
 * writes nothing. Ends with 1, and names the first broken entry, when it does not hold.
 */
import { parseArgs } from 'node:util';
import { createAuditRepo } from '../src/audit/audit.repo';
import { verifyChain } from '../src/audit/audit.service';
import { configFromEnvironment } from '../src/app/program';
import { openToolStore } from '../src/app/tool-store';
import { runTool } from './tool';

const USAGE = 'Usage: npm run audit -- verify [--from SEQ]   (check the chain of the audit)';

const WHY = {
  gap: 'an entry before it is gone',
  previous: 'it does not follow the entry before it',
  digest: 'it was changed after it was written',
} as const;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { from: { type: 'string', default: '1' } },
    allowPositionals: true,
  });
  const from = Number(values.from);
  if (positionals.join(' ') !== 'verify' || !Number.isSafeInteger(from) || from < 1) {
    console.error(USAGE);
    return 1;
  }
  const store = await openToolStore(configFromEnvironment());
  try {
    const found = await verifyChain(createAuditRepo(store.connection), from);
    if (found.holds) {
      console.log(`${found.checked} entries checked; head ${found.head?.digest ?? 'none'}`);
      return 0;
    }
    console.log(`${found.checked} entries hold; entry ${found.at} is broken: ${WHY[found.why]}`);
    return 1;
  } finally {
    await store.stop();
  }
}

runTool(main);
