import type { Clock } from '../kernel/clock';
import { HOUR, inVietnam } from '../kernel/vn-time';
import { createReads, fromQuery, type ApiAnswer, type ApiCall } from './fake-openapi-reads';
import type { ChatMessage, FakeZaloState, StoredPerson } from './fake-zalo-state';
import {
  isFields,
  isRefusal,
  payFor,
  readMessage,
  refuse,
  type QuotaRules,
  type Refusal,
} from './fake-zalo-messages';
import { newMessageId } from './zalo-events';

/**
 * The calls of Zalo's OA API that a chat bot uses, each a function from a call to its answer. What is accepted is
 * written to the person's chat and to the ledger before the answer is known to the caller.
 */

/** A message that Zalo accepted. */
export interface AcceptedSend {
  /** Place in the ledger, from 1. */
  readonly seq: number;
  readonly messageId: string;
  readonly user: string;
  readonly path: string;
  /** Exactly as sent to Zalo. */
  readonly body: unknown;
  /** The text the person reads, of a template too. */
  readonly text: string;
  readonly at: Date;
  readonly paidFrom: 'reply' | 'sub' | 'purchase' | 'balance' | 'template';
}

/** An approved template: its text with `<key>` in place of each parameter, and its one button. */
export interface ZaloTemplate {
  readonly id: string;
  readonly text?: string;
  readonly params?: readonly string[];
  readonly button?: { readonly title: string; readonly payload: string };
}

export interface OpenApiOptions {
  readonly state: FakeZaloState;
  readonly clock: Clock;
  readonly oaId: string;
  readonly oaName: string;
  readonly templates: ReadonlyMap<string, ZaloTemplate>;
  readonly quota: () => QuotaRules;
  readonly onAccepted: (send: AcceptedSend) => void;
}

const OK = { error: 0, message: 'Success' } as const;

export type OpenApi = ReturnType<typeof createOpenApi>;

