import { inVietnam, vnDay } from '../../kernel/vn-time';
import type { StoredPerson } from '../fake-zalo-facts';
import {
  fromQuery,
  isFields,
  isRefusal,
  OK,
  refuse,
  word,
  type ApiAnswer,
  type ApiCall,
  type Refusal,
} from './answers';
import { accept, changeProfile, profileOf, quoteRefusal, shapesOf, type ApiContext } from './api-context';
import type { AcceptedSend } from './ledger';
import { readMessage } from './message-shapes';
import { isNight, monthOf, payFor, walletRefusal, type Answered, type Paid } from './window';

/** Messages to one person: consultation, and the transaction and promotion calls that ended in March 2026. */

/** Of so many answered messages the number of answers is remembered. */
const ANSWERED_KEPT = 5_000;

export function createMessages(api: ApiContext) {
  const { state, clock } = api;
  const answers = new Map<string, number>();

  function consultation(call: ApiCall): ApiAnswer {
    const body = call.body ?? fromQuery(call.query);
    if (!isFields(body)) return refuse(-201, 'body is invalid');
    const found = recipient(body['recipient']);
    if (isRefusal(found)) return found;
    const { person, answered } = found;
    const attached = isFields(body['message']) && body['message']['attachment'] !== undefined;
    if (call.body === undefined && attached) return refuse(-233, 'message type is not supported');
    const message = readMessage(body['message'], shapesOf(api));
    if (isRefusal(message)) return message;
    const wrong = quoteRefusal(person.chat, message.quote);
    if (wrong) return wrong;
    const paid = pay(person, answered);
    if (isRefusal(paid)) return paid;
    spend(person, paid, answered?.id);
    const draft = {
      to: 'user',
      user: person.id,
      call: { ...call, body },
      message,
      paidFrom: paid.from,
    } as const;
    const send = accept(api, { ...draft, echo: message.echo });
    return { ...OK, data: sendData(send, paid.quota) };
  }

  function pay(person: StoredPerson, answered: Answered | null): Paid | Refusal {
    const now = clock.now();
    const sub = state.subSpent.get(monthOf(now)) ?? 0;
    const welcome = person.lastInteraction === null ? (profileOf(api, person.id).welcomed ?? 0) : 0;
    const spent = { sub, purchase: state.purchaseSpent, welcome };
    return payFor(person, now, api.quota(), spent, api.account.now, answered);
  }

  function spend(person: StoredPerson, paid: Paid, answered: string | undefined): void {
    if (paid.from === 'reply') state.record({ t: 'replied', id: person.id });
    if (paid.from === 'sub' || paid.from === 'purchase')
      state.record({ t: 'spent_quota', from: paid.from, month: monthOf(clock.now()) });
    if (paid.from === 'welcome')
      changeProfile(api, person.id, { welcomed: (profileOf(api, person.id).welcomed ?? 0) + 1 });
    if (answered === undefined) return;
    answers.set(answered, (answers.get(answered) ?? 0) + 1);
    for (const [old] of answers) if (answers.size > ANSWERED_KEPT) answers.delete(old);
  }

  function recipient(
    raw: unknown,
  ): { person: StoredPerson; answered: (Answered & { id: string }) | null } | Refusal {
    if (!isFields(raw)) return refuse(-201, 'recipient is invalid');
    const user = word(raw['user_id']);
    if (user !== undefined) {
      const person = state.person(user);
      return person ? { person, answered: null } : refuse(-201, 'user_id is invalid');
    }
    const id = word(raw['message_id']);
    if (id === undefined) return refuse(-201, 'recipient is invalid');
    for (const person of state.people.values()) {
      const message = person.chat.find((m) => m.id === id && m.from === 'person');
      if (message) return { person, answered: { id, at: message.at, answers: answers.get(id) ?? 0 } };
    }
    return refuse(-201, 'message_id is invalid');
  }

  /** Free of the window, paid by the balance; where the calls still answer at all. */
  function legacy(kind: 'transaction' | 'promotion') {
    return (call: ApiCall): ApiAnswer => {
      if (!api.account.now.legacy) return refuse(-240, `${kind} message API has been shut down`);
      if (!isFields(call.body)) return refuse(-201, 'body is invalid');
      const found = recipient(call.body['recipient']);
      if (isRefusal(found)) return found;
      const { person } = found;
      const message = readLegacy(kind, call.body['message']);
      if (isRefusal(message)) return message;
      if (person.refusesWith !== null) return refuse(person.refusesWith, 'user does not receive messages');
      const now = clock.now();
      if (kind === 'promotion' && isNight(now))
        return refuse(-234, 'promotion is not allowed from 22h to 6h');
      const poor = walletRefusal(api.account.now);
      if (poor) return poor;
      const day = state.table<{ day: string }>('promoted');
      if (kind === 'promotion') {
        if (day.get(person.id)?.day === vnDay(now)) return refuse(-218, 'user received a promotion today');
        day.put(person.id, { day: vnDay(now) });
      }
      const draft = {
        to: 'user',
        user: person.id,
        call,
        message,
        paidFrom: 'balance',
        echo: 'text',
      } as const;
      return { ...OK, data: sendData(accept(api, draft), undefined) };
    };
  }

  function quota({ body }: ApiCall): ApiAnswer {
    if (!isFields(body)) return refuse(-201, 'body is invalid');
    if (body['user_id'] === undefined) return ownQuota(body);
    const person = typeof body['user_id'] === 'string' ? state.person(body['user_id']) : undefined;
    if (!person) return refuse(-201, 'user_id is invalid');
    const rules = api.quota();
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

  function ownQuota(asked: Readonly<Record<string, unknown>>): ApiAnswer {
    const { quota_owner: owner, product_type: product = 'cs', quota_type: type } = asked;
    if (owner !== 'OA' && owner !== 'APP') return refuse(-201, 'quota_owner is invalid');
    if (product !== 'cs' && product !== 'transaction') return refuse(-201, 'product_type is invalid');
    if (type !== undefined && type !== 'sub_quota' && type !== 'purchase_quota' && type !== 'reward_quota')
      return refuse(-201, 'quota_type is invalid');
    if (owner === 'APP' || product === 'transaction') return { ...OK, data: [] };
    const kinds = (['sub_quota', 'purchase_quota'] as const).filter(
      (kind) => type === undefined || type === kind,
    );
    return { ...OK, data: kinds.flatMap(packOf) };
  }

  /** What is bought of one kind; nothing where none is left to have. */
  function packOf(type: 'sub_quota' | 'purchase_quota'): object[] {
    const now = clock.now();
    const rules = api.quota();
    const isSub = type === 'sub_quota';
    const total = isSub ? rules.subPerMonth : rules.purchased;
    const spent = isSub ? (state.subSpent.get(monthOf(now)) ?? 0) : state.purchaseSpent;
    const until = isSub ? inVietnam(now).endOf('month') : inVietnam(now).plus({ years: 1 });
    const block = {
      ...{ asset_id: `fake-${type}`, product_type: 'cs', quota_type: type },
      ...{ valid_through: until.toFormat('dd/MM/yyyy'), total, remain: Math.max(0, total - spent) },
    };
    return total > 0 || isSub ? [block] : [];
  }

  return {
    'POST /v3.0/oa/message/cs': consultation,
    'POST /v3.0/oa/message/transaction': legacy('transaction'),
    'POST /v3.0/oa/message/promotion': legacy('promotion'),
    'POST /v3.0/oa/quota/message': quota,
    'POST /v2.0/oa/quota/message': (): ApiAnswer => ({
      ...OK,
      data: { type: 'active', remain: 2000, total: 2000 },
    }),
  };
}

export function sendData(send: AcceptedSend, quota: Readonly<Record<string, unknown>> | undefined) {
  return {
    message_id: send.messageId,
    user_id: send.user,
    sent_time: String(send.at.getTime()),
    ...(quota ? { quota } : {}),
  };
}

function readLegacy(kind: string, message: unknown): { text: string } | Refusal {
  const attachment = isFields(message) ? message['attachment'] : undefined;
  const payload = isFields(attachment) ? attachment['payload'] : undefined;
  if (!isFields(payload) || !Array.isArray(payload['elements'])) return refuse(-201, 'message is invalid');
  const type = word(payload['template_type']) ?? '';
  if (kind === 'promotion' ? type !== 'promotion' : !type.startsWith('transaction_'))
    return refuse(-233, 'template_type is not supported');
  const texts = payload['elements'].filter(isFields).map((element) => word(element['content']) ?? '');
  return { text: texts.filter(Boolean).join('\n') };
}
