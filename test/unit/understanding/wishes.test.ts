import { learnWishes } from '../../../src/understanding/wishes';

const WAYS = [
  ...[
    'thôn nào chưa nộp',
    'còn nơi nào chưa gửi báo cáo',
    'ai chưa nộp báo cáo tháng này',
    'danh sách chưa nộp',
  ].map((text) => ({ id: 'missing', text })),
  ...['bao giờ hết hạn', 'hạn nộp là hôm nào', 'mấy hôm nữa phải nộp', 'hạn cuối ngày bao nhiêu'].map(
    (text) => ({
      id: 'deadline',
      text,
    }),
  ),
  ...['cho gặp cán bộ', 'gọi cho tôi với', 'tôi muốn nói chuyện với người thật'].map((text) => ({
    id: 'human',
    text,
  })),
];
const wished = learnWishes('test', WAYS);
const first = (text: string): string | undefined => wished(text)[0]?.id;

it.each([
  ['em xem giúp chị còn những thôn nào chưa nộp đấy', 'missing'],
  ['con noi nao chua gui bao cao ha em', 'missing'],
  ['thế hạn nộp hôm nào ấy nhỉ', 'deadline'],
  ['han cuoi ngay may', 'deadline'],
  ['bác muốn nói chuyện với cán bộ', 'human'],
])('«%s» is %s, though nobody wrote it down', (text, id) => expect(first(text)).toBe(id));

it('only the first is ahead, by as much as it speaks more for it than the next', () => {
  const [best, second] = wished('thôn nào chưa nộp báo cáo');
  expect(best?.ahead).toBeCloseTo((best?.score ?? 0) - (second?.score ?? 0));
  expect(second?.ahead).toBe(0);
});

it('of what may not be wished nothing is found', () => {
  const found = wished('thôn nào chưa nộp', (id) => id !== 'missing');
  expect(found.map(({ id }) => id)).not.toContain('missing');
});

it('words that nobody uses for a wish say nothing', () => {
  expect(wished('')).toEqual([]);
  expect(wished('zzz qqq')).toEqual([]);
});
