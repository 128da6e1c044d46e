import type { Unit } from '../org/unit';
import { owes, type Form } from './form';
import type { UnitsView } from './units-view';

/** The units of a period in the order of a walk: leaves (those that owe the form) and the branches above them, numbered apart. */
export interface Tree {
  readonly codes: readonly string[];
  /** Where each leaf, and each branch, stands in `codes`. */
  readonly leafRows: Int32Array;
  readonly branchRows: Int32Array;
  /** Code → a leaf's number, or `~` a branch's. */
  readonly places: ReadonlyMap<string, number>;
  readonly leaves: readonly string[];
  readonly branches: readonly string[];
  /** The branch above; -1: none. */
  readonly leafParents: Int32Array;
  readonly branchParents: Int32Array;
  /** The leaves below a branch stand side by side. */
  readonly leafStarts: Int32Array;
  readonly leafEnds: Int32Array;
}

/** Walks the tree as it was on the day. What lies below the level that reports is left out. `audience`: those who owe it, where they were chosen. */
export function plant(form: Form, day: string, units: UnitsView, audience?: ReadonlySet<string>): Tree {
  const [codes, leaves, branches]: [string[], string[], string[]] = [[], [], []];
  const places = new Map<string, number>();
  const [leafParents, branchParents]: [number[], number[]] = [[], []];
  const [leafRows, branchRows]: [number[], number[]] = [[], []];
  const [leafStarts, leafEnds]: [number[], number[]] = [[], []];
  const walk = (unit: Unit, parent: number): void => {
    const row = codes.push(unit.code) - 1;
    if (owes(form, unit, audience)) {
      places.set(unit.code, leaves.push(unit.code) - 1);
      leafRows.push(row);
      leafParents.push(parent);
      return;
    }
    const branch = branches.push(unit.code) - 1;
    places.set(unit.code, ~branch);
    branchRows.push(row);
    branchParents.push(parent);
    leafStarts.push(leaves.length);
    leafEnds.push(0);
    for (const child of units.children(unit.code, day)) walk(child, branch);
    leafEnds[branch] = leaves.length;
  };
  for (const root of units.roots(day)) walk(root, -1);
  return {
    codes,
    leafRows: Int32Array.from(leafRows),
    branchRows: Int32Array.from(branchRows),
    places,
    leaves,
    branches,
    leafParents: Int32Array.from(leafParents),
    branchParents: Int32Array.from(branchParents),
    leafStarts: Int32Array.from(leafStarts),
    leafEnds: Int32Array.from(leafEnds),
  };
}
