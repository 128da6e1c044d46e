import type { UserKey } from '../kernel/ids';
import type { DirectivesDeps } from './deps';
import type { Directive } from './directive';
import type { DirectiveNotices } from './directive-notices';
import { putOut } from './put-out';
import type { DirectiveTimers } from './timers';

/**
 * The time at which an order leaves is moved, or taken away, before it has left. What the second key said of it stands: who
 * turned it reads the new time. An order that waits for the key goes on waiting for it.
 */
export interface MovedSending {
  readonly directive: string;
  /** Null: at once. */
  readonly sendAt: Date | null;
  readonly by: UserKey;
  readonly at: Date;
}

/** Done again it changes nothing. The right to it is asked by the caller; one that has left meanwhile is a conflict. */
export async function moveSending(
  deps: DirectivesDeps,
  notices: DirectiveNotices,
  timers: DirectiveTimers,
  directive: Directive,
  { sendAt, by, at }: MovedSending,
): Promise<'done' | 'conflict'> {
  const { repo, offices } = deps;
  const { id, state, confirmedBy, deadline } = directive;
  if (sendAt === null && state === 'issued') {
    await timers.run(at);
    return 'done';
  }
  if (state !== 'scheduled' && state !== 'waiting') return 'conflict';
  if (sendAt !== null && (sendAt <= at || sendAt >= deadline)) return 'conflict';
  const after = { ...directive, sendAt };
  if (sendAt === null && state === 'scheduled') {
    if ((await putOut(deps, directive, null, at)) === 'conflict') return 'conflict';
    await timers.run(at);
  } else if (directive.sendAt?.getTime() !== sendAt?.getTime()) {
    const set = sendAt === null ? {} : { sendAt, nextAt: sendAt };
    if (!(await repo.move(id, [state], set, sendAt === null ? ['sendAt', 'nextAt'] : []))) return 'conflict';
  }
  await notices.audit(directive, `sending-${(sendAt ?? at).getTime()}`, by, at);
  const key = confirmedBy && offices.directory.office(confirmedBy.office);
  if (key?.user != null && key.user === confirmedBy?.user)
    await deps.outbox.enqueue([notices.sendingMoved({ ...key, user: key.user }, after, at)]);
  return 'done';
}
