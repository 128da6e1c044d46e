import type { Choice, AnyEffect, StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import { MOST_RELATIVES, takesPeople } from '../class';
import type { BringRelatives, LeaveClass, SignUpForClass } from '../class-effects';
import { signUpOf, type ClassView } from '../class-view';
import { seatsOf, type Seats, type SignUp } from '../seats';
import { lineOf, numbered, signUpChoices, signUpPayload } from './leading';
import { readRelatives, readSignUp } from './sign-up-words';

/** Coming to a class: signing up for one that was shown, bringing relatives without names, and calling it off by a word. */

const signUp: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'sign-up',
  button: '#LOPDK',
  says: [
    'đăng ký',
    'cho tôi đăng ký',
    'đăng ký 1',
    'ghi tên cho tôi',
    'đăng ký lớp 2',
    'dk',
    'đăng ký cho 2 vợ chồng',
    'đăng ký cho tôi với bà nhà',
  ],
  list: 'class',
  read: ({ fold }) => (readSignUp(fold) ? '' : null),
  tapped: (rest) => rest,
  async run(turn, message, tapped) {
    const [id = '', relatives = ''] = tapped.split('_');
    if (id === '') return signUpShown(turn, message);
    return signUpById(turn, id, Math.min(MOST_RELATIVES, Number(relatives) || 0));
  },
});

/** «Đăng ký» means a class that was shown; none was: it means something else. */
async function signUpShown(turn: Turn<DialogDeps>, message: Message): Promise<StepResult | null> {
  const { listed } = message.conversation;
  if (listed?.kind !== 'class' || listed.ids.length === 0) return null;
  const { number, relatives: more } = readSignUp(message.fold) ?? { number: null, relatives: 0 };
  if (number === null && listed.ids.length > 1) {
    const views = await viewsOf(turn, listed.ids);
    const choices = signUpChoices(turn, views, more);
    return {
      ...sentence(turn, 'classes:which_sign_up', { list: numbered(turn, views) }, choices),
      listed: {
        kind: 'class',
        ids: views.map(({ record }) => record.id),
        picks: views.map(({ record }) => signUpPayload(record.id, more)),
      },
    };
  }
  const id = listed.ids[(number ?? 1) - 1];
  if (id === undefined) return sentence(turn, 'classes:no_such_shown', { count: listed.ids.length });
  return signUpById(turn, id, more);
}

export async function viewsOf(turn: Turn<DialogDeps>, ids: readonly string[]): Promise<ClassView[]> {
  const found = await Promise.all(ids.map((id) => turn.deps.classes.get(id)));
  return found.flatMap((view) => (view && takesPeople(view.record, turn.at) ? [view] : []));
}

async function signUpById(turn: Turn<DialogDeps>, id: string, relatives = 0): Promise<StepResult> {
  const view = await turn.deps.classes.get(id);
  if (!view || !takesPeople(view.record, turn.at))
    return sentence(turn, 'classes:no_longer', {}, [nearChoice(turn)]);
  if (view.record.planned) return sentence(turn, 'classes:only_planned', { line: lineOf(turn, view) });
  const mine = signUpOf(view, turn.user);
  const effects: AnyEffect[] = mine ? [] : [signUpEffect(turn, id)];
  const now: SignUp = mine ?? { class: id, user: turn.user, at: turn.at, relatives: [], live: true };
  const more = Math.max(0, relatives - now.relatives.length);
  const party = { ...now, relatives: [...now.relatives, ...Array.from({ length: more }, () => turn.at)] };
  if (more > 0) effects.push(relativesEffect(turn, party));
  const key = more > 0 ? 'with_relatives' : mine === null ? 'signed_up' : 'already';
  return {
    ...placeSay(turn, view, party, key),
    effects,
    listed: { kind: 'class', ids: [id] },
  };
}

function signUpEffect(turn: Turn<DialogDeps>, id: string): SignUpForClass {
  return { kind: 'class.signUp', id: turn.effectId(), class: id, user: turn.user, at: turn.at };
}

function relativesEffect(turn: Turn<DialogDeps>, { class: id, relatives }: SignUp): BringRelatives {
  return { kind: 'class.relatives', id: turn.effectId(), class: id, user: turn.user, relatives, at: turn.at };
}

/** Whether there is a seat, or which number in the waiting list, as it will be with this party in it. */
function placeSay(turn: Turn<DialogDeps>, view: ClassView, party: SignUp, key: string): StepResult {
  const others = view.people.filter(({ user }) => user !== party.user);
  const seats: Seats = seatsOf([...others, party], view.record.capacity);
  const all = 1 + party.relatives.length;
  const seated = seats.seatsOf.get(party.user) ?? 0;
  const place = seats.placeOf.get(party.user) ?? 0;
  const what = seated === 0 ? 'waiting' : seated < all ? 'partly' : key;
  return sentence(
    turn,
    `classes:${what}`,
    { line: lineOf(turn, view), place, seated, relatives: party.relatives.length, left: all - seated },
    [
      ...(party.relatives.length < MOST_RELATIVES
        ? [
            {
              id: 'MORE',
              label: turn.words.t('classes:buttons.relatives'),
              command: `#LOPNHA_${view.record.id}`,
            },
          ]
        : []),
      { id: 'LEAVE', label: turn.words.t('classes:buttons.leave'), command: `#LOPTHOI_${view.record.id}` },
    ],
  );
}

