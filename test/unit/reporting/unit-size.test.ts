import { withSize } from '../../../src/reporting/validation';
import { aTree, type PlainUnit } from './builders';

const DAY = '2026-03-18';
const PROVINCE: readonly PlainUnit[] = [
  { code: '24', level: 'province', parent: null },
  { code: '24-CA', level: 'agency', parent: '24' },
  { code: '99001', level: 'commune', parent: '24', population: 12_000 },
];

function sizeOf(code: string, more: readonly PlainUnit[]) {
  const units = aTree([...PROVINCE, ...more]);
  const { adults, population } = withSize(units, units.get(code, DAY)!, DAY);
  return { adults, population };
}

const second: PlainUnit = { code: '99002', level: 'commune', parent: '24', population: 8_000 };
const uncounted: PlainUnit = { code: '99003', level: 'commune', parent: '24' };
const village: PlainUnit = { code: '99001-01', level: 'village', parent: '99001', adults: 600 };

it.each`
  code       | more                   | adults  | population | why
  ${'24'}    | ${[second]}            | ${null} | ${20_000}  | ${'all communes are known'}
  ${'24-CA'} | ${[second]}            | ${null} | ${20_000}  | ${'an agency serves the province'}
  ${'24-CA'} | ${[second, uncounted]} | ${null} | ${null}    | ${'one commune is not known'}
  ${'99001'} | ${[village]}           | ${null} | ${12_000}  | ${'listed villages may not be all'}
`('$code has $population people, $adults adults: $why', ({ code, more, adults, population }) => {
  expect(sizeOf(code, more)).toEqual({ adults, population });
});
