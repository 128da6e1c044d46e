import { DAY, HOUR, inVietnam } from '../kernel/vn-time';
import type { ShownButton, StoredPerson } from './fake-zalo-state';

/**
 * Zalo's judgement of one message, without side effects: is it well formed, may this person be written to now, and
 * what pays for it. The numbers are those of the OA API's error table.
 */

export interface Refusal {
  readonly error: number;
  readonly message: string;
}

export interface ReadMessage {
  readonly text: string;
  readonly buttons: readonly ShownButton[];
}

export type QuotaRules = {
  readonly freeMs: number;
  readonly allowedMs: number;
  /** The older rule of 8 free messages after each interaction; null: no limit. */
  readonly repliesPerWindow: number | null;
  readonly subPerMonth: number;
  readonly purchased: number;
  /** Whether messages beyond every allowance are charged to a balance; if not, they are refused. */
  readonly charged: boolean;
};

export const DEFAULT_QUOTA: QuotaRules = {
  freeMs: 48 * HOUR,
  allowedMs: 7 * DAY,
  repliesPerWindow: null,
  subPerMonth: 500,
  purchased: 0,
  charged: true,
};

const BUTTON_TYPES = ['oa.query.show', 'oa.query.hide', 'oa.open.url', 'oa.open.phone', 'oa.open.sms'];
const TEMPLATE_TYPES = [undefined, 'button', 'media', 'list', 'request_user_info'];

type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function refuse(error: number, message: string): Refusal {
  return { error, message };
}

export function isRefusal(value: object): value is Refusal {
  return 'error' in value;
}

/** The `message` object of `/message/cs`, read as Zalo reads it. */
export function readMessage(message: unknown): ReadMessage | Refusal {
  if (!isFields(message)) return refuse(-201, 'message is invalid');
  const attachment = readAttachment(message['attachment']);
  if (isRefusal(attachment)) return attachment;
  const text = message['text'] ?? '';
  if (typeof text !== 'string') return refuse(-201, 'text is invalid');
  if (text.trim() === '' && attachment.needsText) return refuse(-201, 'text is empty');
  if ([...text].length > 2000) return refuse(-210, 'text exceeds 2000 characters');
  return { text: [text, attachment.shown].filter(Boolean).join('\n'), buttons: attachment.buttons };
}

type ReadAttachment = { shown: string; buttons: readonly ShownButton[]; needsText: boolean };

function readAttachment(attachment: unknown): ReadAttachment | Refusal {
  if (attachment === undefined || attachment === null) return { shown: '', buttons: [], needsText: true };
  if (!isFields(attachment) || !isFields(attachment['payload'])) return refuse(-201, 'attachment is invalid');
  const payload = attachment['payload'];
  // Nothing was uploaded here, so any upload that is named has run out.
  if (attachment['type'] === 'file') return refuse(-100, 'attachment token is expired');
  if (attachment['type'] === 'image') return refuse(-201, 'attachment type is invalid');
  if (attachment['type'] !== 'template') return refuse(-233, 'message type is not supported');
  const templateType = payload['template_type'] as string | undefined;
  if (!TEMPLATE_TYPES.includes(templateType)) return refuse(-233, 'template type is not supported');
  const buttons = readButtons(payload['buttons']);
  if (!Array.isArray(buttons)) return buttons as Refusal;
  if (templateType === undefined || templateType === 'button') {
    if (buttons.length === 0) return refuse(-201, 'buttons is empty');
    return { shown: '', buttons, needsText: true };
  }
  const elements = payload['elements'];
  if (!Array.isArray(elements) || elements.length === 0 || elements.length > 5)
    return refuse(-201, 'elements is invalid');
  if (templateType === 'media') {
    const shown = readMedia(elements);
    return typeof shown === 'string' ? { shown, buttons, needsText: false } : shown;
  }
  for (const element of elements)
    if (!isFields(element) || typeof element['title'] !== 'string' || element['title'].length > 100)
      return refuse(-210, 'element title is invalid');
  const shown = elements.map((element: Fields) => `▸ ${String(element['title'])}`).join('\n');
  return { shown, buttons, needsText: false };
}

