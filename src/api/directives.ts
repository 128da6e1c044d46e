import { z } from 'zod';
import { AppError } from '../kernel/errors';
import { isoWithOffset, vnDay } from '../kernel/vn-time';
import { DIRECTIVE_STATES, type Directive } from '../directives/directive';
import type { DirectivesView } from '../directives/view';
import type { UnitsView } from '../reporting/units-view';
import type { ApiCaller } from './tokens';

/** Directives for neighbouring systems. Whoever gave or confirmed one is shown by the post it was done from, never by name. */

export const directivesQuery = z.object({
  unit: z.string().min(1).max(100).optional(),
  status: z.enum(DIRECTIVE_STATES).optional(),
});

export function presentDirective(directive: Directive) {
  const {
    id,
    number,
    text,
    urgency,
    deadline,
    sendAt,
    practice,
    issuedAt,
    by,
    confirmedBy,
    audience,
    supersedes,
    state,
  } = directive;
  return {
    ...{ id, number, text, urgency, deadline: isoWithOffset(deadline) },
    sendAt: sendAt === null ? null : isoWithOffset(sendAt),
    issuedAt: issuedAt === null ? null : isoWithOffset(issuedAt),
    by: by.office,
    confirmedBy: confirmedBy?.office ?? null,
    audience: { label: audience.label, offices: audience.units.length },
    ...{ supersedes, state, practice },
  };
}

/** The tree as the caller may see it: whole where the directive went out inside their subtree, else their own part of it. */
export async function progressFor(
  view: Pick<DirectivesView, 'get' | 'progress'>,
  units: UnitsView,
  caller: ApiCaller,
  id: string,
) {
  const directive = await view.get(id);
  if (!directive) throw new AppError('not_found', { directive: id });
  const day = vnDay(directive.issuedAt ?? directive.createdAt);
  const { unit } = caller;
  if (unit === null || units.isWithin(directive.from, unit, day)) return view.progress(directive);
  if (!directive.audience.units.some((code) => units.isWithin(code, unit, day)))
    throw new AppError('outside_subtree', { directive: id });
  return view.progress(directive, unit);
}
