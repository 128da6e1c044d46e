import { foldText } from '../kernel/vn-text';
import { wordsOf } from './marked-words';

/**
 * Whether a message asks, by how it ends: «gửi rồi à», «đúng chưa», «sửa được không em». What asks is never a yes and
 * never sends. «Ạ» is a courtesy and «à» a question; without marks «a» is the courtesy, since it is typed so often.
 */
const CALLED =
  /^(?:em|e|bac|bác|chau|cháu|anh|chi|chị|co|cô|chu|chú|oi|ơi|nhi|nhỉ|vay|vậy|the|thế|day|đấy|đây|đó|a|ạ)$/u;
const ASKING = /^(?:à|hả|hử|ha|chưa|chua|sao|ư)$/u;
const NOT = /^(?:khong|ko|k|kg|hok)$/;

export function endsAsking(text: string): boolean {
  if (/\?\s*$/.test(text)) return true;
  const words = [...wordsOf(text)];
  while (words.length > 1 && CALLED.test(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1) ?? '';
  return words.length > 1 && (ASKING.test(last) || NOT.test(foldText(last)));
}
