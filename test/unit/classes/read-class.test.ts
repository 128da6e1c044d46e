import { readAnnouncement, readChange, readRecorded } from '../../../src/classes/chat/read-class';

/** Thursday 12 March 2026, 8:00. */
const NOW = new Date('2026-03-12T08:00:00+07:00');

const dayOf = (day: ReturnType<typeof readAnnouncement>): string | null =>
  day?.when.day?.kind === 'day' ? day.when.day.day : (day?.when.day?.kind ?? null);

it.each`
  text                                                                              | day                | minute  | place                       | topic                    | capacity | planned
  ${'mở lớp 19:30 thứ Năm 19/3 nhà văn hóa: quên mật khẩu VNeID'}                   | ${'2026-03-19'}    | ${1170} | ${'nhà văn hóa'}            | ${'quên mật khẩu VNeID'} | ${null}  | ${false}
  ${'mo lop 19:30 thu nam 19/3 nha van hoa: quen mat khau vneid'}                   | ${'2026-03-19'}    | ${1170} | ${'nha van hoa'}            | ${'quen mat khau vneid'} | ${null}  | ${false}
  ${'Mở lớp 7h30 tối mai ở nhà văn hóa Đông Lâm, tối đa 30 chỗ: thanh toán QR, '}   | ${'2026-03-13'}    | ${1170} | ${'nhà văn hóa Đông Lâm'}   | ${'thanh toán QR'}       | ${30}    | ${false}
  ${'dự kiến mở lớp thứ Bảy 14/3 14h hội trường thôn: dịch vụ công'}                | ${'2026-03-14'}    | ${840}  | ${'hội trường thôn'}        | ${'dịch vụ công'}        | ${null}  | ${true}
  ${'tổ chức buổi học an toàn mạng 19h30 20/3 tại đình làng'}                       | ${'2026-03-20'}    | ${1170} | ${'đình làng'}              | ${'an toàn mạng'}        | ${null}  | ${false}
  ${'mo lop 19h toi mai nha van hoa thon Ngoai day VNeID 30 nguoi'}                 | ${'2026-03-13'}    | ${1140} | ${'nha van hoa thon Ngoai'} | ${'VNeID'}               | ${30}    | ${false}
  ${'mở lớp cho 25 bà con 8h sáng thứ Bảy 14/3 hội trường xã hướng dẫn thanh toán'} | ${'2026-03-14'}    | ${480}  | ${'hội trường xã'}          | ${'thanh toán'}          | ${25}    | ${false}
  ${'mở lớp 19:30 20/3 nhà văn hóa học an toàn mạng khoảng 40 người'}               | ${'2026-03-20'}    | ${1170} | ${'nhà văn hóa'}            | ${'an toàn mạng'}        | ${null}  | ${false}
  ${'mở lớp'}                                                                       | ${null}            | ${null} | ${null}                     | ${null}                  | ${null}  | ${false}
  ${'mở lớp thứ Sáu 19/3 nhà văn hóa'}                                              | ${'wrong_weekday'} | ${null} | ${'nhà văn hóa'}            | ${null}                  | ${null}  | ${false}
`('«$text»', ({ text, day, minute, place, topic, capacity, planned }) => {
  const read = readAnnouncement(text as string, NOW);
  expect([
    dayOf(read),
    read?.when.time?.minute ?? null,
    read?.place,
    read?.topic,
    read?.capacity,
    read?.planned,
  ]).toEqual([day, minute, place, topic, capacity, planned]);
});

it.each(['mở vneid', 'lớp gần tôi', 'muốn mở tài khoản', 'bao giờ có lớp', 'mở lợp'])(
  '«%s» announces nothing',
  (text) => expect(readAnnouncement(text, NOW)).toBeNull(),
);

it.each`
  text                                             | act         | number  | day             | minute  | reason
  ${'dời lớp 1 sang 19:30 thứ Sáu 20/3: mất điện'} | ${'move'}   | ${1}    | ${'2026-03-20'} | ${1170} | ${'mất điện'}
  ${'doi lop sang thu sau 20/3 vi mat dien'}       | ${'move'}   | ${null} | ${'2026-03-20'} | ${null} | ${'mat dien'}
  ${'hủy lớp 2: mưa to'}                           | ${'cancel'} | ${2}    | ${null}         | ${null} | ${'mưa to'}
  ${'huy lop'}                                     | ${'cancel'} | ${null} | ${null}         | ${null} | ${null}
  ${'hủy lớp 19:30 thứ Năm 19/3'}                  | ${'cancel'} | ${null} | ${'2026-03-19'} | ${1170} | ${null}
  ${'mở đăng ký lớp 1'}                            | ${'open'}   | ${1}    | ${null}         | ${null} | ${null}
`('«$text»', ({ text, act, number, day, minute, reason }) => {
  const read = readChange(text as string, NOW);
  const said = read?.when.day?.kind === 'day' ? read.when.day.day : null;
  expect([read?.act, read?.number, said, read?.when.time?.minute ?? null, read?.reason]).toEqual([
    act,
    number,
    day,
    minute,
    reason,
  ]);
});

it.each`
  text                                                         | people | day             | place                 | topic
  ${'buổi học 32 người nhà văn hóa tối qua an toàn mạng'}      | ${32}  | ${'2026-03-11'} | ${'nhà văn hóa'}      | ${'an toàn mạng'}
  ${'buoi hoc 32 nguoi nha van hoa toi qua an toan mang'}      | ${32}  | ${'2026-03-11'} | ${'nha van hoa'}      | ${'an toan mang'}
  ${'buổi học tối qua 32 người nhà văn hóa an toàn mạng'}      | ${32}  | ${'2026-03-11'} | ${'nhà văn hóa'}      | ${'an toàn mạng'}
  ${'Lớp tối 5/3: 41 người'}                                   | ${41}  | ${'2026-03-05'} | ${null}               | ${null}
  ${'lớp học hôm qua 27 bà con, nhà văn hóa thôn, quét mã QR'} | ${27}  | ${'2026-03-11'} | ${'nhà văn hóa thôn'} | ${'quét mã QR'}
`('«$text»', ({ text, people, day, place, topic }) => {
  const read = readRecorded(text as string, NOW);
  const said = read?.when.day?.kind === 'day' ? read.when.day.day : null;
  expect([read?.people, said, read?.place, read?.topic]).toEqual([people, day, place, topic]);
});

it.each([
  'buổi học 5',
  '2 buoi, 61 nguoi',
  'tuan nay 1 buoi 28 ng',
  'lớp 27 người',
  'dự kiến buổi học tối mai 30 người',
  'buổi học tối mai sẽ có 30 người',
  'lớp gần tôi',
])('«%s» records nothing', (text) => expect(readRecorded(text, NOW)).toBeNull());
