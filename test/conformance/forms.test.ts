import { askedFigures, formOf, FORMS, nothingHappened } from '../../src/reporting/forms';
import { defineForm } from '../../src/reporting/form';
import { INDICATORS, indicator, mayCombine } from '../../src/reporting/indicators';

const FIXED_IDS = [
  'village-month',
  'commune-month',
  'police-month',
  'press-week',
  'youth-month',
  'education-month',
  'baseline-2025',
  'equipment-survey',
  'awards-2026',
];

describe.each([...FORMS.values()])('$id', (form) => {
  it('has one of the fixed ids, under its own key', () => {
    expect(FIXED_IDS).toContain(form.id);
    expect(formOf(form.id)).toBe(form);
  });

  it('takes every figure from the catalogue, unchanged', () => {
    for (const figure of form.figures) {
      const { measure, nature, max, rollUp } = indicator(figure.id) ?? {};
      expect(figure).toMatchObject({ measure, nature, max, rollUp });
    }
  });

  it('never holds two figures against each other that are kept apart', () => {
    for (const { left, op, right } of form.checks) {
      if (op === 'needs') expect(indicator(left)?.neverWith).not.toContain(right);
      else expect(mayCombine(left, right)).toBe(true);
    }
  });
});

it('village-month asks four figures in the order in which they are numbered, and four more when switched on', () => {
  const form = formOf('village-month');
  const standing = ['adults_digital', 'classes_held', 'learners', 'households_helped'];
  expect(form.figures.map((f) => f.id)).toEqual([
    ...standing,
    'level2_activated',
    'vneid_confirmed',
    'benefit_accounts_linked',
    'digital_signatures',
  ]);
  const on = { '2026-04': ['vneid_confirmed', 'level2_activated', 'of_another_form'] };
  expect(askedFigures(form, '2026-03', on).map((f) => f.id)).toEqual(standing);
  expect(askedFigures(form, '2026-04', on).map((f) => f.id)).toEqual([
    ...standing,
    'level2_activated',
    'vneid_confirmed',
  ]);
  expect(form.checks.map(({ left, op, right, asks }) => [left, op, right, asks ?? false])).toEqual([
    ['learners', 'needs', 'classes_held', false],
    ['classes_held', 'needs', 'learners', true],
  ]);
});

it('«nothing happened» is a zero for the figures of the month and leaves the stocks alone', () => {
  expect(nothingHappened(askedFigures(formOf('village-month'), '2026-03', {}))).toEqual([
    { figure: 'classes_held', value: 0, status: 'zero' },
    { figure: 'learners', value: 0, status: 'zero' },
    { figure: 'households_helped', value: 0, status: 'zero' },
  ]);
});

it('activation and confirmation are never combined, whichever is named first', () => {
  expect(mayCombine('level2_activated', 'vneid_confirmed')).toBe(false);
  expect(mayCombine('vneid_confirmed', 'level2_activated')).toBe(false);
  expect(mayCombine('level2_activated', 'level2_activated')).toBe(true);
  expect(mayCombine('learners', 'no_such_thing')).toBe(false);
  expect(mayCombine('toString', 'toString')).toBe(false);
  expect(mayCombine('learners', 'classes_held')).toBe(false);
});

it('every indicator named as kept apart is in the catalogue', () => {
  for (const entry of Object.values(INDICATORS))
    for (const id of entry.neverWith) expect(indicator(id)).toBeDefined();
});

it.each`
  figures       | checks                                                     | says
  ${['Bad']}    | ${[]}                                                      | ${/snake_case/}
  ${['a', 'a']} | ${[]}                                                      | ${/stands twice/}
  ${['a']}      | ${[{ left: 'a', op: '<=', right: 'b', else: 'nonsense' }]} | ${/no figure of it/}
`('a form with $figures and $checks is refused at load', ({ figures, checks, says }) => {
  const figure = { measure: 'person', nature: 'flow', max: 1, rollUp: 'sum' } as const;
  const make = () =>
    defineForm({
      id: 'x',
      cadence: 'month',
      level: 'village',
      calendar: 'month_village',
      figures: (figures as string[]).map((id) => ({ id, ...figure })),
      checks,
    });
  expect(make).toThrow(says);
});
