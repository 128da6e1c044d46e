import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import { thereFirst } from '../org/leave';
import type { Office } from '../org/office';
import { holdsOffice } from '../org/rights';
import { can, mayOversee, rolesThat, unitsActedFor, type Role } from '../org/roles';
import type { Directive, Recipient } from './directive';

/** Who stands behind an office: who is told first, who else may answer, who may give orders and who holds the second key. */

export type Holder = Office & { readonly user: UserKey };

export type KeyNeeded = 'province' | 'chair' | null;

export class Offices {
  constructor(
    readonly directory: Pick<
      OrgDirectory,
      'tree' | 'officesIn' | 'officesActingFor' | 'officesOf' | 'mayActFor' | 'office'
    >,
  ) {}

  /** The claimed posts of the unit that answer for it, the one told first in front: head before deputy, officer before chair. */
  holders(unit: string, at: Date): readonly Holder[] {
    const day = vnDay(at);
    const posts = this.directory
      .officesActingFor(unit)
      .filter((post): post is Holder => post.user !== null && holdsOffice(post, day));
    const hasOfficer = this.directory.officesIn(unit).some(({ role }) => role === 'commune_officer');
    return thereFirst(
      posts.filter(({ role }) => role !== 'commune_chair' || !hasOfficer),
      day,
    );
  }

  /** Who is told of a directive at one of its units, the first in front: where it is for the chairs, the chair of a commune. */
  told(
    { audience }: Pick<Directive, 'audience'>,
    { unit }: { readonly unit: string },
    at: Date,
  ): readonly Holder[] {
    const others = this.holders(unit, at);
    if (audience.first !== 'commune_chair') return others;
    const chairs = this.chairs(unit, at);
    return [...chairs, ...others.filter(({ role }) => role !== 'commune_chair')];
  }

  /** As they count at that moment: an office nobody holds is unreachable, also before its turn to hear has come. */
  counted<R extends Pick<Recipient, 'unit' | 'answer' | 'reached'>>(
    directive: Pick<Directive, 'audience'>,
    all: readonly R[],
    at: Date,
  ): readonly R[] {
    return all.map((one) => {
      const unheard = one.answer === 'none' && (one.reached === 'held' || one.reached === 'queued');
      return unheard && this.told(directive, one, at).length === 0
        ? { ...one, reached: 'unreachable' as const, why: 'not_claimed' }
        : one;
    });
  }

  /** The chair of a commune, who hears when its officer is silent. */
  chairs(commune: string, at: Date): readonly Holder[] {
    const day = vnDay(at);
    return this.directory
      .officesIn(commune)
      .filter(
        (post): post is Holder =>
          post.user !== null && post.role === 'commune_chair' && holdsOffice(post, day),
      );
  }

  /** Communes among the units that have no officer's post at all. */
  withoutOfficer(units: readonly string[], at: Date): readonly string[] {
    const day = vnDay(at);
    return units.filter(
      (code) =>
        this.directory.tree.get(code, day)?.level === 'commune' &&
        !this.directory
          .officesIn(code)
          .some((post) => post.role === 'commune_officer' && holdsOffice(post, day)),
    );
  }

  /** The posts from which the person may give orders. */
  issuing(user: UserKey, at: Date): readonly Office[] {
    return this.directory.officesOf(user, at).filter(({ role }) => can(role, 'gives_orders'));
  }

  /** Who hears how it goes: who gave it, while they hold a post there, else whoever holds that post by now; null: nobody does. */
  issuer({ by, from }: Pick<Directive, 'by' | 'from'>, at: Date): Holder | null {
    const day = vnDay(at);
    const held = this.directory
      .officesIn(from)
      .filter(
        (post): post is Holder =>
          post.user !== null && can(post.role, 'gives_orders') && holdsOffice(post, day),
      );
    return (
      held.find(({ user }) => user === by.user) ?? held.find(({ id }) => id === by.office) ?? held[0] ?? null
    );
  }

  /** Whether the person holds the office that the directive went out from: who may recall, replace or close it. */
  mayManage(user: UserKey, directive: Pick<Directive, 'from'>, at: Date): boolean {
    return this.issuing(user, at).some(({ unit }) => unit === directive.from);
  }

  /** The units that the person may answer for. */
  actsFor(user: UserKey, at: Date): readonly string[] {
    const units = new Set(this.directory.officesOf(user, at).flatMap(unitsActedFor));
    return [...units].filter((unit) => this.directory.mayActFor(user, unit, at));
  }

  /** Where the person's view begins: the whole for the office it went out from, else their own part; null: they have none. */
  rootFor(user: UserKey, { from, audience }: Pick<Directive, 'from' | 'audience'>, at: Date): string | null {
    const day = vnDay(at);
    const { tree } = this.directory;
    const over = this.directory.officesOf(user, at).filter(({ role }) => mayOversee(role));
    if (over.some(({ unit }) => tree.isWithin(from, unit, day))) return from;
    return (
      over.find(({ unit }) => audience.units.some((code) => tree.isWithin(code, unit, day)))?.unit ?? null
    );
  }

  /** Which units' part in it the person sees; null: none. */
  inView(
    user: UserKey,
    directive: Pick<Directive, 'from' | 'audience'>,
    at: Date,
  ): ((unit: string) => boolean) | null {
    const root = this.rootFor(user, directive, at);
    if (root === null) return null;
    const { tree } = this.directory;
    return (unit) => root === directive.from || tree.isWithin(unit, root, vnDay(at));
  }

  /** Whose second key it needs: beyond one place the province's, a critical one inside a commune its chair's. */
  keyNeeded({ urgency, audience }: Pick<Directive, 'urgency' | 'audience'>, at: Date): KeyNeeded {
    const places = this.places(audience.units, at);
    if (places.length > 1) return 'province';
    if (urgency !== 'critical') return null;
    const level = this.directory.tree.getNearest(places[0] ?? '', vnDay(at))?.level;
    return level === 'commune' ? 'chair' : 'province';
  }

  /** Who may turn the second key: never the person who sends it. */
  keyHolders(
    directive: Pick<Directive, 'urgency' | 'audience' | 'from' | 'by'>,
    at: Date,
  ): readonly Holder[] {
    const key = this.keyNeeded(directive, at);
    if (key === null) return [];
    const [place = ''] = this.places(directive.audience.units, at);
    const unit = key === 'chair' ? place : this.top(directive.from, at);
    const sentByChair = this.directory.office(directive.by.office)?.role === 'commune_chair';
    const roles: readonly Role[] =
      key === 'province' ? rolesThat('second_key') : [sentByChair ? 'commune_officer' : 'commune_chair'];
    const day = vnDay(at);
    return this.directory
      .officesIn(unit)
      .filter(
        (post): post is Holder =>
          post.user !== null &&
          post.user !== directive.by.user &&
          roles.includes(post.role) &&
          holdsOffice(post, day),
      );
  }

  /** The communes and agencies that the units belong to. */
  places(units: readonly string[], at: Date): readonly string[] {
    const day = vnDay(at);
    const { tree } = this.directory;
    return [
      ...new Set(
        units.map((code) => {
          const unit = tree.getNearest(code, day);
          return unit?.level === 'village' && unit.parent !== null ? unit.parent : code;
        }),
      ),
    ];
  }

  private top(unit: string, at: Date): string {
    return this.directory.tree.ancestors(unit, vnDay(at)).at(-1)?.code ?? unit;
  }
}
