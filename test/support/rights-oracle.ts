import type { NewOutboxMessage } from '../../src/outbox/outbox-row';
import type { Change, Document } from './store-diff';
import { MARKS, PEOPLE, type Somebody } from './rights-world';

/** Who may see and write what, told without the program: by the role and the place in the tree alone. */

const above = (unit: string): string =>
  unit.includes('-') ? (unit.split('-')[0] as string) : unit === '24' ? '' : '24';

export function isWithin(unit: string, top: string): boolean {
  for (let at = unit; at !== ''; at = above(at)) if (at === top) return true;
  return false;
}

export function maySee({ role, unit }: Somebody, of: string): boolean {
  switch (role) {
    case 'nobody':
      return false;
    case 'village_head':
    case 'village_deputy':
    case 'agency_officer':
      return of === unit;
    default:
      return isWithin(of, unit);
  }
}

/** The department and the province hold each other's second key. */
function mayWrite({ role, unit }: Somebody, of: string): boolean {
  switch (role) {
    case 'nobody':
    case 'operator':
      return false;
    case 'village_head':
    case 'village_deputy':
    case 'agency_officer':
      return of === unit;
    case 'commune_officer':
    case 'commune_chair':
    case 'department':
    case 'province':
      return isWithin(of, unit);
    case 'police':
      return of === unit || of === '24-CA';
  }
}

/** Whose a document is: of a unit, of a person, or of nobody who could be wronged. */
type Owned = { readonly unit: string } | { readonly person: string } | 'nobody';

const unitOf = (doc: Document): Owned => ({ unit: String(doc['unit']) });
const fromOf = (doc: Document): Owned => ({ unit: String(doc['from']) });
const personIn =
  (field: string) =>
  (doc: Document): Owned => ({ person: String(doc[field]) });

/** A collection that is not here is one that nobody has said this of yet. */
const OWNERS: Readonly<Record<string, (doc: Document) => Owned>> = {
  org_units: (doc) => ({ unit: doc._id }),
  org_offices: unitOf,
  org_meta: () => 'nobody',
  org_consents: personIn('user'),
  org_claim_attempts: (doc) => (doc._id.startsWith('everybody') ? 'nobody' : { person: doc._id }),
  reports: unitOf,
  directives: fromOf,
  directive_recipients: unitOf,
  directive_annexes: fromOf,
  silences: unitOf,
  // A word that anybody may say, as by a notice.
  stranger_notices: () => 'nobody',
  campaigns: fromOf,
  campaign_units: unitOf,
  threads: unitOf,
  classes: unitOf,
  class_people: personIn('user'),
  preferences: personIn('_id'),
  releases: () => ({ unit: '24' }),
  adjustments: unitOf,
  gap_explanations: unitOf,
  commune_groups: (doc) => ({ unit: doc._id }),
  group_meta: () => 'nobody',
  sent_sheets: personIn('by'),
  tasks_done: unitOf,
  audit: () => 'nobody',
  audit_people: () => 'nobody',
};

/** What the clock and the store keep for themselves. */
const BOOKKEEPING = new Set(['rev', 'wrote', 'nextAt']);

