import { foldText } from '../kernel/vn-text';

/** Numbers that a question may well have: of a level, an age, a year, a few tries, a hotline. */
const ASKED =
  /(?:muc|muc do|tron|ngoai|level|dinh danh|duoi|hon|lop|ngay|thang|nam|bai|phan|chuong|buoc|khoa|android|ios|iphone|lan thu) ?\d{1,2}\b|(?:(?:nam|khoa|hoi|tu|doi|sinh|mua) (?:19|20)\d\d|20[23]\d)(?! ?(?:nguoi|ng|luot|ho|buoi)\b)|\d{1,2} ?(?:tuoi|t\b|lan|so|nam|ngay|thang|tuan|gio|phut|hom|trieu|may|chu so|buoc|\/ ?9)|[\d.]*h\d{2}[.-]\S*|loi ?\d{1,4}|\d+ ?(?:nghin|ngan|k|trieu|tr|dong)\b|so 0\d{3,10}|1900 ?0368|1800 ?1096|(?:ngay|hom|mung|tu|den|sang|chieu|toi) \d{1,2} ?[/.-] ?(?:1[0-2]|0?[1-9])(?: ?[/.-] ?(?:19|20)?\d\d)?(?!\d)|\d{1,2} ?h(?![a-z])/g;
const COUNTED =
  /%|\d[.,]?\d{2}|\d+ ?\/ ?\d|=|\d+ ?(?:nguoi|ng|ho|luot|buoi|lop|ba con|hv|hoc vien|people|households|sessions)(?![a-z])/;

/** Whether a number stands in the text that no question has: it may be a figure, so nothing is sure. */
export function hasFigure(text: string): boolean {
  return /(?<![a-z])\d/.test(foldText(text).replace(ASKED, ' '));
}

/** Whether the text speaks of counts, as a report does, so that it is no question. */
export function isFigures(text: string): boolean {
  return COUNTED.test(foldText(text).replace(ASKED, ' '));
}
