import { receiptFor } from '../../../src/reporting/report';

it.each`
  name                           | period                  | receipt
  ${'Đông Lâm'}                  | ${'2026-03'}            | ${'ĐL-03'}
  ${'Đông Lâm'.normalize('NFD')} | ${'2026-12'}            | ${'ĐL-12'}
  ${'Đạo Ngạn 1'}                | ${'2026-03'}            | ${'ĐN1-03'}
  ${'ngọc trì'}                  | ${'2026-03'}            | ${'NT-03'}
  ${'Yên Ninh II'}               | ${'2026-03'}            | ${'YNII-03'}
  ${'Kép - Hạ (cũ)'}             | ${'2026-03'}            | ${'KHC-03'}
  ${'Tân Hòa'}                   | ${'awards-2026'}        | ${'TH-A26'}
  ${'Núi Hiểu'}                  | ${'equipment-survey-2'} | ${'NH-ES2'}
  ${'…'}                         | ${'2026-03'}            | ${'BC-03'}
`('$name in $period gives $receipt', ({ name, period, receipt }) => {
  expect(receiptFor(name, period)).toBe(receipt);
});
