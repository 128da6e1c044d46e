import { foldText } from '../kernel/vn-text';
import type { FigureContext, NumberReading } from './number';
import { COUNTED, fitsMeasure, POLITE, type Said } from './said';

/** «Tháng này bận cấy không học», «nghỉ cả tháng», «chưa đi nhà nào cả»: none, if it is for the whole month; it is asked. */
const NOT_HELD =
  /^(?:(?:thi|da|bac|toi) )*(?:lay dau ra|lam gi co)(?: (?:ai|gi|buoi nao|ho nao|nha nao))?$|^(?:(?:thi|da|bac|toi) )*co (?:ai )?(?:di|mo|hoc|lam|giup|den)(?: (?:den|toi|giup|duoc|nha|lop))* (?:dau|gi|ai|buoi nao|ho nao|nha nao)(?: dau)?(?: ma (?:co|bao|ghi))?$|(?:^| )(?:nen|thi) (?:deu |phai |ca thon |thon )*nghi(?: (?:het|ca|hoc|luon|roi))*$|(?:^| )(?:khong|ko|k|kg|chua|chang|cha) (?:co ai |ai )?(?:hoc|mo|to chuc|day|di|den|giup|lam|hop)(?: (?:duoc|hanh|lop|nha|ho|ai|gi|nao|ca|het|buoi|hom|cho|dau|tap|trung|a|nho|nhi))*(?: (?:vi|do|tai|boi) (?:thon|xom|nha van hoa|troi|mua|ret|ban|thieu|khong co|chua co|ba con|thay|co giao|dang|gat|cay|dich|mat dien|tet|hoi|le)(?: .*)?)?$|(?:^| )nghi (?:ca|het|suot) (?:thang|ky)|^(?:thang nay |ky nay )?(?:thon |xom |ba con |toi )?(?:deu )?nghi(?: (?:het|ca|hoc|cay|tet|gat|mua|lop))*$/;

/** Why nothing was held: no reason makes it a part of the month. */
const BECAUSE =
  '(?:(?:dang )?(?:ban|nghi)(?: (?:cay|gat|mua|tet|viec|ron|hoi))*|mat dien|mua bao|mua lut|ret|nong)';
const OPENING =
  '(?:(?:da|vang|a|em|bac|toi|chau|minh|thon|thon toi|xom|ba con|thang nay|ky nay|ca thang|trong thang|la|thi)[ ,]+)*';
const DOING =
  '(?:thu xep|sap xep|bo tri|hoc|mo|to chuc|day|di|den|toi|giup|ho tro|lam|hop|tap huan|huong dan)';
const ONES: Readonly<Record<string, string>> = {
  session: '(?:buoi|lop|hom|bua|toi)(?: hoc)?',
  household: '(?:nha|ho|gia dinh)(?: dan| nha)?',
  visit: '(?:ai|nguoi|luot|ba con|mong|ma)(?: dan)?',
};
const WHOLLY_NOTHING: Readonly<Record<string, RegExp>> = Object.fromEntries(
  Object.entries(ONES).map(([measure, ones]) => [
    measure,
    new RegExp(
      `^${OPENING}(?:${BECAUSE}[ ,]+(?:nen )?)?(?:(?:khong|ko|k|kg|chang|cha)(?: co)?|chua)(?: (?:mot|1))? ` +
        `(?:(?:${DOING}|duoc|dc|them|lop|nha) )*?(?:(?:mot|1) )?(?:${ones} (?:nao|ai)|ai)` +
        `(?: (?:ca|het|can|hoc|di|den|den hoc|di hoc|du|dau|a|nhe|em|chau|thoi|cho|tron|ak|nha|ha|nho|nhi))*(?:[ ,]+(?:vi|do|tai)(?: \\D{2,30})?|[ ,]+${BECAUSE})?[.!]*$`,
    ),
  ]),
);

/** «Chưa giúp được nhà nào», «không mở buổi nào»: none of what this figure counts, and nothing else said. */
function isWhollyNothing(typed: string, context: FigureContext): boolean {
  const wholly = WHOLLY_NOTHING[context.measure];
  if (context.nature !== 'flow' || wholly === undefined) return false;
  if (wholly.test(typed)) return true;
  const [, reason = '', rest = ''] = REASONED.exec(typed) ?? [];
  return rest !== '' && !LESS_THAN_ALL.test(reason) && wholly.test(rest);
}

/** «Nhà văn hóa đang sửa không học được buổi nào»: why, and then that there was none. */
const REASONED = /^((?:[a-z,]+ ){1,9}?)(?:nen )?((?:khong|ko|k|kg|chang|cha|chua) .*)$/;
/** Of a part of the month, of somebody else, or with something that was there after all. */
const LESS_THAN_ALL =
  /(?:^| )(?:tuan|hom|nay mai|toi qua|chieu|sang|dau thang|cuoi thang|giua thang|nua|nhung|ma|chi|lop|hoc|mo|day|buoi|tru|ngoai|thon ben|xom ben|to ben|dot|may|vai|khong|ko|k|chua|neu|hay|hoi|tre|bo|cho|thieu|con|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|tram|thang truoc)[ ,]/;

/** «Sắp tới mới mở», «tháng sau mới học»: none this month, as it seems. */
const YET_TO_BE =
  /^(?:(?:thi|da|bac|toi|thon) )*(?:sap toi|sang thang|thang sau|ky sau|tuan sau|mai kia|vai hom nua) (?:thi |moi |se |ca )+(?:mo|hoc|day|to chuc|di|lam|giup|co)(?: .{0,12})?$/;

