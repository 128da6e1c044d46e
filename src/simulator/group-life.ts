import type { ShownMedia } from './fake-zalo-facts';
import type { ApiContext } from './openapi/api-context';
import type { Group, GroupStore } from './openapi/group-store';
import type { WebhookEmitter } from './webhook-emitter';
import { newMessageId, type MediaKind, type Parties } from './zalo-events';
import { groupEchoEvent, groupEvent, groupMessageEvent } from './zalo-group-events';

/** What people do in groups of the account, and what the webhook hears of it. */

export interface GroupWords {
  readonly text?: string;
  readonly quote?: string;
  readonly media?: { readonly kind: MediaKind; readonly payload: object; readonly shown: ShownMedia };
}

export class GroupLife {
  constructor(
    private readonly desk: ApiContext,
    private readonly store: GroupStore,
    private readonly webhook: WebhookEmitter,
  ) {}

  /** A member writes; it opens the window of that person as any message does. */
  async says(group: Group, user: string, words: GroupWords): Promise<boolean> {
    const at = this.desk.clock.now();
    const id = newMessageId();
    const { text, quote, media } = words;
    this.desk.state.record({ t: 'touched', id: user, at: at.getTime() });
    this.store.say(group, {
      ...{ id, from: 'person', by: user, text: text ?? '', at: at.getTime() },
      ...(media ? { media: media.shown } : {}),
    });
    const message = {
      ...(text === undefined ? {} : { text }),
      msg_id: id,
      ...(quote === undefined ? {} : { quote_msg_id: quote }),
      ...(media ? { attachments: [{ type: media.kind, payload: media.payload }] } : {}),
    };
    return this.webhook.emit(
      groupMessageEvent(this.parties(user), group.id, media?.kind ?? 'text', message),
      id,
    );
  }

  /** A person in the console writes to the group. */
  adminSays(group: Group, text: string, adminId: string): Promise<boolean> {
    const at = this.desk.clock.now().getTime();
    const id = newMessageId();
    this.store.say(group, { id, from: 'oa', by: this.desk.oaId, text, at });
    return this.webhook.emit(groupEchoEvent(this.parties(group.id), id, text, { admin: adminId }));
  }

  /** With approval switched on the person waits, otherwise they are in at once. */
  asksToJoin(group: Group, user: string): Promise<boolean> {
    if (group.settings.join_appr) {
      this.store.change(group, { pending: [...new Set([...group.pending, user])] });
      return this.tells('user_request_join_group', group, user);
    }
    this.store.change(group, { members: [...new Set([...group.members, user])] });
    return this.tells('user_join_group', group, user);
  }

  leaves(group: Group, user: string): Promise<boolean> {
    const without = (ids: readonly string[]): string[] => ids.filter((id) => id !== user);
    this.store.change(group, { members: without(group.members), admins: without(group.admins) });
    return this.tells('user_out_group', group, user);
  }

  /** Somebody who administers the group by hand dissolves it; its place is free again. */
  dissolves(group: Group): Promise<boolean> {
    const asset = this.store.asset(group.assetId);
    if (asset) this.store.putAsset({ ...asset, usedId: null });
    this.store.change(group, { hasOa: false, members: [], admins: [], pending: [] });
    return this.tells('delete_group', group);
  }

  /** By hand, in the app. */
  renames(group: Group, name: string): Promise<boolean> {
    return this.tells('update_group_info', this.store.change(group, { name }));
  }

  /** By hand, in the app. */
  promotes(group: Group, user: string): Promise<boolean> {
    this.store.change(group, { admins: [...new Set([...group.admins, user])] });
    return this.tells('add_group_admin', group, user);
  }

  /** Calls about the group are refused from now on; Zalo has no event for it. */
  removesOa(group: Group): void {
    this.store.change(group, { hasOa: false });
  }

  private tells(name: string, group: Group, ...users: readonly string[]): Promise<boolean> {
    const { appId, oaId, clock } = this.desk;
    const about = users.length === 0 ? undefined : users;
    return this.webhook.emit(groupEvent({ appId, oaId, at: clock.now() }, name, group.id, about));
  }

  private parties(userId: string): Parties {
    const { appId, oaId, clock } = this.desk;
    return { appId, oaId, userId, at: clock.now() };
  }
}
