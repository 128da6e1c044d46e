import { isMereNod, readNamedReply, readUnnamedReply } from '../../../src/directives/chat/read-reply';

/** What recipients say of a directive, as they type it. */

it.each`
  typed                                     | answer            | note
  ${'đã nhận 145'}                          | ${'acknowledged'} | ${null}
  ${'Đã nhận 145/UBND-VX'}                  | ${'acknowledged'} | ${null}
  ${'da nhan cv 145 roi a'}                 | ${'acknowledged'} | ${null}
  ${'ok 145'}                               | ${'acknowledged'} | ${null}
  ${'em đã nhận công văn số 145'}           | ${'acknowledged'} | ${null}
  ${'145 đã nhận'}                          | ${'acknowledged'} | ${null}
  ${'đã nhận 145: mượn máy chiếu anh Bình'} | ${'acknowledged'} | ${'mượn máy chiếu anh Bình'}
  ${'đang làm 145'}                         | ${'doing'}        | ${null}
  ${'xong 145'}                             | ${'done'}         | ${null}
  ${'thôn em đã làm xong 145 rồi'}          | ${'done'}         | ${null}
  ${'vướng 145: thiếu máy chiếu'}           | ${'stuck'}        | ${'thiếu máy chiếu'}
  ${'bị vướng 145 thiếu người dạy'}         | ${'stuck'}        | ${'thiếu người dạy'}
  ${'không thuộc tôi 145'}                  | ${'not_mine'}     | ${null}
  ${'không thuộc tôi 145: của xã bên'}      | ${'not_mine'}     | ${'của xã bên'}
`(
  '«$typed» is $answer',
  ({ typed, answer, note }: { typed: string; answer: string; note: string | null }) => {
    expect(readNamedReply(typed)).toEqual({ answer, short: '145', note });
  },
);

it.each([
  'nhận 1450000',
  'xong việc 2',
  'tôi nhận',
  '145',
  'sửa 3',
  'buổi học 145 người xong',
  'BC 418 5 121 14',
])('«%s» names no directive', (typed) => expect(readNamedReply(typed)).toBeNull());

it.each`
  typed                       | answer            | note
  ${'da nhan'}                | ${'acknowledged'} | ${null}
  ${'đã nhận rồi ạ'}          | ${'acknowledged'} | ${null}
  ${'xong rồi'}               | ${'done'}         | ${null}
  ${'bị vướng chỗ máy chiếu'} | ${'stuck'}        | ${'chỗ máy chiếu'}
  ${'đang làm'}               | ${'doing'}        | ${null}
`(
  '«$typed» is $answer of the one that is open',
  ({ typed, answer, note }: { typed: string; answer: string; note: string | null }) => {
    expect(readUnnamedReply(typed)).toEqual({ answer, short: null, note });
  },
);

it.each(['xong 5 buổi học', 'xong báo cáo tháng 3', 'nhận việc ở đâu', 'xin chào'])(
  '«%s» is no reply to a directive',
  (typed) => expect(readUnnamedReply(typed)).toBeNull(),
);

it('a nod alone is one', () => {
  expect(['ok', 'Ok ạ', 'dạ ok'].map(isMereNod)).toEqual([true, true, true]);
  expect(['ok 145', 'đã nhận'].map(isMereNod)).toEqual([false, false]);
});
