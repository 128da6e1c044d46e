import fc from 'fast-check';
import { applyToReport } from '../../../src/reporting/apply-report';
import { askedFigures, formOf } from '../../../src/reporting/forms';
import { recompute } from '../../../src/reporting/recompute';
import type { Report } from '../../../src/reporting/report';
import type { FigureAnswer, ReportEffect } from '../../../src/reporting/report-effect';
import { RollupIndex } from '../../../src/reporting/rollup-index';
import type { UnitTotals } from '../../../src/reporting/totals';
import { ratioAnswer, textAnswer, yesNoAnswer } from '../../../src/reporting/values';
import { UnitTree } from '../../../src/org/units';
import type { UnitLevel, UnitRecord, UnitSpan } from '../../../src/org/unit';
import {
  aContext,
  after,
  anAnswer,
  answers,
  aSubmit,
  aTree,
  STANDING,
  usual,
  vn,
  type PlainUnit,
} from './builders';

const form = formOf('village-month');
const PERIOD = '2026-03';

/** A province of so many communes, the villages dealt out to them in turn. */
function aProvince(communes: number, villages: number): UnitTree {
  const list: PlainUnit[] = [{ code: '24', level: 'province', parent: null }];
  for (let c = 1; c <= communes; c += 1) list.push({ code: `c${c}`, level: 'commune', parent: '24' });
  for (let v = 0; v < villages; v += 1) {
    const parent = `c${(v % communes) + 1}`;
    list.push({ code: `${parent}-${v}`, level: 'village', parent });
  }
  return aTree(list);
}

function villagesOf(tree: UnitTree): string[] {
  return tree.villagesUnder('24', '2026-03-31').map((unit) => unit.code);
}

/** Cells that differ between the kept sums and a reckoning from nothing, over all units and columns. */
function differing(
  index: RollupIndex,
  tree: UnitTree,
  reports: Iterable<Report>,
  asked = askedFigures(form, PERIOD, {}),
  of = form,
) {
  const plain = recompute(of, PERIOD, asked, tree, reports);
  const wrong: { unit: string; kept: UnitTotals | null; plain: UnitTotals }[] = [];
  for (const [unit, totals] of plain) {
    const kept = index.totals(unit);
    if (JSON.stringify(kept) !== JSON.stringify(totals)) wrong.push({ unit, kept, plain: totals });
  }
  return { units: plain.size, wrong };
}

const twentyNine = aProvince(1, 29);

function sent(unit: string, said: Record<string, number | 'missing'>, at = vn('12T08:00')): Report {
  const key = { form: form.id, period: PERIOD, unit };
  return after(aContext(), anAnswer(said, at, { key }), aSubmit(at, { key }));
}

it('carries its coverage: 27 sent, one with nothing, one silent', () => {
  const villages = villagesOf(twentyNine);
  const index = new RollupIndex(form, PERIOD, askedFigures(form, PERIOD, {}), twentyNine);
  const silent = villages[6] as string;
  let sum = 0;
  for (const [i, unit] of villages.filter((code) => code !== silent).entries()) {
    const said = i === 0 ? { ...usual, classes_held: 0, learners: 0, households_helped: 0 } : usual;
    sum += said.classes_held as number;
    index.apply(sent(unit, said, i < 26 ? vn('15T08:00') : vn('17T18:20')));
  }
  for (const unit of ['24', 'c1'])
    expect(index.totals(unit)).toMatchObject({
      onTime: 26,
      late: 2,
      expected: 29,
      indicators: expect.arrayContaining([
        {
          id: 'classes_held',
          measure: 'session',
          value: sum,
          covered: 28,
          expected: 29,
          zero: 1,
          missing: [silent],
        },
      ]),
    });
  expect(index.notSent('24')).toEqual([silent]);
});

