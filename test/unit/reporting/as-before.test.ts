import fc from 'fast-check';
import { applyToReport } from '../../../src/reporting/apply-report';
import { asBefore } from '../../../src/reporting/as-before';
import type { Report } from '../../../src/reporting/report';
import type { ReportEffect } from '../../../src/reporting/report-effect';
import {
  aContext,
  anAnswer,
  anApproval,
  anEntry,
  anExtension,
  anObjection,
  anUndo,
  aReturn,
  aSubmit,
  after,
  STANDING,
  vn,
} from './builders';

const context = aContext();
const all = { adults_digital: 412, classes_held: 4, learners: 96, households_helped: 7 };

/** What a turn decides from; bookkeeping of the store left aside. */
function seen(report: Report | null): unknown {
  if (!report) return null;
  const { touchedAt, ...rest } = report;
  expect(touchedAt).toBeInstanceOf(Date);
  return rest;
}

type Step =
  | { act: 'answer'; figure: string; value: number }
  | { act: 'return'; figure: string }
  | { act: 'enter'; value: number }
  | { act: 'submit' | 'undo' | 'approve' | 'extend' | 'object' };

function effectOf(step: Step, report: Report | null, at: Date): ReportEffect {
  switch (step.act) {
    case 'answer': {
      const answer = anAnswer({ [step.figure]: step.value }, at) as Extract<
        ReportEffect,
        { kind: 'report.answer' }
      >;
      return { ...answer, figures: answer.figures.map((figure) => ({ ...figure, reason: 'đếm lại' })) };
    }
    case 'return':
      return aReturn([step.figure], at);
    case 'enter':
      return anEntry({ ...all, households_helped: step.value }, at);
    case 'submit':
      return aSubmit(at);
    case 'undo':
      return anUndo(at);
    case 'approve':
      return anApproval(report ?? after(context, anAnswer(all, at)), at);
    case 'extend':
      return anExtension(at);
    case 'object':
      return anObjection(at);
  }
}

it('leaves a report alone that the event never touched', () => {
  const report = after(context, anAnswer(all, vn('12T08:00')));
  expect(asBefore(report, 'another', context.deadline)).toBe(report);
  expect(asBefore(null, 'another', context.deadline)).toBeNull();
});

it('gives nothing for a report that the event began', () => {
  const first = anAnswer(all, vn('12T08:00'));
  expect(asBefore(after(context, first), first.eventId, context.deadline)).toBeNull();
});

it('does not take one event for another whose id begins alike', () => {
  const first = anAnswer(all, vn('12T08:00'), { id: 'e:10:0', eventId: 'e:10' });
  const report = after(context, first);
  expect(asBefore(report, 'e:1', context.deadline)).toBe(report);
});

it('is the report as it was, whatever the last act', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.record({
            act: fc.constant('answer' as const),
            figure: fc.constantFrom(...STANDING),
            value: fc.integer({ min: 0, max: 60 }),
          }),
          fc.record({ act: fc.constant('submit' as const) }),
          fc.record({ act: fc.constant('undo' as const) }),
          fc.record({ act: fc.constant('approve' as const) }),
          fc.record({ act: fc.constant('return' as const), figure: fc.constantFrom(...STANDING) }),
          fc.record({ act: fc.constant('enter' as const), value: fc.integer({ min: 1, max: 60 }) }),
          fc.record({ act: fc.constant('extend' as const) }),
          fc.record({ act: fc.constant('object' as const) }),
        ),
        { minLength: 1, maxLength: 16 },
      ),
      fc.boolean(),
      (acts, late) => {
        const begin = vn(late ? '17T16:55' : '13T08:00').getTime();
        let report: Report | null = late ? after(context, anAnswer(all, vn('12T08:00'))) : null;
        acts.forEach((each, i) => {
          const at = new Date(begin + i * 60_000);
          const effect = effectOf(each, report, at);
          const outcome = applyToReport(report, effect, context);
          if (outcome.outcome !== 'applied') return;
          expect(seen(asBefore(outcome.report, effect.eventId, context.deadline))).toEqual(seen(report));
          report = outcome.report;
        });
      },
    ),
    { seed: 31, numRuns: 600 },
  );
});
