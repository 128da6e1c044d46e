import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import { isAway } from '../org/leave';
import type { Office } from '../org/office';
import { holdsOffice } from '../org/rights';
import { can, rolesThat, type Role } from '../org/roles';
import type { ThreadKind } from './thread';

/** Who answers where: the officers of a commune, their chair above them, the province's department above all. */
export type DeskView = Pick<OrgDirectory, 'tree' | 'holdersOf' | 'officesOf'>;
export type Claimed = Office & { readonly user: UserKey };

const answers = (role: Role): boolean => can(role, 'takes_talks') || can(role, 'heads_talks');

/** The unit that answers somebody of `unit`: a citizen's own commune, for leaders the unit above theirs. */
export function deskOf({ tree }: DeskView, kind: ThreadKind, unit: string, at: Date): string {
  if (kind === 'citizen') return unit;
  return tree.getNearest(unit, vnDay(at))?.parent ?? unit;
}

/** Those who are told of a new talk: who takes at the desk, or its heads when nobody does. Empty: nobody has claimed a post. */
export function takersAt(view: DeskView, desk: string, at: Date): readonly Claimed[] {
  const officers = holding(view, desk, rolesThat('takes_talks'), at);
  return officers.length > 0 ? officers : holding(view, desk, rolesThat('heads_talks'), at);
}

/** Those who hear that a promise was not kept: the head of the desk, or the province where there is none. */
export function headsOf(view: DeskView, desk: string, at: Date): readonly Claimed[] {
  const heads = holding(view, desk, rolesThat('heads_talks'), at);
  return heads.length > 0 ? heads : departmentAbove(view, desk, at);
}

/** The department of the province the desk lies in. */
export function departmentAbove(view: DeskView, desk: string, at: Date): readonly Claimed[] {
  const root = view.tree.ancestors(desk, vnDay(at)).at(-1)?.code ?? desk;
  const above = holding(view, root, ['department', 'province'], at, false);
  const there = above.filter((office) => !isAway(office, vnDay(at)));
  return there.length > 0 ? there : above;
}

/** The post by which the person may answer at this desk: one of it, or the department's above; null: they may not. */
export function postFor(view: DeskView, user: UserKey, desk: string, at: Date): Office | null {
  const day = vnDay(at);
  return (
    view.officesOf(user, at).find(({ role, unit }) => answers(role) && view.tree.isWithin(desk, unit, day)) ??
    null
  );
}

/** Whether the person answers anywhere: the queue is theirs to see. */
export function answersSomewhere(offices: readonly Office[]): boolean {
  return offices.some(({ role }) => answers(role));
}

/** `there`: only those who are not away, since nobody is promised an answer of somebody on leave. */
function holding(
  view: DeskView,
  unit: string,
  roles: readonly Role[],
  at: Date,
  there = true,
): readonly Claimed[] {
  const day = vnDay(at);
  return view
    .holdersOf(unit, roles)
    .filter((office) => holdsOffice(office, day) && !(there && isAway(office, day)));
}