it('counts neither drafts, nor what was taken back, nor what is said to be missing', () => {
  const index = new RollupIndex(form, PERIOD, askedFigures(form, PERIOD, {}), twentyNine);
  const [a, b, c] = villagesOf(twentyNine) as [string, string, string];
  const key = { form: form.id, period: PERIOD, unit: a };
  index.apply(after(aContext(), anAnswer(usual, vn('12T08:00'), { key })));
  index.apply(sent(b, { ...usual, learners: 'missing' }));
  index.apply({ ...sent(c, usual), rev: 1 });
  const undone = applyToReport(
    sent(c, usual),
    {
      kind: 'report.undo',
      id: 'u:0',
      key: { ...key, unit: c },
      by: 'zalo:1001',
      onBehalf: false,
      at: vn('12T08:01'),
      eventId: 'u',
    },
    aContext(),
  );
  if (undone.outcome !== 'applied') throw new Error(undone.outcome);
  index.apply(undone.report);
  const totals = index.totals('c1');
  expect(totals).toMatchObject({ onTime: 1, late: 0, expected: 29 });
  expect(totals?.indicators.map(({ id, value, covered, zero }) => [id, value, covered, zero])).toEqual([
    ['adults_digital', 412, 1, 0],
    ['classes_held', 4, 1, 0],
    ['learners', null, 0, 0],
    ['households_helped', 7, 1, 0],
  ]);
  expect(totals?.indicators[2]?.missing).toHaveLength(29);
});

it('shows a figure that is not asked where somebody gave it, as one of all the villages of the form', () => {
  const index = new RollupIndex(form, PERIOD, askedFigures(form, PERIOD, {}), twentyNine);
  const [a] = villagesOf(twentyNine) as [string];
  expect(index.totals('24')?.indicators.map((i) => i.id)).toEqual(STANDING);
  index.apply(sent(a, { ...usual, vneid_confirmed: 31 }));
  expect(index.totals('24')?.indicators.at(-1)).toEqual({
    id: 'vneid_confirmed',
    measure: 'person',
    value: 31,
    covered: 1,
    expected: 29,
    zero: 0,
    missing: villagesOf(twentyNine).filter((code) => code !== a),
  });
});

it('knows only the units of its period', () => {
  const index = new RollupIndex(form, PERIOD, askedFigures(form, PERIOD, {}), twentyNine);
  expect(index.totals('nowhere')).toBeNull();
  expect(index.apply(sent('nowhere', usual))).toBe(false);
  const none = index.totals(villagesOf(twentyNine)[0] as string);
  expect(none).toMatchObject({ expected: 1, indicators: [{ value: null, covered: 0 }, {}, {}, {}] });
});

it('is a picture: a table does not move with what comes after', () => {
  const index = new RollupIndex(form, PERIOD, askedFigures(form, PERIOD, {}), twentyNine);
  const before = index.table();
  index.apply(sent(villagesOf(twentyNine)[0] as string, usual));
  const after = index.table();
  expect([before.figures[0]?.sum[0], after.figures[0]?.sum[0]]).toEqual([0, 412]);
  expect(after.codes[0]).toBe('24');
});

/** What one village does, in order: figures said, sent, taken back. */
type Deed = {
  village: number;
  gap: number;
  kind: ReportEffect['kind'];
  said: Record<string, number | 'missing'>;
};

function deeds(villages: number): fc.Arbitrary<Deed[]> {
  const value = fc.oneof(
    { weight: 4, arbitrary: fc.nat(60) },
    fc.constant(0),
    fc.constant('missing' as const),
  );
  const said = fc.record(
    {
      adults_digital: value,
      classes_held: value,
      learners: value,
      households_helped: value,
      vneid_confirmed: value,
    },
    { requiredKeys: [] },
  );
  const whole = fc
    .tuple(value, value, value, value)
    .map(([adults_digital, classes_held, learners, households_helped]) => ({
      adults_digital,
      classes_held,
      learners,
      households_helped,
    }));
  return fc.array(
    fc.record({
      village: fc.nat(villages - 1),
      // Minutes since the deed before: some close enough to be taken back, in all past the deadline and the lock.
      gap: fc.oneof({ weight: 5, arbitrary: fc.nat(1) }, fc.integer({ min: 5, max: 60 })),
      kind: fc.constantFrom(
        'report.answer',
        'report.answer',
        'report.submit',
        'report.submit',
        'report.undo',
      ),
      said: fc.oneof(said, whole, whole),
    }),
    { minLength: 20, maxLength: 200, size: 'max' },
  );
}

/** Every state each report went through, and its last. */
function play(all: readonly Deed[], villages: readonly string[]) {
  const last = new Map<string, Report>();
  const states: Report[] = [];
  let minute = 0;
  for (const [n, { village, gap, kind, said }] of all.entries()) {
    minute += gap;
    const unit = villages[village] as string;
    const effect = {
      ...{
        id: `d${n}:0`,
        key: { form: form.id, period: PERIOD, unit },
        by: 'zalo:1001',
        onBehalf: false,
        eventId: `d${n}`,
      },
      at: new Date(vn('17T15:00').getTime() + minute * 60_000),
      kind,
      ...(kind === 'report.answer' ? { figures: answers(said) } : {}),
    } as ReportEffect;
    const result = applyToReport(last.get(unit) ?? null, effect, aContext());
    if (result.outcome !== 'applied') continue;
    last.set(unit, result.report);
    states.push(result.report);
  }
  return { states, last };
}

