import { addressedWords, toReader } from '../../../src/kernel/address';
import { loadLocales } from '../../../src/app/load-locales';
import { Dictionary } from '../../../src/kernel/i18n';

const words = new Dictionary(loadLocales()).in('vi');

it.each([
  ['chi', 'Bác xem giúp em: bác đừng gửi mã.', 'Chị xem giúp em: chị đừng gửi mã.'],
  ['bac', 'Bác xem giúp em.', 'Bác xem giúp em.'],
  ['anh', 'Bác hỏi bác Hạnh hoặc bác sĩ ạ.', 'Anh hỏi bác Hạnh hoặc bác sĩ ạ.'],
  ['em', 'Em báo bác: trẻ em dưới 14 tuổi.', 'Mình báo em: trẻ em dưới 14 tuổi.'],
] as const)('to «%s»: %s', (form, text, expected) => {
  expect(toReader(addressedWords(words, form), text)).toBe(expected);
});

it('the words give the form where no post gives another, and leave what fills the gaps as it was written', () => {
  const own = addressedWords(words, 'chi');
  expect(own.t('common:address.citizen')).toBe('chị');
  expect(own.t('common:address.officer')).toBe('anh/chị');
  const younger = addressedWords(words, 'em');
  expect(younger.t('handover:bot_again', { address: 'em', Address: 'Em', name: 'em Lan' })).toBe(
    'Dạ, mình (trợ lý tự động) đây ạ. em Lan trả lời thì mình vẫn chuyển ngay cho em. Em hỏi việc gì ạ?',
  );
  expect(addressedWords(words, null)).toBe(words);
});

it('whoever is younger hears «mình», whatever the sentence', () => {
  const hello = addressedWords(words, 'em').t('onboarding:hello', { address: 'em', Address: 'Em' });
  expect(hello).toMatch(/^Mình chào em/);
});
