import type { Clock } from '../../kernel/clock';
import type { ChatMessage, FakeZaloState, StoredPerson } from '../fake-zalo-state';
import type { MediaStore } from '../media-store';
import type { ZaloEvent } from '../zalo-events';
import type { AccountDesk } from './account';
import { refuse, type Refusal } from './answers';
import type { AcceptedSend, Draft, Ledger } from './ledger';
import type { Shapes } from './message-shapes';
import type { createUploads } from './uploads';
import type { QuotaRules } from './window';
import type { TemplateBook } from './templates';

/** What every group of calls works with: the state, the account, the ledger, and the way to tell the webhook. */
export interface Desk {
  readonly state: FakeZaloState;
  readonly clock: Clock;
  readonly account: AccountDesk;
  readonly ledger: Ledger;
  readonly media: MediaStore;
  readonly uploads: ReturnType<typeof createUploads>;
  readonly templates: TemplateBook;
  readonly appId: string;
  readonly oaId: string;
  readonly oaName: string;
  readonly quota: () => QuotaRules;
  /** Echoes, receipts and the like of an accepted message. */
  readonly onAccepted: (send: AcceptedSend, draft: Draft) => void;
  /** Anything else the webhook should hear; nobody waits for it. */
  readonly tell: (event: ZaloEvent, options?: { readonly zns?: boolean }) => void;
}

/** What is known of a person beyond chat and window. */
export interface Profile {
  readonly alias?: string;
  readonly externalId?: string;
  readonly shared?: Readonly<Record<string, unknown>>;
  readonly phone?: string;
  /** Of the account's own fields, by their ids. */
  readonly custom?: Readonly<Record<string, string>>;
  /** Welcome messages so far. */
  readonly welcomed?: number;
  readonly deleted?: boolean;
}

export function profileOf(desk: Pick<Desk, 'state'>, id: string): Profile {
  return desk.state.shelf<Profile>('profile').get(id) ?? {};
}

/** Only who has ever been in touch is known to the account. */
export function knownPerson(desk: Pick<Desk, 'state'>, id: unknown): StoredPerson | undefined {
  const person = typeof id === 'string' ? desk.state.person(id) : undefined;
  return person && !profileOf(desk, person.id).deleted ? person : undefined;
}

export function changeProfile(desk: Pick<Desk, 'state'>, id: string, changes: Profile): void {
  desk.state.shelf<Profile>('profile').put(id, { ...profileOf(desk, id), ...changes });
}

export function shapesOf(desk: Desk): Shapes {
  return { upload: (id, kind) => desk.uploads.find(id, kind), lists: desk.account.now.lists };
}

/** Writes an accepted message down and tells of it. */
export function accept(desk: Desk, draft: Draft, template?: string): AcceptedSend {
  const send = desk.ledger.add(draft);
  if (draft.to === 'user') {
    const { text, buttons, media, quote } = draft.message;
    const shown: ChatMessage = {
      ...{ id: send.messageId, from: 'oa', text, at: send.at.getTime() },
      ...(buttons && buttons.length > 0 ? { buttons } : {}),
      ...(media ? { media } : {}),
      ...(quote === undefined ? {} : { quote }),
      ...(template === undefined ? {} : { template }),
    };
    desk.state.record({ t: 'chat', id: draft.user, message: shown, state: 'unseen' });
  }
  desk.onAccepted(send, draft);
  return send;
}

/** A message that is quoted must stand in the same chat. */
export function quoteRefusal(
  chat: readonly { readonly id: string }[],
  quote: string | undefined,
): Refusal | null {
  return quote === undefined || chat.some((message) => message.id === quote)
    ? null
    : refuse(-201, 'quote_message_id is invalid');
}
