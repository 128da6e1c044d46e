import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import type { Person } from '../../org/chat/people';
import { can, unitsActedFor, type Role } from '../../org/roles';
import { timesAbove } from '../extension';
import { takes, type FigureDef, type Form } from '../form';
import { FORMS } from '../forms';
import { monthOf, shiftPeriod, weekOf } from '../periods';
import type { FigureAnswer } from '../report-effect';
import { joinParts, partMissing, ratioOf, readForm } from './form-values';
import { factsOf, isSent, type Facts } from './report-facts';

/** «điều chỉnh số 1 = …: ghi nhầm»: which locked report it is about, and the value in its figure's kind. */

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
