import {
  defineDialog,
  textIn,
  type Json,
  type Slots,
  type StepContext,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import type { Button } from '../../channels/channel';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { onlyAsksToBeReminded } from '../../dialogs/named-reminder';
import { command, type Command } from '../../dialogs/feature';
import { asLetters } from '../../kernel/letters';
import { formatCount, foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import type { SendNotice } from '../../outbox/enqueue';
import { CANCELS } from '../../understanding/stop';
import { planUnits } from '../import/import-units';
import { unitName } from '../names';
import type { Office } from '../office';
import { sheetOf, type UnitChange } from '../unit-change';
import { can, rolesThat } from '../roles';
import type { ChangeUnits } from './unit-change-effects';
import { notice, reply } from './hand-over-talk';
import { dayIn } from '../../kernel/moment';
import { addressVars, fullPlaceName, givenName, placeName, type Person } from './people';
import { dayToCome } from './days-said';
import { readUnitChange, type SaidUnitChange } from './read-unit-change';
import { meant } from './villages-meant';

/** Villages that become one or are divided: shown whole, written once it is confirmed, and told to those it concerns. */

type Context = StepContext<DialogDeps>;

const speaks = ({ offices }: Person): boolean =>
  offices.some(({ role }) => can(role, 'agrees_to_posts') || can(role, 'changes_units'));

export const changeUnits: Command<DialogDeps> = command<DialogDeps, SaidUnitChange>({
  id: 'change-units',
  says: [
    'từ 1/7 nhập thôn Đông Lâm và thôn Ngọc Trì thành thôn Lâm Trì',
    'sáp nhập thôn Đông Lâm, Ngọc Trì thành thôn Lâm Trì từ ngày 1/7',
    'nhập thôn Gò Me vào thôn Đông Lâm từ 1/7',
    'tách thôn Đông Lâm thành thôn Đông Lâm 1 và thôn Đông Lâm 2 từ 1/7',
    'tu 1/7 nhap thon Go Me vao thon Dong Lam',
  ],
  for: speaks,
  strong: true,
  // Days are read again with the time of the turn; here it only matters what it is.
  read: ({ text }) => readUnitChange(text, new Date(0)),
  async run(turn, { text, person }) {
    const said = readUnitChange(text, turn.at);
    if (!said) return null;
    if (!person.offices.some(({ role }) => can(role, 'changes_units'))) return asked(turn, person, text);
    const { kind, from, to, day } = said;
    const slots: Slots = { kind, from: [...from], to: [...to], day: day ?? '', head: '', headAsked: false };
    return { move: { to: 'dialog', dialog: 'change-units', slots } };
  },
});

/** An officer of the commune says it to those who keep the list of units, in their own words. */
function asked(turn: Turn<DialogDeps>, person: Person, text: string): StepResult {
  const { deps, at, words } = turn;
  const own = person.offices.find(({ role }) => can(role, 'agrees_to_posts'));
  const top = own && deps.directory.tree.ancestors(own.unit, vnDay(at)).at(-1)?.code;
  const [keeper] = top === undefined ? [] : deps.directory.holdersOf(top, rolesThat('changes_units'));
  if (!own || !keeper) return { move: { to: 'here', say: { text: say(turn, 'units:nobody') } } };
  const told = words.t('units:asked_for', {
    ...addressVars(words, keeper),
    ...{ unit: placeName(deps, own.unit, at), person: givenName(own.fullName), text: text.trim() },
  });
  const to = givenName(keeper.fullName);
  return {
    effects: [notice(turn, keeper.user, told)],
    move: { to: 'here', say: { text: say(turn, 'units:passed_on', { to }) } },
  };
}

const end = (turn: Turn<DialogDeps>, key: string, vars = {}): StepResult => ({
  move: { to: 'end', say: { text: say(turn, `units:${key}`, vars) } },
});

const texts = (slots: Slots, name: string): string[] => ((slots[name] ?? []) as readonly Json[]).map(String);

/** What was said as a change of units; a fault is a sentence. */
function changeOf({ turn, slots }: Context): UnitChange | StepResult {
  const { tree } = turn.deps.directory;
  const found = meant(tree, vnDay(turn.at), {
    kind: textIn(slots, 'kind') === 'split' ? 'split' : 'merge',
    ...{ from: texts(slots, 'from'), to: texts(slots, 'to'), day: textIn(slots, 'day') },
  });
  if ('change' in found) return found.change;
  const names = found.codes.map((code) => fullPlaceName(turn.deps, code, turn.at)).join('; ');
  return end(turn, `fault.${found.fault}`, { typed: found.typed, names });
}

/** What is missing is asked; what cannot be is said. */
async function begin(context: Context): Promise<StepResult> {
  const { turn, slots: said } = context;
  if (textIn(said, 'day') === '') return { move: { to: 'step', step: 'day' } };
  const change = changeOf(context);
  if ('move' in change) return change;
  const known = turn.deps.directory.tree.records.map((record) => ({ record, rev: 0 }));
  const [fault] = planUnits(sheetOf(turn.deps.directory.tree, change), known).refused;
  if (fault)
    return end(turn, 'refused', { reason: turn.words.t(`import:reason.${fault.reason}`, fault.vars) });
  const leads =
    change.beginning.length === 1 && said['headAsked'] !== true && headsOf(turn, change).length > 0;
  // Kept as it was read: once it is written the old names mean nothing any more.
  const slots = { change: change as unknown as Json };
  return { move: { to: 'step', step: leads ? 'head' : 'sure', slots } };
}

/** Who led the villages that end. */
function headsOf({ deps }: Turn<DialogDeps>, { ending }: UnitChange): Office[] {
  return ending
    .flatMap((unit) => [...deps.directory.officesIn(unit)])
    .filter(({ role }) => role === 'village_head')
    .slice(0, 4);
}

const kept = ({ slots }: Pick<Context, 'slots'>): UnitChange => slots['change'] as unknown as UnitChange;

function varsOf(turn: Turn<DialogDeps>, { ending, beginning, into, commune, day }: UnitChange) {
  const name = (code: string): string => {
    const fresh = beginning.find((one) => one.code === code);
    return fresh ? unitName(fresh) : placeName(turn.deps, code, turn.at);
  };
  return {
    old: ending.map(name).join(', '),
    into: into.map(name).join(', '),
    commune: placeName(turn.deps, commune, turn.at),
    day: dayIn(day),
    month: String(Number(day.slice(5, 7))),
  };
}

/** Everybody who holds a post in a village that ends, and the commune's own, each in their form of address. */
function tellAll(turn: Turn<DialogDeps>, change: UnitChange, head: Office | null): SendNotice[] {
  const { deps, words } = turn;
  const vars = varsOf(turn, change);
  const key = change.into.length > 1 ? 'split' : 'merge';
  const told = new Set<string>([turn.user]);
  const posts = [...change.ending, ...change.into, change.commune].flatMap((unit) => [
    ...deps.directory.officesIn(unit),
  ]);
  return posts.flatMap((post) => {
    if (post.user === null || told.has(post.user)) return [];
    told.add(post.user);
    const who = change.ending.includes(post.unit) ? 'old' : 'near';
    const leads = head !== null && post.user === head.user;
    const text = words.t(`units:told.${key}_${who}`, { ...addressVars(words, post), ...vars });
    const more = leads ? ` ${words.t('units:told.leads', { ...addressVars(words, post), ...vars })}` : '';
    // Whoever answers at the commune says who leads what nobody leads yet.
    const naming = can(post.role, 'agrees_to_posts') && head === null ? namingButtons(turn, change) : [];
    const asks = naming.length > 0 ? ` ${words.t('units:told.naming', addressVars(words, post))}` : '';
    const buttons = leads ? [reply(turn, 'take', '#NHANVIEC')] : naming;
    return [notice(turn, post.user, text + more + asks, buttons)];
  });
}

function namingButtons({ words }: Turn<DialogDeps>, { beginning }: UnitChange): Button[] {
  return beginning.slice(0, 4).map(({ code, name }) => ({
    ...{ kind: 'reply', payload: `#CUTRUONG_${asLetters(code)}` },
    label: [...words.t('units:buttons.name_head', { name })].slice(0, 20).join(''),
  }));
}

export default defineDialog<DialogDeps>({
  id: 'change-units',
  version: 1,
  first: 'begin',
  upgrade: () => null,
  closes: ({ turn }) =>
    turn.deps.directory.officesOf(turn.user, turn.at).some(({ role }) => can(role, 'changes_units'))
      ? null
      : say(turn, 'units:no_right'),
  steps: {
    begin: { to: ['day', 'head', 'sure'], run: begin },
    day: {
      to: ['begin'],
      digits: 'own',
      ask: async ({ turn }) => ({ text: say(turn, 'units:ask_day') }),
      async receive({ turn }, input) {
        if (CANCELS.test(foldText(input.text))) return end(turn, 'kept');
        if (onlyAsksToBeReminded(input.text, turn.at)) return { move: { to: 'pass' } };
        const day = dayToCome(input.text, turn.at);
        if (day === null) return { move: { to: 'here', miss: true } };
        return { move: { to: 'step', step: 'begin', slots: { day } } };
      },
    },
    head: {
      to: ['begin'],
      async ask(context) {
        const { turn } = context;
        const change = kept(context);
        const heads = headsOf(turn, change);
        const choices = heads.map((office, i) => ({
          id: `H${i + 1}`,
          label: [...office.fullName].slice(0, 20).join(''),
        }));
        const text = say(turn, 'units:ask_head', varsOf(turn, change));
        return { text, choices: [...choices, { id: 'NONE', label: turn.words.t('units:buttons.unknown') }] };
      },
      async receive(context, input) {
        if (CANCELS.test(foldText(input.text))) return end(context.turn, 'kept');
        const place = /^H(\d)$/.exec(input.choice ?? '')?.[1];
        if (place === undefined && input.choice !== 'NONE') return { move: { to: 'pass' } };
        const head = headsOf(context.turn, kept(context))[Number(place) - 1]?.id ?? '';
        return { move: { to: 'step', step: 'begin', slots: { head, headAsked: true } } };
      },
    },
    sure: {
      to: ['day'],
      async ask(context) {
        const { turn, slots } = context;
        const change = kept(context);
        const head = headsOf(turn, change).find(({ id }) => id === textIn(slots, 'head'));
        const lines = [
          say(turn, `units:sure.${change.into.length > 1 ? 'split' : 'merge'}`, varsOf(turn, change)),
          ...(head ? [say(turn, 'units:sure.head', { name: head.fullName, ...varsOf(turn, change) })] : []),
          say(turn, 'units:sure.after', { count: formatCount(change.ending.length) }),
        ];
        return {
          text: lines.join('\n'),
          choices: [
            { id: 'YES', label: turn.words.t('units:buttons.write'), exact: true },
            { id: 'NO', label: turn.words.t('units:buttons.drop') },
          ],
        };
      },
      async receive(context, input) {
        const { turn, slots } = context;
        if (input.choice === 'NO' || CANCELS.test(foldText(input.text))) return end(turn, 'kept');
        if (input.choice !== 'YES') return { move: { to: 'pass' } };
        const change = kept(context);
        if (change.day < vnDay(turn.at)) return { move: { to: 'step', step: 'day' } };
        const head = headsOf(turn, change).find(({ id }) => id === textIn(slots, 'head')) ?? null;
        const effect: ChangeUnits = {
          ...{ kind: 'org.changeUnits', id: turn.effectId(), change, head: head?.id ?? null },
          ...{ by: turn.user, at: turn.at },
        };
        const done = end(turn, 'done', varsOf(turn, change));
        return { ...done, effects: [effect, ...tellAll(turn, change, head)] };
      },
    },
  },
});
