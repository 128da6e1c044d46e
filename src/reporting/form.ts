import type { Role } from '../org/roles';
import type { UnitLevel } from '../org/unit';
import type { Cadence } from './periods';

/**
 * A form as data: who owes it, what it asks, who approves it. Who reports, who approves and who sees are properties of the
 * form, never of a role's name. Words are locale keys: `reports:figures.<id>` for `village-month`, `forms:figures.<form>.<id>` for
 * the others (see `textsOf`).
 */

/** `ratio`: a numerator of a denominator, with its day and source. `entries`: a list of rows. */
export type FigureKind = 'count' | 'ratio' | 'yes_no' | 'text' | 'link' | 'entries';
/** How a figure adds up: counts are summed, the parts of ratios apart, of yes and no the yeses are counted. */
export type RollUp = 'sum' | 'parts' | 'count_true' | 'none';

export interface FigureDef {
  /** English snake_case, never reused for another meaning within a form. */
  readonly id: string;
  /** Its entry in the catalogue, `village.vneid_confirmed`: other owner, other kind, never one for the other. */
  readonly key: string;
  readonly kind: FigureKind;
  /** Locale key suffix of the unit counted: `person`, `session`, `visit`, `household` … */
  readonly measure: string;
  /** `stock`: how many there are now, carried from month to month. `flow`: what happened in the month. */
  readonly nature: 'stock' | 'flow';
  /** Upper bound of a believable value: a number, or a property of the unit with what stands when it is unknown. */
  readonly max: number | { readonly of: 'adults' | 'households' | 'population'; readonly otherwise: number };
  readonly rollUp: RollUp;
  /** Asked only when the province switches it on for a period; may always be given unasked by name. */
  readonly optional?: boolean;
  /** «Chưa có» is an answer that is in order: nobody has it yet. */
  readonly mayBeMissing?: boolean;
  /** Nothing is an answer that is in order: no difficulties, no links. */
  readonly mayBeEmpty?: boolean;
  /** Asked only after a yes to this figure. */
  readonly after?: string;
  /** What the plan wants at least; below it a reason is asked, nothing is refused. */
  readonly atLeast?: number;
}

/** A rule between two figures that is checked as soon as both are known. */
export interface FigureCheck {
  readonly left: string;
  /** `needs`: the left one above 0 cannot be while the right one is 0. */
  readonly op: '<=' | '>=' | 'needs';
  readonly right: string;
  /** Locale key suffix of the refusal, or of the question: `reports:checks.<else>`. */
  readonly else: string;
  /** Against expectation but possible: asked about, never refused. */
  readonly asks?: true;
}

/** Who looks at a form's figures before they count as approved; null: sending approves. */
export type Approver = 'commune' | 'department';

export interface Form {
  readonly id: string;
  readonly cadence: Cadence | 'once';
  /** Levels of the units that owe it. */
  readonly levels: readonly UnitLevel[];
  /** Owed only by the units an audience names, not by every one of its levels. */
  readonly chosen?: true;
  /** Levels whose units may have figures of it though they owe none: what the police give for each commune. Absent: none. */
  readonly rowsFor?: readonly UnitLevel[];
  /** Whose figures they are; `unit` where one body alone owes it. */
  readonly owner: { readonly role: Role; readonly unit: string | null };
  /** Posts whose holders may enter and send it. */
  readonly reporters: readonly Role[];
  readonly approvedBy: Approver | null;
  /** Posts at the unit itself that confirm what was sent, where the setting asks it. Absent: none. */
  readonly confirmedBy?: readonly Role[];
  /** Which instants of the month it keeps, the villages' or the communes'; of a week or a one-off it is not asked. */
  readonly calendar: 'month_village' | 'month_commune';
  /** The instants of a one-off. */
  readonly once?: { readonly opensAt: Date; readonly deadline: Date; readonly lockAt: Date };
  readonly figures: readonly FigureDef[];
  readonly checks: readonly FigureCheck[];
  /** Raised when a figure changes what it counts. */
  readonly definition: number;
  /** The document that asks for it. */
  readonly source: string;
}

/**
 * Whether a unit owes the form. `audience`: the units that the run asks, where the form has a chosen audience; absent: whether
 * the unit is of those that can be asked at all.
 */
export function owes(
  form: Pick<Form, 'levels' | 'owner'>,
  unit: { readonly code: string; readonly level: UnitLevel },
  audience?: ReadonlySet<string>,
): boolean {
  const can = form.levels.includes(unit.level) && (form.owner.unit === null || form.owner.unit === unit.code);
  return can && (audience === undefined || audience.has(unit.code));
}

/** Whether figures of the unit can be on the form: it owes it, or somebody else gives them for it. */
export function takes(
  form: Pick<Form, 'levels' | 'owner' | 'rowsFor'>,
  unit: { readonly code: string; readonly level: UnitLevel },
): boolean {
  return owes(form, unit) || (form.rowsFor?.includes(unit.level) ?? false);
}

/** What the form is called; it speaks of `{{month}}` and `{{unit}}`. */
export function titleOf(form: string): string {
  return `forms:titles.${form}`;
}

/** The same of all units together; it speaks of `{{month}}`. */
export function titleForAll(form: string): string {
  return `forms:everywhere.${form}`;
}

/** The same on a button; it speaks of `{{month}}`. */
export function shortTitleOf(form: string): string {
  return `forms:short.${form}`;
}

/** Where the words of a form's figures stand. */
export function textsOf(form: string, figure: string): string {
  return form === 'village-month' ? `reports:figures.${figure}` : `forms:figures.${form}.${figure}`;
}

/**
 * Checks the form at load: unique ids in snake_case, checks and conditions that name figures of the form, instants for a
 * one-off. Throws a RangeError that says what is wrong.
 */
export function defineForm(form: Form): Form {
  const ids = new Set<string>();
  for (const figure of form.figures) {
    if (!/^[a-z][a-z0-9_]*$/.test(figure.id))
      throw new RangeError(`${form.id}: ${figure.id} is not snake_case`);
    if (ids.has(figure.id)) throw new RangeError(`${form.id}: ${figure.id} stands twice`);
    if (figure.after !== undefined && !ids.has(figure.after))
      throw new RangeError(
        `${form.id}: ${figure.id} follows ${figure.after}, which does not stand before it`,
      );
    ids.add(figure.id);
  }
  for (const check of form.checks)
    for (const side of [check.left, check.right])
      if (!ids.has(side)) throw new RangeError(`${form.id}: a check names ${side}, which is no figure of it`);
  if ((form.cadence === 'once') !== (form.once !== undefined))
    throw new RangeError(`${form.id}: a one-off, and only one, has instants of its own`);
  return form;
}
