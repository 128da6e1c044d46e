import type { Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import { DAY, HOUR, MINUTE, vnDay } from '../kernel/vn-time';
import { refusal } from '../org/import/sheet';
import type { Office } from '../org/office';
import type { UnitTree } from '../org/units';
import { mayImport } from '../reporting/approvers';
import type { FiguresImport, FiguresPlan, FiguresSheet } from '../reporting/figures-import';
import type { SheetNames } from '../reporting/figures-sheet';
import { formOf } from '../reporting/forms';
import { periodNamed } from '../reporting/period-meant';
import type { FormRuns } from '../reporting/runs';
import type { NewSentSheet, SentSheet } from './sent-sheet';
import type { SentSheetsRepo } from './sent-sheets.repo';
import type { FetchedSheet, SheetNews } from './sheet-news';

/**
 * Sheets of figures sent in chat: fetched and read beside the talk, shown to their sender as what would come of them, and
 * written only after their yes, by the same rules as `npm run import -- figures`. Rights are asked for each row's unit when
 * it is shown and again when it is written. Every step may be repeated: a crash is mended by the sweep.
 */
export interface SentSheetsDeps {
  readonly repo: SentSheetsRepo;
  /** Keeps the bytes until they are written or not wanted, and for good once they are written. */
  readonly files: {
    put(bytes: Buffer, extension: string): Promise<string>;
    read(name: string): Promise<{ readonly bytes: Buffer }>;
    remove(name: string): Promise<void>;
  };
  readonly fetch: (url: string, name: string) => Promise<FetchedSheet>;
  readonly figures: Pick<FiguresImport, 'plan' | 'apply' | 'formsOf'>;
  readonly directory: {
    readonly tree: UnitTree;
    officesOf(user: UserKey, at: Date): readonly Office[];
  };
  readonly org: {
    mayDo(user: UserKey, may: (posts: readonly Office[], tree: UnitTree) => boolean): Promise<boolean>;
  };
  /** Names that stand for codes and ids in a sheet of these posts. */
  readonly namesFor: (posts: readonly Office[], at: Date) => SheetNames;
  /** Writes to the sender; the same news of the same sheet again is written once. */
  readonly tell: (sheet: SentSheet, news: SheetNews) => Promise<void>;
  /** What was put to a chosen audience. Absent: nothing. */
  readonly runs?: FormRuns;
  readonly clock: Clock;
  readonly log: {
    info(facts: object, message: string): void;
    warn(facts: object, message: string): void;
  };
}

/** Pauses between tries to fetch; after the last one it is given up. Its sender waits for an answer. */
const PAUSES = [10_000, MINUTE, 5 * MINUTE, 30 * MINUTE];
/** A step that was begun is left alone for so long; a process may have died with it. */
const IN_HAND_MS = 2 * MINUTE;
/** What nobody said yes to is forgotten. */
const KEPT_FOR = 7 * DAY;
/** «Đúng» without more means a sheet shown so long ago at most. */
const FRESH_FOR = 24 * HOUR;
const SWEEP_MAX = 20;

export type SheetAct =
  | { readonly does: 'enter' | 'drop' }
  | { readonly does: 'read_as'; readonly form: string; readonly period: string | null };

export class SentSheets {
  private readonly inHand = new Set<Promise<void>>();

  constructor(private readonly deps: SentSheetsDeps) {}

  /** Records the sheet durably and begins to read it. The same again changes nothing. */
  async take(sheet: NewSentSheet): Promise<void> {
    await this.deps.repo.add(sheet);
    this.begin(sheet.id);
  }

  /** What its sender wants done with it; `false`: it does not wait for that any more. */
  async act(id: string, by: UserKey, act: SheetAct, at: Date): Promise<boolean> {
    const sheet = await this.deps.repo.get(id);
    if (!sheet || sheet.by !== by) return false;
    if (act.does === 'drop') return this.drop(sheet);
    const moved =
      act.does === 'read_as'
        ? await this.deps.repo.move(id, ['shown', 'unclear'], {
            ...{ state: 'waiting', form: act.form, nextAt: at },
            period: act.period ?? periodNamed(formOf(act.form), sheet.name, at, this.deps.runs),
          })
        : await this.deps.repo.move(id, ['shown'], { state: 'agreed', agreedAt: at, nextAt: at });
    if (moved) this.begin(id);
    return moved || this.wentOn(sheet, act);
  }

  /** The sheet that a plain yes of the person means now; null: none. */
  async shownTo(user: UserKey, at: Date): Promise<SentSheet | null> {
    const [newest] = await this.deps.repo.newestOf(user, 1);
    const fresh = newest !== undefined && at.getTime() - newest.at.getTime() <= FRESH_FOR;
    return fresh && (newest.state === 'shown' || newest.state === 'unclear') ? newest : null;
  }

  get(id: string): Promise<SentSheet | null> {
    return this.deps.repo.get(id);
  }

  /** Takes up what is due: what could not be fetched, what a crash left, what nobody answered. */
  async sweep(): Promise<void> {
    for (const id of await this.deps.repo.due(this.deps.clock.now(), SWEEP_MAX)) await this.step(id);
  }

  /** Resolves when no sheet is in hand in this process. */
  async settled(): Promise<void> {
    while (this.inHand.size > 0) await Promise.all(this.inHand);
  }

  unname(person: UserKey, stand: UserKey): Promise<void> {
    return this.deps.repo.unname(person, stand);
  }

  /** The same act a second time, after a crash: it is done already. */
  private wentOn({ state, form }: SentSheet, act: SheetAct): boolean {
    if (act.does === 'read_as') return form === act.form && state !== 'dropped';
    return act.does === 'enter' && (state === 'agreed' || state === 'done');
  }

  /** In the background: nobody's answer waits for a file. */
  private begin(id: string): void {
    const work = this.step(id);
    this.inHand.add(work);
    void work.finally(() => this.inHand.delete(work));
  }

  private async step(id: string): Promise<void> {
    const { repo, clock, log } = this.deps;
    try {
      const now = clock.now();
      const sheet = await repo.take(id, now, new Date(now.getTime() + IN_HAND_MS));
      if (!sheet) return;
      if (sheet.state === 'waiting') await this.read(sheet);
      else if (sheet.state === 'agreed') await this.write(sheet);
      else await this.drop(sheet);
    } catch (error) {
      log.warn({ sheet: id, reason: messageOf(error) }, 'sheet could not be handled yet');
    }
  }

  private async read(sheet: SentSheet): Promise<void> {
    const { repo, files, figures, clock, directory } = this.deps;
    const got =
      sheet.file === null ? await this.fetched(sheet) : { ...(await files.read(sheet.file)), extension: '' };
    if (got === null) return;
    const { bytes } = got;
    const names = this.deps.namesFor(directory.officesOf(sheet.by, sheet.at), sheet.at);
    const found = await figures.formsOf(bytes, vnDay(sheet.at), names);
    const forms = sheet.form === null ? found.forms : [sheet.form];
    const [only, ...others] = forms;
    if (only === undefined && found.refused.length === 0) return this.giveUp(sheet, { kind: 'no_form' });
    if (only === undefined) {
      const none = { digest: '', read: 0, units: 0, created: 0, beside: 0, unchanged: 0, ignored: [] };
      const plan = { ...none, effects: [], told: [], refused: found.refused };
      return this.giveUp(sheet, { kind: 'shown', plan });
    }
    const file = sheet.file ?? (await files.put(bytes, got.extension));
    const nextAt = new Date(clock.now().getTime() + KEPT_FOR);
    if (others.length > 0) {
      await this.deps.tell(sheet, { kind: 'which_form', forms });
      await repo.move(sheet.id, ['waiting'], { state: 'unclear', file, nextAt });
      return;
    }
    const period = sheet.period ?? periodNamed(formOf(only), sheet.name, sheet.at, this.deps.runs);
    const read = { ...sheet, file, form: only, period };
    const plan = await this.plan(read, bytes, clock.now());
    if (plan.effects.length === 0) return this.giveUp(read, { kind: 'shown', plan });
    await this.deps.tell(read, { kind: 'shown', plan });
    await repo.move(sheet.id, ['waiting'], { state: 'shown', file, form: only, period, nextAt });
  }

  /** Its bytes; null: not this time, or never. */
  private async fetched(sheet: SentSheet): Promise<{ bytes: Buffer; extension: string } | null> {
    const { repo, clock, log } = this.deps;
    const got = await this.deps.fetch(sheet.url ?? '', sheet.name);
    if (got.outcome === 'fetched') return got;
    const pause = got.again ? PAUSES[sheet.attempts - 1] : undefined;
    log.info({ sheet: sheet.id, reason: got.reason, tries: sheet.attempts }, 'sheet could not be fetched');
    if (pause === undefined) await this.giveUp(sheet, { kind: 'not_fetched', reason: got.reason });
    else
      await repo.move(sheet.id, ['waiting'], {
        ...{ state: 'waiting', url: sheet.url ?? '' },
        nextAt: new Date(clock.now().getTime() + pause),
      });
    return null;
  }

  private async write(sheet: SentSheet): Promise<void> {
    const { repo, files, figures, org } = this.deps;
    const at = sheet.agreedAt ?? sheet.at;
    const { bytes } = await files.read(sheet.file ?? '');
    const plan = await this.plan(sheet, bytes, at);
    if (plan.refused.length > 0) return this.giveUp(sheet, { kind: 'shown', plan });
    const form = formOf(sheet.form ?? '');
    const may = await org.mayDo(sheet.by, (posts, tree) =>
      plan.effects.every(({ key }) => mayImport(posts, tree, form, key.unit, at)),
    );
    if (!may) {
      const lost = plan.effects.map(({ key }) => refusal(0, 'unit_not_yours', { code: key.unit }));
      return this.giveUp(sheet, { kind: 'shown', plan: { ...plan, refused: lost.slice(0, 1) } });
    }
    const told = sheet.told ?? plan.told;
    if (sheet.told === null) {
      const nextAt = new Date(this.deps.clock.now().getTime() + IN_HAND_MS);
      await repo.move(sheet.id, ['agreed'], { state: 'agreed', told: [...told], nextAt });
    }
    await figures.apply(this.asFigures(sheet, at), { ...plan, told });
    await this.deps.tell(sheet, { kind: 'written', plan });
    await repo.move(sheet.id, ['agreed'], { state: 'done', nextAt: null });
  }

  private plan(sheet: SentSheet, bytes: Buffer, at: Date): Promise<FiguresPlan> {
    const { directory } = this.deps;
    const posts = directory.officesOf(sheet.by, at);
    const form = formOf(sheet.form ?? '');
    return this.deps.figures.plan({
      ...{ ...this.asFigures(sheet, at), bytes, names: this.deps.namesFor(posts, at) },
      mayWriteFor: (unit) => mayImport(posts, directory.tree, form, unit, at),
    });
  }

  private asFigures(sheet: SentSheet, at: Date): Omit<FiguresSheet, 'bytes'> {
    return { name: sheet.name, form: sheet.form ?? '', period: sheet.period ?? '', by: sheet.by, at };
  }

  private async giveUp(sheet: SentSheet, news: SheetNews): Promise<void> {
    await this.deps.tell(sheet, news);
    await this.drop(sheet);
  }

  /** Nothing of it is stored; its bytes go, unless another sheet has the same. */
  private async drop(sheet: SentSheet): Promise<boolean> {
    const { repo, files } = this.deps;
    const open = ['waiting', 'shown', 'unclear', 'agreed'] as const;
    if (!(await repo.move(sheet.id, open, { state: 'dropped', file: null, nextAt: null })))
      return sheet.state === 'dropped';
    if (sheet.file !== null && !(await repo.isKept(sheet.file, sheet.id))) await files.remove(sheet.file);
    return true;
  }
}
