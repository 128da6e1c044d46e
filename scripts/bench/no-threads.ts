import type { HandoverView } from '../../src/handover/handover-view';
import { threadTimes } from '../../src/handover/thread-times';
import { workCalendar } from '../../src/org/seed/days-off';

/** Nobody talks with anybody, and nobody has said where they live: for worlds without a store. */
export const noThreads: HandoverView = {
  times: threadTimes(workCalendar(), { promiseMinutes: 60, silenceMinutes: 30 }),
  openOf: async () => [],
  lastOf: async () => null,
  get: async () => null,
  queueFor: async () => [],
  waitingAt: async () => 0,
  reachable: async () => ({ byText: true, atAll: true, free: true, freeUntil: null }),
  communeOf: () => null,
  places: () => ({ communes: [], former: [], villages: [] }),
};
