import { asksFor } from '../../../src/campaigns/chat/known-figure';
import {
  asksResults,
  readAnnouncement,
  readBareNumber,
  readCampaign,
  readCounted,
} from '../../../src/campaigns/chat/read-campaign';

/** What one line says of a survey or a head-count. */

const NOW = new Date('2026-03-16T08:00:00+07:00');
const at = (iso: string) => ({ kind: 'at', at: new Date(iso) });
const SUNDAY = at('2026-03-22T17:00:00+07:00');

it.each([
  [
    'khảo sát Nhà văn hóa có Internet không?, xã Tiên Lục, đến 22/3',
    ['yes_no', 'Nhà văn hóa có Internet không?', ['xã Tiên Lục'], SUNDAY],
  ],
  [
    'khảo sát trang thiết bị, các xã miền núi, đến 22/3',
    ['equipment', 'trang thiết bị', ['các xã miền núi'], SUNDAY],
  ],
  [
    'Khao sat xa Tien Luc, den 22/3: thiet bi nha van hoa thon',
    ['equipment', 'thiet bi nha van hoa thon', ['xa Tien Luc'], SUNDAY],
  ],
  [
    'khảo sát trang thiết bị có đủ không?, xã Tiên Lục, đến 22/3',
    ['yes_no', 'trang thiết bị có đủ không?', ['xã Tiên Lục'], SUNDAY],
  ],
  [
    'khao sat nha van hoa co loa khong, xa Tien Luc, xa Tan Hoa, den 22/3',
    ['yes_no', 'nha van hoa co loa khong', ['xa Tien Luc', 'xa Tan Hoa'], SUNDAY],
  ],
  [
    'Khảo sát các xã miền núi, đến 9h 22/3: có loa, có đài không?',
    ['yes_no', 'có loa, có đài không?', ['các xã miền núi'], at('2026-03-22T09:00:00+07:00')],
  ],
  [
    'điểm danh số người ở nhà văn hóa, toàn xã, đến 16h hôm nay',
    ['count', 'số người ở nhà văn hóa', ['toàn xã'], at('2026-03-16T16:00:00+07:00')],
  ],
  ['nhờ em hỏi các thôn xem có máy chiếu không', ['yes_no', 'có máy chiếu không', ['các thôn'], null]],
  ['tạo khảo sát', ['yes_no', null, [], null]],
  ['điểm danh', ['count', null, [], null]],
  ['khảo sát Có loa không?, đến 7h hôm nay', ['yes_no', 'Có loa không?', [], { kind: 'past' }]],
] as const)('«%s»', (typed, [kind, question, audience, closes]) => {
  expect(readCampaign(typed, NOW)).toEqual({ kind, question, audience, closes });
});

it.each([
  'hỏi thôn nào chưa nộp',
  'hỏi cán bộ xã ở đâu',
  'khảo sátt',
  'kết quả khảo sát',
  'điểm danh 34',
  'em điểm danh 34 ạ',
  'bài khảo sát',
])('«%s» asks nobody', (typed) => expect(readCampaign(typed, NOW)).toBeNull());

it.each([
  ['điểm danh 34', 34],
  ['diem danh: 0 nguoi', 0],
  ['Em điểm danh 12 ạ.', 12],
  ['điểm danh 34, xã Tân Hòa', null],
  ['điểm danh', null],
  ['34', null],
])('«%s» counts %s', (typed, value) => expect(readCounted(typed)).toBe(value));

it.each([
  ['34', 34],
  ['0', 0],
  ['34 người ạ', 34],
  ['khoảng 34', null],
  ['3 4', null],
])('«%s» alone is %s', (typed, value) => expect(readBareNumber(typed)).toBe(value));

it.each([
  ['kết quả khảo sát', 'asked'],
  ['xem ket qua diem danh ạ', 'asked'],
  ['kết quả 145', null],
  ['khảo sát', null],
  ['kết quả thông báo', 'announced'],
  ['nơi nào chưa xem thông báo', 'announced'],
])('«%s» asks for results: %s', (typed, asks) => expect(asksResults(typed)).toBe(asks));

it.each([
  ['Nhà văn hóa có Internet không?', 'Nhà văn hóa có Internet', true],
  ['Nhà văn hóa có loa không?', 'Nhà văn hóa có Internet', false],
  ['Có ai không?', 'Số người', false],
])('«%s» asks for «%s»: %s', (question, figure, asks) => expect(asksFor(question, figure)).toBe(asks));

it.each([
  ['thông báo toàn xã: 19h tối nay họp', ['toàn xã'], '19h tối nay họp'],
  [
    'thông báo thôn Đông Lâm, Ngọc Trì: cắt điện 7:00 đến 11:00',
    ['thôn Đông Lâm', 'Ngọc Trì'],
    'cắt điện 7:00 đến 11:00',
  ],
  ['gửi thông báo đến toàn xã: mai nghỉ', ['toàn xã'], 'mai nghỉ'],
  ['thong bao toan xa', ['toan xa'], null],
  ['thông báo sáng mai cắt điện', [], 'sáng mai cắt điện'],
  ['thông báo', [], null],
])('«%s» is told to %j: %s', (typed, audience, question) =>
  expect(readAnnouncement(typed)).toEqual({ kind: 'announcement', audience, question, closes: null }),
);

it.each(['xem thông báo', 'em nhận được thông báo rồi', 'báo cáo', 'thôngbáo'])(
  '«%s» announces nothing',
  (typed) => expect(readAnnouncement(typed)).toBeNull(),
);

it.each([
  ['nhờ em nhắn các thôn mai 8h họp ở hội trường xã', ['các thôn'], 'mai 8h họp ở hội trường xã'],
  ['nhan cac truong thon la sang mai cat dien', ['cac truong thon'], 'sang mai cat dien'],
  ['báo giúp chị toàn xã: chiều nay nghỉ học', ['toàn xã'], 'chiều nay nghỉ học'],
  ['gửi tin cho thôn Ngoài, thôn Trong: mai đoàn về', ['thôn Ngoài', 'thôn Trong'], 'mai đoàn về'],
  ['nhờ em báo với các bác trưởng thôn chiều mai họp', ['các bác trưởng thôn'], 'chiều mai họp'],
  ['gui loi chuc 8/3 cho tat ca cac thon', ['tat ca cac thon'], null],
] as const)('news as people say it: «%s»', (typed, audience, question) => {
  expect(readAnnouncement(typed)).toEqual({ kind: 'announcement', question, audience, closes: null });
});

it.each(['báo cáo', 'báo các thôn chưa nộp', 'gửi các thôn nào rồi?', 'nhắn thế nào', 'gửi báo cáo cho xã'])(
  '«%s» announces nothing',
  (typed) => expect(readAnnouncement(typed)).toBeNull(),
);
