import { readAnsweredFor } from '../../../src/understanding/answered-for';

/** What «nhận thay» says of an order: for which place, which order, and why. */

it.each`
  typed                                                         | place               | short    | reason
  ${'nhận thay thôn Đông Lâm 145: gọi điện, bác đã nắm'}        | ${'thôn Đông Lâm'}  | ${'145'} | ${'gọi điện, bác đã nắm'}
  ${'nhan thay thon dong lam cv 145'}                           | ${'thon dong lam'}  | ${'145'} | ${null}
  ${'nhận hộ Gò Me công văn số 5: mất điện thoại'}              | ${'Gò Me'}          | ${'5'}   | ${'mất điện thoại'}
  ${'nhận thay 145/UBND-VX cho thôn Ngọc Trì: chị đến tận nơi'} | ${'thôn Ngọc Trì'}  | ${'145'} | ${'chị đến tận nơi'}
  ${'nhận thay công văn 145 thôn Đông Lâm vì bác ấy ốm'}        | ${'thôn Đông Lâm'}  | ${'145'} | ${'bác ấy ốm'}
  ${'nhận thay thôn Suối Mỏ 1 145, đã gọi'}                     | ${'thôn Suối Mỏ 1'} | ${'145'} | ${'đã gọi'}
  ${'em nhận thay 145'}                                         | ${''}               | ${'145'} | ${null}
`('«$typed»', ({ typed, place, short, reason }) => {
  expect(readAnsweredFor(typed as string)).toEqual({ place, short, reason });
});

it.each([
  'nhận thay thôn Gò Me: trưởng thôn đi vắng',
  'nhận thay thôn Gò Me: trưởng thôn đi vắng 10 ngày',
  'nhận thay thôn Gò Me vì trưởng thôn đi vắng 10 ngày',
  'nhận thay thôn Suối Mỏ 1: ốm',
  'nhận thay tổ dân phố số 12: ốm',
  'nhập thay thôn Ngọc Trì 300 4 90 7',
  'đã nhận 145',
  'nhắn hộ thôn Gò Me công văn 145: mai họp',
  'nhan ho thon go me cong van 145: mai hop',
  'nhận thay thôn Gò Me 300 4 90 7',
])('«%s» answers no order', (typed) => {
  expect(readAnsweredFor(typed)).toBeNull();
});
