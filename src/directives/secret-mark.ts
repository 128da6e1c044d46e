import { MASK } from '../kernel/secrets';
import { foldText, normalText } from '../kernel/vn-text';

/** What says of itself that it is a state secret, or holds something that was covered, never travels here: words, names of files, Word documents. Pure. */

const SECRET_MARKED =
  /(?<!\p{L})(?:(?:tuyệt|tối|độ|dấu|đóng dấu|văn bản|công văn|tài liệu|hồ sơ|thông tin)\s+mật(?! khẩu| độ)|bí mật nhà nước)(?!\p{L})/iu;
/** «BẢO MẬT» and «MẬT ĐỘ» in capitals are no stamp. */
const SECRET_STAMP = /(?<!\p{L})(?<!BẢO |BÍ |CƠ )(?:TUYỆT |TỐI )?MẬT(?!\p{L}|\s+(?:KHẨU|ĐỘ))/u;
const SECRET_BARE =
  /(?<![a-z])(?:tuyet|toi|do|dong dau|van ban|cong van|tai lieu|ho so) mat(?! khau)(?![a-z])|bi mat nha nuoc/;
/** A stamp stands alone in its paragraph; a document may well cite the law on state secrets. */
const STAMPED = /^[^\p{L}\p{N}]*(?:(?:TUYỆT|TỐI)\s+)?MẬT[^\p{L}\p{N}]*$|^[^\p{L}\p{N}]*độ\s+mật\s*:/imu;

/** What of a text must not travel: it is marked secret, or something in it was covered; null: nothing. Typed without any marks it is taken for secret sooner: «tai lieu mat» may be «tài liệu mật». */
export function mustNotTravel(text: string): 'secret' | 'masked' | null {
  const typed = normalText(text);
  if (typed.includes(MASK)) return 'masked';
  if (SECRET_MARKED.test(typed) || SECRET_STAMP.test(typed)) return 'secret';
  const bare = foldText(typed) === typed.toLowerCase();
  return bare && SECRET_BARE.test(typed.toLowerCase()) ? 'secret' : null;
}

/** Whether the name of a file says that it is secret: «Công văn MẬT.pdf», «cv_tuyet-mat.pdf». */
export function isSecretName(name: string): boolean {
  return mustNotTravel(name.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/[_\-.]+/g, ' ')) === 'secret';
}

/** Whether paragraphs of a document carry the stamp of one. */
export function isStamped(paragraphs: string): boolean {
  return STAMPED.test(normalText(paragraphs));
}
