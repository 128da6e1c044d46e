import { notesOfReport } from '../../../src/reporting/report-audit';
import { aContext, after, anAnswer, anUndo, aSubmit, usual, vn } from './builders';

const holder = () => 'zalo:1001';

it('tells who entered, sent and corrected what, each with what stood before', () => {
  const report = after(
    aContext(),
    anAnswer(usual, vn('12T08:00'), { id: 'a:0', eventId: 'a' }),
    aSubmit(vn('12T08:01'), { id: 'b:0', eventId: 'b' }),
    anAnswer({ learners: 120 }, vn('12T08:02'), { id: 'c:0', eventId: 'c' }),
  );
  const notes = notesOfReport(report, holder);
  expect(notes.map(({ id, act, eventId }) => [id, act, eventId])).toEqual([
    ['report:a:0', 'report.entered', 'a'],
    ['report:b:0', 'report.sent', 'b'],
    ['report:c:0', 'report.corrected', 'c'],
  ]);
  expect(notes[1]).toMatchObject({
    subject: 'village-month/2026-03',
    unit: '99001-07',
    after: { report: 'submitted', late: false, figures: { 'village.learners': { value: 96 } } },
  });
  expect(notes[2]).toMatchObject({
    before: { figures: { 'village.learners': { value: 96, status: 'reported' } } },
    after: { figures: { 'village.learners': { value: 120, status: 'reported' } } },
  });
});

it('a sending taken back is a draft again', () => {
  const report = after(
    aContext(),
    anAnswer(usual, vn('12T08:00')),
    aSubmit(vn('12T08:01')),
    anUndo(vn('12T08:02')),
  );
  expect(notesOfReport(report, holder).at(-1)).toMatchObject({
    act: 'report.undone',
    after: { report: 'draft' },
  });
});

it('names the holder of the post where it was said on behalf', () => {
  const report = after(aContext(), anAnswer(usual, vn('12T08:00'), { by: 'zalo:9', onBehalf: true }));
  expect(notesOfReport(report, holder)).toMatchObject([
    { by: 'zalo:9', onBehalfOf: 'zalo:1001', after: { onBehalf: true } },
  ]);
});
