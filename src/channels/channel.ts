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
  /** Something was sent that the messenger does not hand over. */
  'not_shown',
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
  /** How large the messenger says it is. */
  readonly bytes?: number;
}

/** What happened to a group: `data.change` of an event of the kind `group`; `data.members` are the people meant. */
export const GROUP_CHANGES = ['joined', 'asked', 'refused', 'out', 'admin', 'no_admin', 'dissolved'] as const;
export type GroupChanged = (typeof GROUP_CHANGES)[number];

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
  /** Keyed hash of a number in the text that can be a claim code. The digits themselves are gone. */
  readonly codeHash?: string;
  /** For `info_shared`: keyed hash of the phone number that was shared. The number itself is gone. */
  readonly phoneHash?: string;
  /** Whether it re-opens the time in which the person may be written to freely. */
  readonly opensWindow: boolean;
  /** For `received`, `seen`, `reaction`, `echo`: the messages meant, by the channel's ids. */
  readonly messageIds?: readonly string[];
  readonly attachments?: readonly Attachment[];
  /** For `echo`: typed by a person in the channel's own console. */
  readonly byHuman?: boolean;
  /** The channel's own id of this message, for quoting it or reacting to it. */
  readonly messageId?: string;
  /** The message of ours or theirs that this one answers, by the channel's id. */
  readonly quote?: string;
  /** For `group`: the group as an address (`zalo-group:<id>`); `user` is then null and `from` the member who spoke. */
  readonly group?: UserKey;
  readonly from?: UserKey;
  /** The rest, masked, for kinds that later work will read. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * A tap answers with `payload` as if the person had typed it; `open_url` and `call` leave the chat. `digit`: typing it
 * answers the same; absent where a number would be taken for something else. A channel without buttons shows it.
 */
export type Button =
  | {
      readonly kind: 'reply';
      readonly label: string;
      readonly payload: string;
      readonly digit?: number;
    }
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

/** A picture or a document: on the web, or a file of the media store by its name there (`<sha256>.<extension>`). */
export type Media = { readonly url: string } | { readonly file: string };

/** `quote` is the channel's id of the message answered; a channel that cannot show it leaves it out. */
export type OutboundMessage =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly buttons?: readonly Button[];
      readonly quote?: string;
    }
  | {
      readonly kind: 'image';
      readonly image: Media;
      readonly text?: string;
      readonly buttons?: readonly Button[];
      readonly quote?: string;
    }
  /** A document; `name` is what the person sees and ends in its extension. */
  | { readonly kind: 'file'; readonly file: { readonly file: string }; readonly name: string }
  /** Asks the person to share name, phone and address; the answer comes as `info_shared`. */
  | {
      readonly kind: 'ask_info';
      readonly title: string;
      readonly subtitle: string;
      readonly imageUrl: string;
    }
  /** `by` phone: addressed by the phone number that the organisation keeps of the person; `trackingId` comes back with its receipt. */
  | {
      readonly kind: 'template';
      readonly templateId: string;
      readonly data: TemplateData;
      readonly by?: 'user' | 'phone';
      readonly trackingId?: string;
    };

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
  /** `false`: whoever has written once may be written to at any time, at no price. Absent: within the windows of the policy. */
  readonly windows?: false;
}

/** What the channel knows of a send that may or may not have arrived. `unknown`: it cannot say, now or ever. */
export type LookUp =
  | { readonly arrived: 'yes'; readonly messageId: string }
  | { readonly arrived: 'no' | 'unknown' };

export interface Channel {
  readonly name: string;
  readonly limits: ChannelLimits;
  /**
   * Sends one message to one address. The word before the colon of the address says what it is: `zalo` a person,
   * `zalo-group` a group, `zalo-visitor` somebody without an account, `zalo-phone` a member known by phone only.
   * Never throws for what the channel answers; throws only for a bug. Where it takes more than one request, `still` is
   * asked right before each that brings words to the person: false once another process sends the message instead.
   */
  send(to: UserKey, message: OutboundMessage, still?: () => Promise<boolean>): Promise<SendResult>;
  /** Whether a message whose send was begun at `since` and ended uncertain is in the person's chat. Never throws. */
  lookUp?(to: UserKey, message: OutboundMessage, since: Date): Promise<LookUp>;
}

/**
 * How a channel hands an event in. Resolves once the event is durably stored: 'new', or 'seen' when it already was.
 * Rejects with `store_unavailable` when it cannot be stored; the channel must then not acknowledge it.
 */
export type Accept = (event: InboundEvent) => Promise<'new' | 'seen'>;
