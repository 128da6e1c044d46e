import type { AuditService } from '../audit/audit.service';
import type { Holder, Offices } from '../directives/offices';
import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import { clipped } from '../kernel/vn-text';
import { vnDay } from '../kernel/vn-time';
import { moment } from '../kernel/moment';
import { givenName, unitNameOn } from '../org/names';
import type { OrgService } from '../org/org.service';
import type { Enqueue, NewOutboxMessage, Purpose, RowFate } from '../outbox/outbox-row';
import type { Reach } from '../outbox/policy';
import { isAnsweredHere, isOpen, type Campaign } from './campaign';
import type { EquipmentRuns } from './equipment-runs';
import type { RepliesDeps } from './replies';
import { saidBefore } from './moved-units';
import { noteOfCampaign } from './campaign-audit';
import { campaignPayload, questionMessage, textKey } from './campaign-words';
import type { CampaignsRepo } from './campaigns.repo';

export interface CampaignsDeps {
  readonly repo: CampaignsRepo;
  readonly offices: Pick<
    Offices,
    'directory' | 'holders' | 'issuing' | 'keyHolders' | 'keyNeeded' | 'mayManage'
  >;
  readonly org: Pick<OrgService, 'mayWriteFor'>;
  readonly reports: RepliesDeps['reports'];
  readonly equipment: Pick<EquipmentRuns, 'start' | 'refresh'>;
  readonly outbox: {
    readonly enqueue: Enqueue;
    reachOf(users: readonly UserKey[], purpose: Purpose, now: Date): Promise<ReadonlyMap<UserKey, Reach>>;
  };
  readonly audit: Pick<AuditService, 'note'>;
  readonly rows: { fates(ids: readonly string[]): Promise<readonly RowFate[]> };
  readonly wordsFor: (user: UserKey) => Words;
  /** `address`, `Address`: how the holder of a post is spoken to. */
  readonly addressVars: (words: Words, to: Holder) => { readonly address: string; readonly Address: string };
}

/** The id of the message that asks, or tells, a village. */
export function questionId(campaign: string, unit: string, before: readonly string[] = []): string {
  return `campaign:${campaign}:${unit}${before.length === 0 ? '' : `:from:${before.join(',')}`}`;
}

export type Done = 'done' | 'conflict';

/** Beyond one commune the keys of directives hold: another holder of the department or the province. */
export function keyed(campaign: Pick<Campaign, 'units' | 'label' | 'from' | 'by'>) {
  const { units, label, from, by } = campaign;
  return { urgency: 'normal' as const, audience: { units, label }, from, by };
}

/** What is written about surveys and head-counts. Each act may be repeated; rights are asked of the store at the moment of it. */
export class CampaignsService {
  constructor(private readonly deps: CampaignsDeps) {}

  /** Asks at once, or asks for the second key first. `conflict`: the right, or the last holder of the key, is gone. */
  async send({ campaign, at }: { readonly campaign: Campaign; readonly at: Date }): Promise<Done> {
    const { repo, offices } = this.deps;
    const known = await repo.get(campaign.id);
    if (known && known.state !== 'waiting') {
      await this.note(campaign, 'sent', campaign.by.user, at);
      return this.complete(known, at);
    }
    if (!(await this.mayAsk(campaign, at))) return 'conflict';
    if (offices.keyNeeded(keyed(campaign), at) === null) {
      await repo.insert({ ...campaign, state: 'issued' });
      await this.note(campaign, 'sent', campaign.by.user, at);
      return this.complete({ ...campaign, state: 'issued' }, at);
    }
    const keys = offices.keyHolders(keyed(campaign), at);
    if (keys.length === 0) return 'conflict';
    await repo.insert({ ...campaign, state: 'waiting' });
    await this.note(campaign, 'sent', campaign.by.user, at);
    await this.deps.outbox.enqueue(keys.map((key) => this.askForKey(campaign, key, at)));
    return 'done';
  }

