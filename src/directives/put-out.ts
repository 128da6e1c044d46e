import { vnDay } from '../kernel/vn-time';
import { travelling } from './annex';
import type { DirectivesDeps } from './deps';
import { newRecipient, type Actor, type Directive, type Recipient } from './directive';
import { noteDirective } from './directive-audit';
import { nextLook } from './summary';

/**
 * A directive leaves: its offices are written down and from now on the timers tell them. Broken off anywhere it is done again
 * and nobody is told twice. The caller has asked for the right to it, and lets the timers run.
 */
export async function putOut(
  deps: DirectivesDeps,
  directive: Directive,
  confirmedBy: Actor | null,
  at: Date,
): Promise<'done' | 'conflict'> {
  const { repo, calendar, annexes, audit } = deps;
  await repo.addRecipients(recipientsOf(deps, directive, at), at);
  const out = await repo.move(
    directive.id,
    ['draft', 'waiting', 'scheduled'],
    {
      state: 'issued',
      issuedAt: at,
      nextAt: nextLook(calendar, directive, at),
      ...(confirmedBy ? { confirmedBy } : {}),
    },
    ['reason'],
    // Moved to another time meanwhile it does not leave at the old one.
    directive.sendAt === null ? {} : { sendAt: directive.sendAt },
  );
  if (!out) return 'conflict';
  const files = travelling(await annexes.of(directive.id), directive).flatMap(({ media }) => media ?? []);
  await noteDirective(audit, directive, 'issued', directive.by.user, at, { annexes: files });
  if (directive.supersedes !== null) await replace(deps, directive.supersedes, directive.id, at);
  return 'done';
}

/** The old one is answered «đã thay bằng» from now on, and nobody is asked for it any more. */
export async function replace(
  { repo }: Pick<DirectivesDeps, 'repo'>,
  old: string,
  next: string,
  at: Date,
): Promise<void> {
  await repo.move(old, ['issued'], { state: 'superseded', supersededBy: next, endedAt: at }, ['nextAt']);
  await repo.endTimers(old);
}

/** One for each office of the audience; villages wait for their commune, unless it cannot wait or is the commune's own. */
function recipientsOf({ offices }: DirectivesDeps, directive: Directive, at: Date): Recipient[] {
  const { tree } = offices.directory;
  const units = new Set(directive.audience.units);
  return directive.audience.units.map((unit) => {
    const parent = tree.getNearest(unit, vnDay(at))?.parent ?? null;
    const through = parent !== null && units.has(parent) ? parent : null;
    const held = through !== null && directive.urgency === 'normal';
    return newRecipient(directive.id, unit, { through, reached: held ? 'held' : 'queued' });
  });
}
