import { readEntries, readLink } from '../../../src/reporting/chat/form-entries';

it.each`
  text                                          | link
  ${'https://baobacninhtv.vn/bai-1'}            | ${'https://baobacninhtv.vn/bai-1'}
  ${'em gửi ạ: https://baobacninhtv.vn/bai-1.'} | ${'https://baobacninhtv.vn/bai-1'}
  ${'chưa đăng'}                                | ${null}
  ${'http://'}                                  | ${null}
`('«$text» holds the link $link', ({ text, link }) => {
  expect(readLink(text as string)).toBe(link);
});

it('reads one item a line, with its title where there is one', () => {
  expect(readEntries('item_links', '1. Lớp học số ở Tân Hòa: https://a.vn/1\n- https://a.vn/2')).toEqual([
    { title: 'Lớp học số ở Tân Hòa', link: 'https://a.vn/1' },
    { title: null, link: 'https://a.vn/2' },
  ]);
  expect(readEntries('item_links', 'https://a.vn/1\nvà một bài nữa')).toBeNull();
});

it('reads nominations, evidence last', () => {
  const text = 'tập thể; Tổ công nghệ số Đông Lâm; 12 buổi học; có ảnh\ncá nhân; Nguyễn Văn A; dạy 5 lớp';
  expect(readEntries('nominations', text)).toEqual([
    { kind: 'collective', name: 'Tổ công nghệ số Đông Lâm', achievement: '12 buổi học', evidence: 'có ảnh' },
    { kind: 'individual', name: 'Nguyễn Văn A', achievement: 'dạy 5 lớp', evidence: null },
  ]);
  expect(readEntries('nominations', 'Tổ công nghệ số Đông Lâm')).toBeNull();
});

describe('several addresses on one line are an entry each', () => {
  it.each([
    ['https://a.vn/1 https://a.vn/2', [null, null]],
    ['https://a.vn/1, https://a.vn/2', [null, null]],
    ['https://a.vn/1,https://a.vn/2', [null, null]],
    ['Bài một https://a.vn/1 Bài hai: https://a.vn/2', ['Bài một', 'Bài hai']],
    ['https://a.vn/1 Bài một; https://a.vn/2 Bài hai', ['Bài một', 'Bài hai']],
    ['Bài một https://a.vn/1 và https://a.vn/2', ['Bài một', null]],
  ])('%s', (line, titles) => {
    expect(readEntries('item_links', line)).toEqual(
      titles.map((title, i) => ({ title, link: `https://a.vn/${i + 1}` })),
    );
  });
});
