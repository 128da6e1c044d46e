import type { UserKey } from '../kernel/ids';
import type { OutboxRow, StillTrueAnswer } from '../outbox/outbox-row';
import type { DirectivesDeps } from './deps';
import type { Composed } from './directive-words';
import { liveCounts } from './live-counts';
import { readCondition, wants } from './message-conditions';
import type { DirectiveMessages } from './messages';
import { mayWait, remindsFrom } from './one-a-day';

/** For the outbox, right before a row about a directive leaves: whether somebody still has to hear it, and its words as of now. */
export async function isStillNeeded(
  deps: DirectivesDeps,
  messages: DirectiveMessages,
  row: OutboxRow,
  at: Date,
): Promise<StillTrueAnswer> {
  const { onlyIf } = row;
  if (onlyIf?.kind === 'directive_key') return keyWaits(deps, onlyIf.ref, row.to, at);
  if (onlyIf?.kind !== 'directive_open') return { now: 'send' };
  const { repo, offices } = deps;
  const { id, step, deadline, units } = readCondition(onlyIf.ref);
  const directive = await repo.get(id);
  if (directive?.state !== 'issued') return { now: 'drop' };
  // It speaks of a deadline that was moved meanwhile.
  if (deadline !== null && deadline !== directive.deadline.getTime()) return { now: 'drop' };
  if (step === 'live') return sending(await liveCounts(deps, directive, at));
  if (step === 'province') return sending(await messages.provinceList(directive, row.to, at));
  if (step === 'officer') {
    const [place = ''] = units;
    const to = [...offices.holders(place, at), ...offices.chairs(place, at)].find(
      ({ user }) => user === row.to,
    );
    return to ? sending(await messages.officerList(directive, place, to, at)) : { now: 'drop' };
  }
  const recipients = await repo.some(directive.id, units);
  const open = recipients.filter(
    (one) => wants(one, step) && offices.directory.mayActFor(row.to, one.unit, at),
  );
  const to = open[0] && offices.told(directive, open[0], at).find(({ user }) => user === row.to);
  if (!to) return { now: 'drop' };
  const until = mayWait(directive.urgency, step) ? await remindsFrom(deps, row, to, at) : null;
  if (until !== null) return { now: 'wait', until };
  return sending(messages.told(directive, to, open, step, at, await messages.around(directive, open)));
}

function sending(composed: Composed | null): StillTrueAnswer {
  return composed === null ? { now: 'drop' } : { now: 'send', ...composed };
}

/** A request for the second key: nobody has turned it or said no, and this person still may. */
async function keyWaits(
  { repo, offices }: DirectivesDeps,
  id: string,
  to: UserKey,
  at: Date,
): Promise<StillTrueAnswer> {
  const directive = await repo.get(id);
  if (directive?.state !== 'waiting') return { now: 'drop' };
  return offices.keyHolders(directive, at).some(({ user }) => user === to)
    ? { now: 'send' }
    : { now: 'drop' };
}
