import type { FakeZaloState } from '../fake-zalo-state';
import { refuse, type Refusal } from './answers';

/**
 * The Official Account and the app as the consoles of Zalo show them: package, verification, granted permissions,
 * money. Every switch is a reason of its own to refuse a call; all are on the good side at first.
 */

export const PACKAGES = { basic: 0, standard: 0, growth: 100, comprehensive: 2000 } as const;
export type PackageName = keyof typeof PACKAGES;

/** Groups of permissions on the consent screen, as far as calls of ours need them. */
export const PERMISSIONS = [
  'messages',
  'chats',
  'users',
  'info',
  'groups',
  'templates',
  'fields',
  'articles',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export interface Account {
  /** Basic and standard have no Open API. */
  package: PackageName;
  verified: boolean;
  /** False: disabled or deleted by Zalo. */
  enabled: boolean;
  /** False: the OA's admin has removed the app. */
  installed: boolean;
  appActive: boolean;
  /** Whether the app has the product «Official Account API». */
  registered: boolean;
  /** Permissions that were not ticked at consent. */
  withheld: Permission[];
  /** Whether calls must carry `appsecret_proof`. */
  proof: boolean;
  /** The Zalo Cloud account that pays. */
  wallet: 'linked' | 'unlinked' | 'empty';
  /** Whether people who do not follow are refused with -213, as by some kinds of account. */
  followersOnly: boolean;
  /** Messages to a follower who has never interacted. */
  welcome: number;
  uploadsPerMonth: number;
  /** Whether the list template, of which the present API has no page, is taken. */
  lists: boolean;
  /** Whether the transaction and promotion calls that ended in March 2026 still answer. */
  legacy: boolean;
  /** By phone: messages a day; whose phones have Zalo; which phones may be tried in development. */
  phoneQuota: number;
  phones: 'everybody' | 'listed';
  testPhones: string[];
  /** Whether `sending_mode` 3 is granted. */
  beyondQuota: boolean;
  /** Zalo's ids of people who administer the OA. */
  admins: string[];
  /** The bot calls from outside Viet Nam: personal data are refused with -501. */
  abroad: boolean;
  /** Zalo answers a used refresh token with an empty body instead of -14014. */
  usedTokenIsEmpty: boolean;
  /** Longest name of a group in code points; the console stops at 30, of the API nobody knows. */
  groupNameMax: number;
  /** Rows of a group's history name the group once more as the one written to. */
  groupRowsTo: boolean;
}

export const GOOD_ACCOUNT: Account = {
  package: 'growth',
  verified: true,
  enabled: true,
  installed: true,
  appActive: true,
  registered: true,
  withheld: [],
  proof: false,
  wallet: 'linked',
  followersOnly: false,
  welcome: 3,
  uploadsPerMonth: 5000,
  lists: true,
  legacy: false,
  phoneQuota: 500,
  phones: 'everybody',
  testPhones: [],
  beyondQuota: false,
  admins: [],
  abroad: false,
  usedTokenIsEmpty: false,
  groupNameMax: 30,
  groupRowsTo: false,
};

/** The account as it is now; a change is kept with the rest of the state. */
export class AccountContext {
  private known: Account;

  constructor(private readonly state: FakeZaloState) {
    this.known = { ...GOOD_ACCOUNT, ...state.table<Partial<Account>>('account').get('account') };
  }

  get now(): Account {
    return this.known;
  }

  change(changes: Partial<Account>): void {
    this.known = { ...this.known, ...changes };
    this.state.table<Account>('account').put('account', this.known);
  }

  /** Why no call of the OA host is let in, whatever it asks; null: it is. The phone host has numbers of its own. */
  refusal(path: string, byPhone: boolean): Refusal | null {
    const { known } = this;
    if (!known.enabled) return refuse(-204, 'OA is disabled');
    if (!known.appActive) return refuse(byPhone ? -103 : -209, 'app is not activated');
    if (!known.installed) return refuse(byPhone ? -105 : -219, 'app is removed by OA');
    if (!known.registered) return refuse(byPhone ? -138 : -212, 'app is not registered for this API');
    if (!known.verified) return refuse(byPhone ? -135 : -221, 'OA must be verified');
    if (PACKAGES[known.package] === 0) return refuse(byPhone ? -135 : -224, 'OA package must be upgraded');
    if (known.abroad && PERSONAL.test(path))
      return refuse(-501, 'Personal information is limited due to IP address not inside Vietnam');
    const needed = byPhone ? 'templates' : permissionFor(path);
    if (needed && known.withheld.includes(needed))
      return refuse(byPhone ? -138 : -223, `OA did not authorise this API: ${needed}`);
    return null;
  }
}

const PERSONAL = /\/(user\/detail|group\/listmember|group\/listpendinginvite)$/;

function permissionFor(path: string): Permission | null {
  if (path.includes('/group')) return 'groups';
  if (path.endsWith('/message/template')) return 'templates';
  if (path.endsWith('/listrecentchat') || path.endsWith('/conversation')) return 'chats';
  if (path.includes('/userfield/') || path.endsWith('/custominfo')) return 'fields';
  if (path.includes('/article/')) return 'articles';
  if (path.includes('/user') || path.includes('/tag') || path.endsWith('/deletefollowerinfo')) return 'users';
  if (path.endsWith('/getoa')) return 'info';
  return path.includes('/message') || path.includes('/upload') ? 'messages' : null;
}
