import villageMonth from '../../../src/reporting/forms/village-month.form';
import { applyToReport, undoable } from '../../../src/reporting/apply-report';
import { defineForm } from '../../../src/reporting/form';
import { figureOf } from '../../../src/reporting/indicators';
import type { Report } from '../../../src/reporting/report';
import { stateAt } from '../../../src/reporting/report';
import { aContext, after, anAnswer, anUndo, aSubmit, february, usual, vn, type Said } from './builders';

const context = aContext();
const all: Said = { adults_digital: 412, classes_held: 5, learners: 121, households_helped: 7 };

function values(report: Report | null): Record<string, number | null> {
  return Object.fromEntries(Object.values(report?.figures ?? {}).map((v) => [v.figure, v.value]));
}

it('sends a draft: four values, against February two changed and two unchanged, with a receipt', () => {
  const report = after(
    aContext({ earlier: [february()] }),
    anAnswer(usual, vn('12T08:00')),
    anAnswer({ classes_held: 5, learners: 121 }, vn('12T08:01')),
    aSubmit(vn('12T08:02')),
  );
  expect(report).toMatchObject({
    state: 'submitted',
    receipt: 'ĐL-03',
    late: false,
    submittedAt: vn('12T08:02'),
  });
  expect(Object.values(report.figures).map((v) => [v.figure, v.value, v.change, v.state, v.version])).toEqual(
    [
      ['adults_digital', 412, 'unchanged', 'submitted', 1],
      ['classes_held', 5, 'changed', 'submitted', 2],
      ['learners', 121, 'changed', 'submitted', 2],
      ['households_helped', 7, 'unchanged', 'submitted', 1],
    ],
  );
});

it('calls everything new when the month before was not sent', () => {
  const draft = after(aContext({}, '2026-02'), anAnswer(usual, vn('12T08:00', '2026-02')));
  const report = after(aContext({ earlier: [draft] }), anAnswer(all, vn('12T08:00')));
  expect(Object.values(report.figures).map((v) => v.change)).toEqual(['new', 'new', 'new', 'new']);
});

it('needs every figure that is asked, or the word that it is missing, and never makes a zero of it', () => {
  const three = anAnswer({ adults_digital: 412, classes_held: 0, learners: 0 }, vn('12T08:00'));
  const draft = after(context, three);
  expect(applyToReport(draft, aSubmit(vn('12T08:01')), context)).toMatchObject({
    outcome: 'refused',
    why: 'incomplete',
  });
  const sent = after(
    context,
    three,
    anAnswer({ households_helped: 'missing' }, vn('12T08:02')),
    aSubmit(vn('12T08:03')),
  );
  expect(sent.figures['households_helped']).toMatchObject({
    value: null,
    status: 'missing',
    state: 'submitted',
  });
  expect(sent.figures['learners']).toMatchObject({ value: 0, status: 'zero' });
});

it('asks for further figures only when they are switched on, and takes them unasked', () => {
  const withMore = after(
    context,
    anAnswer({ ...all, vneid_confirmed: 31 }, vn('12T08:00')),
    aSubmit(vn('12T08:01')),
  );
  expect(values(withMore)['vneid_confirmed']).toBe(31);
  const switchedOn = aContext({ asked: [...context.asked, 'level2_activated'] });
  const draft = after(switchedOn, anAnswer(all, vn('12T08:00')));
  expect(applyToReport(draft, aSubmit(vn('12T08:01')), switchedOn)).toMatchObject({ why: 'incomplete' });
});

it.each`
  at            | outcome      | late
  ${'17T17:00'} | ${'applied'} | ${false}
  ${'17T17:01'} | ${'applied'} | ${true}
  ${'18T16:59'} | ${'applied'} | ${true}
  ${'18T17:00'} | ${'locked'}  | ${undefined}
`('what arrives at $at is $outcome, late $late', ({ at, outcome, late }) => {
  const draft = after(context, anAnswer(all, vn('12T08:00')));
  const result = applyToReport(draft, aSubmit(vn(at)), context);
  expect(result.outcome).toBe(outcome);
  expect(result.outcome === 'applied' ? result.report.late : undefined).toBe(late);
});

