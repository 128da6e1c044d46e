import type { UnitTree } from '../org/units';
import { bucketOf, countBuckets, type Bucket, type Counts } from './buckets';
import type { Directive, DirectiveState, Recipient } from './directive';

/** The acknowledgement tree: what stands at each unit and all below it. Every recipient is counted once at each level. Pure. */
export interface ProgressNode {
  readonly id: string;
  readonly unit: string;
  /** At the root the directive's state; below, the bucket of this unit's own office, null where it is no recipient. */
  readonly state: DirectiveState | Bucket | null;
  readonly counts: Counts;
  /** How many of these answers were given by the unit above for a silent one: its own and all below. */
  readonly onBehalf: number;
  readonly children: readonly ProgressNode[];
}

type Standing = Pick<Recipient, 'unit' | 'answer' | 'onBehalf' | 'reached'>;

/** The tree as of the day the directive went out; `root`: the unit to begin at, for a reader of a part. */
export function progressOf(
  directive: Pick<Directive, 'id' | 'state' | 'from'>,
  recipients: readonly Standing[],
  tree: UnitTree,
  day: string,
  root: string = directive.from,
): ProgressNode {
  const own = new Map(recipients.map((recipient) => [recipient.unit, recipient]));
  const below = new Map<string, string[]>();
  for (const { unit } of recipients)
    for (let code = unit; code !== root;) {
      const parent = tree.getNearest(code, day)?.parent;
      if (parent == null) break;
      const siblings = below.get(parent) ?? [];
      if (siblings.includes(code)) break;
      below.set(parent, [...siblings, code]);
      code = parent;
    }
  const node = (unit: string): ProgressNode & { readonly all: readonly Standing[] } => {
    const mine = own.get(unit);
    const children = (below.get(unit) ?? []).map(node);
    const all = [...(mine ? [mine] : []), ...children.flatMap((child) => child.all)];
    return {
      id: directive.id,
      unit,
      state: unit === root ? directive.state : mine ? bucketOf(mine, directive.state) : null,
      counts: countBuckets(all, directive.state),
      onBehalf: all.filter(({ onBehalf }) => onBehalf !== null).length,
      children: children.map(({ all: _all, ...child }) => child),
      all,
    };
  };
  const { all: _all, ...top } = node(root);
  return top;
}
