import { FrozenClock } from '../../../src/kernel/clock';
import { formOf } from '../../../src/reporting/forms';
import { recompute } from '../../../src/reporting/recompute';
import type { Report } from '../../../src/reporting/report';
import { createReportsRepo } from '../../../src/reporting/reports.repo';
import { ReportsService } from '../../../src/reporting/reports.service';
import { Rollup } from '../../../src/reporting/rollup';
import { RunBook } from '../../../src/reporting/runs';
import type { UnitTree } from '../../../src/org/units';
import { freshStore } from '../../support/stores';
import { calendars, vn } from '../../unit/reporting/builders';

/** One process' reporting on a store: service and roll-up, wired as in the program. */
export function aProcess(
  connection: Awaited<ReturnType<typeof freshStore>>['connection'],
  tree: () => UnitTree,
  clock = new FrozenClock(vn('12T08:00')),
  runs = new RunBook(),
) {
  const repo = createReportsRepo(connection);
  const deps = { repo, units: tree, calendars: { ...calendars, runs }, optionalFigures: {}, runs };
  const reports = new ReportsService({ ...deps, undoMs: 600_000, clock });
  const rollup = new Rollup(deps);
  reports.onChange((report) => rollup.note(report));
  return { repo, reports, rollup, clock };
}

/** Units whose kept totals differ from a reckoning out of the stored reports. */
export async function differing(process: ReturnType<typeof aProcess>, tree: UnitTree, period = '2026-03') {
  const stored: Report[] = [];
  const villages = tree.villagesUnder('24', '2026-03-31').map((unit) => unit.code);
  stored.push(...(await process.repo.ofUnits('village-month', period, villages)));
  const asked = process.reports.asked('village-month', period);
  const plain = recompute(formOf('village-month'), period, asked, tree, stored);
  const wrong: string[] = [];
  for (const [unit, totals] of plain)
    if (JSON.stringify(await process.rollup.totals('village-month', period, unit)) !== JSON.stringify(totals))
      wrong.push(unit);
  return { units: plain.size, wrong };
}
