import { numberInWords, readAloud, shortLines } from '../../../src/understanding/read-aloud';
import { readFigure } from '../../../src/understanding/number';

it.each`
  n          | words
  ${0}       | ${'không'}
  ${5}       | ${'năm'}
  ${10}      | ${'mười'}
  ${15}      | ${'mười lăm'}
  ${21}      | ${'hai mươi mốt'}
  ${24}      | ${'hai mươi bốn'}
  ${55}      | ${'năm mươi lăm'}
  ${101}     | ${'một trăm linh một'}
  ${121}     | ${'một trăm hai mươi mốt'}
  ${418}     | ${'bốn trăm mười tám'}
  ${1250}    | ${'một nghìn hai trăm năm mươi'}
  ${2005}    | ${'hai nghìn không trăm linh năm'}
  ${2500000} | ${'hai triệu năm trăm nghìn'}
`('$n is «$words»', ({ n, words }: { n: number; words: string }) => {
  expect(numberInWords(n)).toBe(words);
});

it.each`
  text                                                  | aloud
  ${'Hạn 17:00 thứ Ba 17/3.'}                           | ${'Hạn mười bảy giờ thứ Ba ngày mười bảy tháng ba.'}
  ${'📚 Lớp «VNeID» – 19:30 thứ Năm 2/4, nhà văn hóa.'} | ${'Lớp VNeID, mười chín giờ ba mươi thứ Năm ngày hai tháng tư, nhà văn hóa.'}
  ${'Đã nộp 6/29 thôn, 80 % xong.'}                     | ${'Đã nộp sáu trên hai mươi chín thôn, tám mươi phần trăm xong.'}
  ${'Gọi 1900 0368. Gọi giờ hành chính.'}               | ${'Gọi một chín không không không ba sáu tám.\nGọi giờ hành chính.'}
  ${'1. Mở VNeID\n2. Bấm «Đăng nhập»'}                  | ${'Một: Mở VNeID\nHai: Bấm Đăng nhập'}
  ${'Tổng 1.250 lượt; 85,5 là tỷ lệ'}                   | ${'Tổng một nghìn hai trăm năm mươi lượt;\ntám mươi lăm phẩy năm là tỷ lệ'}
  ${'Soát ngày 22/11/2026'}                             | ${'Soát ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu'}
`('«$text»', ({ text, aloud }: { text: string; aloud: string }) => {
  expect(readAloud(text)).toBe(aloud);
});

it('says every number so that our own ear understands it', () => {
  for (let n = 1; n < 2_000; n += 7) {
    const heard = readFigure(numberInWords(n), { measure: 'none', nature: 'flow', last: null });
    expect([n, heard.kind === 'value' || heard.kind === 'confirm' ? heard.value : heard]).toEqual([n, n]);
  }
});

it('puts one sentence on a line', () => {
  expect(shortLines('Một câu. Hai câu! Ba câu?\n1. Bốn. Năm.')).toBe(
    'Một câu.\nHai câu!\nBa câu?\n1. Bốn.\nNăm.',
  );
});
