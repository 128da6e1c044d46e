import { foldText } from '../kernel/vn-text';

/** Questions about the bot itself that stand beside any work. */

const BEFORE =
  '(?:(?:da|vang|oi|nay|the|u|em|e|bot|ban|may|day|kenh nay|zalo nay|so nay|cai nay|ben nay|lieu|hay) )*';
const SCAM =
  '(?:lua dao|lua|gia mao|gia danh|lua lay tien|lua tien|lua mat tien|lua bip|ke lua dao|bon lua dao|scam)';
const BEHIND =
  '(?: (?:a|ah|ha|day|the|vay|nhi|em|khong|ko|k|hay khong|hay that|gi|day a|phai khong|dung khong|toi|bac))*';
/** «em có phải lừa đảo không», «lừa đảo à»: about this channel; a story of somebody who called is another matter. */
const ABOUT_US = new RegExp(`^${BEFORE}(?:(?:co phai|co|la|phai) )*${SCAM}${BEHIND}$`);

/** «Tôi sợ bị lừa lắm», with nothing told of anybody. */
const AFRAID =
  /^(?:(?:toi|bac|em|minh|nghe|cu|hoi|chi) )*(?:so|ngai|lo) (?:la |bi |gap )*(?:lua|lua dao|lua mat tien|ke lua dao)(?: (?:lam|qua|day|a|em|chau|thoi|nen))*$/;

/** Whether somebody asks if the bot is a fraud. */
export function asksIfScam(text: string): boolean {
  if (AFRAID.test(foldText(text.replace(/[^\p{L}\p{M}\d\s]/gu, ' ')))) return true;
  if (clauseAsks(text)) return true;
  const [last, ...before] = text.split(/[,.;!?\n]+/).reverse();
  return before.length > 0 && clauseAsks(last ?? '') && !OF_SOMEBODY.test(foldText(before.join(' ')));
}

/** Somebody called or wrote: then it is they who may be a fraud. */
const OF_SOMEBODY =
  /(?:^| )(?:nguoi|goi|dien|link|tin|no|ho|cong an|ngan hang|tai khoan|tien|mang|web|app|so la|khoa|bao)(?: |$)/;

function clauseAsks(clause: string): boolean {
  const fold = foldText(clause.replace(/[^\p{L}\p{M}\d\s]/gu, ' '));
  const really =
    /^(?:(?:day|em|kenh|zalo|so) )*(?:nay )?(?:co )?that (?:khong|ko|k|hay lua dao|hay gia)(?: (?:day|em|the|vay|a))*$/;
  return ABOUT_US.test(fold) || really.test(fold);
}
