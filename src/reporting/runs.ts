/**
 * The runs of one-off forms that are put to a chosen audience: when each was started, until when it is due and which units it
 * asks. Until a run was started nobody owes such a form. Kept in memory, so that a turn asks it for nothing; whoever starts
 * runs fills the book (`campaigns`).
 */
export interface FormRun {
  readonly form: string;
  /** `equipment-survey`, `equipment-survey-2` */
  readonly period: string;
  readonly opensAt: Date;
  readonly deadline: Date;
  readonly lockAt: Date;
  /** Codes of the units that owe it. */
  readonly audience: ReadonlySet<string>;
}

export interface FormRuns {
  /** Null: no such run was started. */
  get(period: string): FormRun | null;
  /** Every run of the form, in the order in which they were started. */
  of(form: string): readonly FormRun[];
}

export class RunBook implements FormRuns {
  private runs: readonly FormRun[] = [];

  get(period: string): FormRun | null {
    return this.runs.find((run) => run.period === period) ?? null;
  }

  of(form: string): readonly FormRun[] {
    return this.runs.filter((run) => run.form === form);
  }

  /** Takes the place of what was known. A run that is as it was stays the same object: sums are built again only for one that changed. */
  set(runs: readonly FormRun[]): void {
    this.runs = runs
      .map((run) => {
        const known = this.get(run.period);
        return known && alike(known, run) ? known : run;
      })
      .sort((a, b) => a.opensAt.getTime() - b.opensAt.getTime());
  }
}

function alike(a: FormRun, b: FormRun): boolean {
  const instants = ({ opensAt, deadline, lockAt }: FormRun): string =>
    [opensAt, deadline, lockAt].map((at) => at.getTime()).join();
  return (
    instants(a) === instants(b) &&
    a.audience.size === b.audience.size &&
    [...a.audience].every((unit) => b.audience.has(unit))
  );
}

/** The runs that are open, the newest first. */
export function openRuns(runs: FormRuns | undefined, form: string, at: Date): readonly FormRun[] {
  return (runs?.of(form) ?? []).filter(({ opensAt, lockAt }) => at >= opensAt && at < lockAt).toReversed();
}

/** The key of the run after those: the form's id, then `-2`, `-3` … */
export function nextRun(form: string, periods: readonly string[]): string {
  const last = periods.map((period) => (period === form ? 1 : Number(period.slice(form.length + 1))));
  const next = Math.max(0, ...last) + 1;
  return next === 1 ? form : `${form}-${next}`;
}
