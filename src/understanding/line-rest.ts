import { foldText } from '../kernel/vn-text';
import { readFigure } from './number';
import type { LineFigure, LineReading } from './line';

/**
 * «418 người, còn lại như cũ», «5 buổi 121 lượt, còn lại không có»: what is given, and one word for all the others. Of
 * what is counted as it stands «không có» says nothing, so that it is left to its own question. Null: no such line.
 */
const REST =
  /[,;.\s]+(?:con lai|(?:cac |may |nhung )?(?:cau|so|muc|cai|phan)? ?(?:con lai|khac|kia))(?: (?:thi|la|deu|van|giu|cu))* (nhu cu|nhu tren|giong tren|giong|nhu thang truoc|giong thang truoc|giu nguyen|nguyen|khong doi|khong thay doi|k doi|van the|the|y nguyen|(?:khong|ko|k|kg)(?: (?:co|phat sinh))?(?: gi)?|bang 0)(?: (?:a|nhe|nha|em|het|ca))*[.!]*$/;

export function readRest(
  line: string,
  figures: readonly LineFigure[],
  readLine: (head: string) => LineReading[] | null,
): LineReading[] | null {
  const fold = foldText(line);
  const found = REST.exec(fold);
  // Folding keeps the length of composed letters, so that places in one are places in the other.
  const typed = line.normalize('NFC');
  if (!found || fold.length !== typed.length) return null;
  const head = typed.slice(0, found.index).replace(/\s+(?:nhé|nhe|ạ|a|nha|thôi|thoi)$/iu, '');
  const given = readLine(head) ?? alone(head, figures);
  if (!given || given.some(({ reading }) => reading.kind === 'ask')) return null;
  const same = /nhu|giong|nguyen|doi|the/.test(found[1] ?? '');
  const others = figures.filter(
    ({ id, asked, nature }) =>
      asked !== false && (same || nature === 'flow') && !given.some(({ figure }) => figure === id),
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

/** «Người như cũ, …»: the figure that stays as it was. */
function keptAsBefore(head: string, figures: readonly LineFigure[]): string | null {
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
    if (reading.kind === 'value') return [{ figure: id, reading }];
  }
  return null;
}
