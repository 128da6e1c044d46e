import type { Random } from './random';

/** Invented secrets as people type them: kinds, not lines. Each is made by chance, so that no rule can know it beforehand. */

/** What was typed, and the pieces of it that must stand nowhere afterwards. */
export interface Planted {
  readonly text: string;
  readonly pieces: readonly string[];
}

const DIGIT_WORDS = 'không một hai ba bốn năm sáu bảy tám chín'.split(' ');
const PLANTS = ['TreXanh', 'DauTam', 'HoaGao', 'LuaVang', 'ChuoiTieu', 'CauTre', 'BenNuoc', 'DongLua'];
const SYLLABLES = 'hoa phuong vang lua tre xanh song cau que huong nui chuoi tieu hong ruong'.split(' ');

const digitsOf = (random: Random, n: number, first = 1): string =>
  Array.from({ length: n }, (_, i) => random.between(i === 0 ? first : 0, 9)).join('');
const inGroups = (digits: string, size: number, between: string): string =>
  digits.match(new RegExp(`.{1,${size}}`, 'g'))?.join(between) ?? digits;
const inWords = (digits: string): string => [...digits].map((digit) => DIGIT_WORDS[Number(digit)]).join(' ');
const identity = (random: Random): string => `0${digitsOf(random, 2, 0)}${digitsOf(random, 9)}`;
const password = (random: Random): string =>
  `${random.pick(PLANTS)}${digitsOf(random, 2)}${random.pick([...'abcdefghkmnp'])}`;

/** Sixteen digits with a right check digit. */
function card(random: Random): string {
  const body = `9${digitsOf(random, 14)}`;
  let sum = 0;
  for (const [i, digit] of [...body].reverse().entries()) {
    const twice = Number(digit) * (i % 2 === 0 ? 2 : 1);
    sum += twice > 9 ? twice - 9 : twice;
  }
  return `${body}${(10 - (sum % 10)) % 10}`;
}

type Kind = (random: Random) => Planted;

/** `digits` as it was typed; both forms must stand nowhere. */
function typed(random: Random, digits: string, form: string, ways: readonly string[]): Planted {
  const pieces = [...new Set([digits, form])];
  return { text: random.pick(ways).replace('…', form), pieces };
}

const KINDS: readonly Kind[] = [
  (r) => {
    const code = digitsOf(r, 6);
    return typed(r, code, code, [
      '…',
      'dạ … ạ',
      'mã xác nhận … đúng không',
      'otp … nhé em',
      'nó gửi mã … cho tôi',
    ]);
  },
  (r) => {
    const code = digitsOf(r, 6);
    const form = r.pick([inGroups(code, 3, '-'), inGroups(code, 2, ' '), inGroups(code, 1, ' ')]);
    return typed(r, code, form, ['…', 'mã otp …', 'dạ … ạ']);
  },
  (r) => {
    const code = digitsOf(r, 6);
    return typed(r, code, inGroups(code, 3, '.'), ['mã otp …', 'otp về rồi …']);
  },
  (r) => {
    const code = digitsOf(r, 6);
    return typed(r, code, inWords(code), ['mã otp là …', 'mã xác nhận: …', 'otp nó đọc …']);
  },
  (r) => {
    const id = `1${digitsOf(r, 8)}`;
    const form = r.pick([inGroups(id, 3, ' '), inGroups(id, 3, '.'), inGroups(id, 3, '-')]);
    return typed(r, id, form, ['…', 'số chứng minh thư cũ …', 'cmnd …']);
  },
  (r) => {
    const id = identity(r);
    const between = r.pick(['', ' ', '.', '-', '/', '   ', '·']);
    return typed(r, id, inGroups(id, 3, between), [
      '…',
      'cccd …',
      'số căn cước của tôi là …',
      'kiểm tra hộ … với',
    ]);
  },
  (r) => {
    const id = identity(r);
    return typed(r, id, inGroups(id, 3, ','), ['cccd …', 'căn cước công dân …']);
  },
  (r) => {
    const id = identity(r);
    return typed(r, id, inWords(id), ['căn cước …', 'số định danh …']);
  },
  (r) => {
    const number = digitsOf(r, 10);
    return typed(r, number, number, ['số BHXH …', 'mã số bảo hiểm xã hội …']);
  },
  (r) => {
    const number = `C${digitsOf(r, 7)}`;
    return typed(r, number, number, ['hộ chiếu …', 'passport …', '…']);
  },
  (r) => {
    const word = password(r);
    return typed(r, word, word, [
      'mật mã …',
      'm.k là …',
      'mkhau: …',
      'mật khẩu vneid của tôi là …',
      'pass wifi …',
      'mật khẩu\n…',
      '… là mật khẩu',
      'đăng nhập bằng …',
      'mật khẩu tài khoản định danh mức hai của tôi là …',
      'tôi đặt mật khẩu là … mà nó không nhận',
    ]);
  },
  (r) => {
    const word = [1, 2, 3, 4].map(() => r.pick(SYLLABLES)).join('');
    return typed(r, word, word, ['mk …', 'mk là …', 'mật khẩu là …', 'mật khẩu: …']);
  },
  (r) => {
    const tail = `do${digitsOf(r, 2)}`;
    return { text: `mật khẩu là hoa sen ${tail}`, pieces: [`sen ${tail}`] };
  },
  (r) => {
    const number = card(r);
    const form = r.pick([
      number,
      inGroups(number, 4, '/'),
      inGroups(number, 1, ' '),
      inGroups(number, 8, ' '),
      inGroups(number, 4, ' '),
      inGroups(number, 4, '-'),
    ]);
    return typed(r, number, form, ['…', 'số thẻ …', 'thẻ atm của tôi …']);
  },
  (r) => {
    const number = `0${digitsOf(r, 9)}`;
    return typed(r, number, number, ['stk …', 'số tài khoản … ngân hàng agribank']);
  },
  (r) => {
    const code = `${r.pick(['4827', '6391', '7254'])}${digitsOf(r, 4)}`;
    return typed(r, code, inGroups(code, 4, ' '), ['otp là …', 'mã vneid …']);
  },
  (r) => {
    const code = `${r.pick(['4827', '6391', '7254'])}${r.pick(['1', '5', '9'])}${digitsOf(r, 2)}${r.between(1, 9)}`;
    return typed(r, code, r.pick([code, inGroups(code, 4, ' '), inGroups(code, 1, ' ')]), ['…', 'dạ … ạ']);
  },
  (r) => {
    // Three digits come by chance anywhere, but not behind the word.
    const form = `${r.pick(['cvv', 'cvc'])} ${digitsOf(r, 3)}`;
    return typed(r, form, form, ['…', 'mã … sau thẻ', 'nó hỏi … thì sao']);
  },
];

/** A password as it is typed in a message of its own, after one that only named it. */
export function plantPassword(random: Random): Planted {
  const word = random.pick([password, (r: Random) => [1, 2, 3].map(() => r.pick(SYLLABLES)).join('')])(
    random,
  );
  return { text: word, pieces: [word] };
}

/** So many of them, every kind in turn. */
export function plant(random: Random, count: number): Planted[] {
  return Array.from({ length: count }, (_, n) => {
    const kind = KINDS[n % KINDS.length] as Kind;
    return kind(random);
  });
}
