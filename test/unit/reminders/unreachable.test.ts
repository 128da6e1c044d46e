import { unreachableUnits } from '../../../src/reminders/unreachable';
import { aRow } from '../outbox/builders';

const about = (unit: string, also: string[] = []) => ({
  kind: 'report_owed' as const,
  form: 'village-month',
  period: '2026-03',
  unit,
  also: also.map((each) => ({ form: 'village-month', period: '2026-03', unit: each })),
});
const claimed = (...units: string[]) => units.map((unit) => ({ unit, claimed: true }));

it.each`
  state            | reason                | why
  ${'unreachable'} | ${'no_template'}      | ${'window_closed'}
  ${'unreachable'} | ${'template_refused'} | ${'window_closed'}
  ${'unreachable'} | ${'-227'}             | ${'refused'}
  ${'unreachable'} | ${'unfollowed'}       | ${'refused'}
  ${'dead'}        | ${'-200'}             | ${'failed'}
  ${'sent'}        | ${null}               | ${undefined}
  ${'queued'}      | ${null}               | ${undefined}
  ${'uncertain'}   | ${'timeout'}          | ${undefined}
`(
  '$state for $reason is $why',
  ({ state, reason, why }: { state: 'sent'; reason: string | null; why?: string }) => {
    const found = unreachableUnits(claimed('V1'), [aRow({ state, reason, onlyIf: about('V1') })]);
    expect(found.get('V1')).toBe(why);
  },
);

it('lets the newest message decide, and those that were not needed say nothing', () => {
  const failed = aRow({ id: 'a', state: 'unreachable', reason: '-227', onlyIf: about('V1', ['V2']) });
  const sent = aRow({ id: 'b', state: 'sent', onlyIf: about('V2') });
  const dropped = aRow({ id: 'c', state: 'dropped', reason: 'no_longer_true', onlyIf: about('V1') });
  expect([...unreachableUnits(claimed('V1', 'V2', 'V3'), [failed, sent, dropped])]).toEqual([
    ['V1', 'refused'],
  ]);
});

it('names posts that nobody has claimed', () => {
  expect([...unreachableUnits([{ unit: 'V1', claimed: false }], [])]).toEqual([['V1', 'not_claimed']]);
});
