import type { Holder, KeyNeeded } from '../directives/offices';
import type { UserKey } from '../kernel/ids';
import {
  isAnsweredHere,
  isOpen,
  minutesOf,
  type Campaign,
  type CampaignAnswer,
  type Reached,
} from './campaign';
import { keyed, questionId, type CampaignsDeps, type CampaignsService } from './campaigns.service';
import { repliesTo, type Replies } from './replies';

/** What is shown before anybody is asked. */
export interface CampaignPreview {
  readonly minutes: number;
  /** Villages nobody holds, or whose holders cannot be written to now. */
  readonly unreachable: number;
  readonly key: KeyNeeded;
  readonly keyHolders: readonly Holder[];
}

/** A question that waits for the answer of one village. */
export interface OpenQuestion {
  readonly campaign: Campaign;
  readonly unit: string;
}

const LISTED = 5;

/** What is read about surveys and head-counts. It writes nothing. */
export class CampaignsView {
  constructor(
    private readonly deps: CampaignsDeps,
    private readonly service: Pick<CampaignsService, 'asked'>,
  ) {}

  get(id: string): Promise<Campaign | null> {
    return this.deps.repo.get(id);
  }

  /** What came back so far. */
  replies(campaign: Campaign): Promise<Replies> {
    return repliesTo(this.deps, campaign);
  }

  answer(id: string, unit: string): Promise<CampaignAnswer | null> {
    return this.deps.repo.answer(id, unit);
  }

  /** What is open at the villages that the person answers for. */
  async openFor(user: UserKey, at: Date): Promise<readonly OpenQuestion[]> {
    const { repo, offices } = this.deps;
    const units = [...new Set(offices.directory.officesOf(user, at).map(({ unit }) => unit))].filter((unit) =>
      offices.directory.mayActFor(user, unit, at),
    );
    if (units.length === 0) return [];
    const asked = await repo.asking(units);
    const campaigns = await repo.getMany(asked.map(({ campaign }) => campaign));
    return campaigns
      .filter((campaign) => isAnsweredHere(campaign) && isOpen(campaign, at))
      .flatMap((campaign) =>
        asked.filter((one) => one.campaign === campaign.id).map(({ unit }) => ({ campaign, unit })),
      );
  }

  /** What waits for this person's second key, the first to close first. */
  async waitingFor(user: UserKey, at: Date): Promise<readonly Campaign[]> {
    const open = await this.deps.repo.open();
    return open.filter((one) => one.state === 'waiting' && at < one.closesAt && this.holdsKey(user, one, at));
  }

  /** What was asked from the posts from which the person gives orders, the newest first. */
  async ofAsker(user: UserKey, at: Date): Promise<readonly Campaign[]> {
    const units = this.deps.offices.issuing(user, at).map(({ unit }) => unit);
    const found = units.length === 0 ? [] : await this.deps.repo.askedBy([...new Set(units)], LISTED);
    return found.filter(({ state }) => state !== 'refused');
  }

  /** Whether the person may see the whole: from the unit that asked. */
  maySee(user: UserKey, campaign: Campaign, at: Date): boolean {
    return this.deps.offices.mayManage(user, campaign, at);
  }

  holdsKey(user: UserKey, campaign: Campaign, at: Date): boolean {
    return this.deps.offices.keyHolders(keyed(campaign), at).some((key) => key.user === user);
  }

  /** How far an announcement has come; villages nobody holds count as not reached. */
  async reached({ id, units }: Campaign): Promise<Reached> {
    const ids = new Map(units.map((unit) => [questionId(id, unit), unit]));
    const fates = await this.deps.rows.fates([...ids.keys()]);
    const sent = fates.filter(({ state }) => state === 'sent');
    const there = new Set(sent.map((row) => ids.get(row.id)));
    return {
      all: units.length,
      sent: sent.length,
      seen: sent.filter(({ seenAt }) => seenAt !== null).length,
      missing: units.filter((unit) => !there.has(unit)),
    };
  }

  async preview(campaign: Campaign, at: Date): Promise<CampaignPreview> {
    const { offices } = this.deps;
    const asked = await this.service.asked(campaign.units, at);
    const reached = [...asked.values()].filter((one) => one.reached).length;
    return {
      minutes: minutesOf(campaign.units.length, campaign.kind),
      unreachable: campaign.units.length - reached,
      key: offices.keyNeeded(keyed(campaign), at),
      keyHolders: offices.keyHolders(keyed(campaign), at),
    };
  }
}
