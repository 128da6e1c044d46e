import { foldText } from '../kernel/vn-text';
import { readFigure } from './number';
import { COME_TO } from './difference';
import type { LineFigure, LineReading } from './line';

/**
 * «418 người, còn lại như cũ», «5 buổi 121 lượt, còn lại không có»: what is given, and one word for all the others. Of
 * what is counted as it stands «không có» says nothing, so that it is left to its own question. Null: no such line.
 */
const REST =
  /[,;.\s]+(?:con lai|con thi|con dau|con nua|(?:cac |may |nhung )?(?:cau|so|muc|cai|phan)? ?(?:con lai|khac|kia))(?: (?:thi|la|deu|van|giu|cu))* (nhu cu|nhu tren|giong tren|giong|nhu thang truoc|giong thang truoc|giu nguyen|nguyen|dung|dung (?:het|ca|roi)|khong doi|khong thay doi|k doi|van the|the|y nguyen|(?:khong|ko|k|kg)(?: (?:co|phat sinh))?(?: gi)?|bang 0)(?: (?:a|nhe|nha|em|het|ca))*[.!]*$/;

/** «Như tháng trước, riêng số buổi 5»: the other way round. */
const EXCEPT =
  /^(?:(?:da|em|bac|toi|thon toi|bc|bao cao|thang nay|ky nay|cac so|van|cu|cung)[ ,:]+)*(?:nhu cu|nhu thang truoc|nhu thang roi|giong thang truoc|giu nguyen|y nguyen|y nhu cu|y nhu thang truoc|y het thang truoc|van the)(?: (?:het|ca|a|em|nhe|thoi))*[,;. ]+(?:(?:chi|rieng|tru|moi|nhung|con)(?: (?:co|rieng|moi|khac|cai|thi))* |(?<=[,;.] )(?=\D{0,16}\d))(?=\S)/;

export function readRest(
  line: string,
  figures: readonly LineFigure[],
  readLine: (head: string) => LineReading[] | null,
): LineReading[] | null {
  const fold = foldText(line);
  const found = REST.exec(fold);
  const turned = found ? null : EXCEPT.exec(fold);
  // Folding keeps the length of composed letters, so that places in one are places in the other.
  const typed = line.normalize('NFC');
  if ((!found && !turned) || fold.length !== typed.length) return null;
  const begin = found ? typed.slice(0, found.index) : typed.slice(turned?.[0].length ?? 0);
  const head = begin
    .replace(/^\s*(?:trừ|tru|riêng|rieng|chỉ|chi|ngoài|ngoai)(?:\s+(?:có|co|mỗi|moi))?\s+/iu, '')
    .replace(/\s+(?:nhé|nhe|ạ|a|nha|thôi|thoi)$/iu, '');
  const given = readLine(head) ?? alone(head, figures);
  if (!given || given.some(({ reading }) => reading.kind === 'ask')) return null;
  const same = found === null || /nhu|giong|nguyen|doi|the|dung/.test(found[1] ?? '');
  const others = figures.filter(
    ({ id, asked, nature, given: stands }) =>
      asked !== false &&
      stands !== true &&
      (same || nature === 'flow') &&
      !given.some(({ figure }) => figure === id),
  );
  return [
    ...given,
    ...others.map(({ id }): LineReading => ({
      figure: id,
      reading: same ? { kind: 'same' } : { kind: 'value', value: 0 },
    })),
  ];
}

const UNITS: Readonly<Record<string, string>> = {
  nguoi: 'person',
  buoi: 'session',
  luot: 'visit',
  ho: 'household',
};

/** «Người như cũ», «số người vẫn thế»: the figure that stays as it was; null: none does. */
export function keptAsBefore(head: string, figures: readonly LineFigure[]): string | null {
  const [, unit = '', rest = ''] =
    /^(?:so )?(nguoi|buoi|luot|ho)(?: (?:lon|hoc|dan|nguoi))? (.+)$/.exec(foldText(head)) ?? [];
  const figure = figures.find(({ measure, asked }) => asked !== false && measure === UNITS[unit]);
  if (!figure || readFigure(rest, { ...figure }).kind !== 'same') return null;
  return figure.id;
}

/** One figure, known by what is counted: the first that it fits. */
function alone(head: string, figures: readonly LineFigure[]): LineReading[] | null {
  if (!/\p{L}/u.test(head)) return null;
  const kept = keptAsBefore(head, figures);
  if (kept) return [{ figure: kept, reading: { kind: 'same' } }];
  for (const { id, measure, nature, last, asked } of figures) {
    if (asked === false) continue;
    const reading = readFigure(head, { measure, nature, last });
    // «Tăng lên 420, còn đâu giữ nguyên»: asked about, as anywhere.
    const comeTo = reading.kind === 'confirm' && reading.why === 'question' && COME_TO.test(foldText(head));
    if (reading.kind === 'value' || comeTo) return [{ figure: id, reading }];
    // «Thêm 18 người, còn thì y nguyên»: beside what stays as last month, more than last month.
    const more =
      reading.kind === 'ask' && reading.why === 'delta'
        ? readFigure(`${head} so với tháng trước`, { measure, nature, last })
        : reading;
    if (more.kind === 'confirm' && more.why === 'delta') return [{ figure: id, reading: more }];
  }
  return null;
}
