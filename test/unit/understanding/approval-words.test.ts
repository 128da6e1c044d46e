import { readApproval } from '../../../src/understanding/approval-words';
import { placeFirst } from '../../../src/understanding/place-first';

it.each`
  text                                                      | wish
  ${'chờ duyệt'}                                            | ${{ kind: 'waiting' }}
  ${'có gì chờ duyệt không'}                                | ${{ kind: 'waiting' }}
  ${'báo cáo nào cần duyệt'}                                | ${{ kind: 'waiting' }}
  ${'duyệt hết'}                                            | ${{ kind: 'approve_all' }}
  ${'Duyệt tất cả hợp lệ nhé'}                              | ${{ kind: 'approve_all' }}
  ${'duyệt thôn Đông Lâm'}                                  | ${{ kind: 'approve', place: 'thôn Đông Lâm' }}
  ${'phê duyệt báo cáo của thôn Ngọc Trì'}                  | ${{ kind: 'approve', place: 'thôn Ngọc Trì' }}
  ${'duyệt Tỉnh đoàn'}                                      | ${{ kind: 'approve', place: 'Tỉnh đoàn' }}
  ${'duyệt 145'}                                            | ${null}
  ${'duyệt bản chốt 03/2026-1'}                             | ${null}
  ${'xem thôn Đông Lâm'}                                    | ${{ kind: 'see', place: 'thôn Đông Lâm' }}
  ${'xem thôn nào chưa nộp'}                                | ${null}
  ${'xem thôn Đông Lâm nộp chưa'}                           | ${null}
  ${'trả lại số 3 thôn Ngọc Trì: không khớp ảnh'}           | ${{ kind: 'return', number: 3, place: 'thôn Ngọc Trì: không khớp ảnh' }}
  ${'tra lai so 3 to dan pho so 2'}                         | ${{ kind: 'return', number: 3, place: 'to dan pho so 2' }}
  ${'trả lại xã Tân Hòa: thiếu mẫu số'}                     | ${{ kind: 'return', number: null, place: 'xã Tân Hòa: thiếu mẫu số' }}
  ${'trả lại số 3 thôn X: sai số 3 thôn X, xem lại'}        | ${{ kind: 'return', number: 3, place: 'thôn X: sai số 3 thôn X, xem lại' }}
  ${'trả lời 1: mai có máy'}                                | ${null}
  ${'nhập hộ Đông Lâm: 418 5 121 14'}                       | ${{ kind: 'enter', lines: 'Đông Lâm: 418 5 121 14' }}
  ${'nhập hộ:\nĐông Lâm 418 5 121 14\nNgọc Trì 300 4 90 7'} | ${{ kind: 'enter', lines: 'Đông Lâm 418 5 121 14\nNgọc Trì 300 4 90 7' }}
  ${'gia hạn thôn Đông Lâm'}                                | ${{ kind: 'extend', place: 'thôn Đông Lâm' }}
  ${'cho thôn Đông Lâm thêm nửa ngày'}                      | ${{ kind: 'extend', place: 'thôn Đông Lâm' }}
  ${'xin thêm nửa ngày'}                                    | ${{ kind: 'more_time' }}
  ${'cho em xin gia hạn ạ'}                                 | ${{ kind: 'more_time' }}
  ${'gửi tạm'}                                              | ${{ kind: 'send_partly' }}
  ${'cho tôi nộp trước nhé'}                                | ${{ kind: 'send_partly' }}
  ${'không đúng'}                                           | ${{ kind: 'not_right' }}
  ${'số này không đúng ạ'}                                  | ${{ kind: 'not_right' }}
  ${'con tôi quên mật khẩu vneid'}                          | ${null}
  ${'418 5 121 14'}                                         | ${null}
`('«$text» is $wish', ({ text, wish }) => {
  expect(readApproval(text as string)).toEqual(wish);
});

const places = [
  { code: '1', names: ['Đông Lâm'] },
  { code: '2', names: ['Đông Lâm Thượng'] },
  { code: '3', names: ['số 3'] },
  { code: '4', names: ['Ngọc Trì'] },
  { code: '5', names: ['Ngọc Trị'] },
  { code: '6', names: ['Tỉnh đoàn', 'tinh doan bac ninh'] },
];

it.each`
  text                       | found
  ${'thôn Đông Lâm: lý do'}  | ${{ codes: ['1'], rest: 'lý do' }}
  ${'đông lâm thượng 418 5'} | ${{ codes: ['2'], rest: '418 5' }}
  ${'xóm dong lam'}          | ${{ codes: ['1'], rest: '' }}
  ${'tdp số 3 418 5 121 14'} | ${{ codes: ['3'], rest: '418 5 121 14' }}
  ${'tổ dân phố 3'}          | ${{ codes: ['3'], rest: '' }}
  ${'3 418 5 121 14'}        | ${null}
  ${'thon ngoc tri'}         | ${{ codes: ['4', '5'], rest: '' }}
  ${'thôn Ngọc Trị'}         | ${{ codes: ['5'], rest: '' }}
  ${'Tỉnh đoàn'}             | ${{ codes: ['6'], rest: '' }}
  ${'thôn Lạ'}               | ${null}
`('«$text» begins with $found', ({ text, found }) => {
  expect(placeFirst(text as string, places)).toEqual(found);
});
