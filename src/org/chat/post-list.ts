import type { Say, StepResult, Turn } from '../../conversation/dialog';
import { listed, sentence, type Listing } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import { inVietnam, vnDay } from '../../kernel/vn-time';
import { capital } from '../../kernel/vn-text';
import { foldName } from '../fold';
import type { Office } from '../office';
import { can, levelOf } from '../roles';
import type { EndPost } from './hand-over-effects';
import { agrees, handOverVars, postsBelow } from './hand-over-talk';
import { givenName, placeName, type Person } from './people';
import { villageWord } from '../names';

/** What an officer sees of the posts below: who holds them, since when nobody was heard of, and the end of one. */

/** Posts of the villages of the person's communes, in order of units. */
function villagePosts(turn: Turn<DialogDeps>): Office[] {
  return postsBelow(turn).filter(({ role }) => levelOf(role) === 'village');
}

const posts: Command<DialogDeps> = {
  id: 'posts',
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
  ],
  help: 75,
  for: agrees,
  run: async (turn, { person }) => listed(await postList(turn, person)),
};

async function postList(turn: Turn<DialogDeps>, person: Person): Promise<Listing | Say> {
  const { words, deps, at } = turn;
  const below = villagePosts(turn);
  const unit = person.offices.find(({ role }) => can(role, 'agrees_to_posts'))?.unit ?? '';
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
    head: words.t('posts:list.head', { Unit, claimed: claimed.length, count: below.length }),
    names: below.map((office) => {
      const last = office.user === null ? undefined : seen.get(office.user);
      const on = last && inVietnam(last);
      const state = office.user === null ? 'free' : on ? 'seen' : 'silent';
      return words.t('posts:list.line', {
        ...handOverVars(turn, office, { ...office, day: '' }),
        unit: placeName(deps, office.unit, at),
        state: words.t(`posts:list.${state}`, { day: on ? `${on.day}/${on.month}` : '' }),
      });
    }),
  };
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

/** Ends the one post whose holder and place were named, with the end of the day. */
function ended(turn: Turn<DialogDeps>, rest: string): StepResult {
  const words = ` ${rest} `;
  const named = villagePosts(turn).filter(({ fullName }) => {
    const [full, given] = [foldName(fullName), foldName(givenName(fullName))];
    return full !== '' && (words.includes(` ${full} `) || words.includes(` ${given} `));
  });
  const here = named.filter(({ unit }) => rest.endsWith(bare(turn, unit)));
  const [office, ...others] = here.length > 0 ? here : named;
  if (!office) return sentence(turn, 'posts:end.nobody');
  const vars = handOverVars(turn, office, { ...office, day: vnDay(turn.at) });
  if (others.length > 0) return sentence(turn, 'posts:end.which', vars);
  const effect: EndPost = {
    ...{ kind: 'org.endPost', id: turn.effectId(), officeId: office.id },
    ...{ lastDay: vnDay(turn.at), by: turn.user, at: turn.at },
  };
  return { ...sentence(turn, 'posts:end.done', vars), effects: [effect] };
}

function bare(turn: Turn<DialogDeps>, unit: string): string {
  return foldName(turn.deps.directory.tree.getNearest(unit, vnDay(turn.at))?.name ?? unit);
}

export const POST_COMMANDS: readonly Command<DialogDeps>[] = [posts, endPost];
