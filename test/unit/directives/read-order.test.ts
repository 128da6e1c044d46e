import { mustNotTravel } from '../../../src/directives/secret-mark';
import {
  orderColon,
  readChecks,
  readDeadline,
  readOrder,
  readSending,
} from '../../../src/directives/chat/read-order';

/** Orders as officers type them, and deadlines of a day without a year. */

const NOW = new Date('2026-03-16T09:00:00+07:00');
const at = (iso: string) => ({ kind: 'at', at: new Date(iso) });

it('reads number, deadline, audience and text out of one line', () => {
  expect(
    readOrder('giao 145/UBND-VX, hạn 20/3, xã Tân Hòa: mỗi thôn mở ít nhất 1 buổi học trong tuần', NOW),
  ).toEqual({
    number: '145/UBND-VX',
    deadline: at('2026-03-20T17:00:00+07:00'),
    sending: null,
    audience: ['xã Tân Hòa'],
    urgency: 'normal',
    checkEvery: null,
    evidence: false,
    practice: false,
    text: 'mỗi thôn mở ít nhất 1 buổi học trong tuần',
  });
});

it.each`
  typed                                                              | number             | urgency       | audience
  ${'Giao công văn 12/KH-UBND, khẩn, toàn tỉnh: kiểm tra'}           | ${'12/KH-UBND'}    | ${'critical'} | ${['toàn tỉnh']}
  ${'giao 7, gấp, hạn 9:30 mai, thôn Đông Lâm, Ngọc Trì: họp 19:30'} | ${'7'}             | ${'urgent'}   | ${['thôn Đông Lâm', 'Ngọc Trì']}
  ${'giao 145/SKHCN-CĐS, các xã miền núi'}                           | ${'145/SKHCN-CĐS'} | ${'normal'}   | ${['các xã miền núi']}
  ${'giao viec'}                                                     | ${null}            | ${'normal'}   | ${[]}
  ${'giao việc: dọn nhà văn hóa'}                                    | ${null}            | ${'normal'}   | ${[]}
`(
  '«$typed»',
  ({
    typed,
    number,
    urgency,
    audience,
  }: {
    typed: string;
    number: string | null;
    urgency: string;
    audience: string[];
  }) => {
    expect(readOrder(typed, NOW)).toMatchObject({ number, urgency, audience });
  },
);

it.each(['giao lưu văn nghệ tối nay', 'xin chào', 'bàn giao nhà văn hóa', 'giao cho ai', 'báo cáo 145'])(
  '«%s» is no order',
  (typed) => expect(readOrder(typed, NOW)).toBeNull(),
);

it('an hour before a date keeps out of the date', () => {
  expect(readDeadline('hạn 9h 22/3', NOW)).toEqual(at('2026-03-22T09:00:00+07:00'));
});

it('the text begins after the first colon that is not inside a time of day', () => {
  expect(readOrder('giao 7, hạn 9:30 20/3, xã Tân Hòa: họp lúc 19:30: đủ người', NOW)).toMatchObject({
    deadline: at('2026-03-20T09:30:00+07:00'),
    text: 'họp lúc 19:30: đủ người',
  });
  expect(orderColon('giao 7, hạn 9:30')).toBe(-1);
  expect(orderColon('giao 7:việc')).toBe(6);
});

it('evidence is asked for before the colon only', () => {
  expect(readOrder('giao 7, kèm ảnh, xã Tân Hòa: mở lớp', NOW)?.evidence).toBe(true);
  expect(readOrder('giao 7, xã Tân Hòa: mở lớp, kèm ảnh', NOW)?.evidence).toBe(false);
});

