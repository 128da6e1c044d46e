import type { Choice, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import { personOf, placeName } from '../../org/chat/people';
import type { Role } from '../../org/roles';
import type { Unit } from '../../org/unit';
import type { ClassView } from '../class-view';
import { classLine } from './class-texts';

/** Who may announce and change classes: those who lead a village, for it; the commune's officer and chair, for it and its villages. */

const LEADERS: ReadonlySet<Role> = new Set<Role>([
  'village_head',
  'village_deputy',
  'commune_officer',
  'commune_chair',
]);

/** Whether the post is one of those that announce and change classes. */
export function isLeader({ role }: { readonly role: Role }): boolean {
  return LEADERS.has(role);
}

/** The units that the person leads, as they stand on the day; a commune stands for itself and its villages. */
export function unitsLed(turn: Turn<DialogDeps>): readonly Unit[] {
  const day = vnDay(turn.at);
  const posts = personOf(turn).offices.filter(isLeader);
  return [...new Set(posts.map(({ unit }) => unit))].flatMap(
    (code) => turn.deps.directory.tree.get(code, day) ?? [],
  );
}

export function leads(turn: Turn<DialogDeps>): boolean {
  return unitsLed(turn).length > 0;
}

/** Codes of the units whose classes the person may change. */
export function codesLed(turn: Turn<DialogDeps>): string[] {
  const day = vnDay(turn.at);
  const { tree } = turn.deps.directory;
  return [...new Set(unitsLed(turn).flatMap(({ code }) => tree.within(code, day).map((unit) => unit.code)))];
}

export function mayLead(turn: Turn<DialogDeps>, unit: string): boolean {
  return codesLed(turn).includes(unit);
}

/**
 * The unit a class is of: the village that its place names, else the only unit led. Null: several, so it is asked. A place
 * names a village by its whole name at the end: «nhà văn hóa Đông Lâm».
 */
export function unitMeant(turn: Turn<DialogDeps>, place: string | null): string | null {
  const led = unitsLed(turn);
  const named = place === null ? null : villageIn(turn, led, place);
  if (named !== null) return named;
  return led.length === 1 ? (led[0]?.code ?? null) : null;
}

function villageIn(turn: Turn<DialogDeps>, led: readonly Unit[], place: string): string | null {
  const day = vnDay(turn.at);
  const words = place.split(/\s+/);
  for (let from = 0; from < words.length; from += 1) {
    const name = words.slice(from).join(' ');
    const found = led.flatMap(({ code }) =>
      turn.deps.directory.tree.find(name, day, { under: code, level: 'village' }),
    );
    const codes = [...new Set(found.map(({ code }) => code))];
    if (codes.length === 1) return codes[0] ?? null;
    if (codes.length > 1) return null;
  }
  return null;
}

/** «Quên mật khẩu VNeID – 19:30 thứ Năm 19/3, nhà văn hóa (thôn Đông Lâm)» */
export function lineOf(turn: Turn<DialogDeps>, { record }: Pick<ClassView, 'record'>): string {
  return classLine(turn.words, record, placeName(turn.deps, record.unit, record.startsAt));
}

/** The classes one under another with their numbers. */
export function numbered(turn: Turn<DialogDeps>, views: readonly ClassView[]): string {
  return views.map((view, i) => `${i + 1}. ${lineOf(turn, view)}`).join('\n');
}

/** The button with which the person comes to the class, and relatives with them. */
export function signUpPayload(id: string, relatives = 0): string {
  return relatives > 0 ? `#LOPDK_${id}_${relatives}` : `#LOPDK_${id}`;
}

/** A button for each that finds room on a screen. `relatives`: who comes along was said already. */
export function signUpChoices(turn: Turn<DialogDeps>, views: readonly ClassView[], relatives = 0): Choice[] {
  const one = views.length === 1;
  return views.slice(0, 4).map(({ record }, i) => ({
    id: `LOP${i + 1}`,
    label: turn.words.t(one ? 'classes:buttons.sign_up' : 'classes:buttons.sign_up_number', {
      number: i + 1,
    }),
    command: signUpPayload(record.id, relatives),
  }));
}