function changedKeys(before: Document, after: Document): string[] {
  return Object.keys({ ...before, ...after }).filter(
    (key) => !BOOKKEEPING.has(key) && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}

export function whatIsWrong(who: Somebody, changes: readonly Change[]): string[] {
  return changes.flatMap(({ collection, before, after }) => {
    if (before !== null && after !== null && changedKeys(before, after).length === 0) return [];
    const doc = after ?? before;
    const owner = OWNERS[collection];
    if (!owner) return [`say in the oracle whose a document of ${collection} is: ${JSON.stringify(doc)}`];
    const owned = doc === null ? 'nobody' : owner(doc);
    if (collection === 'org_offices' && doc !== null && isOfEqual(who, doc))
      return [`${collection} ${doc._id} of an equal: ${said(before, after)}`];
    if (owned === 'nobody' || mayHave(who, owned)) return [];
    if (after !== null && isAllowed(who, collection, before, after, changes)) return [];
    return [`${collection} ${String(doc?._id)} of ${JSON.stringify(owned)}: ${said(before, after)}`];
  });
}

/** Who is chair, or officer beside them, is not for officers of a commune to say. */
function isOfEqual(who: Somebody, { unit, user }: Document): boolean {
  return who.role === 'commune_officer' && unit === who.unit && user !== who.user;
}

function mayHave(who: Somebody, owned: Exclude<Owned, 'nobody'>): boolean {
  return 'person' in owned ? owned.person === who.user : mayWrite(who, owned.unit);
}

/** What somebody writes outside their own place by right: an order that goes down, and their own word to those who answer. */
function isAllowed(
  who: Somebody,
  collection: string,
  before: Document | null,
  after: Document,
  changes: readonly Change[],
): boolean {
  // What an order of theirs, or one that they hold the second key of, does at those it is for.
  const orders = changes.some(
    (one) =>
      (one.collection === 'directives' || one.collection === 'campaigns') &&
      one.after?._id === (after['directive'] ?? after['campaign']) &&
      mayWrite(who, String(one.after?.['from'])),
  );
  if (orders) return true;
  // Anybody may say something to those who answer where they belong.
  if (collection === 'threads' && before === null && after['by'] === who.user) return true;
  // Of the two figures that differ, one is theirs.
  if (collection === 'gap_explanations') return who.role === 'police';
  // Whoever holds a post may give it away, and say when they are not there.
  if (collection === 'org_offices' && before?.['user'] === who.user) {
    if (['handover', 'leave'].includes(changedKeys(before, after).join())) return true;
  }
  // Those above hear who says that a post is theirs.
  if (collection === 'org_offices' && before !== null) {
    // That they read the notice stands on the posts they hold.
    if (after['user'] === who.user && changedKeys(before, after).join() === 'consent') return true;
    const { asking: _was, ...rest } = before;
    const { asking, ...now } = after;
    return asking === who.user && JSON.stringify(rest) === JSON.stringify(now);
  }
  if (collection !== 'threads') return false;
  // A citizen's own word is their own.
  return (
    who.role === 'province' || (before === null && after['kind'] === 'citizen' && after['by'] === who.user)
  );
}

function said(before: Document | null, after: Document | null): string {
  if (before === null || after === null) return JSON.stringify(after ?? 'removed').slice(0, 300);
  const keys = changedKeys(before, after);
  return keys
    .map((key) => `${key} ${JSON.stringify(before[key])} → ${JSON.stringify(after[key])}`.slice(0, 200))
    .join('; ');
}

/** What of others' a text shows to somebody, besides what they typed themselves. */
export function leaks(to: Somebody, text: string, typed = ''): string[] {
  return MARKS.filter(
    ({ unit, mark, to: given = [] }) =>
      ![unit, ...given].some((of) => maySee(to, of)) &&
      mark.test(text) &&
      !typed.includes(mark.exec(text)?.[0] ?? ''),
  ).map(({ unit, mark }) => `${unit} (${mark.exec(text)?.[0]})`);
}

/** What is wrong with messages that somebody's act sends to others. */
export function wronglySent(who: Somebody, rows: readonly NewOutboxMessage[]): string[] {
  return rows.flatMap(({ to, message }) => {
    const text = 'text' in message ? (message.text ?? '') : '';
    const person = PEOPLE.find(({ user }) => user === to);
    if (to === who.user || !person) return leaks(who, text).map((leak) => `to themselves: ${leak}`);
    const near = isWithin(person.unit, who.unit) || isWithin(who.unit, person.unit);
    const answers = who.role === 'nobody' && !person.role.startsWith('village_');
    const faults = leaks(person, text).map((leak) => `to ${person.name}: ${leak} in «${text}»`);
    return near || answers ? faults : [...faults, `to ${person.name}, who is not theirs: «${text}»`];
  });
}
