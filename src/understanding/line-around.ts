import { withoutForMe } from './fix-words';

/** What stands around a line of figures and says nothing of them: who it is for, a day, thanks, a signature. */

/** «Người 418/ buổi 5/ …»: a slash that parts, with a word behind it. */
const SLASH_PARTS = /(\d)\s*[/|]\s+(?=\p{L})/gu;
/** «418ng / 5 buổi»: a slash with blanks around it, and something counted before it. */
const SLASH_APART = /(?<=\p{L})\s+[/|]\s+(?=[\p{L}\d])/gu;
/** «Gửi báo cáo thôn: …». */
const OF_VILLAGE =
  /^(.{0,12}?(?:báo cáo|bao cao|bc))\s+(?:của |cua )?(?:thôn|thon|xóm|xom|tổ|to|khu)(?: tôi| toi| mình| minh)?\s*:/iu;
/** «- số buổi 5»: a list; its sign is no minus. */
const BULLET = /^[ \t]*[-+*•·][ \t]*(?=\p{L})/gmu;
/** «Trưởng thôn Nguyễn Văn Tư» under the figures. */
const SIGNED =
  /[\s,.;]+(?:(?:tm|t\/m)[. ]*)?(?:trưởng thôn|truong thon|tổ trưởng|to truong|trưởng khu|truong khu|phó thôn|pho thon|bí thư|bi thu|người báo cáo|nguoi bao cao|người gửi|nguoi gui|ký tên|ky ten)(?:[\s:.-]+\p{L}+){0,6}[.!]*$/iu;
/** «Kính gửi UBND xã. Thôn … báo cáo: …». */
const ADDRESSED =
  /^(?:kính gửi|kinh gui|kính thưa|kinh thua|gửi|gui)[^\d:;\n]{0,50}?[.,:;\n]\s*(?=(?:báo cáo|bao cao|bc|thôn|thon|tháng|thang|có|co|tôi|toi|em|số|so)(?!\p{L})|\d)/iu;
/** «Em ghi hộ bác: …»: a courtesy before the figures. */
const FOR_ME_WRITE =
  /^(?:(?:em|cháu|chau|cô|co|nhờ|nho|giúp|giup)\s+)*(?:ghi|nhập|nhap|viết|viet|báo|bao)\s+(?:hộ|ho|giúp|giup|giùm|gium)\s+(?:bác|bac|tôi|toi|em|mình|minh|cháu|chau)(?:\s+(?:số|so|với|voi|cái|cai))*\s*[:,-]\s*/iu;
/** «Gửi cô Hạnh bc 418 …», «báo cáo anh Bình: …». */
const TO_SOMEBODY =
  /^(?:(?:dạ|da|em|tôi|toi|bác|bac|xin)\s+)*(?:gửi|gui|gưi|gởi|kính gửi|kinh gui|báo cáo|bao cao|báo|bao|nhờ|nho)(?:\s+(?:cho|tới|toi|đến|den))?\s+(?:cô|co|chị|chi|anh|chú|chu|bác|bac|em|cháu|chau|đồng chí|dong chi|đ\/c)(?:\s+\p{L}{2,6})?(?:\s*[:,.-]\s*|\s+)(?=(?:bc|báo cáo|bao cao|bcao|số liệu|so lieu|tháng|thang|thôn|thon)(?!\p{L})|\d)/iu;

/** A day, the own phone number or «tổ 3» before «bc» (a place that is known was read before), and «có gì gọi chị» behind the figures, say nothing of the figures. */
export function withoutFrame(line: string): string {
  return withoutForMe(line)
    .replace(FOR_ME_WRITE, '')
    .replace(ADDRESSED, '')
    .replace(OF_VILLAGE, '$1:')
    .replace(BULLET, '')
    .replace(SLASH_APART, ', ')
    .replace(SLASH_PARTS, '$1, ')
    .replace(SIGNED, '')
    .replace(TO_SOMEBODY, '')
    .replace(
      /^(?:(?:ngày|ngay|hôm nay|hom nay) \d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|(?:sđt|sdt|số|so|đt|dt)(?: \p{L}+)? 0\d{9})[\s,.:;-]+(?=(?:bc|báo cáo|bao cao)(?!\p{L}))/iu,
      '',
    )
    .replace(
      /^(?:kính gửi [^\d,:]{1,30}[,:]\s*|kinh gui [^\d,:]{1,30}[,:]\s*)?(?:(?:thôn|thon|tổ|to|tdp|tổ dân phố|to dan pho|xóm|xom|khu|khu phố|khu pho)(?: số| so)? \d{1,2})[\s,.:;-]+(?=(?:bc|báo cáo|bao cao)(?!\p{L}))/iu,
      '',
    )
    .replace(
      /^(?:(?:gửi|gui|kính gửi|kinh gui|báo cáo|bao cao|bc) (?:(?:uỷ ban|ủy ban|uy ban|ub) )?(?:xã|xa|phường|phuong)(?!\p{L})[\s,.:;-]*)(?=\D{0,40}\d)/iu,
      '',
    )
    .replace(/^(?:(?:dạ|da|em|vâng|vang)\s+)*(?:chào|chao|kính|kinh|thưa|thua)[^:\d]{0,60}:\s*/iu, '')
    .replace(
      /[\s,.;]+(?:xin )?(?:cảm ơn|cam on|cám ơn|cám on|trân trọng|tran trong|kính báo|kinh bao)[^\d]{0,30}$/iu,
      '',
    )
    .replace(/[\s,.;]+(?:có gì|co gi|có j|co j|thiếu gì|thieu gi)(?: \p{L}+){1,6}[.!]*$/iu, '');
}
