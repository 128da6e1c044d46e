import { DAY } from '../../kernel/vn-time';
import type { FakeZaloState } from '../fake-zalo-state';
import type { ChatMessage } from '../fake-zalo-facts';

/** Group chats of the account (GMF) and the bought places for them, as the fake keeps them. */

export const PRODUCTS = { gmf10: 10, gmf50: 50, gmf100: 100, gmf1000: 1000 } as const;
export type Product = keyof typeof PRODUCTS;
/** So many messages of a group are kept. */
const CHAT_KEPT = 100;

export interface Asset {
  readonly id: string;
  readonly product: Product;
  readonly quotaType: 'sub_quota' | 'purchase_quota' | 'reward_quota';
  /** Epoch milliseconds; the group is disabled after it. */
  readonly validThrough: number;
  readonly usedId: string | null;
}

export interface GroupMessage extends ChatMessage {
  readonly by: string;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly avatar: string;
  readonly assetId: string;
  readonly members: readonly string[];
  readonly admins: readonly string[];
  /** Who asked to join and waits for an answer. */
  readonly pending: readonly string[];
  readonly settings: GroupSettings;
  /** False: the OA was removed, or the group dissolved. */
  readonly hasOa: boolean;
  readonly chat: readonly GroupMessage[];
}

export interface GroupSettings {
  readonly lock_send_msg: boolean;
  readonly join_appr: boolean;
  readonly enable_msg_history: boolean;
  readonly enable_link_join: boolean;
}

export const SETTINGS: GroupSettings = {
  lock_send_msg: false,
  join_appr: false,
  enable_msg_history: true,
  enable_link_join: true,
};

export class GroupStore {
  private readonly assets;
  private readonly groups;

  /** With one place for a group of 100, as the package brings it. */
  constructor(state: FakeZaloState, now: Date) {
    this.assets = state.table<Asset>('asset');
    this.groups = state.table<Group>('group');
    this.firstPlaceUntil = now.getTime() + 180 * DAY;
  }

  private readonly firstPlaceUntil: number;

  allAssets(): readonly Asset[] {
    const first: Asset = {
      ...{ id: 'fake-asset-1', product: 'gmf100', quotaType: 'sub_quota', usedId: null },
      validThrough: this.firstPlaceUntil,
    };
    const known = this.assets.all();
    return known.some(({ id }) => id === first.id) ? known : [first, ...known];
  }

  asset(id: unknown): Asset | undefined {
    return this.allAssets().find((asset) => asset.id === id);
  }

  putAsset(asset: Asset): void {
    this.assets.put(asset.id, asset);
  }

  all(): readonly Group[] {
    return this.groups.all();
  }

  get(id: unknown): Group | undefined {
    return typeof id === 'string' ? this.groups.get(id) : undefined;
  }

  change(group: Group, changes: Partial<Group>): Group {
    const changed = { ...(this.groups.get(group.id) ?? group), ...changes };
    this.groups.put(group.id, changed);
    return changed;
  }

  say(group: Group, message: GroupMessage): void {
    const now = this.groups.get(group.id) ?? group;
    this.groups.put(group.id, { ...now, chat: [...now.chat, message].slice(-CHAT_KEPT) });
  }
}
