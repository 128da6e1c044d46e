import { remembered } from '../kernel/remembered';

/**
 * Words as the young write them and their grandparents with them, put into full: «wa» for «qua», «trc» for «trước». Only
 * such as can be no other word; without marks where they may stand for more than one. For reading alone: what is kept
 * and shown is the text as it was typed. Pure.
 */
const SHORTENED: Readonly<Record<string, string>> = {
  wa: 'qua',
  wá: 'quá',
  wên: 'quên',
  wen: 'quen',
  trc: 'trước',
  trk: 'trước',
  thag: 'tháng',
  thnag: 'tháng',
  nhiu: 'nhiêu',
  bit: 'biết',
  bik: 'biết',
  bít: 'biết',
  bjt: 'biết',
  cx: 'cũng',
  cug: 'cũng',
  ms: 'mới',
  vs: 'với',
  hnay: 'hôm nay',
  hqua: 'hôm qua',
  lm: 'làm',
  ak: 'à',
  ạk: 'ạ',
  zậy: 'vậy',
  zay: 'vậy',
  dzay: 'vậy',
  vại: 'vậy',
  mún: 'muốn',
  pải: 'phải',
  fai: 'phải',
  tui: 'tôi',
  lun: 'luôn',
  ngta: 'người ta',
  nhìu: 'nhiều',
  hiu: 'hiểu',
  chj: 'chị',
  bjo: 'bây giờ',
  bgio: 'bây giờ',
  baocao: 'báo cáo',
  bcao: 'báo cáo',
  khoong: 'không',
  hông: 'không',
  hem: 'không',
  hổng: 'không',
};

const WORD = /[\p{L}\p{M}]+/gu;

/** The text with such words in full. */
export const spelt = remembered((text): string => {
  const plain = text.normalize('NFC');
  return plain.replace(WORD, (word) => {
    const lower = word.toLowerCase();
    return Object.hasOwn(SHORTENED, lower) ? (SHORTENED[lower] ?? word) : word;
  });
}, 200);
