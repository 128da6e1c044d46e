import type { Say, StepResult, Turn } from '../../conversation/dialog';
import { listed, sentence, type Listing } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import { inVietnam, vnDay } from '../../kernel/vn-time';
import { dayIn } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import { foldName } from '../fold';
import { isAway } from '../leave';
import type { Office } from '../office';
import { agreesToSome } from '../roles';
import type { EndPost, GiveCode } from './hand-over-effects';
import { agrees, handOverVars, postsBelow, postTapped } from './hand-over-talk';
import { givenName, placeName, type Person } from './people';
import { villageWord } from '../names';

/**
 * What whoever is above sees of the posts below, an officer of villages, a chair of their commune, the department of communes and
 * bodies: who holds them, since when nobody was heard of, and the end of one.
 */

/** «Danh sách cán bộ các xã», «danh sách đầu mối sở ngành». */
const ABOVE_VILLAGES =
  /^(?:cho (?:em|toi|chi|anh) )?(?:xem )?danh (?:sach|ba) (?:can bo|nguoi phu trach|dau moi|chu tich)(?: (?:cac|cua|xa|phuong|va|so|nganh))+$/;

const posts: Command<DialogDeps> = {
  id: 'posts',
  tells: true,
  says: [
    'danh sách người phụ trách',
    'danh sách trưởng thôn',
    'danh bạ các thôn',
    'ai đã nhận việc',
    'danh sách cán bộ thôn',
    'thôn nào chưa có người nhận việc',
    'thôn nào chưa vào zalo',
    'trưởng thôn nào chưa vào zalo',
    'ai chưa nhận việc',
    'trưởng thôn nào chưa nhận việc',
    'thôn nào chưa có trưởng thôn',
    'danh sách cán bộ các thôn',
    'những ai chưa nhận việc',
    'việc nào chưa có người nhận',
  ],
  help: 75,
  for: agrees,
  reads: ({ fold }) => ABOVE_VILLAGES.test(fold.trim()),
  async run(turn, { person, fold }) {
    const below = postsBelow(turn);
    const free = below.filter(({ user }) => user === null);
    if (below.length === 0 || !FREE.test(fold)) return listed(await postList(turn, person, below));
    if (free.length > 0) return listed(await postList(turn, person, free, 'head_free'));
    return sentence(turn, 'posts:list.all_taken', { count: below.length });
  },
};

/** «Ai chưa nhận việc», «thôn nào chưa vào zalo»: those that nobody has taken. */
const FREE = /(?:^| )chua (?:co|ai|nhan|vao|dang ky)(?: |$)/;

async function postList(
  turn: Turn<DialogDeps>,
  person: Person,
  below: readonly Office[],
  head: 'head' | 'head_free' = 'head',
): Promise<Listing | Say> {
  const { words, deps, at } = turn;
  const unit = person.offices.find(({ role }) => agreesToSome(role))?.unit ?? '';
  const claimed = below.filter(({ user }) => user !== null);
  const seen = await deps.lastContact(claimed.flatMap(({ user }) => user ?? []));
  const Unit = capital(placeName(deps, unit, at));
  if (below.length === 0)
    return {
      text: words.t('posts:list.none', {
        Unit,
        places: words.t(`common:places.${villageWord(deps.directory.tree, unit, vnDay(at))}`),
      }),
    };
  return {
    head: words.t(`posts:list.${head}`, { Unit, claimed: claimed.length, count: below.length }),
    names: below.map((office) => postLine(turn, office, seen, changes(turn, office))),
  };
}

