import {
  defineDialog,
  textIn,
  type StepContext,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import { say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import { command, type Command } from '../../dialogs/feature';
import { fromLetters } from '../../kernel/letters';
import { dayIn } from '../../kernel/moment';
import { foldText, normalText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { readPhone } from '../../understanding/phone';
import { CANCELS } from '../../understanding/stop';
import { yesNo } from '../../understanding/yes-no';
import { foldName } from '../fold';
import { unitName } from '../names';
import type { Office } from '../office';
import { can } from '../roles';
import type { Unit } from '../unit';
import type { NameHead } from './hand-over-effects';
import { notice, reply } from './hand-over-talk';
import { addressVars, isThon, personOf, spokenName, type Person } from './people';
import { readHead, type SaidHead } from './read-head';

/** The commune says who leads a village that nobody leads yet: shown once, written, and the way to take the post told. */

type Context = StepContext<DialogDeps>;
const NAME = /^[\p{L}][\p{L}'’ -]{1,58}[\p{L}]$/u;

const names = ({ offices }: Pick<Person, 'offices'>): boolean =>
  offices.some(({ role }) => can(role, 'agrees_to_posts'));

export const nameHead: Command<DialogDeps> = command<DialogDeps, SaidHead & { readonly unit: string }>({
  id: 'name-head',
  button: '#CUTRUONG',
  says: [
    'trưởng thôn Đông Lâm 2 là anh Nguyễn Văn Bình',
    'trưởng thôn mới của thôn Ngọc Trì là chị Trịnh Thị Lan 0912 000 098',
    'cử bác Nguyễn Văn Bình làm trưởng thôn Đông Lâm 2',
    'tổ trưởng tổ dân phố số 8 là ông Giáp Văn Khánh',
    'truong thon Dong Lam 2 la anh Nguyen Van Binh',
  ],
  for: names,
  strong: true,
  help: 77,
  read({ text }) {
    const said = readHead(text);
    return said && { ...said, unit: '' };
  },
  tapped: (rest) => ({ unit: fromLetters(rest), place: '', name: '', address: '', phone: null }),
  async run(turn, _message, { unit, place, name, address, phone }) {
    const found = villagesOf(turn).filter((one) => (unit === '' ? isCalled(one, place) : one.code === unit));
    const [village, ...others] = found;
    if (!village) return sentence(turn, 'posts:head.unknown', { typed: place });
    if (others.length > 0) return sentence(turn, 'posts:head.several', { typed: place });
    const holder = headOf(turn, village.code);
    if (holder?.user)
      return sentence(turn, 'posts:head.held', { ...varsOf(turn, village), name: holder.fullName });
    const full = NAME.test(name) && name.includes(' ') ? name : '';
    const slots = {
      unit: village.code,
      fullName: full,
      address,
      phone: phone ?? '',
      from: '',
      asked: phone !== null,
    };
    return { move: { to: 'dialog', dialog: 'name-head', slots } };
  },
});

/** Villages of the person's communes that are there or come later. */
function villagesOf({ deps, user, at }: Turn<DialogDeps>): Unit[] {
  const { tree } = deps.directory;
  const today = vnDay(at);
  return deps.directory
    .officesOf(user, at)
    .filter(({ role }) => can(role, 'agrees_to_posts'))
    .flatMap(({ unit }) => tree.everWithin(unit))
    .flatMap((code) => tree.spansOf(code).at(-1) ?? [])
    .filter(({ level, validTo }) => level === 'village' && (validTo === null || validTo >= today));
}

const isCalled = (unit: Unit, typed: string): boolean =>
  [unit.name, unitName(unit)].some((name) => foldName(name) === foldName(typed));

const headOf = ({ deps }: Turn<DialogDeps>, unit: string): Office | undefined =>
  deps.directory.officesIn(unit).find(({ role }) => role === 'village_head');

function villageIn({ turn, slots }: Context): Unit | null {
  return villagesOf(turn).find(({ code }) => code === textIn(slots, 'unit')) ?? null;
}

/** Those who led the villages that it came out of: mostly one of them goes on. */
function ledBefore(turn: Turn<DialogDeps>, { code, validFrom, parent }: Unit): Office[] {
  const { directory } = turn.deps;
  return directory.tree
    .everWithin(parent ?? '')
    .filter((old) => directory.tree.endOf(old, validFrom)?.into.includes(code) === true)
    .flatMap((old) => [...directory.officesIn(old)])
    .filter(({ fullName }) => fullName !== '')
    .slice(0, 3);
}

function varsOf(turn: Turn<DialogDeps>, unit: Unit) {
  const comes = unit.validFrom > vnDay(turn.at);
  return {
    // «Trưởng thôn Lâm Trì»: the kind is in the role already.
    unit: turn.words.locale === 'vi' && foldText(unit.kind) === 'thon' ? unit.name : unitName(unit),
    role: turn.words.t(`onboarding:roles.village_head.${isThon(unit.kind) ? 'thon' : 'other'}`),
    since: comes ? ` ${turn.words.t('posts:head.since', { day: dayIn(unit.validFrom) })}` : '',
  };
}

const end = (turn: Turn<DialogDeps>, key: string, vars = {}): StepResult => ({
  move: { to: 'end', say: { text: say(turn, `posts:head.${key}`, vars) } },
});

const stops = (text: string): boolean => CANCELS.test(foldText(text));

function person(turn: Turn<DialogDeps>, slots: Context['slots']): string {
  return spokenName(turn.words, {
    address: textIn(slots, 'address'),
    fullName: textIn(slots, 'fullName'),
  });
}

export default defineDialog<DialogDeps>({
  id: 'name-head',
  version: 1,
  first: 'begin',
  ref: (slots) => textIn(slots, 'unit'),
  upgrade: () => null,
  closes: ({ turn }) => (names(personOf(turn)) ? null : say(turn, 'posts:head.no_right')),
  steps: {
    begin: {
      to: ['name', 'phone', 'sure'],
      run: async ({ slots }) => {
        const lacks = textIn(slots, 'fullName') === '' ? 'name' : slots['asked'] === true ? null : 'phone';
        return { move: { to: 'step', step: lacks ?? 'sure' } };
      },
    },
    name: {
      to: ['begin'],
      digits: 'own',
      async ask(context) {
        const { turn } = context;
        const unit = villageIn(context);
        const choices = (unit ? ledBefore(turn, unit) : []).map((office, i) => ({
          id: `P${i + 1}`,
          label: [...office.fullName].slice(0, 20).join(''),
        }));
        const text = say(turn, 'posts:head.ask_name', unit ? varsOf(turn, unit) : {});
        return choices.length === 0 ? { text } : { text, choices };
      },
      async receive(context, input) {
        const { turn } = context;
        const { text, choice } = input;
        const beside = notTheWords(context, input, () => end(turn, 'kept'));
        if (beside) return beside;
        const unit = villageIn(context);
        const place = /^P(\d)$/.exec(choice ?? '')?.[1];
        const known = place && unit ? ledBefore(turn, unit)[Number(place) - 1] : undefined;
        if (known) {
          const { id, fullName, address } = known;
          return { move: { to: 'step', step: 'begin', slots: { fullName, address, from: id, asked: true } } };
        }
        const phone = readPhone(text);
        const name = normalText(text)
          .trim()
          .replace(/[\d+][\d .-]{8,}$/, '')
          .trim()
          .replace(/\s+/g, ' ');
        const address = /^(anh|chị|bác|ông|bà|cô|chú|em|đồng chí) /iu.exec(name)?.[1] ?? '';
        const bare = name.slice(address.length).trim();
        if (!NAME.test(bare) || !bare.includes(' ')) return { move: { to: 'here', miss: true } };
        const slots = {
          fullName: bare,
          address: address.toLowerCase(),
          phone: phone ?? '',
          asked: phone !== null,
        };
        return { move: { to: 'step', step: 'begin', slots } };
      },
    },
    phone: {
      to: ['begin'],
      digits: 'own',
      ask: async ({ turn, slots }) => ({
        text: say(turn, 'posts:head.ask_phone', { name: person(turn, slots) }),
        choices: [{ id: 'NONE', label: turn.words.t('posts:buttons.no_phone') }],
      }),
      async receive({ turn }, { text, choice }) {
        if (stops(text)) return end(turn, 'kept');
        const phone = readPhone(text);
        const none = choice === 'NONE' || /^(?:chua co|khong co|chua biet|khong biet)/.test(foldText(text));
        if (phone === null && !none) return { move: { to: 'here', miss: true } };
        return { move: { to: 'step', step: 'begin', slots: { phone: phone ?? '', asked: true } } };
      },
    },
    sure: {
      to: [],
      async ask(context) {
        const { turn, slots } = context;
        const unit = villageIn(context);
        const name = `${textIn(slots, 'address')} ${textIn(slots, 'fullName')}`.trim();
        const text = say(turn, 'posts:head.sure', { ...(unit ? varsOf(turn, unit) : {}), name });
        const button = (id: string, key: string) => ({ id, label: turn.words.t(`units:buttons.${key}`) });
        return { text, choices: [{ ...button('YES', 'write'), exact: true }, button('NO', 'drop')] };
      },
      async receive(context, { text, choice }) {
        const { turn, slots } = context;
        if (choice === 'NO' || stops(text)) return end(turn, 'kept');
        const agreed = yesNo(text) === 'yes' || /^ghi(?: (?:di|a|roi|nhe))*$/.test(foldText(text));
        if (choice !== 'YES' && !agreed) return { move: { to: 'pass' } };
        const unit = villageIn(context);
        if (!unit) return end(turn, 'kept');
        return written(turn, slots, unit);
      },
    },
  },
});

function written(turn: Turn<DialogDeps>, slots: Context['slots'], unit: Unit): StepResult {
  const { user: by, at, words } = turn;
  const from = textIn(slots, 'from');
  const phone = textIn(slots, 'phone');
  const effect: NameHead = {
    ...{ kind: 'org.nameHead', id: turn.effectId(), unit: unit.code, by, at },
    ...{ fullName: textIn(slots, 'fullName'), address: textIn(slots, 'address') },
    ...{ phone: phone === '' ? null : phone, from: from === '' ? null : from },
  };
  const known = ledBefore(turn, unit).find(({ id }) => id === from);
  const vars = { ...varsOf(turn, unit), name: person(turn, slots) };
  const told =
    known?.user == null
      ? []
      : [
          notice(turn, known.user, words.t('posts:head.told', { ...addressVars(words, known), ...vars }), [
            reply(turn, 'take', '#NHANVIEC'),
          ]),
        ];
  const how = told.length > 0 ? 'done_told' : phone === '' ? 'done_vouch' : 'done_phone';
  return { ...end(turn, how, vars), effects: [effect, ...told] };
}
