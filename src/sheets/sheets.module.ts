import { join } from 'node:path';
import type { Connection } from 'mongoose';
import type { AuditService } from '../audit/audit.service';
import { createFetchMedia } from '../evidence/fetch-media';
import { createMediaStore } from '../evidence/media-store';
import type { Clock } from '../kernel/clock';
import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import { commaList } from '../kernel/lists';
import { foldText } from '../kernel/vn-text';
import { vnDay } from '../kernel/vn-time';
import type { Logger } from '../observability/logger';
import type { OrgDirectory } from '../org/directory';
import { unitName } from '../org/names';
import type { Office } from '../org/office';
import type { OrgService } from '../org/org.service';
import { unitsActedFor } from '../org/roles';
import type { Enqueue } from '../outbox/outbox-row';
import { sheetEffects } from './chat/sheet-effects';
import { sheetNewsText } from './chat/sheet-texts';
import type { Calendars } from '../reporting/deadlines';
import { textsOf } from '../reporting/form';
import { FiguresImport } from '../reporting/figures-import';
import { createSheetsRepo } from '../reporting/sheets.repo';
import type { SheetNames } from '../reporting/figures-sheet';
import { FORMS, formOf } from '../reporting/forms';
import type { Reporting } from '../reporting/reporting.module';
import { SHEET_MAX_BYTES } from './sent-sheet';
import { sheetJobs } from './sheets.jobs';
import { createSentSheetsRepo } from './sent-sheets.repo';
import { SentSheets } from './sent-sheets';
import type { FetchedSheet } from './sheet-news';

export interface SentSheetsParts {
  readonly config: {
    readonly DATA_DIR: string;
    readonly ZALO_MEDIA_HOSTS: string;
    readonly ZALO_TIMEOUT_MS: number;
  };
  readonly connection: Connection;
  readonly calendars: Pick<Calendars, 'runs'>;
  readonly reporting: Pick<Reporting, 'reports'>;
  readonly org: { readonly directory: OrgDirectory; readonly service: Pick<OrgService, 'mayDo'> };
  readonly audit: { readonly service: AuditService };
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly outbox: { readonly enqueue: Enqueue };
  readonly wordsFor: (user: UserKey) => Words;
}

/** Sheets sent in chat: the parts, joined with how files are fetched and with what their senders read. */
export function openSentSheets(parts: SentSheetsParts) {
  const { config, connection, clock, log, wordsFor } = parts;
  const { directory } = parts.org;
  const { reports } = parts.reporting;
  const origins: string[] = [];
  const service = new SentSheets({
    ...{ directory, org: parts.org.service, clock, log },
    ...(parts.calendars.runs ? { runs: parts.calendars.runs } : {}),
    repo: createSentSheetsRepo(connection),
    files: createMediaStore(join(config.DATA_DIR, 'sheets'), { max: SHEET_MAX_BYTES }),
    fetch: fetchSheet(config, () => origins),
    figures: new FiguresImport({
      reports,
      audit: parts.audit.service,
      units: () => directory.tree,
      sheets: createSheetsRepo(connection),
    }),
    namesFor: (posts, at) => namesFor({ directory, wordsFor }, posts, at),
    async tell(sheet, news) {
      const { form, period, by } = sheet;
      const now = clock.now();
      const span = form === null || period === null ? null : reports.times(form, period).data;
      const [office = null] = directory.officesOf(by, now);
      const facts = { words: wordsFor(by), office, at: now, span };
      const { text, buttons } = sheetNewsText(facts, sheet, news);
      await parts.outbox.enqueue([
        {
          id: `sheet:${sheet.id}:${news.kind}:${form ?? ''}:${period ?? ''}:${sheet.agreedAt === null ? 0 : 1}`,
          ...{ to: by, purpose: 'reply', cause: sheet.eventId, createdAt: now },
          message: { kind: 'text', text, ...(buttons.length > 0 ? { buttons } : {}) },
        },
      ]);
    },
  });
  return {
    service,
    effects: sheetEffects(service),
    jobs: sheetJobs(service),
    /** `own`: the program's own address where files lie there too, as the simulator's do. */
    start(own: string | null): void {
      if (own !== null) origins.push(new URL(own).origin);
    },
  };
}

/** Fetched by the rules of every picture, and no larger than a sheet may be; what it is shows its first bytes. */
function fetchSheet(
  config: SentSheetsParts['config'],
  origins: () => readonly string[],
): (url: string, name: string) => Promise<FetchedSheet> {
  const fetchMedia = createFetchMedia({
    hosts: commaList(config.ZALO_MEDIA_HOSTS.toLowerCase()),
    origins,
    maxBytes: SHEET_MAX_BYTES,
    timeoutMs: Math.max(config.ZALO_TIMEOUT_MS, 20_000),
  });
  return async (url, name) => {
    const got = await fetchMedia(url, 'file', name);
    if (got.outcome === 'failed') return got;
    const zip = got.bytes[0] === 0x50 && got.bytes[1] === 0x4b;
    const text = !got.bytes.subarray(0, 1024).includes(0);
    if (!zip && !text) return { outcome: 'failed', reason: 'wrong_content', again: false };
    return { ...got, extension: zip ? 'xlsx' : 'csv' };
  };
}

/** Units below these posts by their names, and figures by theirs: only where one alone is meant. */
function namesFor(
  {
    directory,
    wordsFor,
  }: { readonly directory: OrgDirectory; readonly wordsFor: SentSheetsParts['wordsFor'] },
  posts: readonly Office[],
  at: Date,
): SheetNames {
  const day = vnDay(at);
  const own = posts.flatMap((post) => unitsActedFor(post));
  const below = new Map(
    own.flatMap((code) => directory.tree.within(code, day)).map((unit) => [unit.code, unit]),
  );
  const units = single(
    [...below.values()].flatMap((unit) =>
      [unit.name, unitName(unit)].map((name) => [name, unit.code] as const),
    ),
  );
  const words = wordsFor(posts[0]?.user ?? '');
  const figures = new Map(
    [...FORMS.keys()].map((form) => [
      form,
      single(formOf(form).figures.map(({ id }) => [words.t(`${textsOf(form, id)}.name`), id] as const)),
    ]),
  );
  return {
    unit: (name) => units.get(foldText(name)) ?? null,
    figure: (form, name) => figures.get(form)?.get(foldText(name)) ?? null,
  };
}

/** By folded name; a name of several is left out. */
function single(named: readonly (readonly [string, string])[]): Map<string, string> {
  const all = new Map<string, Set<string>>();
  for (const [name, id] of named) {
    const folded = foldText(name);
    all.set(folded, (all.get(folded) ?? new Set()).add(id));
  }
  return new Map(
    [...all].flatMap(([name, [only, ...others]]) =>
      only && others.length === 0 ? [[name, only] as const] : [],
    ),
  );
}
