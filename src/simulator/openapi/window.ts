import { DAY, HOUR, inVietnam } from '../../kernel/vn-time';
import type { StoredPerson } from '../fake-zalo-facts';
import type { Account } from './account';
import { refuse, type Refusal } from './answers';

/** Zalo's judgement of when a person may be written to, and of what pays for it; without side effects. */

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

/** Answers to one message that are free. */
const ANSWERS_FREE = 8;

export interface Paid {
  /** As Zalo answers it; absent: charged to the balance. */
  readonly quota?: Readonly<Record<string, unknown>>;
  readonly from: 'reply' | 'welcome' | 'sub' | 'purchase' | 'balance';
}

export interface Spent {
  readonly sub: number;
  readonly purchase: number;
  /** Welcome messages to this person so far. */
  readonly welcome: number;
}

/** The message that is answered, when the send is addressed to a message: when it came, and its answers so far. */
export interface Answered {
  readonly at: number;
  readonly answers: number;
}

/** What pays for a consultation message to this person now, or why it is refused. */
export function payFor(
  person: StoredPerson,
  now: Date,
  rules: QuotaRules,
  spent: Spent,
  account: Account,
  answered: Answered | null = null,
): Paid | Refusal {
  if (person.refusesWith !== null)
    return refuse(person.refusesWith, 'user does not receive messages of this OA');
  if (account.followersOnly && !person.follows) return refuse(-213, 'user does not follow the OA');
  if (person.lastInteraction === null) return neverInteracted(person, account, spent);
  const age = now.getTime() - person.lastInteraction;
  if (age > rules.allowedMs) return refuse(-230, 'user has not interacted with the OA in the past 7 days');
  if (answered) {
    if (now.getTime() - answered.at <= rules.freeMs && answered.answers < ANSWERS_FREE)
      return free('reply', ANSWERS_FREE - answered.answers - 1, ANSWERS_FREE);
    return charge(now, rules, spent, account);
  }
  const limit = rules.repliesPerWindow;
  if (age <= rules.freeMs && (limit === null || person.repliesInWindow < limit))
    return free('reply', limit === null ? 8 : limit - person.repliesInWindow - 1, limit ?? 8);
  return charge(now, rules, spent, account);
}

function neverInteracted(person: StoredPerson, account: Account, spent: Spent): Paid | Refusal {
  if (!person.follows) return refuse(-232, 'user has not interacted with the OA');
  const left = account.welcome - spent.welcome;
  return left > 0 ? free('welcome', left - 1, account.welcome) : refuse(-232, 'out of welcome messages');
}

function free(from: 'reply' | 'welcome', remain: number, total: number): Paid {
  const type = from === 'reply' ? 'reply' : 'welcome_msg';
  return { from, quota: { quota_type: type, remain: String(remain), total: String(total) } };
}

function charge(now: Date, rules: QuotaRules, spent: Spent, account: Account): Paid | Refusal {
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
  if (!rules.charged) return refuse(-211, 'out of quota');
  return walletRefusal(account) ?? { from: 'balance' };
}

/** Why the linked Zalo Cloud account does not pay; null: it does. */
export function walletRefusal(account: Account): Refusal | null {
  if (account.wallet === 'unlinked') return refuse(-320, 'app is not connected to ZCA');
  return account.wallet === 'empty' ? refuse(-321, 'ZCA is out of money') : null;
}

/** From 22:00 to 06:00 in Viet Nam, when what advertises may not be sent. */
export function isNight(now: Date): boolean {
  const { hour } = inVietnam(now);
  return hour >= 22 || hour < 6;
}

/** The month in Viet Nam, `2026-03`; reckoned once an hour, since load runs ask thousands of times a second. */
const lastMonth = { hour: -1, name: '' };
export function monthOf(at: Date): string {
  const hour = Math.floor(at.getTime() / HOUR);
  if (hour !== lastMonth.hour) Object.assign(lastMonth, { hour, name: inVietnam(at).toFormat('yyyy-MM') });
  return lastMonth.name;
}
