import type { UserKey } from '../kernel/ids';
import type { SecretKind } from '../kernel/secrets';

/**
 * The border between the product and the messengers that carry it. Everything behind this file speaks of
 * events and messages; only `channels/<name>` knows the field names of that messenger.
 */

/** Kinds that a person says or does towards us: they take a turn of the talk. */
export const TALK_KINDS = [
  'text',
  'image',
  'gif',
  'sticker',
  'audio',
  'video',
  'file',
  'location',
  'link',
  'contact_card',
  'chat_opened',
  'info_shared',
  'followed',
] as const;

/** Every kind; what is not talk is only noted. */
export const INBOUND_KINDS = [
  ...TALK_KINDS,
  'unfollowed',
  'withdrawn',
  'received',
  'seen',
  'reaction',
  'echo',
  'group',
  'anonymous',
  'call',
  'tag',
  'account',
  'unsupported',
] as const;
export type InboundKind = (typeof INBOUND_KINDS)[number];

/** What was found and masked in a text before it was stored. */
export type { SecretKind };

export interface Attachment {
  readonly type: string;
  readonly url?: string;
  readonly name?: string;
}

/** One thing that happened on the channel, already masked. */
export interface InboundEvent {
  /** The deduplication key: the same event delivered again has the same id. */
  readonly id: string;
  readonly channel: string;
  readonly kind: InboundKind;
  /** The channel's own name of the event, for the log. */
  readonly name: string;
  /** Whose conversation it belongs to; null when it is nobody's (template reviews, tags, groups). */
  readonly user: UserKey | null;
  /** When the channel says it happened. */
  readonly eventAt: Date;
  /** Normalised to NFC and masked. Absent where the event has no text. */
  readonly text?: string;
  readonly secrets: readonly SecretKind[];
  /** Keyed hash of a lone six-digit number that stood in the text: perhaps a claim code, perhaps an OTP. The digits themselves are gone. */
  readonly codeHash?: string;
  /** Whether it re-opens the time in which the person may be written to freely. */
  readonly opensWindow: boolean;
  /** For `received`, `seen`, `reaction`, `echo`: the messages meant, by the channel's ids. */
  readonly messageIds?: readonly string[];
  readonly attachments?: readonly Attachment[];
  /** For `echo`: typed by a person in the channel's own console. */
  readonly byHuman?: boolean;
  /** The rest, masked, for kinds that later work will read. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A tap answers with `payload` as if the person had typed it; `open_url` and `call` leave the chat. */
export type Button =
  | { readonly kind: 'reply'; readonly label: string; readonly payload: string }
  | { readonly kind: 'open_url'; readonly label: string; readonly url: string }
  | { readonly kind: 'call'; readonly label: string; readonly phone: string };

/** Values of the template keys that every approved template of ours knows; see `ZALO_TEMPLATES` in contract and .env.example. */
export interface TemplateData {
  readonly ten: string;
  readonly don_vi: string;
  readonly ky: string;
  readonly han: string;
  readonly noi_dung: string;
}

export type OutboundMessage =
  | { readonly kind: 'text'; readonly text: string; readonly buttons?: readonly Button[] }
  | { readonly kind: 'template'; readonly templateId: string; readonly data: TemplateData };

/**
 * What became of a send.
 * - `sent`: accepted; `messageId` is the channel's.
 * - `uncertain`: it may have been accepted (time-out, broken answer): never repeated blindly.
 * - `retry`: certainly not accepted, may be tried again after `afterMs`.
 * - `closed`: the person may not be written to freely now; the stored window was wrong.
 * - `unreachable`: the person can or will not receive this; do not try again.
 * - `alert`: only an operator can mend it (package, permission, balance, dead token); the message waits.
 * - `refused`: our message was wrong; dropped and reported.
 */
export type SendResult =
  | {
      readonly outcome: 'sent';
      readonly messageId: string;
      readonly quota?: Readonly<Record<string, unknown>>;
    }
  | { readonly outcome: 'uncertain'; readonly detail: string }
  | {
      readonly outcome: 'retry';
      readonly afterMs: number;
      readonly detail: string;
      readonly throttled?: boolean;
    }
  | { readonly outcome: 'closed'; readonly detail: string }
  | { readonly outcome: 'unreachable'; readonly detail: string }
  | { readonly outcome: 'alert'; readonly detail: string; readonly afterMs: number }
  | { readonly outcome: 'refused'; readonly detail: string };

export interface ChannelLimits {
  /** Code points in one text bubble that the channel takes. */
  readonly textMax: number;
  readonly buttonsMax: number;
  readonly buttonLabelMax: number;
}

export interface Channel {
  readonly name: string;
  readonly limits: ChannelLimits;
  /** Sends one message to one person. Never throws for what the channel answers; throws only for a bug. */
  send(to: UserKey, message: OutboundMessage): Promise<SendResult>;
}

/**
 * How a channel hands an event in. Resolves once the event is durably stored: 'new', or 'seen' when it already was.
 * Rejects with `store_unavailable` when it cannot be stored; the channel must then not acknowledge it.
 */
export type Accept = (event: InboundEvent) => Promise<'new' | 'seen'>;
