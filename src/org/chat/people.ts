import type { Choice, Turn } from '../../conversation/dialog';
import type { Words } from '../../kernel/i18n';
import type { UserKey } from '../../kernel/ids';
import { vnDay } from '../../kernel/vn-time';
import { capital, foldText } from '../../kernel/vn-text';
import { thereFirst } from '../leave';
import { givenName, spokenName, unitName, unitNameWithin } from '../names';
import type { Office } from '../office';
import { mayOversee, mayReport } from '../roles';
import type { DialogDeps } from '../../dialogs/deps';

export { givenName, spokenName } from '../names';

/** Who is talking and how they are spoken to: forms of address, names of months and moments, whom to call. */

/** What names and contacts are read from. */
export type OrgView = Pick<DialogDeps, 'directory'>;

export interface Person {
  readonly user: UserKey;
  readonly offices: readonly Office[];
  /** Posts whose holder reports figures. */
  readonly reporting: readonly Office[];
  /** Posts whose holder sees the units below. */
  readonly overseeing: readonly Office[];
  /** `address`, `Address`: the variables of nearly every sentence. */
  readonly vars: { readonly address: string; readonly Address: string };
}

const PERSON = 'person';

/** Who talks, worked out once a turn for the words that are spoken. */
export function personOf(turn: Turn<DialogDeps>): Person {
  const known = turn.memo.get(PERSON) as { readonly words: Words; readonly person: Person } | undefined;
  if (known?.words === turn.words) return known.person;
  const person = readPerson(turn);
  turn.memo.set(PERSON, { words: turn.words, person });
  return person;
}

function readPerson(turn: Turn<DialogDeps>): Person {
  const offices = turn.deps.directory.officesOf(turn.user, turn.at);
  const reporting = offices.filter((office) => mayReport(office.role));
  const overseeing = offices.filter((office) => mayOversee(office.role));
  return {
    user: turn.user,
    offices,
    reporting,
    overseeing,
    vars: addressVars(turn.words, offices[0] ?? null),
  };
}

/** The form of address of an office holder; of nobody in particular when null. In English everybody is «you». */
export function addressVars(words: Words, office: Office | null): { address: string; Address: string } {
  const general = office === null ? 'citizen' : mayReport(office.role) ? 'villager' : 'officer';
  const own = words.locale === 'vi' ? (office?.address ?? '') : '';
  const address = own !== '' ? own : words.t(`common:address.${general}`);
  return { address, Address: capital(address) };
}

/** «chị Hạnh»: whoever has no form of address of their own is called by the general one. */
export function calledName(words: Words, office: Office): string {
  return spokenName(words, { ...office, address: addressVars(words, office).address });
}

/** «thôn Đông Lâm» on that day. */
export function placeName(deps: OrgView, code: string, at: Date): string {
  const unit = deps.directory.tree.getNearest(code, vnDay(at));
  return unit ? unitName(unit) : code;
}

/** «thôn Đông Lâm, xã Tân Hòa» */
export function fullPlaceName(deps: OrgView, code: string, at: Date): string {
  return unitNameWithin(deps.directory.tree, code, vnDay(at));
}

/** Whether a village is led by a «trưởng thôn»; a «tổ dân phố», a «khu» by a «tổ trưởng». */
export function isThon(kind: string): boolean {
  return !/^(?:to|khu)\b/.test(foldText(kind));
}

/** The person above a village who looks at its figures: the commune's officer who has claimed the post; null when nobody has. */
export function superiorOf(deps: OrgView, unit: string, at: Date): { office: Office | null; unit: string } {
  const day = vnDay(at);
  const record = deps.directory.tree.getNearest(unit, day);
  const above = record?.level === 'village' && record.parent !== null ? record.parent : unit;
  const officers = deps.directory.officesIn(above).filter(({ role }) => role === 'commune_officer');
  return { office: thereFirst(officers, day).find((o) => o.user !== null) ?? null, unit: above };
}

/** «chị Hạnh (xã Tân Hòa)», or «cán bộ xã Tân Hòa» when nobody has claimed the post. */
export function contactName(words: Words, deps: OrgView, unit: string, at: Date): string {
  const superior = superiorOf(deps, unit, at);
  return contactAt(words, deps, superior.office, superior.unit, at);
}

/** The same of a post that is known, and the unit it is asked in. */
export function contactAt(
  words: Words,
  deps: OrgView,
  office: Office | null,
  unit: string,
  at: Date,
): string {
  const place = placeName(deps, unit, at);
  if (!office) return words.t('reports:contact_unknown', { unit: place });
  return words
    .t('reports:contact', {
      address: words.locale === 'vi' ? addressVars(words, office).address : '',
      name: givenName(office.fullName),
      unit: place,
    })
    .trim();
}

/** A button that calls the commune's officer, when there is one with a phone number. */
export function callChoice(turn: Turn<DialogDeps>, unit: string): Promise<Choice[]> {
  return callOffice(turn, superiorOf(turn.deps, unit, turn.at).office);
}

/** Whoever can be called about a unit: its commune's officer, else the chair. Empty: neither gave a number, so the hotline is named. */
export async function callSomebody(turn: Turn<DialogDeps>, unit: string): Promise<Choice[]> {
  const officer = await callChoice(turn, unit);
  if (officer.length > 0) return officer;
  const above = superiorOf(turn.deps, unit, turn.at).unit;
  const chairs = turn.deps.directory.officesIn(above).filter(({ role }) => role === 'commune_chair');
  return callOffice(turn, chairs.find(({ hasPhone }) => hasPhone) ?? null);
}

/** A button that calls the holder of one post; empty without a number. */
export async function callOffice(turn: Turn<DialogDeps>, office: Office | null): Promise<Choice[]> {
  if (!office?.hasPhone) return [];
  const phone = await turn.deps.org.phoneOf(office.id);
  if (!phone) return [];
  const name = calledName(turn.words, office);
  return [{ id: 'CALL', label: turn.words.t('reports:buttons.call', { name }), link: { phone } }];
}

/** Whether somebody has others below them. */
export const oversees = ({ overseeing }: Pick<Person, 'overseeing'>): boolean => overseeing.length > 0;