function readMedia(elements: readonly unknown[]): string | Refusal {
  const [element] = elements;
  if (elements.length !== 1 || !isFields(element)) return refuse(-201, 'elements is invalid');
  const { media_type: kind, url, attachment_id: id } = element;
  if (!['image', 'gif', 'sticker'].includes(String(kind))) return refuse(-201, 'media_type is invalid');
  if ((url === undefined) === (id === undefined)) return refuse(-201, 'need one of url and attachment_id');
  if (id !== undefined && kind !== 'sticker') return refuse(-100, 'attachment_id is expired');
  return `[${String(kind)}] ${typeof url === 'string' ? url : ''}`.trim();
}

function readButtons(raw: unknown): readonly ShownButton[] | Refusal {
  if (raw === undefined || raw === null) return [];
  if (!Array.isArray(raw)) return refuse(-201, 'buttons is invalid');
  if (raw.length > 5) return refuse(-201, 'buttons exceeds 5');
  const buttons: ShownButton[] = [];
  for (const button of raw) {
    const read = readButton(button);
    if (isRefusal(read)) return read;
    buttons.push(read);
  }
  return buttons;
}

function readButton(button: unknown): ShownButton | Refusal {
  if (!isFields(button)) return refuse(-201, 'button is invalid');
  const { title, type, payload } = button;
  if (typeof title !== 'string' || title.trim() === '') return refuse(-201, 'button title is empty');
  if ([...title].length > 100) return refuse(-210, 'button title exceeds 100 characters');
  if (typeof type !== 'string' || !BUTTON_TYPES.includes(type)) return refuse(-201, 'button type is invalid');
  const leads = readLead(type as ShownButton['type'], payload);
  if (typeof leads !== 'string') return leads;
  return { title, type: type as ShownButton['type'], payload: leads };
}

function readLead(type: ShownButton['type'], payload: unknown): string | Refusal {
  if (type === 'oa.query.show' || type === 'oa.query.hide') {
    if (typeof payload !== 'string' || payload === '') return refuse(-201, 'button payload is invalid');
    return [...payload].length > 1000 ? refuse(-210, 'button payload exceeds 1000 characters') : payload;
  }
  if (!isFields(payload)) return refuse(-201, 'button payload is invalid');
  if (type === 'oa.open.url') {
    const url = payload['url'];
    return typeof url === 'string' && /^https?:\/\/\S+$/.test(url)
      ? url
      : refuse(-201, 'button url is invalid');
  }
  const phone = payload['phone_code'];
  if (typeof phone !== 'string' || !/^84\d{7,12}$/.test(phone))
    return refuse(-201, 'button phone_code is invalid');
  const content = payload['content'];
  if (type === 'oa.open.sms' && typeof content === 'string' && content.length > 160)
    return refuse(-210, 'button content exceeds 160 characters');
  return phone;
}

export interface Paid {
  /** As Zalo answers it; absent: charged to the balance. */
  readonly quota?: Readonly<Record<string, unknown>>;
  readonly from: 'reply' | 'sub' | 'purchase' | 'balance';
}

/** What pays for a consultation message to this person now, or why it is refused. */
export function payFor(
  person: StoredPerson,
  now: Date,
  rules: QuotaRules,
  spent: { readonly sub: number; readonly purchase: number },
): Paid | Refusal {
  if (person.refusesWith !== null)
    return refuse(person.refusesWith, 'user does not receive messages of this OA');
  if (person.lastInteraction === null) return refuse(-232, 'user has not interacted with the OA');
  const age = now.getTime() - person.lastInteraction;
  if (age > rules.allowedMs) return refuse(-230, 'user has not interacted with the OA in the past 7 days');
  const limit = rules.repliesPerWindow;
  if (age <= rules.freeMs && (limit === null || person.repliesInWindow < limit)) {
    const remain = limit === null ? 8 : limit - person.repliesInWindow - 1;
    return {
      from: 'reply',
      quota: { quota_type: 'reply', remain: String(remain), total: String(limit ?? 8) },
    };
  }
  const sub = rules.subPerMonth - spent.sub;
  if (sub > 0)
    return {
      from: 'sub',
      quota: {
        quota_type: 'sub_quota',
        remain: String(sub - 1),
        total: String(rules.subPerMonth),
        expired_date: inVietnam(now).endOf('month').toFormat('dd/MM/yyyy'),
        owner_type: 'OA',
      },
    };
  const purchased = rules.purchased - spent.purchase;
  if (purchased > 0)
    return { from: 'purchase', quota: { quota_type: 'purchase_quota', remain: String(purchased - 1) } };
  return rules.charged ? { from: 'balance' } : refuse(-211, 'out of quota');
}
