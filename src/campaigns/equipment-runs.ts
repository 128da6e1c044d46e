import { DAY } from '../kernel/vn-time';
import { nextRun, type FormRun, type RunBook } from '../reporting/runs';
import type { Campaign } from './campaign';
import type { CampaignsRepo } from './campaigns.repo';
import { EQUIPMENT } from './halls';

/** After its closing time a run stays open so long for those who are late, and for what was sent back. */
const OPEN_AFTER = 7 * DAY;

/**
 * Surveys of equipment as runs of their form: from the moment one is issued its villages owe the form, and nobody before. What
 * is stored with the campaign is what counts; the book of runs is its copy in memory.
 */
export class EquipmentRuns {
  constructor(private readonly deps: { readonly repo: CampaignsRepo; readonly book: RunBook }) {}

  /** Reads again which runs there are: at the start, and for what other processes wrote. */
  async refresh(): Promise<void> {
    this.deps.book.set((await this.deps.repo.started()).flatMap(runOf));
  }

  /**
   * Starts the survey as the next run, without the villages that an earlier one still asks; begun again it changes nothing.
   * Answers the campaign as it then is.
   */
  async start(campaign: Campaign, at: Date): Promise<Campaign> {
    const { repo, book } = this.deps;
    await this.refresh();
    if ((await repo.get(campaign.id))?.run === undefined) {
      await repo.setUnits(campaign.id, notAskedNow(book, campaign.units, at));
      while (!(await repo.begin(campaign.id, nextRun(EQUIPMENT, book.of(EQUIPMENT).map(periodOf)), at)))
        await this.refresh();
    }
    await this.refresh();
    return (await repo.get(campaign.id)) ?? campaign;
  }
}

const periodOf = ({ period }: FormRun): string => period;

/** Those of the villages that no run asks at that moment. */
export function notAskedNow(
  runs: Pick<RunBook, 'of'> | undefined,
  units: readonly string[],
  at: Date,
): readonly string[] {
  const asking = (runs?.of(EQUIPMENT) ?? []).filter(({ deadline }) => at < deadline);
  return units.filter((unit) => !asking.some(({ audience }) => audience.has(unit)));
}

function runOf({ run, startedAt, closesAt, units }: Campaign): FormRun[] {
  if (run === undefined || startedAt === undefined) return [];
  return [
    {
      ...{ form: EQUIPMENT, period: run, opensAt: startedAt, deadline: closesAt },
      lockAt: new Date(closesAt.getTime() + OPEN_AFTER),
      audience: new Set(units),
    },
  ];
}