/** «thôn Đông Lâm: bác Tư, Trưởng thôn (nhắn lần cuối 5/3)»; `seen`: when each person last wrote, `more`: what else is to be known of the post. */
export function postLine(
  turn: Turn<DialogDeps>,
  office: Office,
  seen: ReadonlyMap<UserKey, Date>,
  more: readonly string[] = [],
): string {
  const { words, deps, at } = turn;
  const last = office.user === null ? undefined : seen.get(office.user);
  const on = last && inVietnam(last);
  const state = office.user === null ? 'free' : on ? 'seen' : 'silent';
  const vars = handOverVars(turn, office, { ...office, day: '' });
  return words.t('posts:list.line', {
    ...vars,
    role: vars.role.replace(/,$/, ''),
    unit: placeName(deps, office.unit, at),
    state: [words.t(`posts:list.${state}`, { day: on ? `${on.day}/${on.month}` : '' }), ...more].join('; '),
  });
}

/** Who takes over, or stands in, and when; who stands in already, until when. */
function changes(turn: Turn<DialogDeps>, office: Office): string[] {
  const { words } = turn;
  const { handover, ends, leave } = office;
  const until = [
    ...(ends == null ? [] : [words.t('posts:list.until', { day: dayIn(ends) })]),
    ...(leave && isAway(office, vnDay(turn.at))
      ? [words.t('posts:list.away', { day: dayIn(leave.to) })]
      : []),
  ];
  if (!handover) return until;
  const vars = {
    name: handOverVars(turn, office, handover).person,
    day: dayIn(handover.day),
    until: dayIn(handover.until ?? handover.day),
  };
  const key = handover.until === null ? 'next' : 'while';
  return [...until, words.t(`posts:list.${handover.agreed ? key : 'asked'}`, vars)];
}

const END = /^(?:ket thuc|cham dut) (?:viec|nhiem vu|cong viec)(?: cua)? (.+)$/;

const endPost: Command<DialogDeps> = command({
  id: 'end-post',
  says: [
    'kết thúc việc của anh Hùng thôn Đông Lâm',
    'kết thúc nhiệm vụ của bác Tư',
    'chấm dứt việc của anh Hùng',
    'kết thúc công việc của chị Lan thôn Ngọc Trì',
    'ket thuc viec cua anh Hung',
  ],
  for: agrees,
  strong: true,
  read: ({ fold }: Message) => END.exec(fold)?.[1] ?? null,
  run: async (turn, _message, rest) => ended(turn, rest),
});

const PLACE = / (?:xa|phuong|thi tran|thon|to dan pho|tdp|khu|xom|tinh|so|cong an) /;

/** Ends the one post whose holder and place were named, with the end of the day. */
function ended(turn: Turn<DialogDeps>, rest: string): StepResult {
  const [office, ...others] = postsNamed(turn, rest);
  if (!office) return sentence(turn, 'posts:end.nobody');
  const vars = handOverVars(turn, office, { ...office, day: vnDay(turn.at) });
  if (others.length > 0) return sentence(turn, 'posts:end.which', vars);
  const effect: EndPost = {
    ...{ kind: 'org.endPost', id: turn.effectId(), officeId: office.id },
    ...{ lastDay: vnDay(turn.at), by: turn.user, at: turn.at },
  };
  return { ...sentence(turn, 'posts:end.done', vars), effects: [effect] };
}

/** The posts below whose holder, and place where one was said, the folded words name. */
function postsNamed(turn: Turn<DialogDeps>, rest: string): Office[] {
  const words = ` ${rest} `;
  const named = postsBelow(turn).filter(({ fullName }) => {
    const [full, given] = [foldName(fullName), foldName(givenName(fullName))];
    return full !== '' && (words.includes(` ${full} `) || words.includes(` ${given} `));
  });
  const here = named.filter(({ unit }) => isPlaceIn(turn, rest, unit));
  // A place that was named and is not theirs: somebody of the same name elsewhere is not meant.
  return here.length > 0 || PLACE.test(words) ? here : named;
}

function isPlaceIn(turn: Turn<DialogDeps>, rest: string, unit: string): boolean {
  return (
    rest.endsWith(bare(turn, unit)) ||
    ` ${rest} `.includes(` ${foldName(placeName(turn.deps, unit, turn.at))} `)
  );
}

