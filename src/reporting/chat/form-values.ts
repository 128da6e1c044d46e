import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { dayIn } from '../../kernel/moment';
import { foldText, formatCount } from '../../kernel/vn-text';
import { withoutCounted } from '../../understanding/counted-noun';
import { readFigure } from '../../understanding/number';
import { readRatio, type SaidRatio } from '../../understanding/ratio';
import { hasStopWord } from '../../understanding/stop';
import { yesNo } from '../../understanding/yes-no';
import type { FigureDef } from '../form';
import type { FigureVersion } from '../report';
import type { FigureAnswer } from '../report-effect';
import { entriesAnswer, ratioAnswer, textAnswer, yesNoAnswer, type RatioParts } from '../values';
import { entriesText } from './entry-texts';
import { readEntries, readLink } from './form-entries';

/** What was typed, as a value of the figure's kind; and a value as it is read back. */

export type FormReading =
  | { readonly kind: 'answer'; readonly answer: FigureAnswer }
  /** A share of which a part is not said yet. */
  | { readonly kind: 'part'; readonly said: SaidRatio }
  /** A number that must be asked about before it is taken. */
  | { readonly kind: 'confirm'; readonly value: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'none' };

/** «Không», «không có gì»: nothing to say, where that is in order. */
const NOTHING = /^(?:da )?(?:khong|ko|k|khong co|khong co gi|khong co gi a|khong a|none|nothing|no)$/;
const NOT_YET =
  /^(?:da )?(?:chua co(?: so)?(?: lieu)?|chua co a|chua thong ke(?: duoc)?|chua tong hop|khong ro|not yet|unknown)$/;
const ALREADY =
  /^(?:da )?(?:roi|co roi|da co|da dang|du roi|co day du|day du|yes|co a|co|xong roi)(?: a| em)?$/;

/** Whether a digit stands in the text beside the name of a month and «k0» for «không»: whoever typed one may have the figure after all. */
export function hasNumber(text: string): boolean {
  return /\d/.test(foldText(text).replace(/(?<![a-z\d])(?:thang (?:0?[1-9]|1[0-2])|k0)(?![a-z\d])/g, ' '));
}

/** «Chưa có» stands only where no number does. */
export function readForm(
  turn: Turn<DialogDeps>,
  figure: FigureDef,
  text: string,
  plain: string,
): FormReading {
  const reading = readKind(turn, figure, text, plain);
  return reading.kind === 'missing' && hasNumber(text) ? { kind: 'none' } : reading;
}

function readKind(turn: Turn<DialogDeps>, figure: FigureDef, text: string, plain: string): FormReading {
  if (NOT_YET.test(plain)) return { kind: 'missing' };
  switch (figure.kind) {
    case 'count': {
      const number = withoutCounted(text, figure.measure);
      const reading = readFigure(number, { measure: 'none', nature: figure.nature, last: null });
      if (reading.kind === 'value') return counted(figure, reading.value);
      if (reading.kind === 'confirm') return { kind: 'confirm', value: reading.value };
      return reading.kind === 'missing' ? { kind: 'missing' } : { kind: 'none' };
    }
    case 'ratio': {
      const said = readRatio(text, turn.at);
      return said ? { kind: 'part', said } : { kind: 'none' };
    }
    case 'yes_no': {
      if (hasStopWord(text) && !/^(?:da )?(?:chua|khong|ko|k)(?: co| dang| du)?(?: a| em)?$/.test(plain))
        return { kind: 'none' };
      const said = ALREADY.test(plain) ? 'yes' : (yesNo(text) ?? (/^(?:da )?chua/.test(plain) ? 'no' : null));
      return said === null
        ? { kind: 'none' }
        : { kind: 'answer', answer: yesNoAnswer(figure.id, said === 'yes') };
    }
    case 'text':
      if (NOTHING.test(plain)) return { kind: 'answer', answer: textAnswer(figure.id, 'text', '') };
      return /\p{L}{2}/u.test(text)
        ? { kind: 'answer', answer: textAnswer(figure.id, 'text', text) }
        : { kind: 'none' };
    case 'link': {
      const link = readLink(text);
      return link ? { kind: 'answer', answer: textAnswer(figure.id, 'link', link) } : { kind: 'none' };
    }
    case 'entries': {
      if (NOTHING.test(plain)) return { kind: 'answer', answer: entriesAnswer(figure.id, []) };
      const rows = readEntries(figure.id, text);
      return rows ? { kind: 'answer', answer: entriesAnswer(figure.id, rows) } : { kind: 'none' };
    }
  }
}