const relatives: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'bring-relatives',
  button: '#LOPNHA',
  says: [
    'đưa thêm người nhà',
    'đưa thêm 2 người nhà',
    'dẫn theo người nhà',
    'cho thêm người nhà',
    'đưa thêm một người nhà',
  ],
  read: ({ fold }) => {
    const said = readRelatives(fold);
    return said === null ? null : `:${said}`;
  },
  tapped: (rest) => rest,
  run: async (turn, _message, said) => {
    const [id = '', number = ''] = said.includes(':') ? said.split(':') : said.split('_');
    const view =
      id === ''
        ? ((await turn.deps.classes.ofPerson(turn.user, turn.at))[0] ?? null)
        : await turn.deps.classes.get(id);
    const mine = view ? signUpOf(view, turn.user) : null;
    if (!view || !mine || !takesPeople(view.record, turn.at))
      return sentence(turn, 'classes:not_signed_up', {}, [nearChoice(turn)]);
    const count = Number(number);
    if (!Number.isInteger(count) || count < 1 || count > MOST_RELATIVES) return howMany(turn, view);
    const kept = mine.relatives.slice(0, count);
    const party = {
      ...mine,
      relatives: [...kept, ...Array.from({ length: count - kept.length }, () => turn.at)],
    };
    return { ...placeSay(turn, view, party, 'with_relatives'), effects: [relativesEffect(turn, party)] };
  },
});

function howMany(turn: Turn<DialogDeps>, { record }: ClassView): StepResult {
  return sentence(
    turn,
    'classes:how_many_relatives',
    {},
    [1, 2, 3, 4].map((count) => ({
      id: `N${count}`,
      label: turn.words.t('classes:buttons.people', { count }),
      command: `#LOPNHA_${record.id}_${count}`,
    })),
  );
}

const leave: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'leave-class',
  button: '#LOPTHOI',
  says: [
    'hủy đăng ký',
    'không đi được',
    'tôi không đi học được',
    'thôi không đi lớp nữa',
    'hủy đăng ký lớp',
    'bận không đi được',
  ],
  read: ({ fold }) =>
    /^(?:(?:da|em|bac|toi|chau|xin|cho) )*(?:(?:huy|rut|bo) dang ky(?: (?:lop|buoi|hoc))*|(?:ban )?(?:khong|ko|k) (?:di|den) (?:hoc |lop )*(?:duoc|dc|nua)(?: (?:roi|a|nhe))*|thoi khong di (?:hoc|lop)(?: nua)?)$/.test(
      fold,
    )
      ? ''
      : null,
  tapped: (rest) => rest,
  run: async (turn, message, id) => (id === '' ? leaveOrAsk(turn, message, null) : leaveById(turn, id)),
});

/** The one class the person is in; which, when there are several. Null: none, so it means something else. */
export async function leaveOrAsk(
  turn: Turn<DialogDeps>,
  _message: Message,
  number: number | null,
): Promise<StepResult | null> {
  const views = await turn.deps.classes.ofPerson(turn.user, turn.at);
  if (views.length === 0) return null;
  const chosen = number === null ? (views.length === 1 ? views[0] : undefined) : views[number - 1];
  if (chosen) return leaveById(turn, chosen.record.id);
  const leaving = views.map(({ record }) => `#LOPTHOI_${record.id}`);
  const choices = leaving.slice(0, 4).map((payload, i) => ({
    id: `LOP${i + 1}`,
    label: turn.words.t('classes:buttons.number', { number: i + 1 }),
    command: payload,
  }));
  return {
    ...sentence(turn, 'classes:which_leave', { list: numbered(turn, views) }, choices),
    listed: { kind: 'class', ids: views.map(({ record }) => record.id), picks: leaving },
  };
}

async function leaveById(turn: Turn<DialogDeps>, id: string): Promise<StepResult> {
  const view = await turn.deps.classes.get(id);
  if (!view || !signUpOf(view, turn.user))
    return sentence(turn, 'classes:not_signed_up', {}, [nearChoice(turn)]);
  const effect: LeaveClass = {
    kind: 'class.leave',
    id: turn.effectId(),
    class: id,
    user: turn.user,
    at: turn.at,
  };
  return {
    ...sentence(turn, 'classes:left', { line: lineOf(turn, view) }, [nearChoice(turn)]),
    effects: [effect],
    listed: { kind: 'class', ids: [id] },
  };
}

/** «Vẫn đi» under a message that a class was moved, or that it is tomorrow. */
const stillGoing: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'still-going',
  button: '#LOPDI',
  says: ['vẫn đi', 'tôi vẫn đi', 'vẫn đi học', 'vẫn đến', 'vẫn tham gia'],
  read: ({ fold }) =>
    /^(?:(?:da|toi|em|bac|vang) )*van (?:di|den|tham gia)(?: (?:hoc|lop|a|nhe))*$/.test(fold) ? '' : null,
  tapped: (rest) => rest,
  run: async (turn, _message, id) => {
    if (id !== '') return signUpById(turn, id);
    const [first] = await turn.deps.classes.ofPerson(turn.user, turn.at);
    return first ? signUpById(turn, first.record.id) : null;
  },
});

export function nearChoice({ words }: Pick<Turn<DialogDeps>, 'words'>): Choice {
  return { id: 'NEAR', label: words.t('classes:buttons.near'), command: '#LOPGAN' };
}

export const SIGN_UP_COMMANDS: readonly Command<DialogDeps>[] = [signUp, relatives, leave, stillGoing];