it('0 cells differ from a reckoning from nothing, whatever was sent, corrected and taken back, in any order and twice', () => {
  const tree = aProvince(2, 5);
  const villages = villagesOf(tree);
  const seen = { standing: 0, late: 0, undone: 0, corrected: 0, lateUndone: 0 };
  fc.assert(
    fc.property(deeds(villages.length), fc.infiniteStream(fc.nat()), (all, dice) => {
      const { states, last } = play(all, villages);
      const index = new RollupIndex(form, PERIOD, askedFigures(form, PERIOD, {}), tree);
      seen.lateUndone += states.filter(
        (s) => s.late && states.some((t) => t.id === s.id && t.rev === s.rev + 1 && !t.late),
      ).length;
      const roll = (): number => dice.next().value as number;
      const inOrder = roll() % 2 === 0;
      const arrivals = [...states, ...states.filter(() => roll() % 2 === 0)]
        .map((report, i) => ({ report, place: inOrder ? i : roll() }))
        .sort((x, y) => x.place - y.place);
      for (const { report } of arrivals) index.apply(report);
      for (const { submittedAt, late, acts } of last.values()) {
        seen.standing += submittedAt ? 1 : 0;
        seen.late += late ? 1 : 0;
        seen.undone += acts.filter((act) => act.kind === 'undo').length;
        seen.corrected += acts.filter((act) => act.kind === 'correct').length;
      }
      const { units, wrong } = differing(index, tree, last.values());
      expect(units).toBe(8);
      expect(wrong).toEqual([]);
    }),
    { numRuns: 60, seed: 20260317 },
  );
  // The property says nothing unless all of it happens.
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(5);
});

it('99 communes and 2,850 villages: 0 cells differ, at every level', () => {
  const tree = aProvince(99, 2850);
  const villages = villagesOf(tree);
  const random = fc.sample(fc.nat(1_000_000), { numRuns: 40_000, seed: 99 });
  let next = 0;
  const dice = (sides: number): number => (random[next++ % random.length] as number) % sides;
  const states: Report[] = [];
  const last = new Map<string, Report>();
  for (const [n, unit] of villages.entries()) {
    if (dice(12) === 0) continue;
    const said = Object.fromEntries(
      STANDING.map((id) => [id, dice(9) === 0 ? 'missing' : dice(7) === 0 ? 0 : dice(60)]),
    ) as Record<string, number | 'missing'>;
    // Nobody can come where nothing was held.
    if (said['classes_held'] === 0) said['learners'] = 0;
    let report = sent(unit, said, dice(5) === 0 ? vn('17T18:00') : vn('15T09:00'));
    states.push(report);
    if (dice(4) === 0) {
      const correction = anAnswer({ learners: dice(200) }, vn('17T19:00'), {
        key: { form: form.id, period: PERIOD, unit },
      });
      const result = applyToReport(report, correction, aContext());
      if (result.outcome === 'applied') states.push((report = result.report));
    }
    last.set(unit, report);
    if (n % 3 === 0) states.push(report);
  }
  states.sort((a, b) => (a.id + a.rev < b.id + b.rev ? 1 : -1));
  const index = new RollupIndex(form, PERIOD, askedFigures(form, PERIOD, {}), tree);
  for (const report of states) index.apply(report);
  const { units, wrong } = differing(index, tree, last.values());
  expect(units).toBe(1 + 99 + 2850);
  expect(wrong).toEqual([]);
  expect(index.totals('24')).toMatchObject({ expected: 2850 });
  const province = index.totals('24');
  expect((province?.onTime ?? 0) + (province?.late ?? 0)).toBe(last.size);
});

