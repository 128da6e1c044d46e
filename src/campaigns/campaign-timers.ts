import { vnDay } from '../kernel/vn-time';
import { unitNameOn } from '../org/names';
import type { NewOutboxMessage } from '../outbox/outbox-row';
import type { UserKey } from '../kernel/ids';
import { byCommune, type Campaign } from './campaign';
import { campaignPayload } from './campaign-words';
import { repliesTo, type Replies } from './replies';
import { moveUnits } from './moved-units';
import type { CampaignsDeps, CampaignsService } from './campaigns.service';

/** Gives the results back on the morning after the closing day. Run at any time and any number of times: messages have the id of campaign and unit. */
export class CampaignTimers {
  private peopleChanged = true;
  /** The day on which units that came to an end were looked for last. */
  private unitsOn: string | null = null;

  constructor(
    private readonly deps: CampaignsDeps,
    private readonly service: Pick<CampaignsService, 'tellAsker' | 'askRest'>,
  ) {}

  /** Posts have changed hands, or units have changed. */
  notePeopleChanged(): void {
    this.peopleChanged = true;
  }

  async run(now: Date): Promise<void> {
    const { repo } = this.deps;
    await this.lookAtUnits(now);
    for (const campaign of await repo.due(now)) {
      if (campaign.state === 'waiting') {
        await this.service.tellAsker(campaign, 'key.expired', now);
        await repo.move(campaign.id, 'waiting', 'refused', true);
        continue;
      }
      if (campaign.kind !== 'announcement') await this.giveBack(campaign, now);
      await repo.move(campaign.id, 'issued', 'closed', true);
    }
  }

  /** Villages that have changed are followed, and who has taken a post is asked what is open. */
  private async lookAtUnits(now: Date): Promise<void> {
    if (!this.peopleChanged && this.unitsOn === vnDay(now)) return;
    this.peopleChanged = false;
    this.unitsOn = vnDay(now);
    for (const campaign of await this.deps.repo.open()) {
      // Whoever takes a post later is not told what was of another day.
      if (campaign.kind === 'announcement') continue;
      const moved = await moveUnits(this.deps, campaign, now);
      await this.service.askRest(moved, now);
    }
  }

  nextDue(after: Date): Promise<Date | null> {
    return this.deps.repo.nextDue(after);
  }

  /** Each respondent reads the result of their commune; whoever asked reads the whole. */
  private async giveBack(campaign: Campaign, at: Date): Promise<void> {
    const { offices, outbox } = this.deps;
    const replies = await repliesTo(this.deps, campaign);
    const rows: NewOutboxMessage[] = [];
    for (const [commune, units] of byCommune(campaign.units, offices.directory.tree, vnDay(at))) {
      const mine = new Set(units);
      for (const one of replies.who)
        if (mine.has(one.unit) && (await this.stillSpeaksFor(one, at)))
          rows.push(this.resultFor(campaign, { commune, units, replies }, one, at));
    }
    const whole = await this.wholeFor(campaign, replies, at);
    await outbox.enqueue([...rows, ...(whole ? [whole] : [])]);
  }

  private stillSpeaksFor({ by, unit }: Replies['who'][number], at: Date): Promise<boolean> {
    return this.deps.org.mayWriteFor({ user: by, unit, onBehalf: false, at });
  }

  private resultFor(
    campaign: Campaign,
    area: { readonly commune: string; readonly units: readonly string[]; readonly replies: Replies },
    { unit, by }: { readonly unit: string; readonly by: UserKey },
    at: Date,
  ): NewOutboxMessage {
    const words = this.deps.wordsFor(by);
    const post = this.deps.offices.holders(unit, at).find(({ user }) => user === by);
    const address = post ? this.deps.addressVars(words, post).address : words.t('common:address.villager');
    const place = unitNameOn(this.deps.offices.directory.tree, area.commune, vnDay(at));
    const result = area.replies.text(words, area.units);
    return {
      id: `campaign:${campaign.id}:result:${unit}`,
      ...{ to: by, purpose: 'notice', cause: campaign.id, createdAt: at },
      message: {
        kind: 'text',
        text: words.t('campaigns:given_back', { question: campaign.question, place, result, address }),
      },
    };
  }

  private async wholeFor(campaign: Campaign, replies: Replies, at: Date): Promise<NewOutboxMessage | null> {
    const { user } = campaign.by;
    const { offices, org, wordsFor } = this.deps;
    const may =
      offices.mayManage(user, campaign, at) &&
      (await org.mayWriteFor({ user, unit: campaign.from, onBehalf: false, at }));
    if (!may) return null;
    const words = wordsFor(user);
    const result = replies.text(words, campaign.units);
    const look = {
      ...{ kind: 'reply' as const, label: words.t('campaigns:buttons.results'), digit: 1 },
      payload: campaignPayload(campaign.id, 'XEM'),
    };
    return {
      id: `campaign:${campaign.id}:whole`,
      ...{ to: user, purpose: 'notice', cause: campaign.id, createdAt: at },
      message: {
        kind: 'text',
        text: words.t('campaigns:closed_whole', { question: campaign.question, result }),
        buttons: [look],
      },
    };
  }
}
