import type { OutboxRow, StillTrueAnswer } from '../outbox/outbox-row';
import { Annexes } from './annexes';
import { DirectiveAnswers } from './answers';
import type { DirectivesDeps } from './deps';
import { DirectiveNotices } from './directive-notices';
import { DirectiveIssuing } from './issuing';
import { DirectiveMessages } from './messages';
import { isStillNeeded } from './still-needed';
import { DirectiveTimers } from './timers';
import { DirectivesView } from './view';

/** The parts of this folder, joined. */
export interface Directives {
  readonly issuing: DirectiveIssuing;
  readonly answers: DirectiveAnswers;
  readonly view: DirectivesView;
  readonly timers: DirectiveTimers;
  readonly annexes: Annexes;
  /** For the outbox, right before a row leaves. */
  isStillNeeded(row: OutboxRow, at: Date): Promise<StillTrueAnswer>;
}

export function createDirectives(deps: DirectivesDeps): Directives {
  const messages = new DirectiveMessages(deps);
  const timers = new DirectiveTimers(deps, messages);
  const notices = new DirectiveNotices(deps, messages);
  const annexes = new Annexes(deps, messages);
  return {
    ...{ timers, annexes },
    issuing: new DirectiveIssuing(deps, notices, timers),
    answers: new DirectiveAnswers(deps, messages, notices, timers),
    view: new DirectivesView(deps, messages, annexes),
    isStillNeeded: (row, at) => isStillNeeded(deps, messages, row, at),
  };
}
