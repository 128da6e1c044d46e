/** What Zalo tells of groups, read leniently: ids as text, numbers also from text, what is missing as null. */
import { maskSecrets } from '../../../kernel/secrets';
import { asObject, asText, type JsonObject } from '../json';
import { numberOf } from './templates';

export interface GroupInfo {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly avatar: string | null;
  /** By which anybody can ask to join; null when there is none. */
  readonly link: string | null;
  /** `enabled`, or as Zalo writes it. */
  readonly status: string;
  readonly members: number | null;
  readonly membersMax: number | null;
  /** Day on which Zalo dissolves it, as Zalo writes it. */
  readonly endsOn: string | null;
}

export interface GroupSettings {
  readonly lockSending: boolean;
  readonly approveJoining: boolean;
  readonly showHistory: boolean;
  readonly joinByLink: boolean;
}

/** A paid place for one group. */
export interface GroupAsset {
  readonly id: string;
  readonly kind: string;
  readonly validThrough: string | null;
  readonly free: boolean;
  readonly usedBy: string | null;
}

export interface Group {
  readonly info: GroupInfo;
  readonly assetId: string | null;
  readonly settings: GroupSettings | null;
}

/** A member; `userId` is null for the account itself. */
export interface GroupMember {
  readonly userId: string | null;
  readonly name: string;
}

export function groupOf(data: JsonObject): Group {
  const setting = asObject(data['group_setting']);
  return {
    info: infoOf(asObject(data['group_info']) ?? data),
    assetId: asText(asObject(data['asset_info'])?.['asset_id']) ?? null,
    settings: setting
      ? {
          lockSending: isOn(setting['lock_send_msg']),
          approveJoining: isOn(setting['join_appr']),
          showHistory: isOn(setting['enable_msg_history']),
          joinByLink: isOn(setting['enable_link_join']),
        }
      : null,
  };
}

export function infoOf(info: JsonObject): GroupInfo {
  return {
    id: asText(info['group_id']) ?? '',
    name: masked(asText(info['name']) ?? asText(info['group_name'])),
    description: asText(info['group_description']) ?? '',
    avatar: asText(info['avatar']) ?? null,
    link: asText(info['group_link']) ?? null,
    status: asText(info['status']) ?? '',
    members: numberOf(info['total_member']),
    membersMax: numberOf(info['max_member']),
    endsOn: asText(info['auto_delete_date']) ?? null,
  };
}

export function memberOf(value: unknown): GroupMember[] {
  const item = asObject(value) ?? {};
  const userId = asText(item['user_id']) ?? null;
  if (userId === null && asText(item['oa_id']) === undefined) return [];
  return [{ userId, name: masked(asText(item['name']) ?? asText(item['display_name'])) }];
}

export function assetOf(value: unknown): GroupAsset[] {
  const item = asObject(value) ?? {};
  const id = asText(item['asset_id']);
  if (id === undefined) return [];
  return [
    {
      id,
      kind: asText(item['product_type']) ?? '',
      validThrough: asText(item['valid_through']) ?? null,
      free: item['status'] === 'available',
      usedBy: asText(item['used_id']) ?? null,
    },
  ];
}

function isOn(value: unknown): boolean {
  return value === true || value === 'true' || value === 1;
}

/** A name that people give themselves may hold a number that nobody should keep. */
function masked(name = ''): string {
  return maskSecrets(name, () => '').text;
}
