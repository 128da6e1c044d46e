import { foldText } from '../../kernel/vn-text';
import { readStop } from '../../understanding/stop';
import { yesNo } from '../../understanding/yes-no';
import { conceptsOf } from '../tokens';
import type { Option } from '../tree';
import { ASKING } from '../vocabulary';

/** What somebody in the middle of a help tree says: it worked or not, back, later, or what they see. Pure. */

export type Said = 'done' | 'failed' | 'back' | 'later' | 'stop' | 'continue';

/** Longer texts tell a story or ask something else. */
const MAX_WORDS = 7;
const BACK = /^(?:quay lai|lui lai|buoc truoc|cau truoc|tro lai|ve buoc truoc|back|go back|previous)$/;
const LATER = /^(?:de sau|de toi|de mai|lat nua|mai lam|luc khac|hom khac|de luc khac|later|not now)$/;
const CONTINUE = /^(?:lam tiep|tiep tuc|hoc tiep|chi tiep|lai tu dau|continue|go on)$/;
const FAILED =
  /(?:^| )(?:khong|ko|k|kg|hok|chua|chang|chả|hong)(?: |$)|(?:^| )(?:bao sai|sai roi|bi loi|loi|that bai|bo tay|chiu|not|fails|failed|error|wrong|invalid|refused|rejected|cannot|cant|does not|doesn t|doesnt|won t|isn t)(?: |$)|^(?:no|nope)$/;
/** «Có cần mẹ ở đây không»: asked, not told. */
const ASKS = /(?:^| )co (?:\S+ )+(?:khong|ko|k|kg)$/;
const DONE =
  /^(?:(?:da|vang|u|uh|oi|toi|bac|em|buoc \d|buoc nay) )*(?:xong|duoc|roi|ok|oke|okay|co|thay|tiep|buoc tiep|buoc sau|buoc tiep theo|next|done|yes|it works|vao duoc|nhan duoc|lam duoc|nhan roi|thay roi|da xong|da lam|da vao|hien roi)(?:(?: (?:roi|r|a|nhe|em|het|day|theo|nay|do|oi|luon|ma|no|chau|nha|duoc|thay|ve))*)$/;

/** The word of a step; null when the text says more, or something else. */
export function readSaid(text: string): Said | null {
  const fold = plain(text);
  if (fold === '' || fold.split(' ').length > MAX_WORDS) return null;
  const bare = fold.replace(/(?: (?:a|nhe|em|bac|oi|nha|di|giup|voi))+$/, '');
  if (BACK.test(bare)) return 'back';
  if (LATER.test(bare)) return 'later';
  if (CONTINUE.test(bare)) return 'continue';
  const stop = readStop(text);
  if (stop === 'cancel' || stop === 'messages' || /^(?:thoi|dung|dung lai|thoat)$/.test(bare)) return 'stop';
  if (DONE.test(fold)) return 'done';
  return FAILED.test(fold) && !ASKS.test(bare) ? 'failed' : null;
}

const FIRST_ASKED =
  /^(?:(?:the|vay|gio|bay gio|roi|toi|bac|em|chau|minh|con|phai|nen|can|thi|a|oi|cho|hoi|da) )*(?:(?:lam|bat dau|bam|goi)(?: tu)?(?: (?:gi|cai gi|viec gi|viec nao|cai nao|dau|buoc nao|the nao|sao|ai))? (?:truoc|dau tien)(?: tien)?|(?:viec|buoc|cai) (?:(?:gi|nao)(?: lam)? (?:truoc|dau tien)|dau tien(?: la)?(?: gi| nao)?)|bat dau (?:tu dau|the nao|tu buoc nao)|(?:dau tien|truoc het|truoc tien) (?:la |toi |bac |em )*(?:phai )?(?:lam )?gi)(?: (?:a|nhe|em|oi|day|ha|chau|vay|the|nhi|gio|bay gio|da|bac))*$|^(?:(?:so|and|ok|but|now|please) )*(?:what|which)(?: step)?(?: (?:do|should|must|can) i)?(?: (?:have|need) to)?(?: do)?(?: comes| goes)? first$|^where (?:do|should) i (?:start|begin)$/;

/** «Làm gì trước»: of all that was said, the first thing to do. */
export function asksWhatFirst(text: string): boolean {
  return FIRST_ASKED.test(plain(text));
}

/** Which of the things to see the text speaks of, by its words; null when none or several. */
export function optionMeant(text: string, options: readonly Option[]): number | null {
  const typed = plain(text).split(' ');
  const concepts = conceptsOf(text);
  // A whole sentence that asks is a question of its own, whatever words it has in common with a choice.
  if (typed.length > MAX_WORDS && concepts.some((name) => name in ASKING)) return null;
  const said = new Set([...concepts, ...typed]);
  const scores = options.map(({ label }) => {
    const words = new Set([...conceptsOf(label), ...plain(label).split(' ')]);
    const common = [...words].filter((word) => said.has(word)).length;
    return common / words.size;
  });
  const best = Math.max(...scores);
  const at = scores.indexOf(best);
  if (best >= 0.5 && scores.filter((score) => score >= best - 0.1).length === 1) return at;
  return yesMeant(text, options);
}

/** «Có» and «không» where the first of two choices begins with it: «Mượn được», «Không mượn được». */
function yesMeant(text: string, options: readonly Option[]): number | null {
  const [first, second, more] = options.map(({ label }) => plain(label));
  if (first === undefined || second === undefined || more !== undefined) return null;
  if (!/^(?:co|yes|muon duoc|di duoc|vao duoc)/.test(first)) return null;
  const answer = yesNo(text);
  return answer === null ? null : answer === 'yes' ? 0 : 1;
}

/** Lower case without marks or punctuation. */
export function plain(text: string): string {
  return foldText(text.replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' '));
}
