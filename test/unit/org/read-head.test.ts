import { readHead } from '../../../src/org/chat/read-head';

/** Who is to lead which village, as an officer types it. */

it.each`
  text                                                                     | place                | name                 | address  | phone
  ${'trưởng thôn Đông Lâm 2 là anh Nguyễn Văn Bình'}                       | ${'thôn Đông Lâm 2'} | ${'Nguyễn Văn Bình'} | ${'anh'} | ${null}
  ${'Trưởng thôn mới của thôn Ngọc Trì là chị Trịnh Thị Lan 0912 000 098'} | ${'thôn Ngọc Trì'}   | ${'Trịnh Thị Lan'}   | ${'chị'} | ${'84912000098'}
  ${'cử bác Nguyễn Văn Bình, 0912000098 làm trưởng thôn Đông Lâm 2.'}      | ${'thôn Đông Lâm 2'} | ${'Nguyễn Văn Bình'} | ${'bác'} | ${'84912000098'}
  ${'tổ trưởng tổ dân phố số 8 là ông Giáp Văn Khánh'}                     | ${'tổ dân phố số 8'} | ${'Giáp Văn Khánh'}  | ${'ông'} | ${null}
  ${'truong thon Dong Lam 2 la Nguyen Van Binh'}                           | ${'thon Dong Lam 2'} | ${'Nguyen Van Binh'} | ${''}    | ${null}
  ${'trưởng thôn Lam La là bác Lã Văn La'}                                 | ${'thôn Lam La'}     | ${'Lã Văn La'}       | ${'bác'} | ${null}
`('«$text»', ({ text, place, name, address, phone }) => {
  expect(readHead(text as string)).toEqual({ place, name, address, phone });
});

it.each([
  'trưởng thôn Đông Lâm là ai',
  'trưởng thôn Đông Lâm là người nào vậy',
  'tôi là Tư, trưởng thôn Đông Lâm',
  'trưởng thôn chưa nộp báo cáo',
  'danh sách trưởng thôn',
])('«%s» names nobody', (text) => {
  expect(readHead(text)).toBeNull();
});
