import { foldText } from '../kernel/vn-text';

/** The five basic contents of the movement, and whatever else a class is about. */
export const TOPIC_CODES = [
  'online_services',
  'shopping',
  'payments',
  'safety',
  'other_platforms',
  'other',
] as const;
export type TopicCode = (typeof TOPIC_CODES)[number];

const WORDS: readonly (readonly [TopicCode, RegExp])[] = [
  ['safety', /an toan (?:thong tin|mang|tren mang|khong gian mang)?|lua dao|bao mat|tu bao ve/],
  ['payments', /thanh toan|chuyen khoan|chuyen tien|quet ma|vi dien tu|(?<![a-z])qr(?![a-z])/],
  ['shopping', /mua ban|ban hang|mua hang|cho tren mang|thuong mai dien tu/],
  ['online_services', /dich vu cong|nop ho so|(?<![a-z])dvc(?![a-z])|mot cua/],
  [
    'other_platforms',
    /vneid|dinh danh|quen mat khau|kich hoat|muc (?:do )?2|chu ky so|zalo|dien thoai|bao hiem|vssid|ky nang so|(?<![a-z])ai(?![a-z])/,
  ],
];

/** Which of the contents a topic belongs to; null when there is no topic. */
export function topicCode(topic: string | null): TopicCode | null {
  if (topic === null) return null;
  const fold = foldText(topic);
  return WORDS.find(([, words]) => words.test(fold))?.[0] ?? 'other';
}

/** Where in a folded text the name of a content begins; -1 when none does. */
export function topicBegins(fold: string): number {
  const found = WORDS.flatMap(([, words]) => {
    const at = fold.search(words);
    return at < 0 ? [] : [at];
  });
  return found.length === 0 ? -1 : Math.min(...found);
}
