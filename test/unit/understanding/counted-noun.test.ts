import { withoutCounted } from '../../../src/understanding/counted-noun';

it.each`
  text                      | measure      | left
  ${'29 tổ'}                | ${'team'}    | ${'29'}
  ${'29 to cong nghe so a'} | ${'team'}    | ${'29 a'}
  ${'29tổ'}                 | ${'team'}    | ${'29'}
  ${'dạ 203 thành viên'}    | ${'person'}  | ${'dạ 203'}
  ${'5.400 lượt người ạ'}   | ${'person'}  | ${'5.400 ạ'}
  ${'97 xã, phường'}        | ${'commune'} | ${'97'}
  ${'3 tin, bài'}           | ${'item'}    | ${'3'}
  ${'97 xã'}                | ${'person'}  | ${'97 xã'}
  ${'1k2'}                  | ${'person'}  | ${'1k2'}
  ${'5 tr'}                 | ${'person'}  | ${'5 tr'}
  ${'tổ'}                   | ${'team'}    | ${'tổ'}
  ${'5 buổi'}               | ${'session'} | ${'5 buổi'}
`('«$text» of $measure is «$left»', ({ text, measure, left }) => {
  expect(withoutCounted(text as string, measure as string)).toBe(left);
});
