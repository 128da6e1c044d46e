import type { Clock } from '../../kernel/clock';
import type { FakeZaloState } from '../fake-zalo-state';
import type { ChatMessage, StoredPerson } from '../fake-zalo-facts';
import type { MediaStore } from '../media-store';
import type { ZaloEvent } from '../zalo-events';
import type { AccountContext } from './account';
import { refuse, type Refusal } from './answers';
import type { AcceptedSend, Draft, Ledger } from './ledger';
import type { Shapes } from './message-shapes';
import type { createUploads } from './uploads';
import type { QuotaRules } from './window';
import type { TemplateBook } from './templates';

/** What every group of calls works with: the state, the account, the ledger, and the way to tell the webhook. */
export interface ApiContext {
  readonly state: FakeZaloState;
  readonly clock: Clock;
  readonly account: AccountContext;
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

export function profileOf(api: Pick<ApiContext, 'state'>, id: string): Profile {
  return api.state.table<Profile>('profile').get(id) ?? {};
}

/** Only who has ever been in touch is known to the account. */
export function knownPerson(api: Pick<ApiContext, 'state'>, id: unknown): StoredPerson | undefined {
  const person = typeof id === 'string' ? api.state.person(id) : undefined;
  return person && !profileOf(api, person.id).deleted ? person : undefined;
}

export function changeProfile(api: Pick<ApiContext, 'state'>, id: string, changes: Profile): void {
  api.state.table<Profile>('profile').put(id, { ...profileOf(api, id), ...changes });
}

export function shapesOf(api: ApiContext): Shapes {
  return { upload: (id, kind) => api.uploads.find(id, kind), lists: api.account.now.lists };
}

/** Writes an accepted message down and tells of it. */
export function accept(api: ApiContext, draft: Draft, template?: string): AcceptedSend {
  const send = api.ledger.add(draft);
  if (draft.to === 'user') {
    const { text, buttons, media, quote } = draft.message;
    const shown: ChatMessage = {
      ...{ id: send.messageId, from: 'oa', text, at: send.at.getTime() },
      ...(buttons && buttons.length > 0 ? { buttons } : {}),
      ...(media ? { media } : {}),
      ...(quote === undefined ? {} : { quote }),
      ...(template === undefined ? {} : { template }),
    };
    api.state.record({ t: 'chat', id: draft.user, message: shown, state: 'unseen' });
  }
  api.onAccepted(send, draft);
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
