import { reach, windowOf } from '../../../src/outbox/policy';
import { aContact, theRules } from './builders';

/** A channel that takes free text at any time. */

const rules = { ...theRules(), windows: false } as const;
const NOW = new Date('2026-03-12T03:00:00Z');
const LONG_AGO = new Date('2025-03-12T03:00:00Z');

it('is open to somebody who wrote a year ago, at no price', () => {
  const contact = aContact({ lastInteractionAt: LONG_AGO });
  expect(windowOf(contact, NOW, rules)).toBe('free');
  expect(windowOf(contact, NOW, theRules())).toBe('closed');
  expect(reach('reminder', contact, NOW, rules)).toMatchObject({ by: 'text' });
});

it('still leaves alone who went, and whom the channel refuses', () => {
  const gone = aContact({ lastInteractionAt: LONG_AGO, unfollowedAt: NOW });
  expect(reach('reminder', gone, NOW, rules)).toMatchObject({ by: 'nothing', reason: 'unfollowed' });
  const refused = aContact({ lastInteractionAt: LONG_AGO, unreachableAt: NOW, unreachableReason: 'x' });
  expect(reach('reminder', refused, NOW, rules)).toMatchObject({ by: 'nothing', reason: 'refused' });
});
