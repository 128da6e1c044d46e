import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { moment } from '../../kernel/moment';
import { foldText } from '../../kernel/vn-text';
import type { Directive } from '../directive';
import { actPayload } from '../directive-words';
import { orderColon } from './read-order';

/** The one directive that words such as «thu hồi 145» mean: by the number it is called, among those the person may speak of. */

export const DOCUMENT = '(?:cong van |van ban |chi dao |cv |so )*';
export const NUMBER = '(\\d{1,6})(?:\\/\\S*?)?';

/** «tiến độ 145», «thu hồi 145: lý do»: the number by which it is called and what follows the colon. */
export function naming(verb: string) {
  const pattern = new RegExp(
    `^(?:${verb}) ${DOCUMENT}${NUMBER}(?: (?:a|nhe|di|em|giup|ho|voi|cho|toi|chi|anh|minh|the nao|den dau|roi))*$`,
  );
  return ({ typed }: { readonly typed: string }): { short: string; rest: string | null } | null => {
    const colon = orderColon(typed);
    const head = foldText(colon === -1 ? typed : typed.slice(0, colon));
    const found = pattern.exec(head);
    const rest = colon === -1 ? '' : typed.slice(colon + 1).trim();
    return found ? { short: String(Number(found[1])), rest: rest === '' ? null : rest } : null;
  };
}

const HOW_FAR = new RegExp(
  `^${DOCUMENT}${NUMBER} (?:(?:lam|thuc hien|trien khai) )?(?:(?:den|toi) dau|the nao|ra sao)(?: (?:roi|em|a|vay|the))*$`,
);

/** «145 đến đâu rồi» */
export function howFar({ typed }: { readonly typed: string }): { short: string; rest: string | null } | null {
  const found = HOW_FAR.exec(foldText(typed.replace(/[?!.]+$/, '')));
  return found ? { short: String(Number(found[1])), rest: null } : null;
}

/** Which of those of a number the person may speak of; whoever may of none is told so. */
export interface Whose {
  readonly fits: (directive: Directive) => boolean;
  readonly theirs: (turn: Turn<DialogDeps>, directive: Directive) => boolean;
  readonly otherwise: string;
  readonly button: 'XEM' | 'DUYET' | 'THAY';
}

export const SEEN: Whose = {
  fits: ({ state }) => state !== 'draft',
  theirs: ({ deps, user, at }, directive) => deps.directives.sees(user, directive, at),
  otherwise: 'directives:not_yours',
  button: 'XEM',
};

/** Whoever sees one that waits is told why they cannot confirm it, if they cannot. */
export const CONFIRMED: Whose = {
  ...SEEN,
  fits: ({ state }) => state === 'waiting' || state === 'issued',
  otherwise: 'directives:second_key.not_yours',
  button: 'DUYET',
};

/** Only the office it went out from may end or replace it. */
export const GIVEN: Whose = {
  fits: ({ state }) => state === 'issued' || state === 'waiting',
  theirs: ({ deps, user, at }, directive) => deps.directives.mayManage(user, directive, at),
  otherwise: 'directives:not_given_by_you',
  button: 'XEM',
};

/** The same, those that are kept until their time among them. */
export const RECALLED: Whose = { ...GIVEN, fits: (one) => GIVEN.fits(one) || one.state === 'scheduled' };

/** What can be done with one that has not left yet, where something else was wanted; null: it has. */
export function notOut(
  turn: Turn<DialogDeps>,
  { state, sendAt, number, short }: Directive,
): StepResult | null {
  if (state !== 'scheduled') return null;
  const when = sendAt === null ? '' : moment(turn.words, sendAt);
  return sentence(turn, 'directives:sending.not_out', { number, short, when });
}

/** The one directive that is meant; asked back when several are. Null: there is none of that number. */
export async function withNamed(
  turn: Turn<DialogDeps>,
  short: string,
  { fits, theirs, otherwise, button }: Whose,
  run: (directive: Directive) => StepResult | Promise<StepResult>,
): Promise<StepResult | null> {
  const called = (await turn.deps.directives.called(short, turn.user)).filter(fits);
  const found = called.filter((one) => theirs(turn, one));
  const [first, ...others] = found;
  if (!first) {
    const [other] = called;
    // Only as they called it: what it is called in full is the business of those who got it.
    return other ? sentence(turn, otherwise, { number: short, short }) : null;
  }
  if (others.length === 0) return run(first);
  const choices = found.slice(-4).map((one, i) => ({
    id: `D${i + 1}`,
    label: one.number.slice(0, 20),
    command: actPayload(button, one.id),
  }));
  return sentence(turn, 'directives:which_of', { number: short }, choices);
}
