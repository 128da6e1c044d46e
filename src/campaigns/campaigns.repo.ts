import type { Connection } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import { chunks } from '../kernel/lists';
import { isDuplicate } from '../kernel/store-faults';
import { resultsAt, type Campaign, type CampaignAnswer, type CampaignState } from './campaign';
import { campaignModel, campaignUnitModel, type CampaignDoc, type CampaignUnitDoc } from './campaigns.model';

/** Surveys, head-counts and their answers in the document store. Every write may be repeated. */
export type CampaignsRepo = ReturnType<typeof createCampaignsRepo>;

const BATCH = 500;

export function createCampaignsRepo(connection: Connection) {
  const campaigns = campaignModel(connection).collection;
  const rows = campaignUnitModel(connection).collection;

  async function find(filter: object, sort: Record<string, 1 | -1>, limit = 0): Promise<Campaign[]> {
    const docs = await campaigns
      .find(filter as never)
      .sort(sort)
      .limit(limit)
      .toArray();
    return (docs as unknown as CampaignDoc[]).map(campaignOf);
  }

  const findRows = async (filter: object): Promise<CampaignUnitDoc[]> =>
    (await rows.find(filter as never).toArray()) as unknown as CampaignUnitDoc[];

  return {
    async get(id: string): Promise<Campaign | null> {
      const doc = await campaigns.findOne({ _id: id } as never);
      return doc ? campaignOf(doc as unknown as CampaignDoc) : null;
    },

    getMany: (ids: readonly string[]): Promise<Campaign[]> =>
      find({ _id: { $in: [...new Set(ids)] } }, { createdAt: 1 }),

    /** What these units have asked, the newest first. */
    askedBy: (units: readonly string[], limit: number): Promise<Campaign[]> =>
      find({ from: { $in: [...units] } }, { createdAt: -1 }, limit),

    /** Writes it once; one that is there stays as it is. */
    async insert({ id, ...campaign }: Campaign): Promise<void> {
      const doc = { ...campaign, units: [...campaign.units], nextAt: resultsAt(campaign.closesAt) };
      await campaigns.updateOne({ _id: id } as never, { $setOnInsert: doc }, { upsert: true });
    },

    /** From one state to another. `ended`: nothing falls due any more. */
    async move(id: string, from: CampaignState, to: CampaignState, ended: boolean): Promise<void> {
      await campaigns.updateOne({ _id: id, state: from } as never, {
        $set: { state: to },
        ...(ended ? { $unset: { nextAt: '' } } : {}),
      });
    },

    /** Those whose results are to be given back by now. */
    due: (now: Date): Promise<Campaign[]> => find({ nextAt: { $lte: now } }, { nextAt: 1 }),

    async nextDue(after: Date): Promise<Date | null> {
      const [doc] = await campaigns
        .find({ nextAt: { $gt: after } } as never, { projection: { nextAt: 1 } })
        .sort({ nextAt: 1 })
        .limit(1)
        .toArray();
      return doc ? (doc['nextAt'] as Date) : null;
    },

    /** Those that wait for the second key or for answers. */
    open: (): Promise<Campaign[]> => find({ nextAt: { $gt: new Date(0) } }, { nextAt: 1 }),

    /** Surveys of equipment that were started, in order of their runs. */
    started: (): Promise<Campaign[]> => find({ run: { $gt: '' } }, { run: 1 }),

    /** It is the run of that name since `at`; one that is a run already stays it. False: another has the name. */
    async begin(id: string, run: string, at: Date): Promise<boolean> {
      try {
        await campaigns.updateOne({ _id: id, run: { $exists: false } } as never, {
          $set: { run, startedAt: at },
        });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },

    /** The villages that answer from now on; whose results were given back keeps those it had. */
    async setUnits(id: string, units: readonly string[]): Promise<void> {
      await campaigns.updateOne({ _id: id, nextAt: { $exists: true } } as never, {
        $set: { units: [...units] },
      });
    },

    /** The village answers in the place of those before it, and is asked; done again for the same it changes nothing. */
    async takeOver(campaign: string, unit: string, from: readonly string[]): Promise<void> {
      const _id = `${campaign}:${unit}`;
      await rows.updateOne({ _id } as never, { $setOnInsert: { campaign, unit } }, { upsert: true });
      const known = (await findRows({ _id }))[0]?.movedFrom;
      const all = [...new Set([...(known ?? []), ...from])];
      if (known?.length === all.length) return;
      await rows.updateOne({ _id, movedFrom: known ?? { $exists: false } } as never, {
        $set: { movedFrom: all },
        $unset: { asked: '', value: '', by: '', at: '' },
      });
    },

    /** The villages whose question is still to be written, with those before them. */
    async notAsked(
      campaign: string,
    ): Promise<{ readonly unit: string; readonly movedFrom: readonly string[] }[]> {
      const found = await findRows({ campaign, asked: { $exists: false } });
      return found.map(({ unit, movedFrom = [] }) => ({ unit, movedFrom }));
    },

    async noteAsked(campaign: string, units: readonly string[]): Promise<void> {
      for (const batch of chunks(units, BATCH))
        await rows.updateMany({ _id: { $in: batch.map((unit) => `${campaign}:${unit}`) } } as never, {
          $set: { asked: true },
        });
    },

    /** A row for each village; those that are there stay. */
    async addUnits(campaign: string, units: readonly string[]): Promise<void> {
      for (const batch of chunks(units, BATCH))
        await rows.bulkWrite(
          batch.map((unit) => ({
            updateOne: {
              filter: { _id: `${campaign}:${unit}` },
              update: { $setOnInsert: { campaign, unit } },
              upsert: true,
            },
          })) as never[],
          { ordered: false },
        );
    },

    async answersOf(campaign: string): Promise<CampaignAnswer[]> {
      return (await findRows({ campaign })).flatMap(answerOf);
    },

    async answer(campaign: string, unit: string): Promise<CampaignAnswer | null> {
      return (await findRows({ _id: `${campaign}:${unit}` })).flatMap(answerOf)[0] ?? null;
    },

    /** Which campaigns have asked these villages. */
    async asking(units: readonly string[]): Promise<{ readonly campaign: string; readonly unit: string }[]> {
      return (await findRows({ unit: { $in: [...units] } })).map(({ campaign, unit }) => ({
        campaign,
        unit,
      }));
    },

    /** The first answer of the village, or a later one of the same person. False: somebody else has answered. */
    async give(campaign: string, { unit, value, by, at }: CampaignAnswer): Promise<boolean> {
      const _id = `${campaign}:${unit}`;
      const set = { $set: { value, by, at } };
      const first = await rows.updateOne({ _id, value: { $exists: false } } as never, set);
      if (first.matchedCount > 0) return true;
      await rows.updateOne({ _id, by, at: { $lt: at } } as never, set);
      return (await findRows({ _id, by })).length > 0;
    },

    /** For whoever asked to be forgotten: what they said stays with the village, without them. */
    async unname(person: UserKey, stand: UserKey): Promise<void> {
      await rows.updateMany({ by: person }, { $set: { by: stand } });
      await campaigns.updateMany({ 'by.user': person }, { $set: { 'by.user': stand } });
    },
  };
}

function campaignOf({ _id, nextAt: _nextAt, ...rest }: CampaignDoc): Campaign {
  return { ...rest, id: _id };
}

function answerOf({ unit, value, by, at }: CampaignUnitDoc): CampaignAnswer[] {
  return value === undefined || by === undefined || at === undefined ? [] : [{ unit, value, by, at }];
}