/** A message without any number: nothing happened, not known yet, as last month, later, or nothing about the figure. */
export function withoutNumbers(said: Said, context: FigureContext, text: string): NumberReading {
  if (said.items.length === 0) return { kind: 'none' };
  const fold = foldText(text);
  if (said.has('none')) {
    if (!said.only('none', 'particle', 'month', 'say', 'have', 'any')) return { kind: 'zero_or_missing' };
    return context.nature === 'flow' ? { kind: 'nothing' } : { kind: 'ask', why: 'zero_word', numbers: [] };
  }
  if (said.has('same')) {
    const own = COUNTED.filter((role) => said.has(role));
    const plain =
      fitsMeasure(own, context.measure) &&
      said.only('same', 'particle', 'have', 'say', 'month', 'still', 'affirm', ...own);
    if (plain) return { kind: 'same' };
    // «Chắc cũng bằng tháng trước»: probably so, to be confirmed.
    const perhaps = said.only('same', 'particle', 'have', 'say', 'month', 'still', 'affirm', 'approx');
    return perhaps && context.last !== null
      ? { kind: 'confirm', value: context.last, why: 'approximate' }
      : { kind: 'none' };
  }
  if (/giu nguyen/.test(fold) && said.only('still', 'particle', 'have', 'say', 'month', 'affirm'))
    return { kind: 'same' };
  if (isWhollyNothing(fold, context)) return { kind: 'nothing' };
  const nothing = readNothing(said, context);
  if (nothing) return nothing;
  if (said.has('question')) return { kind: 'none' };
  if (context.nature === 'flow' && (NOT_HELD.test(fold) || YET_TO_BE.test(fold)))
    return { kind: 'zero_or_missing' };
  const opening = said.items.find(
    (item) => item.type !== 'mark' && !(item.type === 'phrase' && POLITE.includes(item.role)),
  );
  if (opening?.type === 'phrase' && opening.role === 'notYet' && !said.has('any')) {
    if (opening.fold !== 'chua' || said.only('notYet', ...POLITE, ...COUNTED, 'say'))
      return { kind: 'missing' };
    return { kind: 'none' };
  }
  if (isLater(said, fold)) return { kind: 'later' };
  const vague = said.has('vague') || (said.has('approx', 'atLeast', 'hedge') && said.has(...COUNTED));
  return vague &&
    said.only(...POLITE, ...COUNTED, 'vague', 'approx', 'atLeast', 'hedge', 'say', 'affirm', 'toNow')
    ? { kind: 'ask', why: 'vague', numbers: [] }
    : { kind: 'none' };
}

function readNothing(said: Said, context: FigureContext): NumberReading | null {
  const counted = COUNTED.filter((role) => said.has(role));
  const anyone = said.items.some(
    (item) => item.type === 'phrase' && item.role === 'any' && /^(?:ai|ma|mong|bong)(?: |$)/.test(item.fold),
  );
  const yetToCome = said.has('notYet') && said.has('any') && (counted.length > 0 || anyone);
  if (yetToCome && !said.has('question') && said.only('notYet', 'any', ...POLITE, ...COUNTED))
    return { kind: 'zero_or_missing' };
  if (!said.has('neg')) return null;
  if (counted.length === 0 && !anyone) return bareNo(said) ? { kind: 'zero_or_missing' } : null;
  if (said.has('part', 'future')) return { kind: 'ask', why: 'part_of_month', numbers: [] };
  if (!said.only('neg', 'any', 'notYet', ...POLITE, ...COUNTED, 'toNow'))
    return said.has('any') && !said.has('question') ? { kind: 'zero_or_missing' } : null;
  const fits = anyone ? context.measure === 'visit' : fitsMeasure(counted, context.measure);
  const named = anyone || counted.some((role) => role !== 'held' && role !== 'helped');
  const clear = said.has('any') && !said.has('notYet') && named;
  return clear && fits && context.nature === 'flow' ? { kind: 'nothing' } : { kind: 'zero_or_missing' };
}

/** «ko có», «dạ không ạ», but not «không được» or «không đúng». */
function bareNo(said: Said): boolean {
  const words = said.items.filter((item) => item.type === 'phrase' && item.role === 'have');
  return (
    said.only('neg', 'any', ...POLITE) && words.every((item) => item.type === 'phrase' && item.fold === 'co')
  );
}

function isLater(said: Said, fold: string): boolean {
  if (
    /(?:^| )(?:roi|r|hom qua|toi qua)(?: |$)|(?:^| )(?:xem|doc|coi) lai (?:so|bao cao|cac)(?: |$)/.test(fold)
  )
    return false;
  if (
    !/(?:^| )(?:tap|thu|tap thu)(?: |$)/.test(fold) &&
    /^(?:(?:da|de|cho|doi|vang) )+.*(?:bao|nop|gui|hoi|xem|tinh|dem|kiem tra|tra loi|nhap|hop)(?: lai| sau| nhe| a| da| cho| bac| chau)*$/.test(
      fold,
    )
  )
    return true;
  if (said.has('later') && !said.unknown) return true;
  if (said.has('future') && said.only('future', 'particle')) return true;
  return (said.has('future') || said.weekday) && said.has('say') && !said.has('neg') && !said.unknown;
}
