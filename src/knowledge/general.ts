import { ASKING } from './vocabulary';

/** Kinds of concepts: what alone is no question, what is ours by name, with what one may want anything. Data for `rank.ts`. */

/** Concepts that say how is asked, not about what. */
export const GENERAL: ReadonlySet<string> = new Set([
  ...Object.keys(ASKING).filter((name) => name !== 'hotline' && name !== 'hours'),
  ...[
    'phone',
    'change',
    'login',
    'account',
    'register',
    'message',
    'online',
    'really',
    'office',
    'absent',
    'age',
  ],
]);

/** Topics that nearly anything may have: alone, beside words nobody knows, they are no question for us. */
export const WEAK: ReadonlySet<string> = new Set(
  'child elder lock forget recover change link papers update learn fails oldphone install where refused'.split(
    ' ',
  ),
);

/** Things of ours by name. Somebody who reports and names none of them is rather speaking of the report. */
export const NAMED: ReadonlySet<string> = new Set(
  'vneid level2 level3 otp passcode password idcard lostcard activate benefit insurance licence signature nfc lostphone newphone scam caller badlink threat slip lostmoney confirm course dvc'.split(
    ' ',
  ),
);

/** Those of them that nobody else has: a story that names one is ours, though something else is told in it too. */
export const OURS: ReadonlySet<string> = new Set(
  'level2 level3 approved idcard lostcard benefit insurance licence signature nfc confirm course dvc'.split(
    ' ',
  ),
);

/** Things with which a person may want anything. */
export const BROAD: ReadonlySet<string> = new Set(
  'vneid password fails otp idcard account level2 login phone learn papers dossier sim number class course bank help'.split(
    ' ',
  ),
);

/** What may be said of a password without saying of what: it is the one of VNeID then. */
export const OF_PASSWORDS: ReadonlySet<string> = new Set([
  ...GENERAL,
  ...[
    'password',
    'settings',
    'forget',
    'recover',
    'change',
    'fails',
    'locked',
    'lock',
    'elder',
    'child',
    'behalf',
    'idcard',
  ],
  ...[
    'level2',
    'activate',
    'newphone',
    'otp',
    'slip',
    'gave',
    'askcode',
    'caller',
    'scam',
    'passcode',
    'update',
  ],
]);
