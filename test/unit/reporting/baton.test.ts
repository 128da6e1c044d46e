import { batonOf, byTimeHeld, type BatonFacts } from '../../../src/reporting/baton';
import type { FigureState, Report, ReportAct } from '../../../src/reporting/report';

const vn = (text: string): Date => new Date(`${text}:00+07:00`);
const OPENS = vn('2026-03-10T08:00');
const LOCK = vn('2026-03-18T17:00');
const NOW = vn('2026-03-14T09:00');

function aReport(
  states: readonly FigureState[],
  submittedAt: string | null = null,
  acts: readonly (readonly [ReportAct['kind'], string])[] = [],
): Report {
  return {
    figures: Object.fromEntries(states.map((state, i) => [`f${i}`, { state }])),
    submittedAt: submittedAt === null ? null : vn(submittedAt),
    acts: acts.map(([kind, at]) => ({ kind, at: vn(at) })),
  } as unknown as Report;
}

const facts = (report: Report | null, approvedBy: 'commune' | null = 'commune'): BatonFacts => ({
  ...{ report, form: { approvedBy }, opensAt: OPENS, lockAt: LOCK, asked: ['f0', 'f1'] },
});

const SENT = '2026-03-12T19:05';
const BACK = '2026-03-13T08:30';

it.each`
  report                                                                            | at                        | step            | holder      | since                 | why
  ${null}                                                                           | ${OPENS}                  | ${'begin'}      | ${'unit'}   | ${null}               | ${'nothing was said'}
  ${null}                                                                           | ${vn('2026-03-09T08:00')} | ${'not_open'}   | ${'nobody'} | ${null}               | ${'the month is not open'}
  ${aReport(['draft'])}                                                             | ${NOW}                    | ${'finish'}     | ${'unit'}   | ${null}               | ${'one of two is there'}
  ${aReport(['draft', 'draft'])}                                                    | ${NOW}                    | ${'send'}       | ${'unit'}   | ${null}               | ${'only to be sent'}
  ${aReport(['draft'])}                                                             | ${LOCK}                   | ${'locked'}     | ${'above'}  | ${'2026-03-18T17:00'} | ${'only the commune may enter it'}
  ${aReport(['submitted', 'submitted'], SENT, [['submit', SENT]])}                  | ${NOW}                    | ${'review'}     | ${'above'}  | ${SENT}               | ${'the officer looks at it'}
  ${aReport(['returned', 'approved'], SENT, [['submit', SENT], ['return', BACK]])}  | ${NOW}                    | ${'look_again'} | ${'unit'}   | ${BACK}               | ${'the baton came back'}
  ${aReport(['approved', 'approved'], SENT, [['submit', SENT], ['approve', BACK]])} | ${NOW}                    | ${'done'}       | ${'nobody'} | ${BACK}               | ${'nobody is waited for'}
`('$step, $holder: $why', ({ report, at, step, holder, since }) => {
  const wanted = since === null ? OPENS : vn(since as string);
  expect(batonOf(facts(report as Report | null), at as Date)).toEqual({ step, holder, since: wanted });
});

it('ends with the sending where nobody above approves', () => {
  const sent = aReport(['submitted', 'submitted'], SENT, [['submit', SENT]]);
  expect(batonOf(facts(sent, null), NOW)).toMatchObject({ step: 'done', holder: 'nobody' });
});

it('puts first what was held longest, and leaves out what nobody waits for', () => {
  const held = [
    { id: 'new', baton: batonOf(facts(aReport(['submitted', 'submitted'], SENT)), NOW) },
    { id: 'old', baton: batonOf(facts(null), NOW) },
    { id: 'done', baton: batonOf(facts(aReport(['approved'], SENT)), NOW) },
  ];
  expect(byTimeHeld(held).map(({ id }) => id)).toEqual(['old', 'new']);
});
