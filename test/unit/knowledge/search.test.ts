import { join } from 'node:path';
import fc from 'fast-check';
import { loadArticles, parseArticle } from '../../../src/knowledge/load';
import { searchArticles } from '../../../src/knowledge/search';

const articles = loadArticles(join('locales', 'vi', 'faq'));
const sure = (text: string): string | null => {
  const found = searchArticles(text, articles);
  return found?.sure ? found.article.id : null;
};

it.each([
  ['con tôi quên mật khẩu vneid', 'forgot-vneid-password'],
  ['vneid quên mật khẩu thì làm sao', 'forgot-vneid-password'],
  ['quen mk vneid roi chau oi', 'forgot-vneid-password'],
  ['quên mật khâu vneid', 'forgot-vneid-password'],
  ['quen mat khua vneid', 'forgot-vneid-password'],
  ['queen maatj khaaur vneid', 'forgot-vneid-password'],
  ['mẹ em không nhớ mật khẩu vnied thì lấy lại kiểu gì', 'forgot-vneid-password'],
  ['vneid doi dien thoai moi ko nhan dc ma otp', 'new-phone'],
  ['em mới mua máy mới không vào được vneid', 'new-phone'],
  ['máy cũ hỏng rồi giờ đăng nhập vneid sao', 'new-phone'],
  ['kich hoat vneid muc 2 kieu gi', 'activate-level2'],
  ['chỉ giúp bác cách kích hoạt tài khoản định danh', 'activate-level2'],
  ['làm vneid mức 2 ở đâu hả cháu', 'get-level2'],
  ['học bình dân học vụ số chỗ nào', 'where-to-learn'],
  ['quên passcode vneid', 'forgot-passcode'],
  ['có số lạ tự xưng công an gọi cài vneid', 'scam-warning'],
])('%s → %s', (text, id) => expect(sure(text)).toBe(id));

it.each([
  ...[
    '5',
    'đúng rồi',
    'ok',
    '12 người',
    'khoảng 30',
    'cảm ơn',
    'BC 418 5 121 14',
    '',
    '???',
    'vneid',
    'học',
    'mật khẩu',
  ],
  ...[
    '214 tren 305 nguoi lon kich hoat muc 2',
    'kich hoat muc 2 la 21.560 nguoi',
    'xác nhận vneid 31',
    'tháng này học 5 buổi kỹ năng số',
    'không phát sinh',
    'thôn nào chưa nộp',
    'tổng tháng 3',
  ],
])('%s is surely none', (text) => expect(sure(text)).toBeNull());

it('never throws, and no number is a question', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void searchArticles(text, articles)));
  fc.assert(fc.property(fc.nat(), (n) => expect(searchArticles(String(n), articles)).toBeNull()));
});

describe('loading', () => {
  const text = (over: Record<string, string> = {}, body = 'Trả lời.'): string => {
    const fields = {
      id: 'x',
      title: 'T',
      questions: '\n  - hỏi gì',
      needs: '\n  - hỏi|đáp',
      tags: '\n  - t',
      source: 'Nguồn: a.vn',
      reviewed: '2026-11-02',
      expires: '2027-05-31',
      owner: 'police',
      confidence: 'one_source',
      ...over,
    };
    return `---\n${Object.entries(fields)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n')}\n---\n${body}\n`;
  };

  it('ends the last bubble with source and date', () => {
    expect(parseArticle('x', text({}, 'Một.\n***\nHai.'))).toMatchObject({
      parts: ['Một.', 'Hai.\nNguồn: a.vn, 2/11/2026'],
      needs: [['hỏi', 'đáp']],
      next: [],
      fails: null,
      questions: ['hỏi gì'],
    });
  });

  it.each([
    ['no front matter', 'Trả lời.'],
    ['its id is y', text({ id: 'y' })],
    ['reviewed', text({ reviewed: 'hôm qua' })],
    ['expires must be a day', text({ expires: 'sang năm' })],
    ['it expires before it was reviewed', text({ expires: '2026-11-01' })],
    ['owner', text({ owner: 'nobody' })],
    ['confidence', text({ confidence: 'assumption' })],
    ['questions is empty', text({ questions: '' })],
    ['characters', text({}, 'a'.repeat(481))],
    ['a part is empty', text({}, 'Một.\n***\n')],
    ['title must be one value', text({ title: '' })],
  ])('refuses: %s', (why, broken) => expect(() => parseArticle('x', broken)).toThrow(why));
});