it('the table of the whole tree says the same as the totals of each unit', () => {
  const tree = aProvince(4, 22);
  const villages = villagesOf(tree);
  const index = new RollupIndex(form, PERIOD, askedFigures(form, PERIOD, {}), tree);
  for (const [n, unit] of villages.slice(3).entries())
    index.apply(
      sent(
        unit,
        { ...usual, learners: n % 5, classes_held: n % 3 || 'missing' },
        vn(n % 4 ? '12T08:00' : '17T18:00'),
      ),
    );
  const table = index.table();
  expect(table.codes).toHaveLength(27);
  for (const [i, code] of table.codes.entries()) {
    const totals = index.totals(code)!;
    expect([table.expected[i], table.onTime[i], table.late[i]]).toEqual([
      totals.expected,
      totals.onTime,
      totals.late,
    ]);
    for (const indicator of totals.indicators) {
      const column = table.figures.find((figure) => figure.id === indicator.id)!;
      expect([column.sum[i], column.covered[i], column.zero[i]]).toEqual([
        indicator.value ?? 0,
        indicator.covered,
        indicator.zero,
      ]);
    }
  }
});

it('a change takes as many steps as the tree is deep, not as there are villages', () => {
  // Counted, not timed: the places written in the widest column.
  const touched = (villages: number): number => {
    const tree = aProvince(10, villages);
    const index = new RollupIndex(form, PERIOD, askedFigures(form, PERIOD, {}), tree);
    const before = index.table();
    index.apply(sent(villagesOf(tree)[5] as string, usual));
    const now = index.table();
    return now.figures[0]!.sum.filter((value, i) => value !== before.figures[0]!.sum[i]).length;
  };
  expect(touched(3000)).toBe(3);
  expect(touched(30)).toBe(3);
});

describe('the other kinds', () => {
  const commune = formOf('commune-month');
  const asked = askedFigures(commune, PERIOD, {});
  const tree = aProvince(3, 6);
  const said = (unit: string, figures: readonly FigureAnswer[], at = vn('12T08:00')): Report => {
    const key = { form: commune.id, period: PERIOD, unit };
    const context = aContext({ form: commune, asked: [] });
    return after(
      context,
      { ...anAnswer({}, at, { key }), kind: 'report.answer', figures },
      aSubmit(at, { key }),
    );
  };
  const share = (numerator: number | null, denominator: number | null): FigureAnswer =>
    ratioAnswer('officials_digital', { numerator, denominator, asOf: '2026-03-10', source: null });

  it('adds the parts of ratios apart, counts the yeses, and sums no words', () => {
    const index = new RollupIndex(commune, PERIOD, asked, tree);
    const reports = [
      said('c1', [
        share(30, 40),
        yesNoAnswer('portal_guides', true),
        textAnswer('difficulties', 'text', 'thiếu máy'),
      ]),
      said('c2', [share(10, 60), yesNoAnswer('portal_guides', false)]),
      said('c3', [share(5, null)]),
    ];
    for (const report of reports) index.apply(report);
    expect(differing(index, tree, reports, asked, commune)).toEqual({ units: 4, wrong: [] });
    const byId = new Map(index.totals('24')?.indicators.map((one) => [one.id, one]));
    expect(byId.get('officials_digital')).toEqual({
      ...{ id: 'officials_digital', measure: 'person', value: 0.4, numerator: 40, denominator: 100 },
      ...{ covered: 2, expected: 3, zero: 0, missing: ['c3'] },
    });
    expect(byId.get('portal_guides')).toMatchObject({ value: 1, covered: 2, zero: 1, missing: ['c3'] });
    expect(byId.get('workers_digital')).toMatchObject({ value: null, numerator: null, denominator: null });
    expect(byId.has('difficulties') || byId.has('portal_link')).toBe(false);
  });

  it('replaces both parts of a ratio that is corrected', () => {
    const index = new RollupIndex(commune, PERIOD, asked, tree);
    index.apply(said('c1', [share(30, 40)]));
    index.apply({ ...said('c1', [share(30, 50)]), rev: 9 });
    expect(index.totals('24')?.indicators.find(({ id }) => id === 'officials_digital')).toMatchObject({
      value: 0.6,
      denominator: 50,
    });
    const column = index.table().figures.find(({ id }) => id === 'officials_digital');
    expect([column?.sum[0], column?.whole?.[0]]).toEqual([30, 50]);
  });

  it('never sums the rows that the police give for communes: at the province stands their own', () => {
    const police = formOf('police-month');
    const withPolice = aTree([
      { code: '24', level: 'province', parent: null },
      { code: '24-CA', level: 'agency', parent: '24' },
      { code: 'c1', level: 'commune', parent: '24' },
    ]);
    const index = new RollupIndex(police, PERIOD, police.figures, withPolice);
    for (const [unit, numerator] of [
      ['24-CA', 1_790_000],
      ['c1', 2_870],
    ] as const) {
      const key = { form: police.id, period: PERIOD, unit };
      const figures = [
        ratioAnswer('level2_activated', { numerator, denominator: 2_507_000, asOf: null, source: null }),
      ];
      const context = aContext({
        form: police,
        asked: [],
        unit: { name: unit, adults: null, households: null, population: null },
      });
      const effect = { ...anAnswer({}, vn('12T08:00'), { key }), kind: 'report.answer' as const, figures };
      index.apply(after(context, effect, aSubmit(vn('12T08:01'), { key })));
    }
    expect(index.totals('24')).toMatchObject({
      expected: 1,
      indicators: [{ id: 'level2_activated', numerator: 1_790_000, value: 0.714 }, { value: null }],
    });
  });

  it('takes the units that a run asks, as they are on the day of its deadline; without a run nobody owes it', () => {
    const survey = formOf('equipment-survey');
    const key = { form: survey.id, period: 'equipment-survey-2', unit: 'c1-0' };
    const asked = askedFigures(survey, key.period, {});
    const other = tree.villagesUnder('24', '2026-04-15').find(({ code }) => code !== key.unit)!.code;
    const run = { form: survey.id, period: key.period, ...survey.once!, audience: new Set(['c1-0', other]) };
    const index = new RollupIndex(survey, key.period, asked, tree, run);
    const at = new Date(survey.once!.opensAt.getTime() + 60_000);
    const context = aContext({ form: survey, asked: [], ...survey.once });
    const figures = [yesNoAnswer('has_computer', true)];
    index.apply(
      after(context, { ...anAnswer({}, at, { key }), kind: 'report.answer', figures }, aSubmit(at, { key })),
    );
    expect(index.totals('24')?.indicators[0]).toMatchObject({
      id: 'has_computer',
      value: 1,
      covered: 1,
      expected: 2,
      missing: [other],
    });
    const nobody = new RollupIndex(survey, key.period, asked, tree);
    expect(nobody.totals('24')).toMatchObject({ expected: 0 });
    for (const each of [run, null])
      expect(recompute(survey, key.period, asked, tree, [], each).get('24')?.expected).toBe(
        each === null ? 0 : 2,
      );
  });
});

