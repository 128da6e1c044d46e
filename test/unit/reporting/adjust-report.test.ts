import { applyToReport } from '../../../src/reporting/apply-report';
import type { ReportEffect } from '../../../src/reporting/report-effect';
import { aContext, after, anAnswer, aSubmit, usual, march, vn } from './builders';

const sent = after(aContext(), anAnswer(usual, vn('12T08:00')), aSubmit(vn('12T08:01')));
const asked = { by: 'zalo:1001', at: vn('26T08:00'), onBehalf: false };

function adjusting(over: Partial<Extract<ReportEffect, { kind: 'report.adjust' }>> = {}): ReportEffect {
  return {
    ...{ kind: 'report.adjust', id: 'adjust-1:0', key: march, by: 'zalo:5', at: vn('26T09:00') },
    ...{ onBehalf: true, eventId: 'e', asked },
    answer: { figure: 'learners', value: 102, status: 'reported', reason: 'ghi nhầm' },
    ...over,
  };
}

it('after the lock of the commune a figure is corrected with its reason, as the word of whoever asked', () => {
  const done = applyToReport(sent, adjusting(), aContext());
  if (done.outcome !== 'applied') throw new Error(done.outcome);
  expect(done.report.figures['learners']).toMatchObject({
    ...{ value: 102, state: 'approved', by: 'zalo:1001', at: asked.at, reason: 'ghi nhầm', version: 2 },
  });
  expect(done.report.acts.at(-1)).toMatchObject({ kind: 'adjust', by: 'zalo:5' });
  expect(applyToReport(done.report, adjusting(), aContext()).outcome).toBe('already');
});

it.each`
  over                                                                                  | why               | what
  ${{ at: vn('24T16:59') }}                                                             | ${'not_locked'}   | ${'before that lock'}
  ${{ answer: { figure: 'learners', value: 102, status: 'reported' } }}                 | ${'needs_reason'} | ${'without a reason'}
  ${{ answer: { figure: 'classes_held', value: 63, status: 'reported', reason: 'x' } }} | ${'bad_value'}    | ${'what cannot be'}
  ${{ answer: { figure: 'classes_held', value: 0, status: 'zero', reason: 'x' } }}      | ${'bad_value'}    | ${'a contradiction'}
`('refuses $what', ({ over, why }) => {
  expect(applyToReport(sent, adjusting(over), aContext())).toMatchObject({ outcome: 'refused', why });
});

it('a unit that sent nothing has nothing to adjust', () => {
  expect(applyToReport(null, adjusting(), aContext())).toMatchObject({ why: 'nothing_to_submit' });
});
