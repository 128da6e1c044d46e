import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import { dayIn } from '../../kernel/moment';
import { vnDay } from '../../kernel/vn-time';
import { isAway, leaveOf } from '../leave';
import { hasLeave } from '../leaves.service';
import type { Office } from '../office';
import { holdsOffice } from '../rights';
import { ANY_DAY } from './days-said';
import { agreeingAt, notice } from './hand-over-talk';
import type { EndLeave, TakeLeave } from './leave-effects';
import { addressVars, calledName, placeName, type Person } from './people';
import { readLeave, type LeaveSaid } from './read-leave';

/** «Tôi nghỉ phép từ 3/4 đến 7/4» and «tôi đi làm lại» of an officer: who answers meanwhile, and whoever is above hears of it. */

const isOfficer = ({ offices }: Person): boolean => offices.some(({ role }) => hasLeave(role));

/** A village has no hours and no leave: whoever stands in for its head is a deputy. */
function leaveIn({ text, person }: Message): LeaveSaid | null {
  return isOfficer(person) || person.offices.length === 0 ? readLeave(text, ANY_DAY) : null;
}

const takeLeave: Command<DialogDeps> = command<DialogDeps, LeaveSaid>({
  id: 'take-leave',
  says: [
    'tôi nghỉ phép từ 3/4 đến 7/4',
    'em xin nghỉ phép từ mai đến hết 20/3',
    'mai em nghỉ phép',
    'hôm nay tôi nghỉ ốm',
    'toi nghi phep tu 3/4 den 7/4',
  ],
  strong: true,
  // «Từ mai» would also be a word of putting things off.
  owns: (message) => leaveIn(message) !== null,
  read: leaveIn,
  for: isOfficer,
  async run(turn, { text, person }) {
    const said = readLeave(text, turn.at);
    if (!said) return null;
    const { from, to } = said;
    if (from === null) return sentence(turn, 'posts:leave.which_days');
    if (to === null) return sentence(turn, 'posts:leave.until_when', { from: dayIn(from) });
    if (to < from) return sentence(turn, 'posts:leave.which_days');
    const effect: TakeLeave = { kind: 'org.takeLeave', id: turn.effectId(), user: turn.user, from, to };
    const vars = { from: dayIn(from), to: dayIn(to) };
    const instead = person.offices.find(({ role }) => hasLeave(role));
    const who = instead ? standIns(turn, instead, from) : [];
    const noted =
      who.length > 0
        ? sentence(turn, 'posts:leave.noted', { ...vars, who: who.join(', ') })
        : sentence(turn, 'posts:leave.noted_nobody', vars);
    return { ...noted, effects: [effect, ...tellAbove(turn, person, 'asked', vars)] };
  },
});

const BACK =
  /^(?:toi|em|minh|anh|chi) (?:da )?(?:di lam|vao lam|ve lam)(?: viec)? (?:lai|lai roi|roi)(?: (?:nhe|a|nha))*$/;

const back: Command<DialogDeps> = {
  id: 'end-leave',
  button: '#DILAMLAI',
  says: [
    'hủy nghỉ phép',
    'thôi không nghỉ phép nữa',
    'em không nghỉ phép nữa',
    'hết nghỉ phép rồi',
    'huy nghi phep',
  ],
  for: isOfficer,
  reads: ({ fold }) => BACK.test(fold.trim()),
  async run(turn, { person }) {
    const noted = person.offices.some(({ leave }) => leave != null && leave.to >= vnDay(turn.at));
    if (!noted) return sentence(turn, 'posts:leave.none');
    const effect: EndLeave = { kind: 'org.endLeave', id: turn.effectId(), user: turn.user };
    const told = leaveOf(turn.deps.directory, turn.user, turn.at) ? tellAbove(turn, person, 'back', {}) : [];
    return { ...sentence(turn, 'posts:leave.back'), effects: [effect, ...told] };
  },
};

/** Who of the same place is there on that day: «anh Hùng», «chị Mai». */
function standIns(turn: Turn<DialogDeps>, { unit, role }: Office, day: string): string[] {
  return turn.deps.directory
    .officesIn(unit)
    .filter((post) => post.user !== null && post.user !== turn.user && hasLeave(post.role))
    .filter((post) => holdsOffice(post, day) && !isAway(post, day))
    .filter((post) => post.role === role || post.role === 'commune_chair' || post.role === 'commune_officer')
    .map((post) => calledName(turn.words, post));
}

function tellAbove(
  turn: Turn<DialogDeps>,
  { offices }: Person,
  what: 'asked' | 'back',
  vars: Readonly<Record<string, string>>,
): NonNullable<StepResult['effects']> {
  const office = offices.find(({ role }) => hasLeave(role));
  const above = office && agreeingAt(turn, office);
  if (!office || !above) return [];
  const text = turn.words.t(`posts:leave.told_${what}`, {
    ...addressVars(turn.words, above),
    ...vars,
    name: calledName(turn.words, office),
    unit: placeName(turn.deps, office.unit, turn.at),
  });
  return [notice(turn, above.user, text)];
}

/** For «tình hình»: that the person is away, and who is among those near them and below. Empty: nobody is. */
export function leaveLines(turn: Turn<DialogDeps>, person: Person): string[] {
  const { deps, words, at } = turn;
  const day = vnDay(at);
  const own = leaveOf(deps.directory, turn.user, at);
  const places = person.overseeing.flatMap(({ unit }) => [
    unit,
    ...deps.directory.tree.children(unit, day).map(({ code }) => code),
  ]);
  const away = [...new Set(places)]
    .flatMap((unit) => [...deps.directory.officesIn(unit)])
    .filter((post) => post.user !== turn.user && hasLeave(post.role) && isAway(post, day));
  const names = away.slice(0, SHOWN).map((post) =>
    words.t('posts:leave.one', {
      name: calledName(turn.words, post),
      unit: placeName(deps, post.unit, at),
      to: dayIn(post.leave?.to ?? day),
    }),
  );
  const more = away.length > SHOWN ? [words.t('posts:leave.more', { count: away.length - SHOWN })] : [];
  return [
    ...(own ? [words.t('posts:leave.you', { ...person.vars, to: dayIn(own.to) })] : []),
    ...(away.length > 0 ? [words.t('posts:leave.away', { names: [...names, ...more].join(', ') })] : []),
  ];
}

const SHOWN = 3;

export const LEAVE_COMMANDS: readonly Command<DialogDeps>[] = [takeLeave, back];
