import { MINUTE, inVietnam, vnDay } from '../kernel/vn-time';
import { instantOf, nextDay } from '../kernel/work-calendar';
import { OneByOne } from '../kernel/retry';
import type { AssetWatch } from './asset-watch';
import { BOARD_AT, type Boards } from './boards';
import type { GroupsDeps } from './deps';
import type { Orders } from './orders';
import { PROPOSE_AT, type Proposals } from './proposals';
import { NIGHT, type Reading } from './reading';
import type { GroupsView } from './groups.view';

/** Everything about groups that time brings. Run at any time and any number of times; two runs at once go one after the other. */
export class GroupTimers {
  private readonly runs = new OneByOne();

  constructor(
    private readonly deps: Pick<GroupsDeps, 'repo' | 'host'>,
    private readonly parts: {
      readonly view: Pick<GroupsView, 'off'>;
      readonly orders: Pick<Orders, 'run'>;
      readonly reading: Pick<Reading, 'next'>;
      readonly assets: Pick<AssetWatch, 'look'>;
      readonly proposals: Pick<Proposals, 'run'>;
      readonly boards: Pick<Boards, 'plan'>;
    },
  ) {}

  run(now: Date): Promise<void> {
    return this.runs.run(() => this.once(now));
  }

  /** When something falls due after this instant; null while there are no groups. The clock of a rehearsal stops there. */
  async nextDue(after: Date): Promise<Date | null> {
    const { repo } = this.deps;
    if (this.parts.view.off !== null) return null;
    const soon = new Date(after.getTime() + MINUTE);
    if ((await repo.ordered()).length > 0) return soon;
    const groups = [...(await repo.inState('on')), ...(await repo.inState('disabled'))];
    if (groups.length === 0) return null;
    const day = vnDay(after);
    const begins = instantOf(day, NIGHT.from);
    if (isNight(after) && groups.some(({ comparedAt }) => comparedAt !== null && comparedAt < begins))
      return soon;
    const times = [NIGHT.from, PROPOSE_AT, BOARD_AT];
    const instants = [day, nextDay(day, 1)].flatMap((one) => times.map((minute) => instantOf(one, minute)));
    return instants.find((at) => at > after) ?? null;
  }

  private async once(now: Date): Promise<void> {
    const { host } = this.deps;
    const { view, orders, assets, reading, proposals, boards } = this.parts;
    if (host === null || view.off !== null) return;
    await orders.run(host, now);
    if (isNight(now)) {
      await assets.look(host, now);
      await reading.next(host, now);
    }
    await proposals.run(now);
    await boards.plan(now);
  }
}

function isNight(at: Date): boolean {
  const { hour, minute } = inVietnam(at);
  const minutes = hour * 60 + minute;
  return minutes >= NIGHT.from && minutes < NIGHT.to;
}
