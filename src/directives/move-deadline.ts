import type { UserKey } from '../kernel/ids';
import { changeRecipients } from './change-recipients';
import type { DirectivesDeps } from './deps';
import { isOver, type Directive } from './directive';
import { noteDirective } from './directive-audit';
import type { StoredRecipient } from './directives.repo';
import { stepsAhead, stepsMoved } from './ladder';
import { nextLook } from './summary';
import type { DirectiveTimers } from './timers';

/**
 * A deadline that is moved while the directive is out. Whoever was told hears it once; whoever was not yet reads the new one
 * with the first message. Steps before the deadline go with it, and none that its new place puts in the past is sent after
 * the fact (network 1.5).
 */
export interface MovedDeadline {
  readonly directive: string;
  readonly deadline: Date;
  readonly by: UserKey;
  readonly at: Date;
}

/** Done again it completes what a crash left and says nothing twice. The right to it is asked by the caller. */
export async function moveDeadline(
  deps: DirectivesDeps,
  timers: DirectiveTimers,
  before: Directive,
  { deadline, by, at }: MovedDeadline,
): Promise<'done' | 'conflict'> {
  const isMoved = before.deadline.getTime() === deadline.getTime();
  const after: Directive = isMoved ? before : { ...before, deadline, deadlineBefore: before.deadline };
  if (!isMoved) {
    const set = { deadline, deadlineBefore: before.deadline, nextAt: nextLook(deps.calendar, after, at) };
    if (!(await deps.repo.move(before.id, ['issued'], set))) return 'conflict';
  }
  await noteDirective(deps.audit, after, `deadline-${at.getTime()}`, by, at);
  await timers.tellMoved(after, await recompute(deps, after, at), at);
  await timers.run(at);
  return 'done';
}

/** The recipients with their ladder by the new deadline; answers those who had been told of the old one and still owe something. */
async function recompute(deps: DirectivesDeps, directive: Directive, at: Date): Promise<StoredRecipient[]> {
  const { repo, calendar } = deps;
  const all = await repo.recipientsOf(directive.id);
  const moved = await changeRecipients(repo, directive.id, all, (one) => {
    if (isOver(one.answer)) return null;
    const steps = stepsMoved(calendar, directive, one, at);
    // What waits for its first message keeps its own time.
    if (steps['first'] === undefined) return one;
    const next = stepsAhead(calendar, directive, { ...one, steps }).find((step) => step.at > at);
    return { ...one, steps, nextAt: next?.at ?? null };
  });
  return moved.filter(({ told }) => told.length > 0);
}