describe('a unit that came from a merger', () => {
  const tree = new UnitTree([
    aRecord('24', 'province', null, {}),
    aRecord('c1', 'commune', '24', { validTo: '2026-06-30', mergedInto: ['c9'] }),
    aRecord('c2', 'commune', '24', { validTo: '2026-06-30', mergedInto: ['c9'] }),
    aRecord('c3', 'commune', '24', { validTo: '2026-06-30', mergedInto: ['c8', 'c9'] }),
    aRecord('c9', 'commune', '24', { validFrom: '2026-07-01' }),
    aRecord('a', 'village', 'c1', { validTo: '2026-06-30' }),
    aRecord('b', 'village', 'c2', { validTo: '2026-06-30' }),
    aRecord('c', 'village', 'c3', { validTo: '2026-06-30' }),
  ]);

  it('has before it the sum of those merged into it; what was split is divided to nobody', () => {
    const index = new RollupIndex(form, PERIOD, askedFigures(form, PERIOD, {}), tree);
    index.apply(sent('a', usual));
    index.apply(sent('c', usual));
    expect(index.totals('c9')).toMatchObject({
      ...{ unit: 'c9', expected: 2, onTime: 1, late: 0 },
      indicators: [{ value: 412, covered: 1, missing: ['b'] }, {}, {}, {}],
    });
    expect(index.notSent('c9')).toEqual(['b']);
    expect(index.totals('c1')).toMatchObject({ expected: 1, onTime: 1 });
  });

  it('has its own from then on', () => {
    const index = new RollupIndex(form, '2026-07', askedFigures(form, '2026-07', {}), tree);
    expect(index.totals('c9')).toMatchObject({ expected: 0 });
    expect(index.totals('c1')).toBeNull();
  });
});

function aRecord(code: string, level: UnitLevel, parent: string | null, span: Partial<UnitSpan>): UnitRecord {
  const plain = { validFrom: '2025-07-01', validTo: null, name: code, kind: 'xã', parent };
  return { code, level, spans: [{ ...plain, adults: null, households: null, population: null, ...span }] };
}
