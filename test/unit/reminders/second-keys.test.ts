import type { OutboxRow } from '../../../src/outbox/outbox-row';
import { secondKeys } from '../../../src/reminders/second-keys';
import type { Adjustment } from '../../../src/reporting/ledger';
import type { Release } from '../../../src/reporting/release';

/** A request for a second key that waited for the hour: it leaves only while the key is still wanted. */

const release = (settled: Partial<Release>): Release =>
  ({ id: '2026-03-1', confirmedBy: null, refusedBy: null, ...settled }) as Release;
const row = (kind: 'release_key' | 'adjustment_key') => ({ onlyIf: { kind, ref: 'x' } }) as OutboxRow;

it.each`
  kind                | release                                 | adjustment          | now       | why
  ${'release_key'}    | ${release({})}                          | ${null}             | ${'send'} | ${'it waits'}
  ${'release_key'}    | ${release({ confirmedBy: 'zalo:nga' })} | ${null}             | ${'drop'} | ${'it is confirmed'}
  ${'release_key'}    | ${release({ refusedBy: 'zalo:nga' })}   | ${null}             | ${'drop'} | ${'it is refused'}
  ${'release_key'}    | ${null}                                 | ${null}             | ${'drop'} | ${'there is none'}
  ${'adjustment_key'} | ${null}                                 | ${{} as Adjustment} | ${'send'} | ${'it waits'}
  ${'adjustment_key'} | ${null}                                 | ${null}             | ${'drop'} | ${'it is settled'}
`('$kind: $now, $why', async ({ kind, release: found, adjustment, now }) => {
  const keys = secondKeys({
    releases: { get: async () => found },
    ledger: { adjustment: async () => adjustment },
  });
  expect(await keys.isStillNeeded(row(kind))).toEqual({ now });
});