it.each`
  typed                      | iso                            | why
  ${'hạn 20/3'}              | ${'2026-03-20T17:00:00+07:00'} | ${'17:00 without an hour'}
  ${'hạn 16/3'}              | ${'2026-03-16T17:00:00+07:00'} | ${'today, still ahead'}
  ${'hạn 10/3'}              | ${'2027-03-10T17:00:00+07:00'} | ${'the next such date'}
  ${'hạn 5/1'}               | ${'2027-01-05T17:00:00+07:00'} | ${'the next such date'}
  ${'hạn 22/3'}              | ${'2026-03-22T17:00:00+07:00'} | ${'a Sunday is not moved'}
  ${'trước 16h30 ngày 20/3'} | ${'2026-03-20T16:30:00+07:00'} | ${'an hour with minutes'}
  ${'hạn 9h thứ Sáu'}        | ${'2026-03-20T09:00:00+07:00'} | ${'a weekday'}
  ${'hạn mai'}               | ${'2026-03-17T17:00:00+07:00'} | ${'tomorrow'}
`('$typed is $iso: $why', ({ typed, iso }: Record<string, string>) => {
  expect(readDeadline(typed as string, NOW)).toEqual(at(iso as string));
});

it('a deadline that is gone today, or names no day, is asked about', () => {
  expect(readDeadline('hạn 8:00 hôm nay', NOW)).toEqual({ kind: 'past' });
  expect(readDeadline('hạn 10/3/2026', NOW)).toEqual({ kind: 'past' });
  expect(readDeadline('hạn cuối tuần', NOW)).toEqual({ kind: 'unclear' });
  expect(readDeadline('hạn 31/2', NOW)).toEqual({ kind: 'unclear' });
});

it.each`
  text                                 | why
  ${'Tài liệu mật, không phổ biến'}    | ${'secret'}
  ${'Tuyệt mật: kiểm tra'}             | ${'secret'}
  ${'MẬT. Các thôn rà soát'}           | ${'secret'}
  ${'van ban mat, khong gui ra ngoai'} | ${'secret'}
  ${'đổi mật khẩu VNeID cho bà con'}   | ${null}
  ${'ĐỔI MẬT KHẨU'}                    | ${null}
  ${'báo ngay khi tài liệu mất'}       | ${null}
  ${'bảo mật tài khoản'}               | ${null}
  ${'gặp mặt cán bộ, nhân viên'}       | ${null}
  ${'căn cước [***] cần xác minh'}     | ${'masked'}
  ${'TĂNG CƯỜNG BẢO MẬT TÀI KHOẢN'}    | ${null}
  ${'MẬT ĐỘ DÂN SỐ'}                   | ${null}
  ${'UBND TỈNH TỐI MẬT'}               | ${'secret'}
`('«$text» travels: $why', ({ text, why }: Record<string, string>) => {
  expect(mustNotTravel(text as string)).toBe(why);
});

it.each`
  typed                                                                         | audience                        | deadline      | evidence | text
  ${'giao cac thon: treo bang ron ngay hoi truoc 20/3, chup anh gui ve'}        | ${['cac thon']}                 | ${'19T17:00'} | ${true}  | ${'treo bang ron ngay hoi truoc 20/3, chup anh gui ve'}
  ${'giao các thôn treo băng rôn trước 20/3'}                                   | ${['các thôn']}                 | ${'19T17:00'} | ${false} | ${'treo băng rôn trước 20/3'}
  ${'Yêu cầu tất cả các thôn, rà soát máy tính, chậm nhất 9h ngày 21/3'}        | ${['tất cả các thôn']}          | ${'21T09:00'} | ${false} | ${'rà soát máy tính, chậm nhất 9h ngày 21/3'}
  ${'nhờ em giao cho các trưởng thôn việc dọn nhà văn hóa, xong trước thứ Sáu'} | ${['các trưởng thôn']}          | ${'19T17:00'} | ${false} | ${'dọn nhà văn hóa, xong trước thứ Sáu'}
  ${'giao thôn Ngoài và thôn Trong: mở lớp'}                                    | ${['thôn Ngoài', 'thôn Trong']} | ${null}       | ${false} | ${'mở lớp'}
  ${'giao cho toàn xã'}                                                         | ${['toàn xã']}                  | ${null}       | ${false} | ${null}
`(
  'as people say it: «$typed»',
  ({
    typed,
    audience,
    deadline,
    evidence,
    text,
  }: Record<string, unknown> & { typed: string; deadline: string | null }) => {
    expect(readOrder(typed, NOW)).toEqual({
      number: null,
      audience,
      evidence,
      text,
      urgency: 'normal',
      sending: null,
      checkEvery: null,
      practice: false,
      deadline: deadline === null ? null : at(`2026-03-${deadline}:00+07:00`),
    });
  },
);

