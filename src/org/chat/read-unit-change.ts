import { foldInPlace, normalText } from '../../kernel/vn-text';
import { dayToCome } from './days-said';

/** «Từ 1/7 nhập thôn Đông Lâm và thôn Ngọc Trì thành thôn Lâm Trì», «tách thôn Gò Me thành …»: which villages, and from which day. Pure. */
export interface SaidUnitChange {
  readonly kind: 'merge' | 'split';
  /** As typed, each with the word of its kind where one was said: «thôn Đông Lâm», «Ngọc Trì». */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** `YYYY-MM-DD`; null: none was said, or one that is past. */
  readonly day: string | null;
}

const FROM_DAY =
  /,? ?(?:ke |bat dau )?tu (?:ngay )?(\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{2,4})?|mai|ngay mai|hom nay)(?:,? |$)/;
const PLACE = '(?:thôn|tổ dân phố|tdp|khu phố|khu|xóm|làng|bản)';
const MERGE = `^(?:sáp nhập|hợp nhất|nhập|gộp|ghép) (${PLACE} .+?) (?:vào|thành) (.+)$`;
const SPLIT = `^(?:chia tách|tách|chia) (${PLACE} .+?) thành (.+)$`;
/** As typed with marks: a name with «Thanh» in it is no «thành». And as typed without any. */
const MARKED = [MERGE, SPLIT].map((pattern) => new RegExp(pattern, 'iu'));
const PLAIN = [MERGE, SPLIT].map((pattern) => new RegExp(foldInPlace(pattern), 'i'));

/** One of these is in every such message, and in few others. */
const CHANGES = /nhap|nhat|gop|ghep|tach|chia/;

/** Null when the message is no such thing. */
export function readUnitChange(text: string, now: Date): SaidUnitChange | null {
  const typed = normalText(text)
    .normalize('NFC')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[.!]+$/, '');
  if (!CHANGES.test(foldInPlace(typed))) return null;
  const dated = FROM_DAY.exec(foldInPlace(typed));
  const whole = dated
    ? `${typed.slice(0, dated.index)} ${typed.slice(dated.index + dated[0].length)}`.trim()
    : typed;
  const bare = whole.replace(/^(?:đề nghị|de nghi|xin|cho) /iu, '');
  const [merge, split] = foldInPlace(bare) === bare.toLowerCase() ? PLAIN : MARKED;
  const merged = merge?.exec(bare) ?? null;
  const [, from, to] = merged ?? split?.exec(bare) ?? [];
  if (from === undefined || to === undefined) return null;
  const said = {
    from: namesIn(from),
    to: namesIn(to),
    day: dated?.[1] === undefined ? null : dayToCome(dated[1], now),
  };
  if (merged) return said.to.length === 1 ? { kind: 'merge', ...said } : null;
  return said.from.length === 1 && said.to.length > 1 ? { kind: 'split', ...said } : null;
}

function namesIn(part: string): string[] {
  return part
    .split(/\s*[,;]\s*|\s+(?:và|va)\s+/iu)
    .map((name) => name.trim())
    .filter(Boolean);
}