it('keeps what is said before the opening as a draft, and sends it after', () => {
  const draft = after(context, anAnswer(all, vn('05T08:00')));
  expect(applyToReport(draft, aSubmit(vn('05T08:01')), context)).toEqual({
    outcome: 'refused',
    why: 'not_open',
    report: draft,
  });
  expect(applyToReport(draft, aSubmit(vn('10T08:00')), context).outcome).toBe('applied');
});

it('locks corrections and undo too, and says since when', () => {
  const sent = after(context, anAnswer(all, vn('18T16:50')), aSubmit(vn('18T16:55')));
  for (const effect of [anAnswer({ learners: 15 }, vn('18T19:00')), anUndo(vn('18T17:00'))])
    expect(applyToReport(sent, effect, context)).toEqual({
      outcome: 'locked',
      since: vn('18T17:00'),
      report: sent,
    });
  expect(stateAt(sent, context.lockAt, vn('18T16:59'))).toBe('submitted');
  expect(stateAt(sent, context.lockAt, vn('18T17:00'))).toBe('locked');
});

it('replaces a sent figure and keeps 121 in the history', () => {
  const report = after(
    context,
    anAnswer(all, vn('12T08:00')),
    aSubmit(vn('12T08:01')),
    anAnswer({ learners: 120 }, vn('13T09:00')),
  );
  expect(report).toMatchObject({ state: 'submitted', submittedAt: vn('12T08:01') });
  expect(report.figures['learners']).toMatchObject({ value: 120, version: 2, state: 'submitted' });
  expect(report.versions.filter((v) => v.figure === 'learners').map((v) => v.value)).toEqual([121, 120]);
});

it('a late correction does not make a report late that was sent in time', () => {
  const report = after(
    context,
    anAnswer(all, vn('12T08:00')),
    aSubmit(vn('12T08:01')),
    anAnswer({ learners: 120 }, vn('18T09:00')),
  );
  expect(report.late).toBe(false);
});

it('takes back a sending: a draft again, with all its values, and sends it anew', () => {
  const sent = after(context, anAnswer(all, vn('17T16:55')), aSubmit(vn('17T16:58')));
  const draft = after(
    context,
    anAnswer(all, vn('17T16:55')),
    aSubmit(vn('17T16:58')),
    anUndo(vn('17T17:02')),
  );
  expect(draft).toMatchObject({ state: 'draft', submittedAt: null, late: false, receipt: sent.receipt });
  expect(Object.values(draft.figures).map((v) => v.state)).toEqual(['draft', 'draft', 'draft', 'draft']);
  expect(values(draft)).toEqual(values(sent));
  const again = applyToReport(draft, aSubmit(vn('17T17:03')), context);
  expect(again).toMatchObject({ outcome: 'applied', report: { state: 'submitted', late: true } });
});

it('takes back a correction: the old value stands again, and all three are in the history', () => {
  const effects = [
    anAnswer(all, vn('12T08:00')),
    aSubmit(vn('12T08:01')),
    anAnswer({ learners: 12, level2_activated: 9 }, vn('12T08:05')),
    anUndo(vn('12T08:06')),
  ];
  const report = after(context, ...effects);
  expect(report.state).toBe('submitted');
  expect(report.versions.filter((v) => v.figure === 'learners').map((v) => v.value)).toEqual([121, 12, 121]);
  expect(report.figures['level2_activated']).toMatchObject({ value: null, status: 'not_applicable' });
  const next = after(context, ...effects, anUndo(vn('12T08:07')));
  expect(next.state).toBe('draft');
  expect(undoable(next, 'zalo:1001')).toBeNull();
});

