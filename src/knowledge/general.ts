import { ASKING } from './vocabulary';

/** Concepts that alone are no question for an article. Data for `rank.ts`. */

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