function counted(figure: FigureDef, value: number): FormReading {
  return { kind: 'answer', answer: { figure: figure.id, value, status: value === 0 ? 'zero' : 'reported' } };
}

/** What is known of a share so far, the newer part first; the per cent is worked out once its whole is known. */
export function joinParts(
  before: SaidRatio | null,
  said: SaidRatio,
  asks: 'whole' | 'day' | null,
): SaidRatio {
  if (before === null) return said;
  const lone = said.denominator === null && said.percent === null ? said.numerator : null;
  const denominator = asks === 'whole' && lone !== null ? lone : (said.denominator ?? before.denominator);
  const percent = said.percent ?? before.percent;
  const shareAnew = said.denominator === null && said.percent !== null;
  const own = shareAnew ? null : said.denominator === null ? before.numerator : said.numerator;
  const computed = own === null && percent !== null && denominator !== null;
  return {
    numerator: computed ? Math.round((denominator * percent) / 100) : own,
    denominator,
    percent,
    computed: computed || (before.computed && said.denominator === null),
    asOf: said.ahead === null ? (said.asOf ?? before.asOf) : null,
    ahead: said.asOf === null ? (said.ahead ?? before.ahead) : null,
    source: said.source ?? before.source,
  };
}

/** Which part of a share must still be asked; null: none. A lone number is taken for the part, never for the whole. */
export function partMissing(said: SaidRatio): 'whole' | 'day' | null {
  if (said.denominator === null) return 'whole';
  return said.asOf === null ? 'day' : null;
}

/** Null: what was said makes no share, such as a part of a whole of 0. That is asked again, never stored as missing. */
export function ratioOf(figure: string, said: SaidRatio, source: string): FigureAnswer | null {
  const parts: RatioParts = {
    numerator: said.numerator,
    denominator: said.denominator,
    asOf: said.asOf,
    source: said.source ?? source,
  };
  const answer = ratioAnswer(figure, parts);
  return answer.status === 'missing' ? null : answer;
}

/** «86,54»: a quotient in per cent. */
function perCent({ words }: Turn<DialogDeps>, share: number): string {
  const locale = words.locale === 'vi' ? 'vi-VN' : 'en-US';
  return (share * 100).toLocaleString(locale, { maximumFractionDigits: 2 });
}

/** «86,54 %» alone. */
export function shareOnly(turn: Turn<DialogDeps>, share: number): string {
  return turn.words.t('reports:form.share', { share: perCent(turn, share) });
}

/** «45/52 (86,54 %), đến 15/3/2026»; `share` is their quotient. */
export function shareText(
  turn: Turn<DialogDeps>,
  share: number,
  { numerator, denominator, asOf }: Pick<SaidRatio, 'numerator' | 'denominator' | 'asOf'>,
): string {
  return turn.words.t(asOf ? 'reports:form.ratio_dated' : 'reports:form.ratio', {
    numerator: formatCount(numerator ?? 0),
    denominator: formatCount(denominator ?? 0),
    share: perCent(turn, share),
    day: asOf ? dayIn(asOf) : '',
  });
}

/** «45/52 (86,54 %), đến 15/3/2026», «có», «chưa có số», the text itself. */
export function formValueText(
  turn: Turn<DialogDeps>,
  figure: FigureDef,
  version: Pick<FigureVersion, 'value' | 'status' | 'detail'> | undefined,
): string {
  const { words } = turn;
  if (version === undefined || version.value === null) return words.t('reports:missing_value');
  const { detail, value } = version;
  if (figure.kind === 'yes_no') return words.t(value === 1 ? 'reports:form.yes' : 'reports:form.no');
  if (detail?.kind === 'ratio') return shareText(turn, value, detail);
  if (detail?.kind === 'text' || detail?.kind === 'link')
    return detail.text === '' ? words.t('reports:form.nothing') : detail.text;
  if (detail?.kind === 'entries')
    return value === 0
      ? words.t('reports:form.nothing')
      : words.t('reports:form.rows', { count: value }) + entriesText(words, detail.rows);
  return formatCount(value);
}
