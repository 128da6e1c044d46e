import { foldText } from '../kernel/vn-text';

/**
 * Whether somebody types figures or a phone number among others in a group, where neither belongs. Careful: who writes of
 * the time and the place of a meeting is left in peace. Pure.
 */

/** Nine digits and more, however they are parted: a phone number, or that of a paper. */
const LONG_NUMBER = /\d(?:[ .-]?\d){8,}/;
/** Times, days, names of places and papers: numbers that are no figures. */
const NO_FIGURES = [
  /\d{1,2} ?(?:h|g|gio)(?: ?\d{2}(?!\d))?(?![a-z])/g,
  /\d{1,2}:\d{2}/g,
  /\d{1,2}\/\d{1,2}(?:\/\d{2,4})?/g,
  /\d+\/[a-z][\w/-]*/g,
  /(?<![a-z])(?:ngay|hom|mung|thang|thu|nam|tuan|quy|thon|to|khu|xom|doi|lop|so|muc|quyet dinh|cong van|dieu|khoan|phong|tang|kenh|k) ?\d+/g,
];
/** What figures count. */
const COUNTED =
  /\d+ ?(?:%|(?:phan tram|nguoi|ng|ho|buoi|luot|may|hoc vien|hv|tai khoan|tk|cu|ba con|dan|nhan khau|dien thoai|to vien|thanh vien|chau)(?![a-z]))/;

export function typesFigures(text: string): boolean {
  if (LONG_NUMBER.test(text)) return true;
  const fold = NO_FIGURES.reduce((rest, plain) => rest.replace(plain, ' '), foldText(text));
  return COUNTED.test(fold) || (fold.match(/\d+/g)?.length ?? 0) >= 2;
}
