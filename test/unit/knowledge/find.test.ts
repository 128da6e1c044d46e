import { join } from 'node:path';
import { findArticles, isFollowUp } from '../../../src/knowledge/find';
import { loadArticles } from '../../../src/knowledge/load';
import { conceptsOf } from '../../../src/knowledge/tokens';

const articles = loadArticles(join('locales', 'vi', 'faq'));
const found = (text: string, last?: string): string | string[] | null => {
  const result = findArticles(text, articles, last === undefined ? {} : { last });
  if (result.kind === 'answer') return result.article.id;
  return result.kind === 'ask' ? result.articles.map(({ id }) => id) : null;
};

it.each([
  ['khóa tài khoản vneid', ['lock', 'account', 'vneid'], 'a mark is read where it is typed'],
  ['khoa tai khoan vneid', ['lock', 'account', 'vneid'], 'and not missed where it is not'],
  ['quên mật khâu vneid', ['forget', 'password', 'vneid'], 'one wrong mark in a phrase is a slip'],
  ['quên mất mật khẩu', ['forget', 'forget', 'password'], 'a word that is another word is none'],
  ['matkhau vneid', ['password', 'vneid'], 'a space was left out'],
  ['kich hoat vnied', ['activate', 'vneid'], 'two letters swapped'],
  ['wên mk', ['forget', 'password'], 'teencode'],
  ['mất cái điện thoại', ['lostphone'], 'little words inside a phrase'],
  ['con 9 tuổi', ['child', 'tuoi'], 'an age'],
  ['tải ở vneid-capnhat.example', ['install', 'badlink'], 'a strange address'],
  ['chờ ca buổi', ['cho', 'buoi'], 'the word beside it tells «cả» from «công an»'],
  ['ra ca làm', ['ra', 'police', 'lam'], 'and «công an» from «cả»'],
  ['ma no chang ve', ['otp', 'absent'], '«chang về» is «chẳng về»'],
])('«%s» speaks of %j: %s', (text, concepts) => {
  expect(conceptsOf(text).filter((name) => name !== 'o')).toEqual(concepts);
});

it.each([
  ['vneid', 'a single word is never sure'],
  ['định danh', 'too short to know'],
  ['vừa mua máy mới vừa quên luôn mật khẩu vneid thì làm thế nào', 'two answers are near'],
])('asks back for «%s»: %s', (text) => {
  const choices = found(text);
  expect(Array.isArray(choices) && choices.length >= 2 && choices.length <= 3).toBe(true);
});

it('whoever is frightened is warned at once, though two warnings are near', () => {
  const told = 'công an gọi video bắt bác chuyển tiền vào tài khoản an toàn để điều tra, bác sợ lắm';
  expect(found(told)).toBe('scam-bank-call');
  // What to do once it has happened is no warning: that is asked about.
  expect(found('nó dọa bắt tôi nếu không chuyển tiền')).not.toBe('told-a-code');
});

it('a password of something nobody knows is asked about, not answered with the steps of VNeID', () => {
  expect(found('quên mật khẩu')).toBe('forgot-vneid-password');
  expect(found('quên mật khẩu vneid của cái máy xyzt')).toBe('forgot-vneid-password');
  expect(found('quên mật khẩu trang xyzt')).toEqual(expect.arrayContaining(['forgot-vneid-password']));
});

it.each([
  ...['quên mật khẩu zalo', 'mật khẩu facebook quên rồi', 'wifi không vào được', 'quên mã pin thẻ atm'],
  ...['gmail không đăng nhập được', 'mất nick zalo', 'quên mật khẩu momo', 'kích hoạt sim viettel'],
])('never shows the steps of VNeID to «%s»', (text) => {
  expect(
    [found(text)]
      .flat()
      .filter((id) => id !== 'not-ours-account' && id !== 'contacts' && id !== 'class-near'),
  ).toEqual([]);
});

it('«không được em ơi» is about what was shown last', () => {
  expect(found('không được em ơi', 'new-phone')).toEqual(['nfc-login', 'borrowed-phone', 'contacts']);
  expect(found('làm rồi mà vẫn không được', 'otp-not-received')).toEqual(
    expect.arrayContaining(['contacts']),
  );
  expect(found('quên mật khẩu vneid', 'new-phone')).toBe('forgot-vneid-password');
  expect(isFollowUp('không được em ơi')).toBe(true);
  expect(isFollowUp('quét thẻ không được')).toBe(false);
});

it.each([
  '5',
  'đúng rồi',
  'ok em',
  '',
  '???',
  'chị Lan ơi',
  'BC 418 5 121 14',
  'tháng này học 5 buổi',
  'hôm nay trời đẹp',
])('finds nothing in «%s»', (text) => expect(found(text)).toBeNull());