it.each([
  'giao các thôn chưa nộp báo cáo',
  'yêu cầu của các thôn là gì',
  'đề nghị thôn tôi được hỗ trợ máy tính',
  'giao thôn Ngoài làm gì',
])('«%s» is no order: it is not said to whom', (typed) => expect(readOrder(typed, NOW)).toBeNull());

it.each`
  typed                          | iso                            | why
  ${'hẹn giờ 7h sáng mai'}       | ${'2026-03-17T07:00:00+07:00'} | ${'part of the day behind the hour'}
  ${'gửi lúc 8h thứ hai'}        | ${'2026-03-23T08:00:00+07:00'} | ${'the next Monday, today being one'}
  ${'hẹn gửi 7:30 20/3'}         | ${'2026-03-20T07:30:00+07:00'} | ${'minutes and a date'}
  ${'phát vào lúc 3h chiều mai'} | ${'2026-03-17T15:00:00+07:00'} | ${'the afternoon'}
  ${'gửi lúc chiều mai 2h'}      | ${'2026-03-17T14:00:00+07:00'} | ${'part of the day before the hour'}
  ${'hen gio 14h'}               | ${'2026-03-16T14:00:00+07:00'} | ${'without a day it is today'}
`('«$typed» leaves at $iso: $why', ({ typed, iso }: Record<string, string>) => {
  expect(readSending(typed as string, NOW)).toEqual(at(iso as string));
});

it.each`
  typed                     | kind         | why
  ${'gửi lúc 3h mai'}       | ${'unclear'} | ${'in the night or in the afternoon'}
  ${'hẹn giờ sáng mai'}     | ${'unclear'} | ${'no hour'}
  ${'hẹn giờ 8h cuối tuần'} | ${'unclear'} | ${'no day'}
  ${'gửi lúc 6h sáng nay'}  | ${'past'}    | ${'gone by'}
`('«$typed» is asked about: $why', ({ typed, kind }: Record<string, string>) => {
  expect(readSending(typed as string, NOW)).toEqual({ kind });
});

it('said freely too, when it leaves is no part of what travels', () => {
  expect(readOrder('giao các thôn treo băng rôn trước 20/3, hẹn giờ 7h sáng mai', NOW)).toMatchObject({
    ...{ sending: at('2026-03-17T07:00:00+07:00'), text: 'treo băng rôn trước 20/3' },
  });
});

it('when it leaves is a part of the one line, and no place that it is for', () => {
  expect(
    readOrder('giao 145, hẹn giờ 7h sáng mai, hạn 2h chiều 20/3, xã Tân Hòa: mở lớp', NOW),
  ).toMatchObject({
    sending: at('2026-03-17T07:00:00+07:00'),
    deadline: at('2026-03-20T14:00:00+07:00'),
    audience: ['xã Tân Hòa'],
  });
});

it.each`
  typed                         | hours
  ${'hỏi lại mỗi 2 ngày'}       | ${48}
  ${'hỏi lại 3 ngày một lần'}   | ${72}
  ${'2 ngay hoi lai 1 lan'}     | ${48}
  ${'hỏi tiến độ hàng tuần'}    | ${168}
  ${'mỗi ngày hỏi một lần'}     | ${24}
  ${'cứ 4 giờ hỏi lại một lần'} | ${4}
  ${'không hỏi lại'}            | ${0}
  ${'hỏi lại mỗi 90 ngày'}      | ${null}
  ${'xã Tân Hòa'}               | ${null}
  ${'hạn 20/3'}                 | ${null}
`('«$typed» asks every $hours hours', ({ typed, hours }: Record<string, unknown>) => {
  expect(readChecks(typed as string)).toBe(hours);
});

it('how often it is asked is a part of the one line', () => {
  expect(readOrder('giao 145, hỏi lại 2 ngày một lần, hạn 27/3, xã Tân Hòa: mở lớp', NOW)).toMatchObject({
    ...{ checkEvery: 48, audience: ['xã Tân Hòa'] },
  });
});
