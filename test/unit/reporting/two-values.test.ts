import { applyToReport } from '../../../src/reporting/apply-report';
import { asBefore } from '../../../src/reporting/as-before';
import type { Report } from '../../../src/reporting/report';
import type { ReportEffect } from '../../../src/reporting/report-effect';
import { aContext, after, anAnswer, anUndo, aSubmit, march, vn } from './builders';

const context = aContext();
const all = { adults_digital: 412, classes_held: 5, learners: 121, households_helped: 7 };
const head = { by: 'zalo:head' } as const;
const deputy = { by: 'zalo:deputy', byDeputy: true } as const;
const officer = { by: 'zalo:officer', onBehalf: true } as const;

type Who = typeof head | typeof deputy | typeof officer;

function sentBy(who: Who): ReportEffect[] {
  return [anAnswer(all, vn('12T08:00'), who), aSubmit(vn('12T08:01'), who)];
}

function says(who: Who, value: number, at = '12T08:05'): ReportEffect {
  return anAnswer({ learners: value }, vn(at), who);
}

function decides(who: Who, take: 'standing' | 'second', second: string, at = '12T08:06'): ReportEffect {
  const base = { onBehalf: false, key: march, at: vn(at), eventId: `d${at}`, id: `d${at}:0`, ...who };
  return { ...base, kind: 'report.decide', figure: 'learners', take, second };
}

function learners(report: Report): unknown {
  const { value, by } = report.figures['learners'] ?? {};
  const second = report.seconds['learners'];
  return { value, by, second: second ? { value: second.value, by: second.by } : null };
}

it.each`
  first      | then       | value  | stands            | beside            | why
  ${head}    | ${deputy}  | ${120} | ${'zalo:head'}    | ${'zalo:deputy'}  | ${'the deputy waits for the head'}
  ${deputy}  | ${head}    | ${120} | ${'zalo:head'}    | ${null}           | ${'the head counts at once'}
  ${head}    | ${officer} | ${120} | ${'zalo:head'}    | ${'zalo:officer'} | ${'the one sent first counts'}
  ${officer} | ${head}    | ${120} | ${'zalo:officer'} | ${'zalo:head'}    | ${'what the officer entered is not written over'}
  ${officer} | ${deputy}  | ${120} | ${'zalo:officer'} | ${'zalo:deputy'}  | ${'nor by the deputy'}
  ${head}    | ${head}    | ${120} | ${'zalo:head'}    | ${null}           | ${'a person replaces their own'}
  ${deputy}  | ${deputy}  | ${120} | ${'zalo:deputy'}  | ${null}           | ${'the deputy too'}
  ${officer} | ${officer} | ${120} | ${'zalo:officer'} | ${null}           | ${'the officer too'}
  ${head}    | ${deputy}  | ${121} | ${'zalo:head'}    | ${null}           | ${'the same value is no second one'}
`('$first.by, then $then.by says $value: $why', ({ first, then, value, stands, beside }) => {
  const report = after(context, ...sentBy(first), says(then, value));
  expect(report.figures['learners']?.by).toBe(stands);
  expect(report.seconds['learners']?.by ?? null).toBe(beside);
  expect(report.figures['learners']?.value).toBe(stands === then.by ? value : 121);
});

it('writes on in a draft, whoever does', () => {
  const report = after(context, anAnswer(all, vn('12T08:00'), head), says(deputy, 120));
  expect(learners(report)).toEqual({ value: 120, by: 'zalo:deputy', second: null });
});

it('takes what a deputy gives for a figure that the head did not know', () => {
  const report = after(
    context,
    anAnswer({ ...all, learners: 'missing' }, vn('12T08:00'), head),
    aSubmit(vn('12T08:01'), head),
    says(deputy, 120),
  );
  expect(learners(report)).toEqual({ value: 120, by: 'zalo:deputy', second: null });
});

it('the head takes the deputy’s value: it stands as the deputy said it, and is in the history', () => {
  const second = says(deputy, 120);
  const report = after(context, ...sentBy(head), second, decides(head, 'second', second.id));
  expect(learners(report)).toEqual({ value: 120, by: 'zalo:deputy', second: null });
  expect(report.versions.filter((v) => v.figure === 'learners').map((v) => v.value)).toEqual([121, 120]);
  expect(report.acts.at(-1)).toMatchObject({ kind: 'decide', by: 'zalo:head' });
});

it('the head keeps what stands: nothing is written but the decision', () => {
  const second = says(deputy, 120);
  const report = after(context, ...sentBy(head), second, decides(head, 'standing', second.id));
  expect(learners(report)).toEqual({ value: 121, by: 'zalo:head', second: null });
  expect(report.versions).toHaveLength(4);
  expect(report.acts.at(-1)).toMatchObject({
    kind: 'decide',
    seconds: [{ figure: 'learners', before: { value: 120, by: 'zalo:deputy' } }],
  });
});

