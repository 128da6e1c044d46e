import { vnDay } from '../../kernel/vn-time';
import type { Words } from '../../kernel/i18n';
import type { ContactsRepo } from '../../contacts/contacts.repo';
import type { OrgDirectory } from '../../org/directory';
import { bareNameOn, spokenName } from '../../org/names';
import type { Office } from '../../org/office';
import type { Duty } from '../../reporting/duties';
import type { DutyKind } from '../duty-kinds';
import type { Chain, Chains } from './chains';
import type { LatePart, LateUnit } from './late-text';
import type { DueStep } from './plan';
import { speaksOf } from './steps';

export interface LateUnitsDeps {
  readonly directory: Pick<OrgDirectory, 'tree' | 'officesActingFor'>;
  readonly contacts: Pick<ContactsRepo, 'getMany'>;
  readonly phoneOf: (officeId: string) => Promise<string | null>;
  readonly chains: Pick<Chains, 'of'>;
}

/** What one step speaks of. */
type Late = Pick<DueStep, 'step' | 'duties'>;

/** Which units below one are late with a duty, and what helps to reach them: read anew each time it is asked. */
export class LateUnits {
  constructor(private readonly deps: LateUnitsDeps) {}

  /** Units that have something late below them, by the unit above: at the whole province with one look at each duty. */
  async above({ step, duties }: Late, now: Date): Promise<Set<string>> {
    const { tree } = this.deps.directory;
    const found = new Set<string>();
    for (const { kind, period, deadline } of duties)
      for (const root of tree.roots(vnDay(deadline)))
        for (const duty of await kind.duties(period, root.code, now)) {
          const above = isMissing(duty, now) ? tree.getNearest(duty.unit, vnDay(now))?.parent : null;
          if (above != null && speaksOf(step, duty.unit, above)) found.add(above);
        }
    return found;
  }

  /**
   * The duties of which something is late directly below the unit; those that are all in are left out. Of each the
   * numbers of the first `calls` units of which one is kept are read. Whoever's silence has been explained is counted, not
   * named; `ended`: only those whose chain has come to its end.
   */
  async below(
    { step, duties }: Late,
    above: string,
    { calls, ended }: { readonly calls: number; readonly ended: boolean },
    words: Words,
    now: Date,
  ): Promise<LatePart[]> {
    const parts: LatePart[] = [];
    for (const { kind, period, lockAt } of duties) {
      const { tree } = this.deps.directory;
      const chains = (await this.deps.chains.of(kind.id, period, above, now)).filter(
        ({ unit }) => tree.getNearest(unit, vnDay(now))?.parent === above && speaksOf(step, unit, above),
      );
      const missing = chains.filter((chain) => isMissing(chain, now) && (chain.end !== null || !ended));
      const named = missing.filter(({ end }) => end?.end !== 'unreachable' || end.why !== 'explained');
      if (named.length === 0) continue;
      const late = await this.described(kind, named, calls, words, now);
      const sent = chains.filter(({ submittedAt }) => submittedAt !== null).length;
      const explained = missing.length - named.length;
      const about = { form: kind.id, says: kind.says, period, lockAt };
      parts.push({ ...about, sent, expected: chains.length, explained, late });
    }
    return parts;
  }

  private async described(
    kind: DutyKind,
    missing: readonly Chain[],
    calls: number,
    words: Words,
    now: Date,
  ): Promise<LateUnit[]> {
    const { directory, contacts, phoneOf } = this.deps;
    const offices = new Map(missing.map(({ unit }) => [unit, this.toCall(kind, unit)]));
    const users = [...offices.values()].flatMap((office) => office?.user ?? []);
    const known = await contacts.getMany(users);
    const described: LateUnit[] = [];
    let left = calls;
    for (const { unit, why, end } of missing) {
      const office = offices.get(unit) ?? null;
      const phone = left > 0 && office?.hasPhone ? await phoneOf(office.id) : null;
      if (phone !== null) left -= 1;
      described.push({
        name: bareNameOn(directory.tree, unit, vnDay(now)),
        person: office ? spokenName(words, office) : null,
        phone,
        lastContact: office?.user ? (known.get(office.user)?.lastInteractionAt ?? null) : null,
        why: end?.end === 'unreachable' && end.why !== 'explained' ? end.why : why,
      });
    }
    return described;
  }

  /** The first post of the unit that may do it: somebody who claimed it before one of whom a number alone is known. */
  private toCall({ roles }: DutyKind, unit: string): Office | null {
    const posts = this.deps.directory.officesActingFor(unit).filter(({ role }) => roles.includes(role));
    return (
      posts.find(({ user }) => user !== null) ?? posts.find(({ hasPhone }) => hasPhone) ?? posts[0] ?? null
    );
  }
}

function isMissing({ submittedAt, deadline }: Pick<Duty, 'submittedAt' | 'deadline'>, now: Date): boolean {
  return submittedAt === null && now > deadline;
}