const GIVE =
  /^(?:(?:cho|xin|em|toi|chi|anh|nho) )*(?:cap|phat|lam)(?: lai)?(?: (?:mot|1))? ma(?: (?:moi|nhan viec|so|khac))*(?: cho)? (.+)$/;
/** Nobody in particular: how it is done is told. */
const ANYBODY =
  /^(?:(?:bac|ong|ba|anh|chi|cac|nguoi|mot|nhung|dong chi) )*(?:truong thon|to truong|truong xom|thon|xom|xa|phuong|can bo|can bo xa|nguoi)?(?: (?:moi|khac|nay|do|kia|toi|em|nhe|a))*$/;

/** Whom «cấp mã cho …» names, folded; null: it is no such message, or names nobody. */
export function codeAsked({ fold }: Pick<Message, 'fold'>): string | null {
  const rest = GIVE.exec(fold.replace(/\s+/g, ' ').trim())?.[1] ?? null;
  return rest === null || ANYBODY.test(rest) ? null : rest;
}

/** A new code for one post, read by whoever asked and stored nowhere but as its hash. */
const giveCode: Command<DialogDeps> = command({
  id: 'give-code',
  button: '#CAPMA',
  says: [
    'cấp mã cho anh Hùng thôn Đông Lâm',
    'cấp mã cho trưởng thôn Đông Lâm',
    'cấp mã mới cho chị Lan thôn Ngọc Trì',
    'cấp mã cho trưởng thôn Ngọc Trì',
    'cap ma cho bac Tu thon Dong Lam',
  ],
  for: agrees,
  strong: true,
  read: codeAsked,
  tapped: (rest) => rest,
  async run(turn, { tap }, rest) {
    const tapped = postTapped(turn, tap);
    const named = tapped ? [tapped] : tap === null ? postsNamed(turn, rest) : [];
    const [office, ...others] = named.length > 0 || tap !== null ? named : postsByRole(turn, rest);
    if (!office) return sentence(turn, 'posts:end.nobody');
    const vars = handOverVars(turn, office, { ...office, day: '' });
    if (others.length > 0) return sentence(turn, 'posts:code.which', vars);
    // Before the day a code would move the post at once.
    if (tapped?.handover?.agreed === true)
      return sentence(turn, 'posts:code.from_day', handOverVars(turn, tapped, tapped.handover));
    const id = turn.effectId();
    const effect: GiveCode = { kind: 'org.giveCode', id, officeId: office.id, by: turn.user, at: turn.at };
    const key = office.user === null ? 'posts:code.given' : 'posts:code.given_held';
    return {
      ...sentence(turn, key, { ...vars, code: turn.deps.org.codeMark(office.id, id) }),
      effects: [effect],
    };
  },
});

/** «Trưởng thôn Đông Lâm», «cán bộ xã Tân Hòa»: the posts of that kind at the place that is named. */
function postsByRole(turn: Turn<DialogDeps>, rest: string): Office[] {
  const role = /(?:^| )chu tich /.test(rest)
    ? 'commune_chair'
    : /(?:^| )(?:truong|to truong) /.test(rest)
      ? 'village_head'
      : /(?:^| )pho /.test(rest)
        ? 'village_deputy'
        : /(?:^| )can bo /.test(rest)
          ? 'officer'
          : null;
  return postsBelow(turn).filter(
    (office) =>
      isPlaceIn(turn, rest, office.unit) &&
      (role === office.role || (role === 'officer' && /_officer$/.test(office.role))),
  );
}

function bare(turn: Turn<DialogDeps>, unit: string): string {
  return foldName(turn.deps.directory.tree.getNearest(unit, vnDay(turn.at))?.name ?? unit);
}

export const POST_COMMANDS: readonly Command<DialogDeps>[] = [posts, endPost, giveCode];
