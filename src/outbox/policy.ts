import type { OutboundMessage } from '../channels/channel';
import { HOUR } from '../kernel/vn-time';
import type { Contact } from './contact';
import type { OutboxRow, Purpose } from './outbox-row';
import { afterQuiet, parseQuietHours, type QuietSpan } from './quiet-hours';

/**
 * Whether and how one message may leave now. Pure: the same row, contact, instant and rules give the same decision.
 * Answers go at any hour; what we start ourselves keeps the quiet hours. Outside the time in which the channel takes
 * free text only an approved template of that purpose goes; without one the person counts as unreachable, so that
 * nobody is written to whom the channel would refuse.
 */
export interface SendRules {
  readonly freeWindowMs: number;
  readonly allowedWindowMs: number;
  /** Purposes that may cost money. A reply always may: the person is waiting for it. */
  readonly paid: ReadonlySet<Purpose>;
  /** Template ids by purpose. */
  readonly templates: Readonly<Partial<Record<Purpose, string>>>;
  readonly quiet: readonly QuietSpan[];
  /** `false` on a channel that takes free text at any time. */
  readonly windows?: false;
}

export type Window = 'free' | 'paid' | 'closed';

export type UnreachableReason = 'unfollowed' | 'no_template' | 'not_paid_for' | 'window_closed' | 'refused';

export type Decision =
  | { readonly action: 'send'; readonly as: 'text' | 'template'; readonly message: OutboundMessage }
  | { readonly action: 'wait'; readonly until: Date }
  | { readonly action: 'drop'; readonly reason: 'expired' }
  | { readonly action: 'unreachable'; readonly reason: string };

/** How a purpose would reach a person now, the hour left aside. */
export type Reach =
  | { readonly by: 'text' | 'template' }
  | { readonly by: 'nothing'; readonly reason: UnreachableReason; readonly detail: string };

/** The rules out of the configuration's variables. */
export function sendRules(config: {
  readonly ZALO_FREE_WINDOW_HOURS: number;
  readonly ZALO_ALLOWED_WINDOW_HOURS: number;
  readonly ZALO_PAID_PURPOSES: readonly string[];
  readonly ZALO_TEMPLATES: Readonly<Record<string, string>>;
  readonly QUIET_HOURS: string;
}): SendRules {
  return {
    freeWindowMs: config.ZALO_FREE_WINDOW_HOURS * HOUR,
    allowedWindowMs: config.ZALO_ALLOWED_WINDOW_HOURS * HOUR,
    paid: new Set(config.ZALO_PAID_PURPOSES as readonly Purpose[]),
    templates: config.ZALO_TEMPLATES,
    quiet: parseQuietHours(config.QUIET_HOURS),
  };
}

/** The window by what we know; a refusal by the channel that is newer than the last interaction closes it. */
export function windowOf(contact: Contact | null, now: Date, rules: SendRules): Window {
  if (rules.windows === false) return 'free';
  const last = contact?.lastInteractionAt ?? null;
  if (!contact || last === null) return 'closed';
  if (contact.closedAt !== null && contact.closedAt >= last) return 'closed';
  const age = now.getTime() - last.getTime();
  if (age <= rules.freeWindowMs) return 'free';
  return age <= rules.allowedWindowMs ? 'paid' : 'closed';
}

/** By which kind of message the purpose reaches the person, or why by none. */
export function reach(purpose: Purpose, contact: Contact | null, now: Date, rules: SendRules): Reach {
  const refused = refusalOf(contact);
  if (refused !== null) return { by: 'nothing', reason: 'refused', detail: refused };
  if (purpose !== 'reply' && hasUnfollowed(contact))
    return { by: 'nothing', reason: 'unfollowed', detail: 'unfollowed' };
  const window = windowOf(contact, now, rules);
  if (window === 'free') return { by: 'text' };
  if (window === 'paid' && (purpose === 'reply' || rules.paid.has(purpose))) return { by: 'text' };
  if (rules.templates[purpose] !== undefined) return { by: 'template' };
  const reason = purpose === 'reply' ? 'window_closed' : window === 'paid' ? 'not_paid_for' : 'no_template';
  return { by: 'nothing', reason, detail: reason };
}

/** What to do with the row at this instant. `contact` null: we have never heard from the person. */
export function decide(row: OutboxRow, contact: Contact | null, now: Date, rules: SendRules): Decision {
  if (row.expiresAt !== undefined && row.expiresAt <= now) return { action: 'drop', reason: 'expired' };
  if (row.notBefore > now) return { action: 'wait', until: row.notBefore };
  const free = row.purpose === 'reply' ? now : afterQuiet(rules.quiet, now);
  if (free > now) {
    const tooLate = row.expiresAt !== undefined && row.expiresAt <= free;
    return tooLate ? { action: 'drop', reason: 'expired' } : { action: 'wait', until: free };
  }
  const way = reach(row.purpose, contact, now, rules);
  if (way.by === 'nothing') return { action: 'unreachable', reason: way.detail };
  if (row.message.kind === 'template') return { action: 'send', as: 'template', message: row.message };
  if (way.by === 'text') return { action: 'send', as: 'text', message: row.message };
  const templateId = rules.templates[row.purpose];
  if (templateId === undefined || row.template === undefined)
    return { action: 'unreachable', reason: 'no_template' };
  return {
    action: 'send',
    as: 'template',
    message: { kind: 'template', templateId, data: row.template },
  };
}

/** The channel's permanent refusal, unless the person has written since. */
function refusalOf(contact: Contact | null): string | null {
  if (!contact || contact.unreachableReason === null || contact.unreachableAt === null) return null;
  const last = contact.lastInteractionAt;
  return last !== null && last > contact.unreachableAt ? null : contact.unreachableReason;
}

function hasUnfollowed(contact: Contact | null): boolean {
  if (!contact || contact.unfollowedAt === null) return false;
  return contact.lastInteractionAt === null || contact.lastInteractionAt <= contact.unfollowedAt;
}
