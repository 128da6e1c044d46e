import fc from 'fast-check';
import { choice } from '../../../src/understanding/choice';
import { readDate } from '../../../src/understanding/date';
import { isFragment } from '../../../src/understanding/fragment';
import { readPhone } from '../../../src/understanding/phone';
import { yesNo } from '../../../src/understanding/yes-no';

describe('yes and no', () => {
  it.each([
    'đúng rồi',
    'ok',
    'OK ạ',
    'dung r',
    '👍',
    '👍🏽',
    '👍 👍',
    'vâng',
    'dạ vg',
    'gui',
    'gửi đi',
    'đúng',
    'phải rồi',
    'chính xác',
    'uk',
    'yes',
    'có',
    'đồng ý',
    'ddungs roofi',
    'dạ đúng rồi ạ',
    'chuẩn luôn',
    'đúng, gửi đi',
  ])('%s is yes', (text) => {
    expect(yesNo(text)).toBe('yes');
    expect(yesNo(text.normalize('NFD'))).toBe('yes');
  });

  it.each([
    'sai r',
    'sai rồi',
    'không',
    'ko',
    'k',
    'dạ không ạ',
    'không phải',
    'ko phai',
    'chưa đúng',
    'không đúng',
    'nhầm rồi',
    'no',
    '👎',
    'đừng gửi',
    'dạ chưa ạ',
  ])('%s is no', (text) => expect(yesNo(text)).toBe('no'));

  it.each([
    '5',
    '',
    'đúng không?',
    'đúng rồi nhưng sửa 3',
    'để tôi xem',
    'Vâng tôi nhận được rồi',
    'không có buổi nào',
    'quên mật khẩu',
    'mai tôi gửi',
    'tối gửi',
    'dung gui',
    'toi gui',
    '❤️',
    'chị Lan gửi rồi mà',
  ])('%s is neither', (text) => expect(yesNo(text)).toBeNull());
});

describe('a button in words', () => {
  const choices = [
    { id: 'ALL', label: 'Đúng hết' },
    { id: 'EACH', label: 'Trả lời từng câu' },
    { id: 'LATER', label: 'Để sau' },
    { id: 'CALL', label: 'Gọi chị Hạnh' },
  ];
  it.each([
    ['đúng hết', 'ALL'],
    ['dung het a', null],
    ['trả lời từng câu', 'EACH'],
    ['tung cau', null],
    ['tra loi tuwng cau', 'EACH'],
    ['tra loi tung cua', 'EACH'],
    ['de sau nhe', 'LATER'],
    ['cho em gọi chị Hạnh', 'CALL'],
    ['hạnh', null],
    ['câu', null],
    ['5', null],
    ['đúng', null],
    ['', null],
  ])('%s → %s', (text, id) => expect(choice(text, choices)).toBe(id));

  it('is none when it could be two', () => {
    const two = [
      { id: 'A', label: 'Thôn Trung' },
      { id: 'B', label: 'Thôn Trung' },
    ];
    expect(choice('thon trung', two)).toBeNull();
    expect(
      choice('Tân Sơn', [
        { id: 'A', label: 'Vân Sơn' },
        { id: 'B', label: 'Tam Sơn' },
      ]),
    ).toBeNull();
  });
});

describe('days, seen on Monday 16/3/2026 in the evening', () => {
  const now = new Date('2026-03-16T20:00:00+07:00');
  it.each([
    ['mai', '2026-03-17'],
    ['mai tôi báo', '2026-03-17'],
    ['sáng mai', '2026-03-17'],
    ['mốt', '2026-03-18'],
    ['ngày kia', '2026-03-18'],
    ['hôm nay', '2026-03-16'],
    ['để tối', '2026-03-16'],
    ['hôm qua', '2026-03-15'],
    ['hôm kia', '2026-03-14'],
    ['thứ 7', '2026-03-21'],
    ['t7', '2026-03-21'],
    ['thứ bảy', '2026-03-21'],
    ['chủ nhật', '2026-03-22'],
    ['chu nhat moi hoc', '2026-03-22'],
    ['cn', '2026-03-22'],
    ['thứ 2', '2026-03-23'],
    ['thứ 4 tuần sau', '2026-03-25'],
    ['toi t6 tuan truoc', '2026-03-13'],
    ['20/3', '2026-03-20'],
    ['20/3 em nộp', '2026-03-20'],
    ['20-3', '2026-03-20'],
    ['ngày 20', '2026-03-20'],
    ['ngày 5', '2026-04-05'],
    ['20/3/2027', '2027-03-20'],
    ['30/12', '2025-12-30'],
    ['tomorrow', '2026-03-17'],
  ])('%s → %s', (text, day) => expect(readDate(text, now)).toEqual({ kind: 'day', day }));

  it.each([
    ['rằm tháng này', 'lunar'],
    ['mùng 5', 'lunar'],
    ['31/2', 'impossible'],
    ['cuối tuần', 'vague'],
    ['12/3 và 19/3', 'several'],
  ])('%s is asked about: %s', (text, why) => expect(readDate(text, now)).toEqual({ kind: 'ask', why }));

  it.each(['5 buổi', 'đúng rồi', '20/35', '214/305', 'tôi', 'một', '1.250', ''])('%s names none', (text) =>
    expect(readDate(text, now)).toBeNull(),
  );
});

describe('phone numbers', () => {
  it.each([
    ['0900000123', '84900000123'],
    ['số em là 0900 000 123 ạ', '84900000123'],
    ['+84 900 000 123', '84900000123'],
    ['0222 3 800 111', '842223800111'],
    ['5', null],
    ['027090001234', null],
    ['0900000123 hoặc 0900000124', null],
    ['1900 0368', null],
  ])('%s → %s', (text, phone) => expect(readPhone(text)).toBe(phone));
});

describe('an unfinished message', () => {
  it.each([
    'thôn tôi',
    'Thôn tôi',
    'bác báo nhé',
    'tháng này',
    'thôn em tháng này,',
    'em báo cáo số liệu',
    'số liệu tháng 3:',
    'thon toi co',
    'số buổi là',
    'tháng này mở',
    '5 buổi và',
    '5 buổi,',
    'cho tôi hỏi',
    '418 người lớn,',
  ])('«%s» waits', (text) => expect(isFragment(text)).toBe(true));

  it.each([
    '5',
    '418',
    '5 buổi',
    'đúng rồi',
    'báo cáo',
    'BC',
    'BC 418 5 121 14',
    'gửi',
    'thôi',
    'tiếp',
    'quên mật khẩu vneid',
    'không có',
    'chưa có',
    'thôn nào chưa nộp',
    'bạn là ai',
    'chào bác',
    'dạ',
    'vâng ạ',
    'menu',
    '???',
    '',
    'thôn Đông Lâm',
    'khoảng 30',
    'để sau',
    'hồ sơ của tôi đến đâu rồi, mã hồ sơ',
    'muốn làm chữ ký số',
    'lỡ bấm vào link của người lạ',
    'bao giờ có kết quả hồ sơ',
    'chi cho bac cach lam muc 2 voi',
    'thẻ căn cước cho con',
  ])('«%s» is whole', (text) => expect(isFragment(text)).toBe(false));
});

it('nothing here throws', () => {
  const now = new Date('2026-03-16T20:00:00+07:00');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      yesNo(text);
      readDate(text, now);
      readPhone(text);
      isFragment(text);
      choice(text, [{ id: 'A', label: text }]);
    }),
  );
});
