import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { MASK, maskSecrets } from '../../../src/kernel/secrets';
import { foldText } from '../../../src/kernel/vn-text';

const hash = (digits: string): string => `#${digits}`;
const mask = (text: string): string => maskSecrets(text, hash).text;

describe('covers', () => {
  it.each([
    ['027090001234', MASK, 'id_card'],
    ['so cccd cua toi la 027090001234 kiem tra ho', `so cccd cua toi la ${MASK} kiem tra ho`, 'id_card'],
    ['cccd 027 090 001 234', `cccd ${MASK}`, 'id_card'],
    ['027.090.001.234', MASK, 'id_card'],
    ['0270 9000 1234 nhé', `${MASK} nhé`, 'id_card'],
    ['0 2 7 0 9 0 0 0 1 2 3 4', MASK, 'id_card'],
    ['０２７０９０００１２３４', MASK, 'id_card'],
    ['027\u200b090\u200b001234', MASK, 'id_card'],
    ['٠٢٧٠٩٠٠٠١٢٣٤', MASK, 'id_card'],
    ['cmnd 125123456', `cmnd ${MASK}`, 'old_id'],
    ['125123456', MASK, 'old_id'],
    ['CMND: 125.123.456', `CMND: ${MASK}`, 'old_id'],
    ['mã 553201', `mã ${MASK}`, 'code'],
    ['mã otp của tôi là 5532', `mã otp của tôi là ${MASK}`, 'code'],
    ['otp ve roi 55 32 01', `otp ve roi ${MASK}`, 'code'],
    ['mã'.normalize('NFD') + ' 553.201', `${'mã'.normalize('NFD')} ${MASK}`, 'code'],
    ['5532 la ma otp', `${MASK} la ma otp`, 'code'],
    ['passcode 123456', `passcode ${MASK}`, 'code'],
    ['code: 55320112', `code: ${MASK}`, 'code'],
    ['mật khẩu là hoahong', `mật khẩu là ${MASK}`, 'password'],
    ['mk: Abc@1234 nhé', `mk: ${MASK} nhé`, 'password'],
    ['mật khẩu vneid của tôi là Hoa@2024', `mật khẩu vneid của tôi là ${MASK}`, 'password'],
    ['mat khau hoahong99', `mat khau ${MASK}`, 'password'],
    ['my password is secret', `my password is ${MASK}`, 'password'],
    ['4111 1111 1111 1111', MASK, 'card'],
    ['4111111111111111', MASK, 'card'],
    ['the 9704-1234-5678-9012-345', `the ${MASK}`, 'card'],
    ['482913', MASK, 'six_digits'],
    ['482 913', MASK, 'six_digits'],
    ['dạ 482913 ạ', `dạ ${MASK} ạ`, 'six_digits'],
    ['12 buoi 027090001234', `12 buoi ${MASK}`, 'id_card'],
  ])('%s', (text, covered, kind) => {
    const masked = maskSecrets(text, hash);
    expect(masked.text).toBe(covered);
    expect(masked.secrets).toEqual([kind]);
  });

  it('hands the six digits to the hash and keeps nothing else of them', () => {
    expect(maskSecrets('482913', hash)).toEqual({ text: MASK, secrets: ['six_digits'], codeHash: '#482913' });
    expect(maskSecrets('mã ４８２９１３', hash)).toEqual({
      text: `mã ${MASK}`,
      secrets: ['code'],
      codeHash: '#482913',
    });
    expect(maskSecrets('mã 5532', hash).codeHash).toBeUndefined();
  });

  it('an identity number and a code in one message', () => {
    const masked = maskSecrets('cccd 027090001234, mã 553201', hash);
    expect(masked).toEqual({
      text: `cccd ${MASK}, mã ${MASK}`,
      secrets: ['id_card', 'code'],
      codeHash: '#553201',
    });
  });
});

describe('leaves', () => {
  it.each([
    'BC 418 5 121 14',
    'BC 12345 62 19999 5000',
    'bc 1.250 12 480 70',
    '418, 5, 121, 14',
    '1.250 người',
    '37.500.000đ',
    'kinh phi 150000000 d',
    '120000 đồng',
    'người lớn 249.050',
    'nguoi lon co kns: 18.432 / 24.905',
    'goi 0912345678',
    '0912 345 678',
    '0912 345 678, 12 buoi',
    'hop ngay 20/03/2026 luc 19:30',
    'quên mật khẩu vneid',
    'quên mật khẩu rồi bạn ơi',
    'mật khẩu là gì',
    'mk là trưởng thôn',
    'mk 1250 người',
    'mã otp ko về máy',
    'vneid doi dien thoai moi ko nhan dc ma otp',
    'toi gui roi ma 1250 nguoi',
    'xác nhận vneid 1250',
    'hs cua toi den dau roi ma so H05.23',
    'kich hoat muc 2 la 21.560 nguoi',
    'dinh danh muc 2: 12345 nguoi',
    '+84 912 345 678',
    'thon co 1250 ma QR',
  ])('%s', (text) => expect(maskSecrets(text, hash)).toEqual({ text, secrets: [] }));

  it('every line of the sample but none with a whole secret', () => {
    const lines = readFileSync('test/fixtures/utterances.jsonl', 'utf8').trim().split('\n');
    for (const line of lines) {
      const { text } = JSON.parse(line) as { text: string };
      expect(maskSecrets(text, hash)).toEqual({ text, secrets: [] });
    }
  });
});

describe('in any form', () => {
  const digits = (min: number, max: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(''));
  const wide = (text: string): string => text.replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)));
  const dress = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.normalize('NFD'),
    wide,
    (text) => [...text].join('\u200b'),
    (text) => text.toUpperCase(),
  );
  const plain = (text: string): string => foldText(text).replace(/\D/g, '');

  it('no digit of a secret survives', () => {
    const secret = fc.oneof(
      digits(12, 12),
      digits(16, 19),
      digits(6, 6),
      digits(4, 8).map((code) => `mã ${code}`),
      digits(4, 8).map((code) => `otp là ${code}`),
      digits(9, 9).map((id) => `cmnd ${id}`),
      digits(4, 10).map((word) => `mật khẩu là x${word}`),
    );
    const around = fc.constantFrom('', 'dạ ', 'em gửi bác ', 'xin chào. ');
    fc.assert(
      fc.property(around, secret, dress, (before, text, form) => {
        const masked = maskSecrets(form(before + text), hash);
        expect(plain(masked.text)).toBe('');
        expect(masked.secrets.length).toBeGreaterThan(0);
        expect(mask(masked.text)).toBe(masked.text);
      }),
      { numRuns: 500 },
    );
  });

  it('a line of ordinary figures stays as it is', () => {
    const line = fc
      .tuple(fc.nat(20_000), fc.nat(62), fc.nat(20_000), fc.nat(5_000))
      .map((n) => `BC ${n.join(' ')}`);
    fc.assert(
      fc.property(line, (text) => expect(mask(text)).toBe(text)),
      { numRuns: 1000 },
    );
  });

  it('answers fast whatever is sent', () => {
    for (const text of ['1 '.repeat(2000), 'mã '.repeat(2000), 'mk la '.repeat(1500), '9'.repeat(6000)]) {
      const began = performance.now();
      mask(text);
      expect(performance.now() - began).toBeLessThan(500);
    }
  });
});