  /** The second key, turned by somebody else than who asked: yes or no. */
  async decide(act: {
    readonly campaign: string;
    readonly yes: boolean;
    readonly by: UserKey;
    readonly at: Date;
  }): Promise<Done> {
    const { repo, offices, org } = this.deps;
    const campaign = await repo.get(act.campaign);
    if (!campaign) return 'conflict';
    const decided = act.yes ? 'issued' : 'refused';
    if (campaign.state !== 'waiting' && campaign.state !== decided) return 'conflict';
    const key = offices.keyHolders(keyed(campaign), act.at).find(({ user }) => user === act.by);
    if (campaign.state === decided) {
      // A crash may have come between the deed and its note; where another turned the key, theirs is there already.
      if (act.yes && key !== undefined) await this.note(campaign, 'confirmed', act.by, act.at);
      return this.complete(campaign, act.at);
    }
    const may =
      key !== undefined &&
      (await org.mayWriteFor({ user: act.by, unit: key.unit, onBehalf: false, at: act.at }));
    if (!may || (act.yes && act.at >= campaign.closesAt)) return 'conflict';
    await repo.move(campaign.id, 'waiting', decided, !act.yes);
    await this.note(campaign, act.yes ? 'confirmed' : 'refused', act.by, act.at);
    await this.tellAsker(campaign, act.yes ? 'key.confirmed' : 'key.refused', act.at);
    return this.complete({ ...campaign, state: decided }, act.at);
  }

  /** What a village says. One answer a village; a later one of the same person takes its place. */
  async answer(act: {
    readonly campaign: string;
    readonly unit: string;
    readonly value: number;
    readonly by: UserKey;
    readonly at: Date;
  }): Promise<Done> {
    const { campaign: id, unit, value, by, at } = act;
    const campaign = await this.deps.repo.get(id);
    if (!campaign || !isAnsweredHere(campaign) || !campaign.units.includes(unit)) return 'conflict';
    // A late repeat of an answer in time: results may have gone back meanwhile.
    if (at >= campaign.closesAt || (campaign.state !== 'issued' && campaign.state !== 'closed'))
      return 'conflict';
    if (!(await this.deps.org.mayWriteFor({ user: by, unit, onBehalf: false, at }))) return 'conflict';
    if (!(await this.deps.repo.give(id, { unit, value, by, at }))) return 'conflict';
    await this.note(campaign, 'answered', by, at, { unit, value });
    return 'done';
  }

  private note(...of: Parameters<typeof noteOfCampaign>): Promise<void> {
    return this.deps.audit.note(noteOfCampaign(...of));
  }

  /** Writes the rows and the questions of what is out; whatever is there stays. */
  private async complete(campaign: Campaign, at: Date): Promise<Done> {
    if (!isOpen(campaign, at)) return 'done';
    const asked = campaign.kind === 'equipment' ? await this.deps.equipment.start(campaign, at) : campaign;
    await this.deps.repo.addUnits(asked.id, asked.units);
    await this.askRest(asked, at);
    return 'done';
  }

  /** Asks the villages that were not asked yet: those that somebody has taken since, or that came out of others. */
  async askRest(campaign: Campaign, at: Date): Promise<void> {
    if (!isOpen(campaign, at)) return;
    const { repo, outbox } = this.deps;
    const rest = (await repo.notAsked(campaign.id)).filter(({ unit }) => campaign.units.includes(unit));
    const before = new Map(rest.map(({ unit, movedFrom }) => [unit, movedFrom]));
    const asked = await this.asked([...before.keys()], at);
    const rows: NewOutboxMessage[] = [];
    for (const [unit, { to }] of asked)
      rows.push(await this.question(campaign, unit, { to, before: before.get(unit) ?? [] }, at));
    await outbox.enqueue(rows);
    await repo.noteAsked(campaign.id, [...asked.keys()]);
  }

