import type { InboundKind } from '../channel';

/**
 * Every event name that Zalo is known to send, and what it is to us. `opens`: it re-opens the time in which the person
 * may be written to freely. `whose`: `person` is whoever of the parties is not the account, `inside` stands in `data`,
 * `nobody` belongs to no conversation (groups, reviews, visitors without a Zalo account). Names only, whose bodies nobody
 * has seen, and the aliases that sources disagree on stand here too.
 */
export interface EventRule {
  readonly kind: InboundKind;
  readonly opens: boolean;
  readonly whose: 'person' | 'inside' | 'nobody';
}

const rule = (kind: InboundKind, opens: boolean, whose: EventRule['whose']): EventRule => ({
  kind,
  opens,
  whose,
});

const SPOKEN = ['text', 'image', 'gif', 'link', 'audio', 'video', 'sticker', 'location', 'file'] as const;
const IN_GROUPS = [...SPOKEN, 'business_card'] as const;
const GROUP_LIFE = [
  'create_group',
  'update_group_info',
  'user_join_group',
  'user_request_join_group',
  'accept_request_join_group',
  'react_request_join_group',
  'react_request_join_group_accept',
  'reject_request_join_group',
  'react_request_join_group_reject',
  'add_group_admin',
  'remove_group_admin',
  'user_out_group',
  'user_leave_group',
  'delete_group',
  'disperse_group',
] as const;
const ACCOUNT = [
  'permission_revoked',
  'extension_purchased',
  'change_template_status',
  'change_template_quality',
  'change_template_quota',
  'change_oa_template_tags',
  'change_oa_daily_quota',
  'event_journey_acknowledged',
  'event_journey_time_out',
  'user_feedback',
  'user_click_response_button',
  'widget_failed_to_sync_user_external_id',
] as const;

const RULES: ReadonlyMap<string, EventRule> = new Map<string, EventRule>([
  ...SPOKEN.map((kind) => [`user_send_${kind}`, rule(kind, true, 'person')] as const),
  ['user_send_business_card', rule('contact_card', true, 'person')],
  ['user_click_chatnow', rule('chat_opened', true, 'person')],
  ['widget_interaction_accepted', rule('chat_opened', true, 'inside')],
  ['user_submit_info', rule('info_shared', true, 'person')],
  ['follow', rule('followed', true, 'person')],
  ['unfollow', rule('unfollowed', false, 'person')],
  ['user_withdraw', rule('withdrawn', false, 'person')],
  ['user_received_message', rule('received', false, 'person')],
  ['user_seen_message', rule('seen', false, 'person')],
  ['user_reacted_message', rule('reaction', false, 'person')],
  ['oa_reacted_message', rule('echo', false, 'person')],
  ['oa_send_list', rule('echo', false, 'person')],
  ['oa_send_template', rule('echo', false, 'person')],
  ...IN_GROUPS.map((kind) => [`oa_send_${kind}`, rule('echo', false, 'person')] as const),
  ...SPOKEN.map((kind) => [`anonymous_send_${kind}`, rule('anonymous', false, 'nobody')] as const),
  ...SPOKEN.map((kind) => [`oa_send_anonymous_${kind}`, rule('echo', false, 'nobody')] as const),
  ...IN_GROUPS.map((kind) => [`user_send_group_${kind}`, rule('group', false, 'nobody')] as const),
  ...IN_GROUPS.map((kind) => [`oa_send_group_${kind}`, rule('group', false, 'nobody')] as const),
  ...GROUP_LIFE.map((name) => [name, rule('group', false, 'nobody')] as const),
  ['user_call_oa', rule('call', true, 'person')],
  ['oa_call_user', rule('call', false, 'person')],
  ['oa_send_consent', rule('call', false, 'person')],
  ['user_reply_consent', rule('call', false, 'person')],
  ['add_user_to_tag', rule('tag', false, 'nobody')],
  ['remove_user_from_tag', rule('tag', false, 'nobody')],
  ['remove_tag', rule('tag', false, 'nobody')],
  ['update_user_info', rule('account', false, 'person')],
  ...ACCOUNT.map((name) => [name, rule('account', false, 'nobody')] as const),
]);

const UNKNOWN = rule('unsupported', false, 'person');
const UNKNOWN_SPOKEN = rule('not_shown', true, 'person');
const UNKNOWN_GROUP = rule('group', false, 'nobody');

/** The rule of a name. One we do not know is kept as `unsupported`; if a person sent it, that opens the window and is answered. */
export function eventRule(name: string): EventRule {
  const known = RULES.get(name);
  if (known) return known;
  if (name.startsWith('user_send_group_') || name.startsWith('oa_send_group_')) return UNKNOWN_GROUP;
  return name.startsWith('user_send_') ? UNKNOWN_SPOKEN : UNKNOWN;
}

/** Opens the chat with the account, on a phone as on a computer. */
export function chatLink(oaId: string): string {
  return `https://zalo.me/${oaId}`;
}
