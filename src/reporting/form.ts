/** A form as data. The words are locale keys: `reports:figures.<id>.name`, `.short`, `.question`. */
export interface FigureDef {
  /** English snake_case, never reused for another meaning. */
  readonly id: string;
  /** Locale key suffix of the unit counted: `person`, `session`, `visit`, `household`. */
  readonly measure: string;
  /** `stock`: how many there are now, carried from month to month. `flow`: what happened in the month. */
  readonly nature: 'stock' | 'flow';
  /** Upper bound of a believable value: a number, or a property of the unit with what stands when it is unknown. */
  readonly max: number | { readonly of: 'adults' | 'households'; readonly otherwise: number };
  readonly rollUp: 'sum';
  /** Asked only when the province switches it on for a period; may always be given unasked by name. */
  readonly optional?: boolean;
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

export interface Form {
  readonly id: string;
  readonly cadence: 'month' | 'week' | 'year' | 'once';
  /** Level of the units that owe it. */
  readonly level: 'province' | 'commune' | 'village';
  /** Which instants of the month it keeps, the villages' or the communes'; of a week or a one-off it is not asked. */
  readonly calendar: 'month_village' | 'month_commune';
  /** The instants of a one-off. */
  readonly once?: { readonly opensAt: Date; readonly deadline: Date; readonly lockAt: Date };
  readonly figures: readonly FigureDef[];
  readonly checks: readonly FigureCheck[];
}

/** Checks the form at load: unique ids in snake_case, checks that name figures of the form. Throws a RangeError that says what is wrong. */
export function defineForm(form: Form): Form {
  const ids = new Set<string>();
  for (const figure of form.figures) {
    if (!/^[a-z][a-z0-9_]*$/.test(figure.id))
      throw new RangeError(`${form.id}: ${figure.id} is not snake_case`);
    if (ids.has(figure.id)) throw new RangeError(`${form.id}: ${figure.id} stands twice`);
    ids.add(figure.id);
  }
  for (const check of form.checks)
    for (const side of [check.left, check.right])
      if (!ids.has(side)) throw new RangeError(`${form.id}: a check names ${side}, which is no figure of it`);
  return form;
}
