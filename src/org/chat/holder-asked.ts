import type { Say, Turn } from '../../conversation/dialog';
import { answer } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import { capital } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { levelOf } from '../roles';
import { callOffice, personOf, placeName, type Person } from './people';
import { postLine } from './post-list';

/**
 * «Trưởng thôn Núi Hiểu là ai», «số điện thoại cán bộ xã Tiên Lục»: who holds the posts of one place, whether they
 * are on Zalo, and a button to call them. Only about places that the person oversees; a number is dialled, never printed.
 */
const PLACE =
  '((?:thon|xom|lang|ban|to dan pho|tdp|khu pho|khu dan cu|khu|to|xa|phuong|so|cong an) .{1,50}?)';
const HEAD =
  '(?:truong|to truong|pho|to pho|can bo|chu tich|pho chu tich|bi thu|lanh dao|cong chuc|nguoi phu trach|dau moi)(?: ubnd| phu trach| o| cua)*';
const KINDS = '(thon|xom|lang|ban|to dan pho|tdp|khu pho|khu dan cu|khu|xa|phuong|so)';
const LEAD = '(?:(?:cho|xin|em|chi|anh|toi|minh|hoi|biet|bac|ong|ba|co|chu|tim|xem|lay|muon) )*';
const END =
  '(?: de (?:chi|em|anh|toi|bac) (?:goi|lien he|hoi|bao)(?: dien)?)?(?: (?:ten|gi|ai|nao|the|vay|em|a|nhi|voi|giup|di|nhe))*$';
const ASKED: readonly RegExp[] = [
  new RegExp(
    `^${LEAD}(?:so dien thoai|sdt|so may|so zalo|so)(?: cua)? (?:(?:bac|ong|ba|anh|chi|co|chu) )?${HEAD} ${KINDS} (.{1,50}?)${END}`,
  ),
  new RegExp(
    `^${LEAD}(?:goi|goi dien|dien|lien he|alo)(?: (?:cho|toi|voi))* (?:(?:bac|ong|ba|anh|chi|co|chu) )?${HEAD} ${KINDS} (.{1,50}?)${END}`,
  ),
  new RegExp(`^${LEAD}(?:ai|nguoi nao) (?:la |lam |dang lam )?${HEAD} ${KINDS} (.{1,50}?)${END}`),
  new RegExp(`^${LEAD}${HEAD} ${KINDS} (.{1,50}?) (?:la ai|ten gi|ten la gi|la nguoi nao)${END}`),
  new RegExp(`^${LEAD}(?:ai|nguoi nao) (?:phu trach|giu viec|lam|quan ly)(?: o)? ${PLACE}${END}`),
];
const NOT_A_NAME = /(?:^| )(?:nao|may|toi|cac|moi|do|nay|kia|la ai)(?: |$)/;

/** The place as typed with its kind; null when it is no such question. */
export function holderAsked({ fold }: Pick<Message, 'fold'>): string | null {
  const asked = fold.replace(/\s+/g, ' ').trim();
  for (const pattern of ASKED) {
    const found = pattern.exec(asked);
    if (!found) continue;
    const place = found.slice(1).join(' ').trim();
    return NOT_A_NAME.test(place) ? null : place;
  }
  return null;
}

const holder: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'holder-asked',
  says: [
    'trưởng thôn Đông Lâm là ai',
    'số điện thoại bác trưởng thôn Ngọc Trì',
    'ai phụ trách thôn Gò Me',
    'cho chị xin số của trưởng thôn Ngọc Trì',
    'ai lam truong thon go me',
    'chủ tịch phường Bắc Giang là ai',
    'ai phụ trách xã Tân Hòa',
  ],
  for: ({ overseeing }) => overseeing.length > 0,
  read: holderAsked,
  // Of somebody who oversees places it is a question about one of them, and no wish for help.
  owns: (message) => message.person.overseeing.length > 0 && holderAsked(message) !== null,
  about: async (turn, _message, unit) => answer(await holdersIn(turn, unit)),
  run: async (turn, { person }, place) => answer(await holdersOf(turn, person, place)),
});

export const HOLDER_COMMANDS: readonly Command<DialogDeps>[] = [holder];

async function holdersOf(turn: Turn<DialogDeps>, person: Person, typed: string): Promise<Say> {
  const { words, deps, at } = turn;
  const { tree } = deps.directory;
  const under = person.overseeing.map(({ unit }) => unit);
  const units = [...new Set(under)].flatMap((unit) =>
    (['village', 'commune', 'agency'] as const).flatMap((level) =>
      tree.find(typed, vnDay(at), { under: unit, level }),
    ),
  );
  const [unit, ...others] = [...new Map(units.map((one) => [one.code, one])).values()];
  if (!unit) return { text: words.t('posts:holder.no_such', { ...person.vars, place: typed }) };
  if (others.length > 0)
    return {
      text: words.t('officer:which_village', {
        ...person.vars,
        names: [unit, ...others].map(({ code }) => placeName(deps, code, at)).join(', '),
      }),
    };
  return holdersIn(turn, unit.code);
}

/** Who holds the posts of the unit with this code. */
export async function holdersIn(turn: Turn<DialogDeps>, unit: string): Promise<Say> {
  const { words, deps, at } = turn;
  const level = deps.directory.tree.get(unit, vnDay(at))?.level;
  const offices = deps.directory.officesIn(unit).filter(({ role }) => levelOf(role) === level);
  if (offices.length === 0)
    return { text: words.t('posts:holder.none', { Unit: capital(placeName(deps, unit, at)) }) };
  const seen = await deps.lastContact(offices.flatMap(({ user }) => user ?? []));
  const lines = offices.map((office) => `- ${capital(postLine(turn, office, seen))}`);
  const calls = (await Promise.all(offices.map((office) => callOffice(turn, office)))).flat();
  const hint = calls.length === 0 ? [words.t('posts:holder.no_phone', personOf(turn).vars)] : [];
  return { text: [...lines, ...hint].join('\n'), choices: calls };
}
