import type { OutboxRow, StillTrueAnswer } from '../outbox/outbox-row';
import type { DirectivesDeps } from './deps';
import { DirectivesService } from './directives.service';
import { DirectiveMessages } from './messages';
import { DirectiveTimers } from './timers';
import { DirectivesView } from './view';

/** The parts of this folder, joined. */
export interface Directives {
  readonly service: DirectivesService;
  readonly view: DirectivesView;
  readonly timers: DirectiveTimers;
  /** For the outbox, right before a row leaves. */
  isStillNeeded(row: OutboxRow, at: Date): Promise<StillTrueAnswer>;
}

export function createDirectives(deps: DirectivesDeps): Directives {
  const messages = new DirectiveMessages(deps);
  const timers = new DirectiveTimers(deps, messages);
  return {
    timers,
    service: new DirectivesService(deps, messages, timers),
    view: new DirectivesView(deps, messages),
    isStillNeeded: (row, at) => messages.isStillNeeded(row, at),
  };
}
