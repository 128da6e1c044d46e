import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import type { Person } from '../../org/chat/people';
import { can, unitsActedFor, type Role } from '../../org/roles';
import { withoutCounted } from '../../understanding/counted-noun';
import { timesAbove } from '../extension';
import { takes, type FigureDef, type Form } from '../form';
import { FORMS } from '../forms';
import { monthOf, shiftPeriod, weekOf } from '../periods';
import type { FigureAnswer } from '../report-effect';
import { joinParts, partMissing, ratioOf, readForm } from './form-values';
import { factsOf, isSent, type Facts } from './report-facts';

/** «điều chỉnh số 1 = …: ghi nhầm»: what is said there, which locked report it is about, and the value in its figure's kind. */

export interface AdjustSaid {
  readonly number: number;
  readonly place: string;
  /** The value and its reason, as they were typed: where one ends depends on the figure. */
  readonly rest: string;
}

const BEFORE = '^(?:(?:em|tôi|toi|xin|cho)\\s+)*';
const IS = '\\s*(?:=|(?:\\s(?:thành|thanh|là|la)\\s))\\s*';
const PATTERNS = {
  adjust: new RegExp(
    `${BEFORE}(?:điều chỉnh|dieu chinh)\\s+(?:số|so|câu|cau)\\s+(\\d{1,2})\\s*(.*?)${IS}(\\S.*)$`,
    'isu',
  ),
  /** A number of a village that is named by its kind: without one it is a figure of one's own report. */
  fix: new RegExp(
    `${BEFORE}(?:sửa|sua|chữa|đổi|doi|chỉnh|chinh)(?:\\s+(?:lại|lai))?\\s+(?:số|so|câu|cau|mục|muc)\\s+(\\d{1,2})\\s+((?:(?:của|cua|cho)\\s+)?(?:thôn|thon|xóm|xom|làng|lang|bản|ban|tổ dân phố|to dan pho|tdp|tổ|to|khu phố|khu pho|khu)\\s.{1,60}?)${IS}(\\d.*)$`,
    'isu',
  ),
} as const;
const COUNT = /^(\d{1,3}(?:\.\d{3})+|\d{1,9})(?![\d.,]*\d)\s*[:;,.-]?\s*(.*)$/su;
const WHY = /^(?:lý do|ly do|vì|vi|do)\s*:?\s*/iu;
/** Where a value in words ends: a colon of a link has no blank behind it. */
const BEHIND = /:\s+|;\s*|,?\s+(?=(?:lý do|ly do|vì)\s)/iu;

/** «… số 3 thôn X = 102: lý do»; `verb`: which of the two words of changing it must begin with. */
export function readAdjust(typed: string, verb: keyof typeof PATTERNS): AdjustSaid | null {
  const found = PATTERNS[verb].exec(typed.normalize('NFC'));
  if (!found) return null;
  const [, number = '', place = '', rest = ''] = found;
  return { number: Number(number), place: place.replace(/^(?:của|cua|cho)\s+/iu, '').trim(), rest };
}

/** Value and reason of the text; the reason is empty where none was said. */
export function valueAndWhy(
  { kind, measure }: Pick<FigureDef, 'kind' | 'measure'>,
  rest: string,
): { value: string; reason: string } {
  const count = kind === 'count' ? COUNT.exec(withoutNoun(rest, measure)) : null;
  const parts = rest.split(BEHIND);
  const last = parts.length > 1 ? (parts.at(-1) ?? '') : '';
  const value = count ? (count[1] ?? '') : rest.slice(0, last === '' ? undefined : rest.lastIndexOf(last));
  return {
    value: value.replace(/[\s:;,]+$/u, ''),
    reason: (count ? (count[2] ?? '') : last).replace(WHY, '').trim(),
  };
}

/** «98 xã: đếm lại» without its noun. */
function withoutNoun(rest: string, measure: string): string {
  const [head = '', ...behind] = rest.split(/:\s/u);
  return behind.length === 0 ? rest : [withoutCounted(head, measure), ...behind].join(': ');
}

/** The value in the kind of its figure; null: it cannot be read for sure. A share needs its part, its whole and its day. */
export function adjustedTo(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figure: FigureDef,
  value: string,
): FigureAnswer | null {
  const reading = readForm(turn, figure, value, foldText(value.replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' ')));
  if (reading.kind === 'answer') return reading.answer;
  if (reading.kind !== 'part') return null;
  const said = joinParts(null, reading.said, null);
  if (partMissing(said) !== null || said.numerator === null) return null;
  return ratioOf(figure.id, said, turn.words.t(`reports:form.sources.${facts.form.owner.role}`));
}

/** Whether a post is answerable for figures of the form: it reports them, or confirms what its officer sent. */
const answersFor = (form: Form, role: Role): boolean =>
  form.reporters.includes(role) || (form.confirmedBy?.includes(role) ?? false);

/** Whether some form is this person's to adjust. */
export function mayAdjust({ offices }: Person): boolean {
  return offices.some(({ role }) => [...FORMS.values()].some((form) => answersFor(form, role)));
}

/** The newest report of the form that is locked for good also above the unit; null: none is. */
async function lockedReport(turn: Turn<DialogDeps>, form: Form, unit: string): Promise<Facts | null> {
  const { calendars } = turn.deps.settings;
  const now = form.cadence === 'week' ? weekOf(turn.at) : monthOf(turn.at);
  const periods = form.cadence === 'once' ? [form.id] : [0, -1, -2].map((step) => shiftPeriod(now, step));
  const period = periods.find((each) => turn.at >= timesAbove(form, calendars, each).aboveLockAt);
  return period === undefined ? null : factsOf(turn, unit, period, form.id);
}

/**
 * The locked report that is meant: of the place named, else of the person's own units; one that comes round before a
 * one-off. Several: more than one unit may be meant. Empty: none that is this person's.
 */
export async function reportsAdjusted(
  turn: Turn<DialogDeps>,
  person: Person,
  place: string,
): Promise<{ readonly facts: Facts; readonly own: boolean }[]> {
  const { tree } = turn.deps.directory;
  const day = vnDay(turn.at);
  const found = new Map<string, { readonly facts: Facts; readonly own: boolean }>();
  for (const office of person.offices) {
    const mine = unitsActedFor(office);
    const units = place === '' ? mine : tree.find(place, day, { under: office.unit }).map(({ code }) => code);
    for (const code of units) {
      const unit = tree.getNearest(code, day);
      const own = mine.includes(code);
      for (const form of unit ? FORMS.values() : []) {
        const theirs = own
          ? answersFor(form, office.role)
          : form.approvedBy === 'commune' && can(office.role, 'enters_on_behalf');
        if (!unit || !theirs || !takes(form, unit)) continue;
        const facts = await lockedReport(turn, form, code);
        const known = found.get(code)?.facts;
        if (facts && (!known || before(facts, known))) found.set(code, { facts, own });
      }
    }
  }
  return [...found.values()];
}

/** Of two forms of one unit: what was sent, then what comes round. */
function before(one: Facts, other: Facts): boolean {
  const rank = (facts: Facts): number => (isSent(facts) ? 2 : 0) + (facts.form.cadence === 'once' ? 0 : 1);
  return rank(one) > rank(other);
}
