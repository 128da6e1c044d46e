/** «Không, 95», «nhầm, 45 thôi», «thừa số 0, 45», «145 mới đúng»: the value that is meant instead of the one asked about. */
const DENIED =
  /^(?:(?:dạ|da|à|a|ờ|ôi|ối|oi|thôi|em|ấy chết)[\s,]+)*(?:(?:không|khong|ko|k)(?:[\s,]*[,.][\s]*(?:(?:phải|phai|đúng|dung)[\s,.]+)?|\s+(?=\d))|(?:không|khong|ko|k)\s+(?:phải|phai|đúng|dung)\s*[,.]\s*|(?:(?:ghi|bấm|bam|gõ|go)\s+)?(?:nhầm|nham|sai|lộn|lon)(?:\s+(?:rồi|roi|mất|mat))*(?:\s+(?:thừa|thua|dư|du|thêm|them))?(?:\s+(?:một|mot|1))?(?:\s+(?:con\s+)?(?:số|so|con)\s+0)?[\s,.]+|(?:ấy|ối|ôi|á|ý|ui|a|ay|oi|y)?\s*(?:chết|chet)(?:\s+(?:rồi|roi|thật|that|cha|mẹ|me))*[\s,.]+(?=\d)|(?:không|khong|ko|k)\s+phải\s+\d{1,6}(?:\s+(?:đâu|dau|mà|ma|là|la))*[\s,]+|(?:khong|ko|k)\s+phai\s+\d{1,6}(?:\s+(?:dau|ma|la))*[\s,]+|(?:thừa|thua|dư|du)\s+(?:(?:một|mot|1)\s+)?(?:số|so|con)\s+0[\s,.]+)(?:(?:là|la|phải là|phai la|chỉ|chi)\s+)?(?=\d|\p{L})/iu;
const RATHER =
  /(?<=\d)\s+(?:thôi|thoi)(?:\s+(?:ạ|a|em|nhé|nhe))*[.!]*$|[\s,]+(?:mới|moi)\s+(?:đúng|dung|phải|phai|chính xác|chinh xac)(?:\s+(?:ạ|a|em|nhé|nhe))*[.!]*$/iu;

/** The value as typed, without what denies or stresses it; null: nothing does. */
export function readInstead(text: string): string | null {
  const rest = text.normalize('NFC').replace(DENIED, '').replace(RATHER, '');
  return rest === text.normalize('NFC') || rest.trim() === '' ? null : rest;
}
