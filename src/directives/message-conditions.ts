import type { StandingCondition } from '../outbox/outbox-row';
import { isOver, type Directive } from './directive';
import type { Told } from './directive-words';
import type { StoredRecipient } from './directives.repo';
import { isBeforeDeadline } from './ladder';

/** When a message about a directive still holds, written into the row and read back at the send. */

export type MessageStep = Told['step'] | ListStep;

/** What is told to others than the office itself. */
export type ListStep = 'officer' | 'province' | 'live';

/**
 * Under which a planned message leaves: the directive is out, one of these offices still has to hear this step of it, and
 * the deadline is still the one that the step goes by.
 */
export function conditionOf(
  { id, deadline }: Pick<Directive, 'id' | 'deadline'>,
  step: MessageStep,
  units: readonly string[],
): StandingCondition {
  const goesBy = step === 'deadline' || isBeforeDeadline(step) ? `${step}@${deadline.getTime()}` : step;
  return { kind: 'directive_open', ref: [id, goesBy, ...units].join(' ') };
}

export function readCondition(ref: string): {
  readonly id: string;
  readonly step: MessageStep;
  /** Epoch milliseconds; null: the step goes by none. */
  readonly deadline: number | null;
  readonly units: readonly string[];
} {
  const [id = '', said = 'first', ...units] = ref.split(' ');
  const [step, deadline] = said.split('@');
  return { id, step: step as MessageStep, deadline: deadline === undefined ? null : Number(deadline), units };
}

/** Whether a step still says something to the recipient. */
export function wants({ answer, onBehalf, movedTo }: StoredRecipient, step: MessageStep): boolean {
  if (movedTo !== null) return false;
  switch (step) {
    case 'first':
    case 'nudge':
      return answer === 'none';
    case 'on_behalf':
      return onBehalf !== null;
    case 'deadline':
      return !isOver(answer);
    case 'check':
      return answer === 'acknowledged' || answer === 'doing';
    default:
      return !isOver(answer) && answer !== 'stuck';
  }
}