it.each`
  at            | outcome      | why
  ${'12T08:11'} | ${'applied'} | ${undefined}
  ${'12T08:12'} | ${'refused'} | ${'undo_expired'}
`('undo at $at of a sending at 08:01 is $outcome', ({ at, outcome, why }) => {
  const sent = after(context, anAnswer(all, vn('12T08:00')), aSubmit(vn('12T08:01')));
  const result = applyToReport(sent, anUndo(vn(at)), context);
  expect(result).toMatchObject(why ? { outcome, why } : { outcome });
});

it('the same effect again changes nothing, also after others', () => {
  const first = anAnswer(all, vn('12T08:00'));
  const submit = aSubmit(vn('12T08:01'));
  const report = after(context, first, submit);
  for (const effect of [first, submit])
    expect(applyToReport(report, effect, context)).toEqual({ outcome: 'already', report });
});

it('saying the same again adds no version; a reason for it does', () => {
  const report = after(
    context,
    anAnswer({ learners: 96 }, vn('12T08:00')),
    anAnswer({ learners: 96 }, vn('12T08:01')),
  );
  expect(report.versions).toHaveLength(1);
  const why = anAnswer({}, vn('12T08:02'));
  if (why.kind !== 'report.answer') throw new Error('not an answer');
  const reasoned = applyToReport(
    report,
    { ...why, figures: [{ figure: 'learners', value: 96, status: 'reported', reason: 'campaign' }] },
    context,
  );
  expect(reasoned).toMatchObject({ report: { figures: { learners: { version: 2, reason: 'campaign' } } } });
});

it.each`
  said                       | why
  ${{ adults_digital: 601 }} | ${'more than the adults of the unit'}
  ${{ classes_held: 4.5 }}   | ${'half a class'}
  ${{ learners: -1 }}        | ${'less than nothing'}
  ${{ learners: NaN }}       | ${'not a number'}
  ${{ no_such_figure: 1 }}   | ${'a figure of no form'}
`('refuses $said: $why', ({ said }) => {
  const effect = anAnswer({ classes_held: 3, ...said }, vn('12T08:00'));
  expect(applyToReport(null, effect, context)).toEqual({
    outcome: 'refused',
    why: 'bad_value',
    report: null,
  });
});

it('refuses to send, or to correct into, two figures that contradict each other', () => {
  const form = defineForm({
    ...villageMonth,
    id: 'village-month',
    figures: [figureOf('village.classes_held'), figureOf('village.learners')],
    checks: [{ left: 'classes_held', op: '<=', right: 'learners', else: 'more_classes_than_learners' }],
  });
  const strict = aContext({ form, asked: ['classes_held', 'learners'] });
  const wrong = after(strict, anAnswer({ classes_held: 5, learners: 3 }, vn('12T08:00')));
  expect(applyToReport(wrong, aSubmit(vn('12T08:01')), strict)).toMatchObject({ why: 'bad_value' });
  const sent = after(
    strict,
    anAnswer({ classes_held: 5, learners: 30 }, vn('12T08:00')),
    aSubmit(vn('12T08:01')),
  );
  const result = applyToReport(sent, anAnswer({ learners: 3 }, vn('12T08:02')), strict);
  expect(result).toEqual({ outcome: 'refused', why: 'bad_value', report: sent });
});

it('has nothing to send or to take back when nothing was said', () => {
  expect(applyToReport(null, aSubmit(vn('12T08:00')), context)).toMatchObject({ why: 'nothing_to_submit' });
  expect(applyToReport(null, anUndo(vn('12T08:00')), context)).toMatchObject({ why: 'nothing_to_undo' });
  const sent = after(context, anAnswer(all, vn('12T08:00')), aSubmit(vn('12T08:01')));
  expect(applyToReport(sent, aSubmit(vn('12T08:02')), context)).toMatchObject({ why: 'nothing_to_submit' });
});

it('does not change the report it was given', () => {
  const draft = after(context, anAnswer(all, vn('12T08:00')));
  const copy = structuredClone(draft);
  applyToReport(draft, aSubmit(vn('12T08:01')), context);
  applyToReport(draft, anAnswer({ learners: 1 }, vn('12T08:01')), context);
  expect(draft).toEqual(copy);
});
