import type { Connection } from 'mongoose';
import { DAY } from '../../kernel/vn-time';
import { assetModel } from './assets.model';

/** Zalo keeps an upload for seven days; ours is used for six. */
const USED_FOR = 6 * DAY;

/** What Zalo calls the files it holds for us, shared by all processes and kept over a restart. */
export interface AssetRepo {
  /** Null when it was never uploaded, or too long ago. */
  find(key: string, now: Date): Promise<string | null>;
  /** The latest upload wins. Forgets those that Zalo has thrown away by now. */
  keep(key: string, asset: string, at: Date): Promise<void>;
  /** Zalo does not know it any more; a newer one of another process stays. */
  forget(key: string, asset: string): Promise<void>;
}

export function createAssetRepo(connection: Connection, accountId: string): AssetRepo {
  const assets = assetModel(connection);
  const id = (key: string): string => `${accountId}:${key}`;
  const since = (now: Date): Date => new Date(now.getTime() - USED_FOR);
  return {
    find: async (key, now) => {
      const found = await assets.findOne({ _id: id(key), uploadedAt: { $gt: since(now) } }).lean();
      return found?.asset ?? null;
    },
    keep: async (key, asset, at) => {
      await assets.updateOne({ _id: id(key) }, { $set: { asset, uploadedAt: at } }, { upsert: true });
      await assets.deleteMany({ uploadedAt: { $lte: since(at) } });
    },
    forget: async (key, asset) => {
      await assets.deleteOne({ _id: id(key), asset });
    },
  };
}
