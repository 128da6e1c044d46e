import { createDirectives, type Directives } from '../../src/directives/directives';
import type { DirectivesDeps } from '../../src/directives/deps';
import type { DirectivesRepo } from '../../src/directives/directives.repo';
import { Offices } from '../../src/directives/offices';
import { systemClock } from '../../src/kernel/clock';
import type { WorkCalendar } from '../../src/kernel/work-calendar';
import type { Words } from '../../src/kernel/i18n';

/** Directives where nobody gives orders: everything that is asked for is not there but what `known` reads, and what is written is gone. */
export function noDirectives(world: {
  readonly directory: Offices['directory'];
  readonly calendar: WorkCalendar;
  readonly words: Words;
  readonly known?: Partial<DirectivesRepo>;
}): Directives {
  return createDirectives({
    repo: { ...empty, ...world.known },
    offices: new Offices(world.directory),
    org: { mayWriteFor: async () => false, phoneOf: async () => null },
    outbox: { enqueue: async () => undefined, reachOf: async () => new Map() },
    rows: { fates: async () => [], toPeople: async () => [] },
    afterRest: (at) => at,
    remindAt: 8 * 60,
    calendar: world.calendar,
    wordsFor: () => world.words,
    tags: { mountain: new Set() },
    pilots: [],
    audit: { note: async () => undefined },
    stuck: { promisedAt: () => null, open: async () => false },
    ...NO_ANNEXES,
  });
}

/** No file goes with anything: for measurements and small worlds. */
export const NO_ANNEXES: Pick<DirectivesDeps, 'annexes' | 'files' | 'clock' | 'log'> = {
  annexes: {
    add: async () => undefined,
    of: async () => [],
    take: async () => null,
    due: async () => [],
    later: async () => undefined,
    kept: async () => undefined,
    refused: async () => undefined,
    removeOf: async () => undefined,
    holds: async () => false,
    unname: async () => undefined,
  },
  files: {
    fetch: async () => ({ outcome: 'failed', reason: 'gone', again: false }),
    put: async () => '',
    remove: async () => undefined,
  },
  clock: systemClock,
  log: { info: () => undefined, warn: () => undefined },
};

const empty: DirectivesRepo = {
  get: async () => null,
  getMany: async () => [],
  byShort: async () => [],
  inStates: async () => [],
  putDraft: async () => undefined,
  removeDraft: async () => undefined,
  move: async () => false,
  addRecipients: async () => undefined,
  recipient: async () => null,
  some: async () => [],
  recipientsOf: async () => [],
  standing: async () => [],
  isOwed: async () => false,
  ofUnits: async () => [],
  unansweredBy: async () => [],
  below: async () => [],
  due: async () => [],
  directivesDue: async () => [],
  nextDue: async () => null,
  save: async () => [],
  endTimers: async () => undefined,
  lookAgain: async () => undefined,
  unname: async () => undefined,
};