it('the head’s own later value decides about the deputy’s; about the officer’s only the commune does', () => {
  expect(learners(after(context, ...sentBy(head), says(deputy, 120), says(head, 119, '12T08:07')))).toEqual({
    value: 119,
    by: 'zalo:head',
    second: null,
  });
  expect(learners(after(context, ...sentBy(head), says(officer, 120), says(head, 119, '12T08:07')))).toEqual({
    value: 119,
    by: 'zalo:head',
    second: { value: 120, by: 'zalo:officer' },
  });
});

it.each`
  who        | first      | then       | outcome
  ${head}    | ${head}    | ${deputy}  | ${'applied'}
  ${deputy}  | ${head}    | ${deputy}  | ${'not_yours'}
  ${head}    | ${head}    | ${officer} | ${'not_yours'}
  ${officer} | ${head}    | ${officer} | ${'applied'}
  ${officer} | ${officer} | ${deputy}  | ${'applied'}
`('$who.by decides between $first.by and $then.by: $outcome', ({ who, first, then, outcome }) => {
  const second = says(then, 120);
  const report = after(context, ...sentBy(first), second);
  const result = applyToReport(report, decides(who, 'second', second.id), context);
  expect(result.outcome === 'refused' ? result.why : result.outcome).toBe(outcome);
});

it('nobody decides about a value that is another one by now', () => {
  const second = says(deputy, 120);
  const report = after(context, ...sentBy(head), second, says(deputy, 118, '12T08:06'));
  expect(applyToReport(report, decides(head, 'second', second.id, '12T08:07'), context)).toMatchObject({
    outcome: 'refused',
    why: 'nothing_to_decide',
  });
});

it('a third value is refused, not lost: the deputy’s while the officer’s waits; the head’s goes before the deputy’s', () => {
  const waiting = after(context, ...sentBy(head), says(officer, 120));
  expect(applyToReport(waiting, says(deputy, 110, '12T08:06'), context)).toMatchObject({
    outcome: 'refused',
    why: 'undecided',
    report: waiting,
  });
  const behind = after(context, ...sentBy(officer), says(deputy, 110), says(head, 119, '12T08:06'));
  expect(learners(behind)).toMatchObject({ value: 121, second: { value: 119, by: 'zalo:head' } });
});

it('says so again in the word of who stands: the second value is withdrawn', () => {
  const report = after(context, ...sentBy(head), says(deputy, 120), says(deputy, 121, '12T08:06'));
  expect(learners(report)).toEqual({ value: 121, by: 'zalo:head', second: null });
});

it('undo is each person’s own: the deputy takes back the second value, the head what the head did', () => {
  const effects = [...sentBy(head), says(deputy, 120)];
  const withdrawn = after(context, ...effects, anUndo(vn('12T08:06'), deputy));
  expect(learners(withdrawn)).toEqual({ value: 121, by: 'zalo:head', second: null });
  expect(withdrawn.state).toBe('submitted');
  const taken = after(context, ...effects, anUndo(vn('12T08:06'), head));
  expect(taken).toMatchObject({ state: 'draft', submittedAt: null });
  expect(
    applyToReport(after(context, ...sentBy(head)), anUndo(vn('12T08:06'), deputy), context),
  ).toMatchObject({
    why: 'nothing_to_undo',
  });
});

it('undo leaves alone what somebody else has changed since', () => {
  const effects = [...sentBy(deputy), says(deputy, 120), says(head, 119, '12T08:06')];
  expect(applyToReport(after(context, ...effects), anUndo(vn('12T08:07'), deputy), context)).toMatchObject({
    outcome: 'refused',
    why: 'nothing_to_undo',
  });
});

it('undo of a decision lets the second value wait again', () => {
  const second = says(deputy, 120);
  const report = after(
    context,
    ...sentBy(head),
    second,
    decides(head, 'second', second.id),
    anUndo(vn('12T08:07'), head),
  );
  expect(learners(report)).toEqual({
    value: 121,
    by: 'zalo:head',
    second: { value: 120, by: 'zalo:deputy' },
  });
});

it('a turn played again sees the second values as they were', () => {
  const second = says(deputy, 120);
  const before = after(context, ...sentBy(head), second);
  const decision = decides(head, 'standing', second.id);
  const decided = applyToReport(before, decision, context);
  expect(decided.outcome).toBe('applied');
  if (decided.outcome !== 'applied') throw new Error('not applied');
  expect(asBefore(decided.report, decision.eventId, context.deadline)?.seconds).toEqual(before.seconds);
  expect(asBefore(before, second.eventId, context.deadline)?.seconds).toEqual({});
});

it('compares with the last month that has a value, though the month before was missed', () => {
  const january = after(
    aContext({}, '2026-01'),
    anAnswer(all, vn('12T08:00', '2026-01'), { key: { ...march, period: '2026-01' } }),
    aSubmit(vn('12T08:01', '2026-01'), { key: { ...march, period: '2026-01' } }),
  );
  const report = after(aContext({ earlier: [january] }), anAnswer(all, vn('12T08:00')));
  expect(Object.values(report.figures).map((v) => v.change)).toEqual(Array(4).fill('unchanged'));
});
