import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { MASK, maskSecrets, namesPassword } from '../../../src/kernel/secrets';
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

  it.each([
    ['619-971', MASK, 'six_digits'],
    ['otp 616.054', `otp ${MASK}`, 'code'],
    ['62 78 91', MASK, 'six_digits'],
    ['dạ 62 78 91 ạ', `dạ ${MASK} ạ`, 'six_digits'],
    ['4 9 2 9 1 9', MASK, 'six_digits'],
    ['4 8 2 7 9 1 3 5', MASK, 'claim_code'],
    ['4827 9135', MASK, 'claim_code'],
    ['48279135', MASK, 'claim_code'],
    ['dạ mã của em là 4827 9135 ạ', `dạ mã của em là ${MASK} ạ`, 'claim_code'],
    ['mã otp là năm ba ba hai không một', `mã otp là ${MASK}`, 'code'],
    ['ma xac nhan: sau hai bay tam chin mot', `ma xac nhan: ${MASK}`, 'code'],
    ['192 611 181', MASK, 'old_id'],
    ['180.728.771', MASK, 'old_id'],
    ['161-081-837', MASK, 'old_id'],
    ['cmnd cu 192 611 181 nhe', `cmnd cu ${MASK} nhe`, 'old_id'],
    ['cccd 031,710,644,122', `cccd ${MASK}`, 'id_card'],
    ['032/979/811/306', MASK, 'id_card'],
    ['031   710   644   122', MASK, 'id_card'],
    ['031·710·644·122', MASK, 'id_card'],
    ['căn cước không ba một bảy một không sáu bốn bốn một hai hai', `căn cước ${MASK}`, 'id_card'],
    ['số BHXH 2701234567', `số BHXH ${MASK}`, 'id_card'],
    ['hộ chiếu C1699316', `hộ chiếu ${MASK}`, 'id_card'],
    ['C1699316', MASK, 'id_card'],
    ['mật mã TreXanh44p', `mật mã ${MASK}`, 'password'],
    ['m.k là TreXanh44p', `m.k là ${MASK}`, 'password'],
    ['mkhau: TreXanh44p', `mkhau: ${MASK}`, 'password'],
    ['pass wifi TreXanh44p', `pass wifi ${MASK}`, 'password'],
    ['mật khẩu\nTreXanh44p', `mật khẩu\n${MASK}`, 'password'],
    ['mk hoaphuongvang', `mk ${MASK}`, 'password'],
    ['mk là chuoitieuhong', `mk là ${MASK}`, 'password'],
    ['DauTam04j là mật khẩu', `${MASK} là mật khẩu`, 'password'],
    ['đăng nhập bằng DauTam04j', `đăng nhập bằng ${MASK}`, 'password'],
    [
      'mật khẩu tài khoản định danh mức hai của tôi là TamDao03f',
      `mật khẩu tài khoản định danh mức hai của tôi là ${MASK}`,
      'password',
    ],
    ['mật khẩu là hoa sen do99', `mật khẩu là ${MASK}`, 'password'],
    ['4111/1111/1111/1111', MASK, 'card'],
    ['4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', MASK, 'card'],
    ['41111111 11111111', MASK, 'card'],
    ['stk 0123456789', `stk ${MASK}`, 'card'],
    ['số tài khoản 0123456789 ngân hàng agribank', `số tài khoản ${MASK} ngân hàng agribank`, 'card'],
    ['cvv 970', `cvv ${MASK}`, 'code'],
  ])('%s, a form people use', (text, covered, kind) => {
    for (const form of [text, text.normalize('NFD'), text.toUpperCase()]) {
      const masked = maskSecrets(form, hash);
      expect(masked.secrets).toEqual([kind]);
      expect(masked.text.toLowerCase().normalize('NFC')).toBe(covered.toLowerCase());
    }
  });

  it('a code that is called an OTP or a passcode is never compared with claim codes', () => {
    for (const text of [
      'otp la 482913',
      'passcode 258036 sai a',
      'mã otp nó gửi là 48 29 13',
      'mat khau 482913',
      'otp là 48279135',
      'mã vneid 4827 9135',
      '48279135 là mã OTP',
    ])
      expect([text, maskSecrets(text, hash).codeHash]).toEqual([text, undefined]);
    // Six digits are an OTP, whatever they are called.
    for (const text of ['482913', 'mã 482913', 'ma cua em la 482913', '4 9 2 9 1 9'])
      expect([text, maskSecrets(text, hash).codeHash]).toEqual([text, undefined]);
    for (const text of ['4827 9135', '48279135', '4 8 2 7 9 1 3 5', 'mã 4827-9135'])
      expect([text, maskSecrets(text, hash).codeHash]).toEqual([text, expect.stringMatching(/^#4827913/)]);
  });

  it('a question about a passcode and the code of a dossier are no secrets', () => {
    for (const text of [
      'passcode la cai gi sao no cu hoi toi',
      'mật khẩu là số nào thế',
      'I cannot log in though my password is right',
      'it says my password is not strong enough',
      'tra cứu hồ sơ 000.00.12.H05-250301-0021',
      'hs H05-250301-0021 den dau roi',
    ])
      expect([text, maskSecrets(text, hash).secrets]).toEqual([text, []]);
    for (const text of ['mật khẩu là cai34gi', 'otp 250301', 'my password is right2Go', 'mk la a1b2c3'])
      expect([text, maskSecrets(text, hash).secrets.length]).toEqual([text, 1]);
  });

  it.each([
    'https://baochinhphu.vn/chuyen-doi-so-102250312083015123.htm',
    'xem bài này https://laodong.vn/tin/482913.ldo nhé',
    'https://www.facebook.com/groups/123/posts/1234567890123456/',
    'https://vbpl.vn/toanvan.aspx?ItemID=172345',
    'https://facebook.com/story.php?id=100064812345678',
    'IMG_20260312_083015.jpg',
    'Scan 2026-03-12 08.30.15.pdf',
    '20260312083015.mp4',
    'z5123456789012_0123456789abcdef0123456789abcdef.jpg',
  ])('the number of a page or of a picture is no secret: %s', (text) => {
    expect(maskSecrets(text, hash)).toEqual({ text, secrets: [] });
  });

  it.each([
    ['https://a.vn/?q=482913', 'six_digits'],
    ['https://a.vn/027090001234', 'id_card'],
    ['https://a.vn/otp-482913', 'code'],
    ['https://a.vn/?otp=482913', 'code'],
    ['https://a.vn/?pass=TreXanh44p', 'password'],
    ['https://a.vn/tin 482913', 'six_digits'],
    ['IMG_20261312_083015.jpg', 'six_digits'],
    ['stk 20260312083015', 'card'],
    ['z5123456789012.jpg', 'card'],
    ['BC 418 5 121 14 63919574', 'claim_code'],
    ['BC 418 5 121 14 dạ 63919574 ạ', 'claim_code'],
    ['BC 418 5 121 14 004/139/308/903', 'id_card'],
    ['BC 418 5 121 14 027 090 001 234', 'id_card'],
  ])('what stands in an address or a name otherwise is one: %s', (text, kind) => {
    expect(maskSecrets(text, hash).secrets).toEqual([kind]);
  });

  it('the word that follows a message which only named a password', () => {
    expect(namesPassword('mật khẩu của tôi là')).toBe(true);
    expect(namesPassword('mk vneid:')).toBe(true);
    for (const text of ['quên mật khẩu', 'BC 418 5 121 14', 'mật khẩu là gì'])
      expect([text, namesPassword(text)]).toEqual([text, false]);
    for (const text of ['TreXanh44p', 'hoaphuongvang', 'hoa@sen'])
      expect(maskSecrets(text, hash, { awaitsPassword: true })).toEqual({
        text: MASK,
        secrets: ['password'],
      });
    for (const text of ['5', 'gửi', 'đúng rồi', '121 lượt', 'BC 418 5 121 14'])
      expect(maskSecrets(text, hash, { awaitsPassword: true }).secrets).toEqual([]);
  });

  it('a lone six-digit number is a figure only from somebody who reports such', () => {
    for (const text of ['412345', '102030', '111222']) {
      expect(maskSecrets(text, hash).secrets).toEqual(['six_digits']);
      expect(maskSecrets(text, hash, { bigFigures: true })).toEqual({ text, secrets: [] });
      expect(maskSecrets(`mã ${text}`, hash, { bigFigures: true }).secrets).toEqual(['code']);
    }
  });

  it('hands the eight digits to the hash and keeps nothing else of them', () => {
    expect(maskSecrets('48279135', hash)).toEqual({
      text: MASK,
      secrets: ['claim_code'],
      codeHash: '#48279135',
    });
    expect(maskSecrets('mã ４８２７９１３５', hash)).toEqual({
      text: `mã ${MASK}`,
      secrets: ['claim_code'],
      codeHash: '#48279135',
    });
    expect(maskSecrets('mã 5532', hash).codeHash).toBeUndefined();
  });

  it('an identity number and a code in one message', () => {
    const masked = maskSecrets('cccd 027090001234, mã 48279135', hash);
    expect(masked).toEqual({
      text: `cccd ${MASK}, mã ${MASK}`,
      secrets: ['id_card', 'claim_code'],
      codeHash: '#48279135',
    });
  });
});

describe('leaves', () => {
  it.each([
    'BC 418 5 121 14',
    'BC 12345 62 19999 5000',
    'bc 1.250 12 480 70',
    '418, 5, 121, 14',
    '1250 1250',
    '1200 1350',
    'học viên 1245 1389',
    '20032026',
    '1 2 3 4 5 6 7 8',
    '48279135 người',
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
    '300 400',
    '150 200',
    '1000 1000 1000 1000',
    'BC 3250 1200 1300 1400',
    'mã 1234',
    'kích hoạt mã 1250',
    'học viên 1250 mã',
    'mã xã 07795',
    'thửa 412345',
    '123.456',
    '123456 người',
    'bc 418/5/121/14',
    '418-5-121-14',
    'bc 418 - 5 - 121 - 14',
    '418, 500, 121, 140',
    'cvv la gi',
    'năm ba bảy chín',
    'đăng nhập bằng vneid',
    'mk 5 buổi 121 lượt',
    'mình học ở nhà văn hóa',
    'mật khẩu',
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
      digits(4, 8).map((code) => `mã otp ${code}`),
      digits(8, 8).map((code) => `mã ${code}`),
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

  it.each([
    'quen mat khau facebook',
    'lấy lại mật khẩu techcombank',
    'quên mật khẩu messenger',
    'forgot password instagram',
  ])('«%s» asks for one and tells none', (text) => expect(maskSecrets(text, String).secrets).toEqual([]));

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
