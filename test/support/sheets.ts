import { readConfig } from '../../src/config/config';
import { importMembers, importUnits } from '../../src/org/import/import';
import { createOrgRepo } from '../../src/org/org.repo';
import { seedUnits } from '../../src/org/seed/seed';
import { openKey } from '../../src/app/open-key';
import { prepareIndexes } from '../../src/app/indexes';
import { readProgramClock } from '../../src/app/program-clock';
import { openToolStore } from '../../src/app/tool-store';

/**
 * Units and office holders out of sheets into the stores of a program with this configuration, running or not, as
 * `npm run import` does it (which has tests of its own), without a process for each sheet. Resolves with the claim
 * codes by `unit/role`; throws when a line is refused.
 */
export async function importSheets(
  env: Readonly<Record<string, string>>,
  sheets: { readonly units?: string; readonly members?: string },
): Promise<Map<string, string>> {
  const config = readConfig({ ...env });
  const store = await openToolStore(config);
  try {
    const repo = createOrgRepo(store.connection);
    await prepareIndexes(store.connection);
    await seedUnits(repo);
    let csv = '';
    const refused = [];
    if (sheets.units !== undefined) {
      const now = readProgramClock(config).now();
      const units = await importUnits({ repo, bytes: Buffer.from(sheets.units), dryRun: false, now });
      refused.push(...units.refused);
    }
    if (sheets.members !== undefined) {
      const members = await importMembers({
        ...{ repo, bytes: Buffer.from(sheets.members), dryRun: false, key: await openKey(config, store) },
        now: readProgramClock(config).now(),
        writeCodes: async (text) => void (csv = text),
      });
      refused.push(...members.refused);
    }
    if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused)}`);
    const rows = csv
      .replace(/^\uFEFF/, '')
      .trim()
      .split(/\r?\n/)
      .slice(1);
    return new Map(
      rows.map((row) => {
        const cells = row.split(',');
        return [`${cells[0]}/${cells[1]}`, cells.at(-1) as string];
      }),
    );
  } finally {
    await store.stop();
  }
}