export function createOpenApi(options: OpenApiOptions) {
  const { state, clock } = options;
  const sends: AcceptedSend[] = [];

  function accept(
    person: StoredPerson,
    call: ApiCall,
    message: Omit<ChatMessage, 'id' | 'from' | 'at'>,
    paidFrom: AcceptedSend['paidFrom'],
  ): AcceptedSend {
    const at = clock.now();
    const messageId = newMessageId();
    const shown: ChatMessage = { ...message, id: messageId, from: 'oa', at: at.getTime() };
    state.record({ t: 'chat', id: person.id, message: shown, state: 'unseen' });
    if (paidFrom === 'reply') state.record({ t: 'replied', id: person.id });
    if (paidFrom === 'sub' || paidFrom === 'purchase')
      state.record({ t: 'spent_quota', from: paidFrom, month: month(at) });
    const send: AcceptedSend = {
      seq: sends.length + 1,
      messageId,
      user: person.id,
      path: call.path,
      body: call.body,
      text: message.text,
      at,
      paidFrom,
    };
    sends.push(send);
    options.onAccepted(send);
    return send;
  }

  function consultation(call: ApiCall): ApiAnswer {
    const body = call.body ?? fromQuery(call.query);
    if (!isFields(body)) return refuse(-201, 'body is invalid');
    const person = recipient(state, body['recipient'], clock.now());
    if (isRefusal(person)) return person;
    const attached = isFields(body['message']) && body['message']['attachment'] !== undefined;
    if (call.body === undefined && attached) return refuse(-233, 'message type is not supported');
    const message = readMessage(body['message']);
    if (isRefusal(message)) return message;
    const now = clock.now();
    const spent = { sub: state.subSpent.get(month(now)) ?? 0, purchase: state.purchaseSpent };
    const paid = payFor(person, now, options.quota(), spent);
    if (isRefusal(paid)) return paid;
    const send = accept(person, { ...call, body }, message, paid.from);
    return { ...OK, data: sendData(send, paid.quota) };
  }

  function template(call: ApiCall): ApiAnswer {
    const body = call.body;
    if (!isFields(body)) return refuse(-201, 'body is invalid');
    const person = typeof body['user_id'] === 'string' ? state.person(body['user_id']) : undefined;
    if (!person) return refuse(-201, 'user_id is invalid');
    if (person.refusesWith !== null) return refuse(person.refusesWith, 'user does not receive messages');
    const approved = options.templates.get(String(body['template_id']));
    if (!approved) return refuse(-109, 'template id is invalid');
    const data = body['template_data'];
    if (!isFields(data)) return refuse(-111, 'template data is empty');
    const missing = (approved.params ?? []).find((key) => data[key] === undefined || data[key] === '');
    if (missing !== undefined) return refuse(-1122, `template data is missing ${missing}`);
    const message = {
      text: filled(approved, data),
      template: approved.id,
      ...(approved.button ? { buttons: [{ ...approved.button, type: 'oa.query.show' as const }] } : {}),
    };
    const send = accept(person, call, message, 'template');
    return { ...OK, data: sendData(send, { quota_type: 'purchase_quota', remain: '4821' }) };
  }

  function quota(call: ApiCall): ApiAnswer {
    if (!isFields(call.body)) return refuse(-201, 'body is invalid');
    const rules = options.quota();
    if (call.body['user_id'] === undefined) {
      const now = clock.now();
      const block = {
        asset_id: 'fake-sub-quota',
        product_type: 'cs',
        quota_type: 'sub_quota',
        valid_through: inVietnam(now).endOf('month').toFormat('dd/MM/yyyy'),
        total: rules.subPerMonth,
        remain: rules.subPerMonth - (state.subSpent.get(month(now)) ?? 0),
      };
      return { ...OK, data: [block] };
    }
    const person = typeof call.body['user_id'] === 'string' ? state.person(call.body['user_id']) : undefined;
    if (!person) return refuse(-201, 'user_id is invalid');
    const total = rules.repliesPerWindow ?? 8;
    const used = rules.repliesPerWindow === null ? 0 : person.repliesInWindow;
    return {
      ...OK,
      data: {
        last_interaction: String(person.lastInteraction ?? 0),
        cs_reply: { remain: Math.max(0, total - used), total },
        promotion: { daily_remain: 0, daily_total: 1, monthly_remain: 4, monthly_total: 6 },
      },
    };
  }

  function oldMessage(call: ApiCall): ApiAnswer {
    if (isFields(call.body) && isFields(call.body['sender_action'])) return { ...OK, data: {} };
    return refuse(-240, 'API v2 message has been shut down, use v3');
  }

  return {
    /** Every accepted message since the start. */
    sends: sends as readonly AcceptedSend[],
    endpoints: {
      'POST /v3.0/oa/message/cs': consultation,
      'POST /v3.0/oa/message/template': template,
      'POST /v3.0/oa/quota/message': quota,
      'POST /v2.0/oa/message': oldMessage,
      ...createReads(options),
    } satisfies Record<string, (call: ApiCall) => ApiAnswer>,
  };
}

/** The month in Viet Nam, reckoned once an hour: load runs ask for it thousands of times a second. */
const lastMonth = { hour: -1, name: '' };
function month(at: Date): string {
  const hour = Math.floor(at.getTime() / HOUR);
  if (hour !== lastMonth.hour) Object.assign(lastMonth, { hour, name: inVietnam(at).toFormat('yyyy-MM') });
  return lastMonth.name;
}

function sendData(send: AcceptedSend, quota: Readonly<Record<string, unknown>> | undefined) {
  return {
    message_id: send.messageId,
    user_id: send.user,
    sent_time: String(send.at.getTime()),
    ...(quota ? { quota } : {}),
  };
}

function recipient(state: FakeZaloState, raw: unknown, now: Date): StoredPerson | Refusal {
  if (!isFields(raw)) return refuse(-201, 'recipient is invalid');
  if (typeof raw['user_id'] === 'string')
    return state.person(raw['user_id']) ?? refuse(-201, 'user_id is invalid');
  const answered = raw['message_id'];
  for (const person of state.people.values()) {
    const message = person.chat.find((m) => m.id === answered && m.from === 'person');
    if (message && now.getTime() - message.at <= 48 * HOUR) return person;
  }
  return refuse(-201, 'recipient is invalid');
}

function filled(template: ZaloTemplate, data: Readonly<Record<string, unknown>>): string {
  if (template.text === undefined) return Object.values(data).map(textOf).filter(Boolean).join('\n');
  return template.text.replace(/<([a-z_]+)>/g, (_, key: string) => textOf(data[key]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
