import { join } from 'node:path';
import { findArticles } from '../../../src/knowledge/find';
import { loadArticles } from '../../../src/knowledge/load';
import { askedIn } from '../../../src/knowledge/story';

const articles = loadArticles(join('locales', 'vi', 'faq'));
const idsOf = (text: string): readonly string[] => {
  const found = findArticles(text, articles);
  if (found.kind === 'none') return [];
  return found.kind === 'answer' ? [found.article.id] : found.articles.map(({ id }) => id);
};

it.each([
  [
    'hôm kia con gái về chơi nó cài lại điện thoại, sáng nay tôi mở ra thì quên mất mật khẩu vneid',
    'sáng nay tôi mở ra thì quên mất mật khẩu vneid',
  ],
  [
    'nhà tôi ở gần chợ hôm trước đi làm giấy tờ về nhưng chưa có tin nhắn giờ tôi phải làm gì',
    'nhưng chưa có tin nhắn, giờ tôi phải làm gì',
  ],
  [
    'con dâu cài cho bác cái ứng dụng mà tiền chính sách của ông nhà chưa thấy về, làm sao',
    'mà tiền chính sách của ông nhà chưa thấy về làm sao',
  ],
])('of «%s» it hears «%s»', (story, asked) => {
  expect(askedIn(story)).toBe(asked);
});

it.each([
  ['quên mật khẩu vneid thì làm thế nào', 'a short message is the question itself'],
  ['hôm qua tôi đi chợ gặp bà hàng xóm rồi về nhà nấu cơm, chiều ra đồng đến tối mới về', 'nothing is asked'],
  [
    'tôi muốn biết lớp học ở đâu trong xã mình, bao giờ thì mở, học những cái gì và ai dạy cho các cụ',
    'everything is asked',
  ],
])('of «%s» it hears nothing apart: %s', (text) => {
  expect(askedIn(text)).toBeNull();
});

it('a story told as others tell one thing is not taken for it where another is asked', () => {
  const story =
    'Hôm kia bác lên phường làm định danh, cháu nó cài cho cái ứng dụng rồi, đến chỗ gửi mã về máy thì chờ mãi chẳng thấy gì, hay là tại cái sim';
  expect(idsOf(story)).toContain('otp-not-received');
});

it('answers what a story asks, not what was done on the way', () => {
  const story =
    'em đưa con đi làm giấy khai sinh, ra đến nơi cô ở quầy bảo mở vneid ra, thế mà em quên mật khẩu vneid, gõ mấy lần đều sai';
  expect(idsOf(story)[0]).toBe('forgot-vneid-password');
});

it('asks, where the story as a whole is like one question and what it asks is another', () => {
  const story =
    'ông tôi gửi giấy lên xã đăng ký khai sinh cho cháu, nay máy của ông mất sóng, giờ ông quên mật khẩu vneid lấy lại làm sao';
  const found = findArticles(story, articles);
  expect(idsOf(story)).toContain('forgot-vneid-password');
  expect(found.kind === 'answer' ? found.article.id : 'asked').not.toBe('online-services');
});

it('a story keeps what the whole of it forbids: who was called gets no steps', () => {
  const story =
    'sáng nay có số lạ gọi cho mẹ tôi xưng là công an phường, bảo đọc mã để kích hoạt mức 2, giờ mẹ tôi hỏi kích hoạt mức 2 thế nào';
  expect(idsOf(story)).not.toContain('activate-level2');
});

it('hours, ages and days in a story are no figures of a report', () => {
  const story =
    'hôm 12/11 tôi ra công an xã chụp ảnh lấy vân tay, 68 tuổi rồi đi lại khó, đến giờ 18 ngày chưa thấy tin nhắn duyệt';
  expect(idsOf(story)).toContain('level2-wait');
});

it('what they say at a counter is no call of a stranger, what they say on the telephone is', () => {
  const counter =
    'sáng nay đưa mẹ ra bệnh viện khám, họ bảo thẻ giấy bỏ rồi, giờ muốn đưa thẻ bảo hiểm y tế vào vneid thì làm thế nào';
  expect(idsOf(counter)).toContain('insurance-card');
  const stranger =
    'hôm qua họ gọi vào máy của mẹ tôi, họ bảo thẻ giấy bỏ rồi, giờ muốn đưa thẻ bảo hiểm y tế vào vneid thì đọc mã cho họ';
  expect(idsOf(stranger)).not.toContain('insurance-card');
});

it('another service on the way does not hide what is ours, and is not answered for it', () => {
  const story =
    'em bán hàng trên shopee lâu nay, sàn bảo phải có chữ ký số cá nhân, giờ em muốn đăng ký chữ ký số thì làm ở đâu';
  expect(idsOf(story)).toContain('digital-signature');
  const elsewhere =
    'con em dùng facebook suốt ngày, hôm qua nó làm rơi máy xuống nước rồi, giờ quên mật khẩu lấy lại làm sao hả anh chị';
  expect(idsOf(elsewhere)).not.toContain('forgot-vneid-password');
});
