import { foldText } from '../kernel/vn-text';
import { readStop } from './stop';

/** What people say of a figure that was sent back to them, besides a number. */

const WHY =
  /(?:^| )(?:sao|tai sao|vi sao|lam sao|ai|can bo nao|co gi|sai)(?: .{0,16})? (?:tra|tra lai|tra ve|xem lai|nho xem|sai|khong duoc|chua duoc)(?: |$)|^(?:sao|tai sao|vi sao)(?: (?:the|vay|a|lai the))*$|^(?:sai|thieu) (?:gi|cho nao|o dau|so nao)(?: |$)/;

/** «Sao lại trả», «ai trả lại», «sai chỗ nào»: who sent it back, and why. */
export function asksWhyReturned(text: string): boolean {
  return !/\d/.test(text) && text.length <= 60 && WHY.test(foldText(text));
}

/** «Để tôi đếm lại đã», «để xem lại sổ»: the answer comes later. */
export function isWaiting(text: string): boolean {
  const fold = foldText(text);
  if (/\d/.test(fold)) return false;
  return (
    readStop(text) === 'hold' ||
    /^(?:(?:da|vang|u|thoi|de|cho|toi|bac|em) )*(?:dem|xem|kiem tra|soat|hoi)(?: .{0,20})? (?:lai|so|da)(?: .{0,12})?$/.test(
      fold,
    )
  );
}
