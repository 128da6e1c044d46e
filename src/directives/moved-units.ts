import { vnDay } from '../kernel/vn-time';
import type { UnitTree } from '../org/units';
import { changeRecipients } from './change-recipients';
import type { DirectivesDeps } from './deps';
import { newRecipient, type Directive, type Recipient } from './directive';
import { noteDirective } from './directive-audit';

/**
 * Units that became part of others, or were divided, while a directive was open: what lay with them closes as «chuyển sang
 * <mới>», with the answers it had, and each unit that follows has one delivery of its own (network 1.2). A unit that follows
 * and was asked already keeps the one it has.
 */

/** The units that follow an ended one by that day, however often they changed since; itself while it lasts or when nothing followed. */
export function followersOf(tree: UnitTree, unit: string, day: string): readonly string[] {
  const end = tree.endOf(unit, day);
  if (!end || end.into.length === 0) return [unit];
  return [...new Set(end.into.flatMap((next) => followersOf(tree, next, day)))];
}

/** The directive with the units that answer for it at `now`; done again it changes nothing. */
export async function moveUnits(deps: DirectivesDeps, directive: Directive, now: Date): Promise<Directive> {
  const { repo, offices, audit } = deps;
  const { tree } = offices.directory;
  const day = vnDay(now);
  const before = directive.audience.units;
  const into = new Map(before.map((unit) => [unit, followersOf(tree, unit, day)]));
  const gone = before.filter((unit) => !into.get(unit)?.includes(unit));
  if (gone.length === 0) return directive;
  const units = [...new Set(before.flatMap((unit) => into.get(unit) ?? []))];
  const old = await repo.some(directive.id, gone);
  const fresh = units.filter((unit) => !before.includes(unit));
  await repo.addRecipients(
    fresh.map((unit) => {
      const from = old.filter((one) => into.get(one.unit)?.includes(unit));
      return taking(directive, unit, from, { units, tree, day });
    }),
    now,
  );
  await changeRecipients(repo, directive.id, old, (one) => ({
    ...one,
    movedTo: into.get(one.unit) ?? [],
    nextAt: null,
  }));
  for (const commune of gone) {
    const [next, ...others] = into.get(commune) ?? [];
    if (next === undefined || others.length > 0) continue;
    const below = await repo.below(directive.id, commune);
    await changeRecipients(repo, directive.id, below, (one) => ({ ...one, through: next, nextAt: now }));
  }
  await repo.move(directive.id, ['issued'], { units, offices: units.length });
  await noteDirective(audit, directive, `units-${now.getTime()}`, directive.by.user, now, {
    id: `${directive.id}:units:${gone.join(',')}`,
  });
  return { ...directive, audience: { ...directive.audience, units } };
}

function taking(
  directive: Directive,
  unit: string,
  from: readonly Recipient[],
  { units, tree, day }: { readonly units: readonly string[]; readonly tree: UnitTree; readonly day: string },
): Recipient {
  const parent = tree.getNearest(unit, day)?.parent ?? null;
  const through = parent !== null && units.includes(parent) ? parent : null;
  const held = through !== null && from.every(({ reached }) => reached === 'held');
  return newRecipient(directive.id, unit, {
    through,
    reached: held ? 'held' : 'queued',
    movedFrom: from.map((one) => one.unit),
  });
}
