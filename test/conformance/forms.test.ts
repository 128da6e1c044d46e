import { askedFigures, formOf, FORMS, nothingHappened } from '../../src/reporting/forms';
import { loadLocales } from '../../src/app/load-locales';
import { defineForm, shortTitleOf, textsOf, titleForAll, titleOf } from '../../src/reporting/form';
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
      const { kind, measure, nature, max, rollUp } = indicator(figure.key) ?? {};
      expect(figure).toMatchObject({ kind, measure, nature, max, rollUp });
    }
  });

  it('never holds two figures against each other that are kept apart', () => {
    const keyOf = (id: string): string => form.figures.find((figure) => figure.id === id)?.key ?? '';
    for (const { left, right } of form.checks)
      expect([
        indicator(keyOf(left))?.neverWith.includes(keyOf(right)),
        indicator(keyOf(right))?.neverWith.includes(keyOf(left)),
      ]).toEqual([false, false]);
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

it.each`
  a                               | b                             | may      | why
  ${'village.level2_activated'}   | ${'village.vneid_confirmed'}  | ${false} | ${'the plan orders them apart'}
  ${'police.level2_activated'}    | ${'police.vneid_confirmed'}   | ${false} | ${'the plan orders them apart'}
  ${'police.vneid_confirmed'}     | ${'village.vneid_confirmed'}  | ${false} | ${'two owners'}
  ${'department.vneid_confirmed'} | ${'police.vneid_confirmed'}   | ${false} | ${'two owners'}
  ${'village.level2_activated'}   | ${'village.level2_activated'} | ${true}  | ${'the same'}
  ${'village.learners'}           | ${'village.classes_held'}     | ${false} | ${'visits are no sessions'}
  ${'village.learners'}           | ${'no_such_thing'}            | ${false} | ${'not in the catalogue'}
  ${'toString'}                   | ${'toString'}                 | ${false} | ${'not in the catalogue'}
`('$a and $b may be combined: $may, $why', ({ a, b, may }) => {
  expect(mayCombine(a as string, b as string)).toBe(may);
  expect(mayCombine(b as string, a as string)).toBe(may);
});

it('all forms of the plan are there, each with owner, approver and source', () => {
  expect([...FORMS.keys()].sort()).toEqual([...FIXED_IDS].sort());
  for (const form of FORMS.values()) {
    expect([form.id, 'reporters', form.reporters]).not.toEqual([form.id, 'reporters', []]);
    expect([form.id, 'source: the plan and which of its tasks', form.source.length > 20]).toEqual([
      ...[form.id, expect.any(String), true],
    ]);
    expect(form.definition).toBeGreaterThan(0);
  }
  expect(formOf('commune-month').figures.map(({ id }) => id)).toEqual([
    'digital_teams',
    'team_members',
    'portal_guides',
    'portal_link',
    'officials_digital',
    'adults_digital_share',
    'workers_digital',
    'difficulties',
    'proposals',
  ]);
  expect(formOf('police-month').approvedBy).toBeNull();
  expect(formOf('baseline-2025').once?.deadline.toISOString()).toBe('2026-03-30T10:00:00.000Z');
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
  const figure = formOf('village-month').figures[0]!;
  const make = () =>
    defineForm({
      ...formOf('village-month'),
      id: 'x',
      figures: (figures as string[]).map((id) => ({ ...figure, id })),
      checks,
    });
  expect(make).toThrow(says);
});

describe.each(Object.entries(loadLocales()))('in %s', (_locale, spaces) => {
  const at = (key: string): unknown =>
    key
      .replace(':', '.')
      .split('.')
      .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], spaces);

  it('each figure has a name, a question and an example, and each form is called in a sentence, for all and on a button', () => {
    const keys = [...FORMS.values()].flatMap(({ id: form, figures }) => [
      ...[titleOf(form), titleForAll(form), shortTitleOf(form)],
      ...figures.flatMap(({ id }) =>
        ['name', 'question', 'example'].map((part) => `${textsOf(form, id)}.${part}`),
      ),
    ]);
    expect(keys.filter((key) => typeof at(key) !== 'string')).toEqual([]);
  });

  it('each measure has a word', () => {
    const keys = Object.values(INDICATORS).map(({ measure }) => `reports:measures.${measure}`);
    expect(keys.filter((key) => typeof at(key) !== 'string')).toEqual([]);
  });
});
