import { formOf } from '../../../src/reporting/forms';
import {
  detailFits,
  entriesAnswer,
  quotient,
  ratioAnswer,
  sameValue,
  textAnswer,
  valueOfKind,
  yesNoAnswer,
} from '../../../src/reporting/values';

const figure = (form: string, id: string) => formOf(form).figures.find((one) => one.id === id)!;
const level2 = figure('police-month', 'level2_activated');

it.each`
  numerator    | denominator  | value
  ${1_790_000} | ${2_507_000} | ${0.714}
  ${1}         | ${3}         | ${0.3333}
  ${null}      | ${3}         | ${null}
  ${3}         | ${null}      | ${null}
  ${0}         | ${0}         | ${null}
`('$numerator of $denominator is $value', ({ numerator, denominator, value }) => {
  expect(quotient(numerator as number | null, denominator as number | null)).toBe(value);
});

it('a share without both parts is missing, never a number', () => {
  const parts = { numerator: 5, denominator: null, asOf: null, source: null };
  expect(ratioAnswer('level2_activated', parts)).toMatchObject({ value: null, status: 'missing' });
  const whole = ratioAnswer('level2_activated', { ...parts, denominator: 20 });
  expect(whole).toMatchObject({ value: 0.25, status: 'reported' });
  expect(valueOfKind(level2, whole)).toBe(0.25);
});

it('each kind is told in its own shape', () => {
  const guides = figure('commune-month', 'portal_guides');
  expect(valueOfKind(guides, yesNoAnswer('portal_guides', false))).toBe(false);
  expect(valueOfKind(guides, yesNoAnswer('portal_guides', true))).toBe(true);
  const trouble = figure('commune-month', 'difficulties');
  expect(valueOfKind(trouble, textAnswer('difficulties', 'text', '  thiếu máy '))).toBe('thiếu máy');
  expect(textAnswer('difficulties', 'text', '  ')).toMatchObject({ value: 0, status: 'zero' });
  const links = figure('press-week', 'item_links');
  const rows = [{ title: null, link: 'https://baobacninhtv.vn/1' }];
  expect(valueOfKind(links, entriesAnswer('item_links', rows))).toEqual(rows);
  expect(valueOfKind(links, { value: null })).toBeNull();
});

it('two ratios of the same quotient are not the same value', () => {
  const parts = { numerator: 1, denominator: 2, asOf: null, source: null };
  const half = ratioAnswer('level2_activated', parts);
  expect(sameValue(half, ratioAnswer('level2_activated', { ...parts }))).toBe(true);
  expect(sameValue(half, ratioAnswer('level2_activated', { ...parts, numerator: 2, denominator: 4 }))).toBe(
    false,
  );
});

it('a detail of another kind does not fit', () => {
  expect(detailFits(level2, { kind: 'text', text: 'x' })).toBe(false);
  expect(detailFits(level2, undefined)).toBe(false);
  expect(detailFits(figure('commune-month', 'digital_teams'), undefined)).toBe(true);
});
