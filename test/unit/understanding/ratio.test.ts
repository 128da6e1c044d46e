import { readRatio } from '../../../src/understanding/ratio';

const at = new Date('2026-03-16T09:00:00+07:00');

it.each`
  text                                                  | numerator    | denominator  | asOf            | computed
  ${'1.790.000 trên 2.507.000'}                         | ${1_790_000} | ${2_507_000} | ${null}         | ${false}
  ${'1.790.000 tren 2.507.000 den 15/3'}                | ${1_790_000} | ${2_507_000} | ${'2026-03-15'} | ${false}
  ${'71,4 % của 2,5 triệu, số đến 15/3'}                | ${1_785_000} | ${2_500_000} | ${'2026-03-15'} | ${true}
  ${'71,4 % của 2.500.000 đến 15/3'}                    | ${1_785_000} | ${2_500_000} | ${'2026-03-15'} | ${true}
  ${'45/52'}                                            | ${45}        | ${52}        | ${null}         | ${false}
  ${'45 người trên tổng số 52 người'}                   | ${45}        | ${52}        | ${null}         | ${false}
  ${'1,79 triệu / 2,507 triệu tính đến ngày 14/3/2026'} | ${1_790_000} | ${2_507_000} | ${'2026-03-14'} | ${false}
  ${'310 nghìn trên 520 nghìn'}                         | ${310_000}   | ${520_000}   | ${null}         | ${false}
  ${'2 triệu rưỡi'}                                     | ${2_500_000} | ${null}      | ${null}         | ${false}
  ${'71,4 %'}                                           | ${null}      | ${null}      | ${null}         | ${false}
  ${'45 trên 52 đến 31/12'}                             | ${45}        | ${52}        | ${'2025-12-31'} | ${false}
`('«$text»', ({ text, numerator, denominator, asOf, computed }) => {
  expect(readRatio(text as string, at)).toMatchObject({ numerator, denominator, asOf, computed });
});

it('keeps the per cent and the source as said', () => {
  expect(readRatio('71,4 % của 2,5 triệu, nguồn: Công an tỉnh', at)).toMatchObject({
    percent: 71.4,
    source: 'Công an tỉnh',
  });
});

it.each`
  text                               | ahead
  ${'45 trên 52 đến 20/3/2026'}      | ${'2026-03-20'}
  ${'71,4 % của 2.500.000 đến 17/3'} | ${'2026-03-17'}
`('«$text» is of a day that has not come', ({ text, ahead }) => {
  expect(readRatio(text as string, at)).toMatchObject({ asOf: null, ahead });
});

it.each`
  text                          | why
  ${'nhiều lắm'}                | ${'no number'}
  ${'thiếu máy chiếu ở 3 thôn'} | ${'it speaks of something else'}
  ${'50 % của 45 trên 52'}      | ${'the share contradicts its parts'}
  ${'45 trên 52 trên 60'}       | ${'three numbers'}
  ${'2,3333 nghìn rưởi 5 xã 7'} | ${'other words between'}
  ${'45 trên 52 đến 31/2'}      | ${'no such day'}
`('«$text» is no share: $why', ({ text }) => {
  expect(readRatio(text as string, at)).toBeNull();
});
