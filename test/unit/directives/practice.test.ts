import { paceOf } from '../../../src/directives/practice';
import { aRecipient, given, vn } from './builders';

/** How soon offices answered in a practice. */

const sent = { first: vn('16T08:00') };
const at = (iso: string, more = {}) =>
  aRecipient({
    steps: sent,
    reached: 'seen',
    answer: 'acknowledged',
    answers: [given({ at: vn(iso), ...more })],
  });

it('every office is in exactly one, counted from when its message was really sent', () => {
  const all = [
    at('16T09:00'),
    at('16T09:01'),
    at('17T08:00'),
    at('17T08:01'),
    aRecipient({ steps: sent, reached: 'sent' }),
    aRecipient({ reached: 'unreachable' }),
    // The commune said it for them; another answered when it was over.
    at('16T08:10', { onBehalf: '1' }),
    at('20T08:00', { when: 'after_closed' }),
  ];
  const pace = paceOf(all);
  expect(pace).toEqual({ hour: 1, day: 2, later: 1, silent: 3, unreachable: 1 });
  expect(Object.values(pace).reduce((sum, one) => sum + one)).toBe(all.length);
});
