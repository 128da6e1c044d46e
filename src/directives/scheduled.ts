import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import type { NewOutboxMessage } from '../outbox/outbox-row';
import { formatCount } from '../kernel/vn-text';
import type { DirectivesDeps } from './deps';
import type { Directive } from './directive';
import { withActs } from './directive-words';
import { putOut } from './put-out';

/** Orders for a set time: at that time they leave, and whoever gave one reads that it left, or why it did not. */

/** Lets those leave whose time has come; answers whether any did. */
export async function leaveScheduled(deps: DirectivesDeps, now: Date): Promise<boolean> {
  let any = false;
  for (const directive of await deps.repo.directivesDue(now)) {
    if (directive.state !== 'scheduled' || (await putOut(deps, directive, null, now)) === 'conflict')
      continue;
    any = true;
    const to = deps.offices.issuer(directive, now)?.user;
    if (to !== undefined) await deps.outbox.enqueue([row(directive, to, deps.wordsFor(to), now, 'left')]);
  }
  return any;
}

/** Whether it is still to go out. */
export function mayLeave({ state }: Pick<Directive, 'state'>): boolean {
  return state === 'draft' || state === 'waiting' || state === 'scheduled';
}

/** Nobody turned the second key before its time: it leaves once somebody does. */
export function unconfirmedRow(directive: Directive, to: UserKey, words: Words, now: Date): NewOutboxMessage {
  return row(directive, to, words, now, 'unconfirmed');
}

function row(
  { id, number, short, audience, sendAt }: Directive,
  to: UserKey,
  words: Words,
  now: Date,
  what: 'left' | 'unconfirmed',
): NewOutboxMessage {
  const text = words.t(`directives:sending.${what}`, {
    ...{ number, short },
    offices: formatCount(audience.units.length),
  });
  return {
    id: `directive:${id}:${what}-${(sendAt ?? now).getTime()}`,
    ...{ to, purpose: 'notice', message: withActs(words, text, ['XEM'], id) },
    ...{ cause: 'directives.run', createdAt: now },
  };
}
