import { levelOf, mayOversee, unitsActedFor } from '../../../src/org/roles';

it.each`
  unit       | role                 | acts
  ${'24'}    | ${'department'}      | ${['24', '24-KHCN']}
  ${'24'}    | ${'police'}          | ${['24', '24-CA']}
  ${'24'}    | ${'province'}        | ${['24']}
  ${'24-TD'} | ${'agency_officer'}  | ${['24-TD']}
  ${'07795'} | ${'commune_officer'} | ${['07795']}
`('$role of $unit acts for $acts', ({ unit, role, acts }) => {
  expect(unitsActedFor({ unit, role })).toEqual(acts);
});

it('an agency officer holds a post at an agency and oversees nobody', () => {
  expect(levelOf('agency_officer')).toBe('agency');
  expect(mayOversee('agency_officer')).toBe(false);
});
