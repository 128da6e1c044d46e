import { normalText, foldInPlace, foldText } from '../../kernel/vn-text';
import { readPhone } from '../../understanding/phone';

/** «Trưởng thôn Đông Lâm 2 là anh Nguyễn Văn Bình 0912 …», «cử bác Bình làm trưởng thôn X»: who is to lead which village. Pure. */
export interface SaidHead {
  /** As typed: «Đông Lâm 2», «tổ dân phố số 8». */
  readonly place: string;
  /** As typed; empty when only a form of address was said. */
  readonly name: string;
  /** «anh»; empty when none was said. */
  readonly address: string;
  /** `84…`; null when none was said. */
  readonly phone: string | null;
}

const HEAD = '(?:truong|to truong|khu truong|xom truong)';
const KIND = '(?:thon|to dan pho|tdp|khu pho|khu|xom|lang|ban)';
const POST = `${HEAD}(?:(?: ${KIND})? moi)?(?: cua)?`;
/** Stands for «là» typed with its mark, so that a place called «Lam La» is whole; as long as the word. */
const IS_MARK = '==';
const IS = new RegExp(`^${POST} (.+?) (?:moi )?${IS_MARK} (.+)$`);
const IS_PLAIN = new RegExp(`^${POST} (.+?) (?:moi )?la (.+)$`);
const MAKES = new RegExp(`^(?:cu|bo nhiem|de|bau) (.+?) (?:lam|giu chuc|giu viec) ${POST} (.+)$`);
const TITLE = /^(anh|chị|chi|bác|bac|ông|ong|bà|ba|cô|co|chú|chu|em|đồng chí|dong chi) /iu;
const NUMBER =
  /[\s,(]*(?:sđt|sdt|điện thoại|dien thoai|số|so)?[\s:]*(?:\+?84|0)[ .-]?(?:\d[ .-]?){8,10}\)?\s*$/iu;
const NUMBER_FIRST = /^\s*(?:\+?84|0)[ .-]?(?:\d[ .-]?){8,10}[\s,:–-]*/u;
const ASKING = /^(?:ai|nguoi nao|dong chi nao|gi)(?: |$)/;

/** «Nguyễn Văn Hùng 0912 …», in either order, the form of address left out; `phone` is null where no number was said. */
export function nameAndPhone(text: string): { readonly name: string; readonly phone: string | null } {
  const typed = normalText(text).normalize('NFC').trim().replace(/\s+/g, ' ');
  const phone = readPhone(typed);
  const whole = phone === null ? typed : typed.replace(NUMBER, '').replace(NUMBER_FIRST, '');
  const name = whole
    .replace(TITLE, '')
    .replace(/[,;:.–-]+$/u, '')
    .trim();
  return { name, phone };
}

/** One of these is in every such message, and in few others. */
const NAMING = / (?:la|lam|giu) /;

/** Null when it is no such message. */
export function readHead(text: string): SaidHead | null {
  if (!NAMING.test(foldText(text))) return null;
  const typed = normalText(text)
    .normalize('NFC')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[.!?]+$/, '');
  const fold = foldInPlace(typed);
  const marked = typed.toLowerCase().indexOf(' là ');
  const is =
    marked === -1
      ? IS_PLAIN.exec(fold)
      : IS.exec(`${fold.slice(0, marked + 1)}${IS_MARK}${fold.slice(marked + 3)}`);
  const found = is ?? MAKES.exec(fold);
  if (!found) return null;
  const [, first = '', second = ''] = found;
  const [placeFold, whoFold] = is ? [first, second] : [second, first];
  const cut = (part: string, fromEnd: boolean): string => {
    const at = fromEnd ? fold.lastIndexOf(part) : fold.indexOf(part);
    return typed.slice(at, at + part.length);
  };
  const who = cut(whoFold, is !== null);
  if (ASKING.test(whoFold)) return null;
  const bare = who
    .replace(NUMBER, '')
    .replace(/[,;]+$/, '')
    .trim();
  const address = TITLE.exec(`${bare} `)?.[1] ?? '';
  const name = bare.slice(address.length).trim();
  if (/\d/.test(name)) return null;
  return { place: cut(placeFold, is === null), name, address: address.toLowerCase(), phone: readPhone(who) };
}
