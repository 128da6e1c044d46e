import { isAppError } from '../../../kernel/errors';
import { asObject, asText, type JsonObject } from '../json';
import { BUSINESS_PATHS } from '../wire';
import { demand, type Caller, type CallRequest } from './caller';
import { checkedPage, listed, type Listed, type Page } from './paging';

/** One value that a template takes, `max` in code points. */
export interface TemplateParam {
  readonly name: string;
  readonly required: boolean;
  readonly max: number;
}

export interface TemplateInfo {
  readonly id: string;
  readonly name: string;
  /** ENABLE, PENDING_REVIEW, REJECT, DISABLE or DELETE; as Zalo writes it. */
  readonly status: string;
  readonly params: readonly TemplateParam[];
  /** VND for one message; null where Zalo does not say. */
  readonly priceByUser: number | null;
  readonly priceByPhone: number | null;
}

/** What became of a message by phone: `pushed` to Zalo's servers, `delivered` to the phone. */
export interface PhoneMessageState {
  readonly state: 'unknown' | 'pushed' | 'delivered';
  readonly deliveredAt: Date | null;
}

/** Messages by phone that may still be sent; null where Zalo does not say. */
export interface PhoneQuota {
  readonly daily: number | null;
  readonly remaining: number | null;
}

/** One answer to a template that asks for a rating: 1 to 5. */
export interface Rating {
  readonly stars: number;
  readonly at: Date | null;
  /** Of the message that asked. */
  readonly trackingId: string | null;
}

const NOT_FOUND = 404;
const RATINGS_PAGE_MAX = 100;
const LENGTH_MAX = 400;
const STATES: Readonly<Record<string, PhoneMessageState['state']>> = { '0': 'pushed', '1': 'delivered' };

export async function templateInfo(caller: Caller, templateId: string): Promise<TemplateInfo> {
  const data = await infoOf(caller, templateId);
  const list = Array.isArray(data['listParams']) ? (data['listParams'] as unknown[]) : [];
  return {
    id: asText(data['templateId']) ?? templateId,
    name: asText(data['templateName']) ?? '',
    status: asText(data['status']) ?? '',
    params: list.flatMap(paramOf),
    priceByUser: numberOf(data['price_uid']),
    priceByPhone: numberOf(data['price_sdt']) ?? numberOf(data['price']),
  };
}

/** The newer call, and where that is unknown to Zalo the one before it. */
async function infoOf(caller: Caller, templateId: string): Promise<JsonObject> {
  const query = { template_id: templateId };
  try {
    return await demand(caller, get(BUSINESS_PATHS.templateInfo, query));
  } catch (error) {
    if (!isAppError(error, 'zalo_refused') || error.facts['code'] !== NOT_FOUND) throw error;
    return demand(caller, get(BUSINESS_PATHS.templateInfoOld, query));
  }
}

/** What people answered to a template that asks for a rating, between two instants; at most 100 at a time. */
export async function ratings(
  caller: Caller,
  asked: { readonly templateId: string; readonly from: Date; readonly to: Date } & Page,
): Promise<Listed<Rating>> {
  const { offset, count } = checkedPage(asked, RATINGS_PAGE_MAX);
  const query = {
    template_id: asked.templateId,
    from_time: String(asked.from.getTime()),
    to_time: String(asked.to.getTime()),
    offset: String(offset),
    limit: String(count),
  };
  return listed(await demand(caller, get(BUSINESS_PATHS.ratings, query)), ['data'], ratingOf);
}

export async function phoneMessageState(caller: Caller, messageId: string): Promise<PhoneMessageState> {
  const data = await demand(caller, get(BUSINESS_PATHS.status, { message_id: messageId }));
  const at = numberOf(data['delivery_time']);
  return {
    state: STATES[asText(data['status']) ?? ''] ?? 'unknown',
    deliveredAt: at !== null && at > 0 ? new Date(at) : null,
  };
}

export async function phoneQuota(caller: Caller): Promise<PhoneQuota> {
  const data = await demand(caller, get(BUSINESS_PATHS.quota, {}));
  return { daily: numberOf(data['dailyQuota']), remaining: numberOf(data['remainingQuota']) };
}

function get(path: string, query: Readonly<Record<string, string>>): CallRequest {
  return { method: 'GET', host: 'business', path, query };
}

function ratingOf(value: unknown): Rating[] {
  const item: JsonObject = asObject(value) ?? {};
  const [stars, at] = [numberOf(item['rate']), numberOf(item['submitDate']) ?? numberOf(item['submit_time'])];
  if (stars === null) return [];
  const trackingId = asText(item['trackingId']) ?? asText(item['tracking_id']) ?? null;
  return [{ stars, at: at === null ? null : new Date(at), trackingId }];
}

function paramOf(value: unknown): TemplateParam[] {
  const param: JsonObject = asObject(value) ?? {};
  const name = asText(param['name']);
  if (name === undefined) return [];
  const max = numberOf(param['maxLength']) ?? 0;
  const required = param['require'] === true || param['require'] === 'true';
  return [{ name, required, max: max > 0 ? Math.min(max, LENGTH_MAX) : LENGTH_MAX }];
}

/** A number, also one written as text; null for anything else. */
export function numberOf(value: unknown): number | null {
  const number = Number(asText(value) ?? NaN);
  return Number.isFinite(number) ? number : null;
}
