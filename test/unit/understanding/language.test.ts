import { languageAsked, languageOf } from '../../../src/understanding/language';

it.each([
  ['I forgot my password', 'en', 'a plain sentence'],
  ['where do i get level 2', 'en', 'typed in lower case'],
  ['my phone was stolen what should I do', 'en', 'a story'],
  ['tôi quên mật khẩu rồi bác ạ', 'vi', 'a sentence with marks'],
  ['how do I activate vneid', 'en', 'what is asked for may be the only long word'],
  ['where is a class near me', 'en', 'a question for a place'],
  ['I live in thon Lam Xuyen, where can I learn', 'en', 'a place of the other language in it'],
  ['quen mat khau vneid lam sao', 'vi', 'without marks, by syllables that no English has'],
  ['toi muon change number', null, 'a mixture without marks'],
  ['the can cuoc cua my an den dau', 'vi', 'syllables that are also English words beside some that are not'],
  ['on line me to do an toan', null, 'Vietnamese without marks that looks like English'],
  ['BC 418 5 121 14', null, 'a line of figures'],
  ['ok send', null, 'too short'],
  ['thôn Đông Lâm xã Tân Hòa', null, 'a place'],
  ['app VNeID báo lỗi please help me with this', null, 'a mixture'],
])('«%s» is %s: %s', (text, language, _why) => {
  expect(languageOf(text)).toBe(language);
});

it.each([
  ['english', 'en'],
  ['doi sang tieng anh', 'en'],
  ['tieng viet', 'vi'],
  ['hoc tieng anh', null],
])('«%s» asks for %s', (fold, language) => {
  expect(languageAsked(fold)).toBe(language);
});
