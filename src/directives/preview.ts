import { vnDay } from '../kernel/vn-time';
import type { DirectivesDeps } from './deps';
import type { Directive } from './directive';
import { firstAt } from './ladder';
import type { Holder, KeyNeeded } from './offices';

/** What is shown before anything goes out. */
export interface Preview {
  readonly communes: number;
  readonly agencies: number;
  readonly villages: number;
  /** Offices nobody holds, and people who cannot be written to now. */
  readonly unreachable: number;
  /** In VND. */
  readonly cost: number;
  /** Minutes of people's time, reading and answering together. */
  readonly minutes: number;
  /** When it is to leave, and when the first may be written to by then; null: at once. */
  readonly sending: { readonly at: Date; readonly reads: Date } | null;
  readonly key: KeyNeeded;
  readonly keyHolders: readonly Holder[];
}

const MINUTES_EACH = 1;
/** As things stand at that moment; it writes nothing. */
export async function previewOf(
  deps: Pick<DirectivesDeps, 'offices' | 'outbox' | 'calendar' | 'afterRest'>,
  directive: Directive,
  at: Date,
): Promise<Preview> {
  const { offices, outbox } = deps;
  const { units } = directive.audience;
  const day = vnDay(at);
  const levels = units.map((unit) => offices.directory.tree.getNearest(unit, day)?.level);
  const people = units.map((unit) => offices.told(directive, { unit }, at)[0]?.user);
  const users = [...new Set(people.filter((user) => user !== undefined))];
  const ways = await outbox.reachOf(users, 'directive', at);
  const silent = new Set(users.filter((user) => ways.get(user)?.by === 'nothing'));
  const cost = users.reduce((sum, user) => {
    const way = ways.get(user);
    return sum + (way && way.by !== 'nothing' ? way.cost : 0);
  }, 0);
  return {
    communes: levels.filter((level) => level === 'commune').length,
    agencies: levels.filter((level) => level === 'agency').length,
    villages: levels.filter((level) => level === 'village').length,
    unreachable: people.filter((user) => user === undefined || silent.has(user)).length,
    cost,
    minutes: units.length * MINUTES_EACH,
    sending: sendingOf(deps, directive),
    key: offices.keyNeeded(directive, at),
    keyHolders: offices.keyHolders(directive, at),
  };
}

function sendingOf(
  { calendar, afterRest }: Pick<DirectivesDeps, 'calendar' | 'afterRest'>,
  { urgency, sendAt }: Directive,
): Preview['sending'] {
  if (sendAt === null) return null;
  const first = firstAt(calendar, urgency, sendAt);
  return { at: sendAt, reads: urgency === 'critical' ? first : afterRest(first) };
}
