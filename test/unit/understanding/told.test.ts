import { readTold, type ToldOf } from '../../../src/understanding/told';

const FIGURES: readonly ToldOf[] = (
  [
    ['adults', 'person', 418],
    ['sessions', 'session', 5],
    ['visits', 'visit', 121],
    ['households', 'household', 14],
  ] as const
).map(([id, measure, now], i) => ({ id, measure, now, number: i + 1, words: [] }));

/** «visits=139?» where it is to be confirmed. */
function told(text: string): string | null {
  const found = readTold(text, FIGURES);
  return (
    found
      ?.map(({ figure, reading }) => {
        if (!('value' in reading)) throw new Error(`${figure}: ${reading.kind}`);
        return `${figure}=${reading.value}${reading.kind === 'confirm' ? '?' : ''}`;
      })
      .join(' ') ?? null
  );
}

describe('what is corrected, told amid other words, is confirmed', () => {
  it.each([
    ['ông Bảy bảo số hộ là 15 cơ, cháu ghi 15 vào', 'households=15?'],
    ['Người lớn ghi hộ chú 420 nhé, sáng nay có hai cụ nữa biết gọi video', 'adults=420?'],
    ['o cho ho ay phai 16 chu sao lai 14', 'households=16?'],
    ['khoan, so luot chu tinh thieu buoi cuoi, phai la 139', 'visits=139?'],
    ['luot hoc ghi lon roi em, mot tram hai muoi tam', 'visits=128?'],
    ['luot di hoc 116 nhe, tai chu no keo ra thanh 121', 'visits=116?'],
    ['121 la cong thieu day, gio 127', 'visits=127?'],
    ['Câu 2 với câu 4 sai: 6 buổi và 11 hộ', 'sessions=6? households=11?'],
  ])('«%s»', (text, expected) => expect(told(text)).toBe(expected));
});

describe('a difference is worked out, unless what it comes to is said', () => {
  it.each([
    ['cac so khac dung ca, chi co nguoi lon bot di 3', 'adults=415?'],
    ['cong them cho toi 3 luot nua vi co may ba den muon', 'visits=124?'],
    ['Bỏ đi một buổi, hôm ấy chỉ họp thôn chứ có dạy gì đâu, còn 4 buổi', 'sessions=4?'],
    ['Tăng số hộ lên 18 giúp bác', 'households=18?'],
    ['so ho tang len 2', 'households=16?'],
    ['5 buoi la ke hoach, day that co 3 buoi', 'sessions=3?'],
  ])('«%s»', (text, expected) => expect(told(text)).toBe(expected));
});

it('a whole line is believed where each number has its own unit', () => {
  expect(told('416 người biết dùng máy, học 6 buổi, 130 lượt bà con đến, giúp 15 hộ')).toBe(
    'adults=416 sessions=6 visits=130 households=15',
  );
  expect(told('tháng này 416 người biết dùng máy, học 6 buổi, thêm 9, giúp 15 hộ')).toBeNull();
});

describe('nothing is told where it may be another thing', () => {
  it.each([
    'hộ 16 nhỉ?',
    'số hộ là 14',
    'tổng 3 buổi, mỗi buổi 20 lượt',
    'hôm qua học 1 buổi 30 người',
    'thêm 6 người, thêm 1 buổi',
    'luot la 130 hay 140',
    'sai rồi, 140',
    'Câu 2 với câu 4 sai',
    'hộ được giúp không phải 14 đâu nhà bà Sáu với bà Tám là một nhà nên còn 13 thôi',
    'chưa gửi vội nhé',
  ])('«%s»', (text) => expect(told(text)).toBeNull());
});
