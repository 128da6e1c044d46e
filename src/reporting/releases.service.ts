import type { AuditService } from '../audit/audit.service';
import type { UserKey } from '../kernel/ids';
import { isPeriodOf } from './deadlines';
import { askedFigures, FORMS, type OptionalFigures } from './forms';
import {
  differencesSince,
  freeze,
  isWaiting,
  releaseDigest,
  releaseId,
  type FrozenForm,
  type Release,
  type ReleaseHead,
} from './release';
import type { ReleasesRepo } from './releases.repo';
import type { ReportsRepo } from './reports.repo';
import type { CountedReport } from './totals';
import type { UnitsView } from './units-view';

interface Deed {
  readonly id: string;
  readonly by: UserKey;
  readonly at: Date;
  readonly eventId: string;
}

/** `digest`: of the figures as they were shown to whoever asks; other figures by now are a conflict. */
export interface MakeRelease extends Deed {
  readonly kind: 'release.make';
  readonly period: string;
  readonly number: number;
  readonly digest: string;
}

export interface SettleRelease extends Deed {
  readonly kind: 'release.settle';
  readonly release: string;
  readonly confirms: boolean;
}

export type ReleaseEffect = MakeRelease | SettleRelease;

export interface ReleasesDeps {
  readonly repo: ReleasesRepo;
  readonly reports: Pick<ReportsRepo, 'eachOf'>;
  readonly units: () => UnitsView;
  readonly optionalFigures: OptionalFigures;
  readonly audit: Pick<AuditService, 'note'>;
}

/** Makes, shows and settles releases. Each write may be repeated: its effect makes it one. Rights are checked by the caller. */
export class ReleasesService {
  constructor(private readonly deps: ReleasesDeps) {}

  /** The releases of a month that were not refused, in order of number. */
  async list(period: string): Promise<ReleaseHead[]> {
    return notRefused(await this.deps.repo.heads(period));
  }

  /** Null for one that is not there, or was refused. */
  async get(id: string): Promise<Release | null> {
    const found = await this.deps.repo.get(id);
    return found?.refusedBy === null ? found : null;
  }

  /** The last release of the month that may be quoted; null: none is confirmed. */
  async confirmed(period: string): Promise<Release | null> {
    return this.lastConfirmed(await this.deps.repo.heads(period));
  }

  /** What a release made now would be, with the next number of the month. */
  async draft(period: string): Promise<Pick<Release, 'id' | 'number' | 'digest' | 'forms' | 'differences'>> {
    const heads = await this.deps.repo.heads(period);
    const number = (heads.at(-1)?.number ?? 0) + 1;
    const forms = await this.frozen(period);
    const before = await this.lastConfirmed(heads);
    const differences = differencesSince(before?.forms ?? null, forms);
    const digest = releaseDigest(period, number, forms);
    return { id: releaseId(period, number), number, digest, forms, differences };
  }

  /** `conflict`: the figures, or the number, are no longer those that were shown. */
  async make(effect: MakeRelease): Promise<'done' | 'conflict'> {
    const { id, period, number, by, at, digest, eventId } = effect;
    const known = await this.deps.repo.get(releaseId(period, number));
    if (!known) {
      const draft = await this.draft(period);
      if (draft.digest !== digest) return 'conflict';
      const open = { confirmedBy: null, confirmedAt: null, refusedBy: null };
      if (!(await this.deps.repo.insert({ ...draft, period, at, by, ...open }, id))) return 'conflict';
    } else if (known.digest !== digest || known.by !== by || known.at.getTime() !== at.getTime())
      return 'conflict';
    await this.deps.audit.note({
      ...{ id: `release:${id}`, at, act: 'release.made', by, unit: null, eventId },
      ...{ subject: releaseId(period, number), after: { digest } },
    });
    return 'done';
  }

  /** The second key. `conflict`: it is not there, is settled by somebody else, or is of the very person who asked for it. */
  async settle(effect: SettleRelease): Promise<'done' | 'conflict'> {
    const { id, release, confirms, by, at, eventId } = effect;
    const found = await this.deps.repo.get(release);
    if (!found || (confirms && found.by === by)) return 'conflict';
    if (!(await this.deps.repo.settle(release, by, at, confirms)) && !isSettledBy(found, by, confirms))
      return 'conflict';
    const act = confirms ? 'release.confirmed' : 'release.refused';
    await this.deps.audit.note({
      ...{ id: `release:${id}`, at, act, by, unit: null, eventId },
      ...{ subject: release, after: { digest: found.digest } },
    });
    return 'done';
  }

  private async lastConfirmed(heads: readonly ReleaseHead[]): Promise<Release | null> {
    const last = notRefused(heads).findLast(({ confirmedBy }) => confirmedBy !== null);
    return last ? this.deps.repo.get(last.id) : null;
  }

  private async frozen(period: string): Promise<FrozenForm[]> {
    const frozen: FrozenForm[] = [];
    for (const form of FORMS.values()) {
      if (!isPeriodOf(form, period)) continue;
      const reports: CountedReport[] = [];
      await this.deps.reports.eachOf(form.id, period, (report) => void reports.push(report));
      const asked = askedFigures(form, period, this.deps.optionalFigures);
      frozen.push(freeze(form, period, asked, this.deps.units(), reports));
    }
    return frozen;
  }
}

function notRefused(heads: readonly ReleaseHead[]): ReleaseHead[] {
  return heads.filter(({ refusedBy }) => refusedBy === null);
}

function isSettledBy(release: Release, by: UserKey, confirms: boolean): boolean {
  return !isWaiting(release) && (confirms ? release.confirmedBy === by : release.refusedBy === by);
}
