import type { Campaign } from '../../../src/campaigns/campaign';
import { keyWaits } from '../../../src/campaigns/key-waits';
import type { OutboxRow } from '../../../src/outbox/outbox-row';

/** A request for the second key of a survey leaves only while the key is wanted, and of this person. */

it.each`
  state        | holds    | now       | why
  ${'waiting'} | ${true}  | ${'send'} | ${'it waits'}
  ${'waiting'} | ${false} | ${'drop'} | ${'the post is somebody else’s by now'}
  ${'issued'}  | ${true}  | ${'drop'} | ${'it is out'}
  ${'refused'} | ${true}  | ${'drop'} | ${'it was refused'}
  ${null}      | ${true}  | ${'drop'} | ${'there is none'}
`('$now: $why', async ({ state, holds, now }) => {
  const owner = keyWaits({
    get: async () => (state === null ? null : ({ id: 'K1', state } as Campaign)),
    holdsKey: () => holds,
  });
  const row = { to: 'zalo:nga', onlyIf: { kind: 'campaign_key', ref: 'K1' } } as OutboxRow;
  expect(await owner.isStillNeeded(row, new Date(0))).toEqual({ now });
});
