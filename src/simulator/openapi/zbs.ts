import { createHash } from 'node:crypto';
import { HOUR, vnDay } from '../../kernel/vn-time';
import { phoneReceivedEvent } from '../zalo-events';
import { isFields, isRefusal, OK, paging, refuse, word, type ApiAnswer, type ApiCall } from './answers';
import { accept, profileOf, type ApiContext } from './api-context';
import { sendData } from './messages';
import { filled, TAGS, templateButtons, templateInfo, type ZaloTemplate } from './templates';
import { isNight, walletRefusal } from './window';
import { STATES, sendingMode, idOf, isTime, normalPhone, sampleOf } from './zbs-values';

/** ZBS template messages: to a user id on the OA host, to a phone number on the business host, and what can be read there. */

/** How many messages by phone are remembered, for their status. */
const SENT_KEPT = 5_000;

export function createZbs(api: ApiContext) {
  const sent = new Map<string, Date>();
  const used = { day: '', count: 0 };

  function byUser(call: ApiCall): ApiAnswer {
    const { body } = call;
    if (!isFields(body)) return refuse(-201, 'body is invalid');
    const person = typeof body['user_id'] === 'string' ? api.state.person(body['user_id']) : undefined;
    if (!person) return refuse(-201, 'user_id is invalid');
    if (person.refusesWith !== null) return refuse(person.refusesWith, 'user does not receive messages');
    const checked = api.templates.check(idOf(body['template_id']), body['template_data']);
    if (isRefusal(checked)) return checked;
    const { template, data } = checked;
    if (template.byUser === false) return refuse(-249, 'template cannot be sent by user id');
    if (template.tag === 3 && isNight(api.clock.now()))
      return refuse(-234, 'this type of message is not allowed from 22h to 6h');
    const poor = walletRefusal(api.account.now);
    if (poor) return poor;
    const message = { text: filled(template, data), buttons: templateButtons(template) };
    const draft = {
      to: 'user',
      user: person.id,
      call,
      message,
      paidFrom: 'template',
      echo: 'template',
    } as const;
    const send = accept(api, draft, template.id);
    return { ...OK, data: sendData(send, { quota_type: 'purchase_quota', remain: '4821' }) };
  }

  function byPhone(call: ApiCall): ApiAnswer {
    const { body } = call;
    if (!isFields(body)) return refuse(-121, 'body is empty');
    const phone = call.path.endsWith('/hashphone') ? byHash(body['hash_phone']) : normalPhone(body['phone']);
    if (phone === null) return refuse(-108, 'phone is invalid');
    const checked = api.templates.check(idOf(body['template_id']), body['template_data']);
    if (isRefusal(checked)) return checked;
    const { template, data } = checked;
    const tracking = body['tracking_id'];
    if (tracking !== undefined && (typeof tracking !== 'string' || !/^[\x21-\x7e]{1,48}$/.test(tracking)))
      return refuse(-132, 'tracking_id is invalid');
    const refused = modeRefusal(body, template, phone) ?? deliveryRefusal(template, phone);
    if (refused) return refused;
    used.count += 1;
    const message = { text: filled(template, data) };
    const draft = {
      to: 'phone',
      user: phone,
      call,
      message,
      paidFrom: 'template',
      echo: 'template',
    } as const;
    const send = accept(api, draft);
    remember(send.messageId, send.at);
    const parties = { appId: api.appId, oaId: api.oaId, userId: phone, at: send.at };
    const receipt = phoneReceivedEvent(parties, send.messageId, word(tracking));
    api.tell(receipt, { zns: true });
    return {
      ...OK,
      data: {
        msg_id: send.messageId,
        sent_time: String(send.at.getTime()),
        sending_mode: sendingMode(body),
        quota: quotaBlock(),
      },
    };
  }

  function modeRefusal(body: Readonly<Record<string, unknown>>, template: ZaloTemplate, phone: string) {
    const { mode } = body;
    const sending = sendingMode(body);
    const { account } = api;
    if (sending !== '1' && sending !== '3') return refuse(-161, 'sending_mode is invalid');
    if (sending === '3' && (template.tag !== 3 || !account.now.beyondQuota))
      return refuse(-162, 'sending_mode 3 is not allowed');
    if (mode !== undefined && mode !== 'development') return refuse(-132, 'mode is invalid');
    if (mode === 'development')
      return account.now.testPhones.includes(phone) ? null : refuse(-127, 'test template is for admins only');
    if (account.now.wallet !== 'linked')
      return account.now.wallet === 'empty'
        ? refuse(-137, 'ZCA charge failed')
        : refuse(-136, 'ZCA is not linked');
    if (sending === '1' && remaining() <= 0) return refuse(-144, 'OA has reached its daily limit');
    return null;
  }

  function deliveryRefusal(template: ZaloTemplate, phone: string) {
    if (template.night === false && isNight(api.clock.now()))
      return refuse(-133, 'template is not allowed at night');
    const holder = holderOf(phone);
    if (!holder) return api.account.now.phones === 'everybody' ? null : refuse(-118, 'no Zalo account');
    if (holder.refusesWith === -227) return refuse(-119, 'account cannot receive');
    return holder.refusesWith === null ? null : refuse(-141, 'user refused messages of this OA');
  }

  function holderOf(phone: string) {
    return [...api.state.people.values()].find((person) => profileOf(api, person.id).phone === phone);
  }

  function byHash(hash: unknown): string | null {
    if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return null;
    const phones = [...api.state.people.keys()].map((id) => profileOf(api, id).phone ?? '');
    const known = phones.find((phone) => phone && createHash('sha256').update(phone).digest('hex') === hash);
    // Whose number it is, the fake need not know: it is somebody's, or nobody's on Zalo.
    return known ?? `hash:${hash}`;
  }

  function remaining(): number {
    const today = vnDay(api.clock.now());
    if (used.day !== today) Object.assign(used, { day: today, count: 0 });
    return api.account.now.phoneQuota - used.count;
  }

  function quotaBlock() {
    const remain = Math.max(0, remaining());
    return { dailyQuota: String(api.account.now.phoneQuota), remainingQuota: String(remain) };
  }

  function remember(id: string, at: Date): void {
    sent.set(id, at);
    for (const [old] of sent) if (sent.size > SENT_KEPT) sent.delete(old);
  }

  function status({ query }: ApiCall): ApiAnswer {
    const at = sent.get(word(query['message_id']) ?? '');
    if (!at) return refuse(-107, 'message id is invalid');
    return { ...OK, data: { delivery_time: String(at.getTime()), message: 'Delivered', status: 1 } };
  }

  function phoneQuota(): ApiAnswer {
    const data = {
      ...quotaBlock(),
      ...{ dailyQuotaPromotion: null, remainingQuotaPromotion: null, monthlyPromotionQuota: 30 },
      ...{ remainingMonthlyPromotionQuota: 30, estimatedNextMonthPromotionQuota: 30 },
    };
    return { ...OK, data };
  }

  function list({ query }: ApiCall): ApiAnswer {
    const page = paging({ offset: query['offset'], count: query['limit'] }, { count: 100, usual: 100 });
    if (!page) return refuse(-132, 'limit exceeds 100');
    const wanted = word(query['status']);
    if (wanted !== undefined && !STATES.has(wanted)) return refuse(-132, 'Invalid status');
    const state = STATES.get(wanted ?? '');
    const rows = api.templates
      .all()
      .filter(({ status = 'ENABLE' }) => state === undefined || status === state);
    const data = rows.slice(page.offset, page.offset + page.count).map((template) => ({
      templateId: template.id,
      templateName: template.name ?? template.id,
      createdTime: api.clock.now().getTime() - 24 * HOUR,
      status: template.status ?? 'ENABLE',
      templateQuality: template.quality ?? 'HIGH',
    }));
    return { ...OK, data, metadata: { total: rows.length } };
  }

  function about(tell: (template: ZaloTemplate) => unknown) {
    return ({ query }: ApiCall): ApiAnswer => {
      const template = api.templates.get(word(query['template_id']) ?? '');
      return template ? { ...OK, data: tell(template) } : refuse(-109, 'template id is invalid');
    };
  }

  function tags(): ApiAnswer {
    return { ...OK, data: [TAGS[1], TAGS[2]] };
  }

  /** Asked for in the query, by GET or by POST; an older specification puts it into the body. */
  function answersOf({ body, query }: ApiCall): ApiAnswer {
    const asked = { ...query, ...(isFields(body) ? body : {}) };
    if (!isTime(asked['from_time']) || !isTime(asked['to_time']))
      return refuse(-132, 'from_time or to_time is invalid');
    return { ...OK, data: { total: 0, data: [] } };
  }

  const quality = { oaCurrentQuality: 'HIGH', oa7dayQuality: 'HIGH' };
  return {
    'POST /v3.0/oa/message/template': byUser,
    'POST /message/template': byPhone,
    'POST /message/template/hashphone': byPhone,
    'GET /message/status': status,
    'GET /message/quota': phoneQuota,
    'GET /message/template-tag': tags,
    'GET /quality': (): ApiAnswer => ({ ...OK, data: quality }),
    'GET /template/all': list,
    'GET /template/info/v2': about(templateInfo),
    'GET /template/info': about(templateInfo),
    'GET /template/sample-data': about((template) => sampleOf(template, api.clock.now())),
    'GET /rating/get': answersOf,
    'POST /rating/get': answersOf,
    'GET /response/get': answersOf,
    'POST /response/get': answersOf,
  };
}
