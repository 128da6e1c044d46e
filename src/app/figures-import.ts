import type { Connection } from 'mongoose';
import type { AuditService } from '../audit/audit.service';
import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import { addressVars } from '../org/chat/people';
import type { OrgDirectory } from '../org/directory';
import { unitName } from '../org/names';
import { vnDay } from '../kernel/vn-time';
import { monthName } from '../kernel/moment';
import type { NewOutboxMessage, Enqueue } from '../outbox/outbox-row';
import { formOf } from '../reporting/forms';
import { cadenceOf } from '../reporting/periods';
import { FiguresImport } from '../reporting/figures-import';
import type { ReportsService } from '../reporting/reports.service';
import type { SheetDoc } from '../reporting/sheets.model';
import { createSheetsRepo } from '../reporting/sheets.repo';

/** Sheets of figures that were read in, beside the running program or by it. */
export function openFiguresImport(deps: {
  readonly connection: Connection;
  readonly reports: ReportsService;
  readonly directory: OrgDirectory;
  readonly audit: Pick<AuditService, 'note'>;
}): FiguresImport {
  const { connection, reports, directory, audit } = deps;
  return new FiguresImport({
    reports,
    audit,
    units: () => directory.tree,
    sheets: createSheetsRepo(connection),
  });
}

export interface SheetWatchDeps {
  readonly connection: Connection;
  readonly directory: OrgDirectory;
  readonly wordsFor: (user: UserKey) => Words;
  readonly enqueue: Enqueue;
  /** Lets go of what this process holds of reports, and reads what changed. */
  readonly forget: () => Promise<void>;
}

/** Looks for sheets that were read in since the last look; each is noticed, and its units told, once. */
export function createSheetWatch(deps: SheetWatchDeps): () => Promise<void> {
  const sheets = createSheetsRepo(deps.connection);
  return async () => {
    const fresh = await sheets.fresh();
    if (fresh.length === 0) return;
    await deps.forget();
    for (const sheet of fresh) {
      await deps.enqueue(sheet.units.flatMap((unit) => wordsTo(deps, sheet, unit)));
      await sheets.seen(sheet._id);
    }
  };
}

/** What those who report for the unit hear; whoever read the sheet in is not told. */
function wordsTo({ directory, wordsFor }: SheetWatchDeps, sheet: SheetDoc, unit: string): NewOutboxMessage[] {
  const { _id, form, period, at, by, name } = sheet;
  const place = directory.tree.getNearest(unit, vnDay(at));
  return directory
    .holdersOf(unit, formOf(form).reporters)
    .filter(({ user }) => user !== by)
    .map((office) => {
      const words = wordsFor(office.user);
      const month = cadenceOf(period) === 'month' ? monthName(words, period, at) : '';
      const text = words.t('import:figures_told', {
        ...addressVars(words, office),
        ...{ month, unit: place ? unitName(place) : unit, sheet: name },
      });
      return {
        ...{ id: `sheet:${_id}:${unit}:${office.user}`, to: office.user, purpose: 'notice' as const },
        ...{ message: { kind: 'text' as const, text }, cause: `sheet:${_id}`, createdAt: at },
      };
    });
}
