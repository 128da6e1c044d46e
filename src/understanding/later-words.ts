import { wordsOf } from './marked-words';
import { foldText } from '../kernel/vn-text';

/** «Đang bận, tí nữa làm»: that it is for later, and nothing else. */

const BUSY = new Set(
  'dang con qua lam do tay ban viec chua rang ranh khong ti nua lat chut mot hom toi nay mai chieu trua ngay sau khi luc khac nao de thi a nhe em e bac toi da di da tu se ve bao gui nop nhap cho doi minh'.split(
    ' ',
  ),
);
const WHEN =
  /(?<![a-z])(?:ti nua|lat nua|lat|chut nua|mot lat|mot chut|de sau|de mai|mai|chieu nay|toi nay|hom sau|luc khac|khi khac|khi nao ranh|dang ban|ban qua|ban lam|ban viec)(?![a-z])/;

/** «Đang bận, tí nữa làm»: nothing but that it is for later. With another word it may be about something else. */
export function putsOff(typed: string): boolean {
  if (/\d|\?\s*$/.test(typed)) return false;
  const words = wordsOf(typed);
  const fold = words.map(foldText).join(' ');
  return words.length <= 10 && WHEN.test(fold) && words.every((word) => BUSY.has(foldText(word)));
}
