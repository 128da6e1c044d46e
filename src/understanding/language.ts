import { normalText } from '../kernel/vn-text';

/**
 * The language a sentence is written in, by its small words, so that whoever writes English is answered in English
 * without knowing the word for it. Only words that are no syllable of the other language count: «the» is «thẻ» and
 * «my» is «Mỹ» to somebody who types without marks. Pure.
 */
const ENGLISH = new Set(
  'how what where when which who why is are was i you your our this that these with from have has had should does did will would could want need lost forgot forget please help some someone somebody anyone any all called said they them she he get got of for and or but if still not cannot cant dont never there near know money phone account password code after before new class classes real person people english much work works working says asked asks mother father husband wife parents child children bought use used free activate activated card bank police office open number change level driving licence license insurance certificate course teach teacher learn digital received receive message foreigner stolen locked lock'.split(
    ' ',
  ),
);
const VIETNAMESE = new Set(
  'tôi không được là của thế nào làm muốn bác cháu ạ rồi bị có gì đâu với này để chị ơi thì và đã chưa cho em mình vào nhà'.split(
    ' ',
  ),
);
/** Syllables of the other language without their marks that no English sentence has, names of places aside. */
const BARE = new Set(
  'toi khong duoc cua nao lam muon chau roi gi dau voi nay oi chua cho vao quen khau nhu giup cach sao thoai khoan nguoi hoc dang phai biet den hoi nhan mang trong'.split(
    ' ',
  ),
);

/** Fewer words are a name, a code or a button of either language. */
const FEWEST = 3;
/** So many of its small words make a sentence of a language. */
const TELLING = 2;

/** Null: too short to tell, or a mixture. */
export function languageOf(text: string): 'en' | 'vi' | null {
  const words = normalText(text)
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '');
  if (words.length < FEWEST) return null;
  const of = (small: ReadonlySet<string>): number => words.filter((word) => small.has(word)).length;
  const [english, vietnamese, bare] = [of(ENGLISH), of(VIETNAMESE), of(BARE)];
  const marked = words.some((word) => /[^a-z]/.test(word));
  if (english >= TELLING && vietnamese === 0 && !marked && english > 2 * bare) return 'en';
  if (english >= TELLING) return null;
  return (marked && vietnamese >= TELLING) || (english === 0 && bare >= TELLING) ? 'vi' : null;
}

const TO = '(?:(?:noi|dung|doi sang|chuyen sang|speak|in|switch to|use|language|ngon ngu) )?';
const TO_ENGLISH = new RegExp(`^${TO}(?:english|tieng anh)(?: please)?$`);
const TO_VIETNAMESE = new RegExp(`^${TO}(?:tieng viet|vietnamese)(?: please)?$`);

/** «English», «đổi sang tiếng Việt»: the language somebody wants to be answered in; `fold` without marks. */
export function languageAsked(fold: string): 'en' | 'vi' | null {
  if (TO_ENGLISH.test(fold)) return 'en';
  return TO_VIETNAMESE.test(fold) ? 'vi' : null;
}