  /** Who is asked for each village: its head, its deputy when the head cannot be written to. Villages nobody holds are left out. */
  async asked(
    units: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, { readonly to: Holder; readonly reached: boolean }>> {
    const holders = units.map((unit) => [unit, this.deps.offices.holders(unit, at)] as const);
    const users = [...new Set(holders.flatMap(([, posts]) => posts.map(({ user }) => user)))];
    const ways = await this.deps.outbox.reachOf(users, 'notice', at);
    const isReached = ({ user }: Holder): boolean => ways.get(user)?.by !== 'nothing';
    return new Map(
      holders.flatMap(([unit, posts]) => {
        const to = posts.find(isReached) ?? posts[0];
        return to ? [[unit, { to, reached: isReached(to) }] as const] : [];
      }),
    );
  }

  private async mayAsk({ from, by, units }: Campaign, at: Date): Promise<boolean> {
    const { offices, org } = this.deps;
    const { tree } = offices.directory;
    return (
      offices.mayManage(by.user, { from }, at) &&
      units.every((unit) => tree.isWithin(unit, from, vnDay(at))) &&
      (await org.mayWriteFor({ user: by.user, unit: from, onBehalf: false, at }))
    );
  }

  private async question(
    campaign: Campaign,
    unit: string,
    { to, before }: { readonly to: Holder; readonly before: readonly string[] },
    at: Date,
  ): Promise<NewOutboxMessage> {
    const words = this.deps.wordsFor(to.user);
    const unitName = this.nameOf(unit, at);
    return {
      id: questionId(campaign.id, unit, before),
      ...{ to: to.user, purpose: 'notice', cause: campaign.id, createdAt: at, expiresAt: campaign.closesAt },
      message: questionMessage(words, campaign, {
        ...{ unit, unitName, asker: this.nameOf(campaign.from, at) },
        Address: this.deps.addressVars(words, to).Address,
        before:
          before.length === 0 || !isAnsweredHere(campaign)
            ? null
            : await saidBefore(this.deps, campaign, before, { user: to.user, at }),
      }),
      template: {
        ...{ ten: givenName(to.fullName), don_vi: unitName },
        ...{
          ky: words.t(`campaigns:short.${campaign.kind}`),
          han: moment(words, campaign.closesAt),
          noi_dung: clipped(campaign.question, 90),
        },
      },
    };
  }

  private askForKey(campaign: Campaign, key: Holder, at: Date): NewOutboxMessage {
    const words = this.deps.wordsFor(key.user);
    const button = (act: 'DUYET' | 'TRA', label: string, digit: number) => ({
      ...{ kind: 'reply' as const, label: words.t(`campaigns:buttons.${label}`), digit },
      payload: campaignPayload(campaign.id, act),
    });
    const text = words.t(textKey(campaign, 'key.asked'), {
      ...this.deps.addressVars(words, key),
      ...{ question: campaign.question, label: campaign.label, count: campaign.units.length },
      closes: moment(words, campaign.closesAt),
    });
    return {
      id: `campaign:${campaign.id}:key:${key.id}`,
      ...{ to: key.user, purpose: 'notice', cause: campaign.id, createdAt: at, expiresAt: campaign.closesAt },
      onlyIf: { kind: 'campaign_key', ref: campaign.id },
      message: {
        ...{ kind: 'text', text },
        buttons: [button('DUYET', 'confirm', 1), button('TRA', 'refuse', 2)],
      },
    };
  }

  /** What became of it, to whoever asked, once; nobody where they no longer hold the post. */
  async tellAsker(campaign: Campaign, key: string, at: Date): Promise<void> {
    const { id, by, question } = campaign;
    if (!this.deps.offices.mayManage(by.user, campaign, at)) return;
    const words = this.deps.wordsFor(by.user);
    await this.deps.outbox.enqueue([
      {
        id: `campaign:${id}:decided`,
        ...{ to: by.user, purpose: 'notice', cause: id, createdAt: at },
        message: { kind: 'text', text: words.t(textKey(campaign, key), { question }) },
      },
    ]);
  }

  private nameOf(unit: string, at: Date): string {
    return unitNameOn(this.deps.offices.directory.tree, unit, vnDay(at));
  }
}
