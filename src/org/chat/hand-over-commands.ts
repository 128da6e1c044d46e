import type { StepResult, Turn } from '../../conversation/dialog';
import { ending, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { vnDay } from '../../kernel/vn-time';
import { namedAmong } from '../hand-over';
import type { Office } from '../office';
import { mayReport, standInRole } from '../roles';
import { askDeputy, deputyAsked } from './ask-deputy-command';
import { ANY_DAY } from './days-said';
import { type Person, callChoice } from './people';
import type { DecideHandOver, ProposeHandOver } from './hand-over-effects';
import { agreeingName, askAbove, handOverVars, offeredTo } from './hand-over-talk';
import { readHandOver, type HandOverSaid } from './read-hand-over';
import { agree, refuse } from './hand-over-deciding';

/** «Từ mai anh Hùng thay tôi», the «đồng ý» of those above, and «nhận việc» of the new holder. */

const holds = ({ offices }: Person): boolean => offices.length > 0;

const handOver = command<DialogDeps, HandOverSaid>({
  id: 'hand-over',
  says: [
    'từ mai anh Hùng thay tôi',
    'từ ngày 20/3 chị Lan thay tôi',
    'từ hôm nay anh Hùng làm thay tôi',
    'anh Hùng thay tôi từ mai',
    'kể từ mai ông Năm sẽ thay tôi',
    'tu mai anh hung thay toi',
  ],
  for: holds,
  strong: true,
  read: ({ text }) => readHandOver(text, ANY_DAY),
  async run(turn, { text, person }) {
    const said = readHandOver(text, turn.at);
    const [office, ...others] = person.offices;
    if (!said || !office) return null;
    const { day, until, name, address } = said;
    if (day === null) return sentence(turn, 'posts:which_day');
    if (others.length === 0) return giveTo(turn, office, { day, until, name, address });
    const slots = { office: '', unit: '', day, until: until ?? '', name, address };
    return { move: { to: 'dialog', dialog: 'give-post', slots } };
  },
});

/** Who is named to take over, and when. */
export interface GivenTo extends Pick<HandOverSaid, 'name' | 'address' | 'until'> {
  readonly day: string;
}

/** The post to the one deputy or colleague of that name, or to somebody else, whose full name and number are asked for. */
export function giveTo(turn: Turn<DialogDeps>, office: Office, said: GivenTo): StepResult {
  const { day, until, name, address } = said;
  if (office.handover?.agreed === true)
    return sentence(turn, 'posts:agreed_before', handOverVars(turn, office, office.handover));
  const others = turn.deps.directory.officesIn(office.unit).filter(({ id }) => id !== office.id);
  const [deputy, ...more] = namedAmong(name, others, standInRole(office.role));
  if (!deputy || more.length > 0)
    return {
      move: {
        ...{ to: 'dialog', dialog: 'give-post' },
        slots: { office: office.id, unit: office.unit, day, until: until ?? '', name, address },
      },
    };
  if (until !== null) {
    const key = mayReport(office.role) ? 'posts:deputy_already' : 'posts:colleague_already';
    return sentence(turn, key, handOverVars(turn, office, { ...deputy, day }));
  }
  const { fullName } = deputy;
  return propose(turn, office, {
    ...{ day, until, fullName, address: deputy.address, deputy: deputy.id, phone: null },
  });
}

/** Asks those above; says whom, or that nobody there has claimed a post yet. */
export function propose(
  turn: Turn<DialogDeps>,
  office: Office,
  to: Pick<ProposeHandOver['proposal'], 'day' | 'until' | 'fullName' | 'address' | 'deputy' | 'phone'>,
): StepResult {
  const vars = handOverVars(turn, office, to);
  const effect: ProposeHandOver = {
    kind: 'org.proposeHandOver',
    id: turn.effectId(),
    proposal: { ...to, officeId: office.id, by: turn.user },
  };
  const asked = askAbove(turn, office, vars);
  const contact = agreeingName(turn, office);
  const told = asked.length > 0 ? 'asked' : 'asked_nobody';
  const key = to.until === null ? `posts:${told}` : `posts:while.${told}`;
  return { ...ending(sentence(turn, key, { ...vars, contact })), effects: [effect, ...asked] };
}

const takeBack: Command<DialogDeps> = {
  id: 'cancel-hand-over',
  says: ['hủy bàn giao', 'thôi không bàn giao nữa', 'không bàn giao nữa', 'bỏ bàn giao', 'huy ban giao'],
  for: holds,
  async run(turn, { person }) {
    const office = person.offices.find(({ handover }) => handover);
    if (!office?.handover) return sentence(turn, 'posts:none_of_mine');
    const { user: by, at } = turn;
    const effect: DecideHandOver = {
      ...{ kind: 'org.dropHandOver', id: turn.effectId(), officeId: office.id },
      ...{ handover: office.handover.id, by, at },
    };
    const said = sentence(turn, 'posts:taken_back', handOverVars(turn, office, office.handover));
    return { ...said, effects: [effect] };
  },
};

const take: Command<DialogDeps> = {
  id: 'take-post',
  button: '#NHANVIEC',
  says: ['nhận việc', 'tôi nhận việc', 'nhận bàn giao', 'tôi nhận bàn giao', 'em nhận việc ạ'],
  async run(turn) {
    const [office] = offeredTo(turn);
    if (!office) return sentence(turn, 'posts:new.none');
    const slots = { office: office.id, unit: office.unit };
    return { move: { to: 'dialog', dialog: 'take-post', slots } };
  },
};

/** «Tôi đi vắng, nhờ anh Hùng nhập hộ». */
const ASKS_ANOTHER =
  /^(?:.{0,30} )?(?:nho|de|bao) (?:anh|chi|chu|co|ong|ba|bac|em|chau) [a-z]{2,7}(?: [a-z]{2,7})? (?:nhap|bao|nop|gui|lam)(?: bao cao| so lieu| so)? (?:ho|giup|thay|gium)(?: (?:toi|bac|em|nhe|a|cho))*$|^(?:anh|chi|chu|co|ong|ba|em|chau) [a-z]{2,7}(?: [a-z]{2,7}){0,3} (?:bao|nhap|nop|gui|lam)(?: bao cao| cao| so)? (?:ho|giup|thay|gium)(?: (?:toi|bac|minh))?(?: (?:thang nay|ky nay|nhe|a))*$|^(?:(?:tu nay|tu gio|tu thang nay|thoi) )?(?:anh|chi|chu|co|ong|ba|em|chau) [a-z]{2,7}(?: [a-z]{2,7}){0,3} (?:lo|phu trach|nhan|lam) (?:viec|cai|so) nay(?: (?:roi|nhe|a))*$/;

/** «Tôi không làm trưởng thôn nữa» without who and when: nothing changes, both are asked for. */
const givingUp: Command<DialogDeps> = {
  id: 'give-up-post',
  tells: true,
  button: '#DOINGUOI',
  says: [
    'giao lại cho người khác rồi',
    'bác giao cho chú khác rồi',
    'tôi chuyển sang làm bí thư rồi',
    'xã bổ nhiệm người khác làm trưởng thôn mới rồi',
    'có trưởng thôn mới rồi',
    'tôi thôi trưởng thôn rồi',
    'bác nghỉ hưu rồi',
    'giờ người khác làm trưởng thôn',
    'ông khác làm trưởng thôn rồi',
    'gửi cho trưởng thôn mới',
    'tôi không còn là trưởng thôn',
    'tôi già yếu xin nghỉ',
    'tôi xin thôi việc thôn',
    'bây giờ tôi không làm nữa',
    'trưởng thôn mới làm thay',
    'từ nay ông khác phụ trách',
    'tôi đã bàn giao rồi',
    'không phải việc của tôi nữa',
    'tôi không phải trưởng thôn nữa',
    'tôi thôi làm trưởng thôn rồi',
    'tôi nghỉ làm trưởng thôn rồi',
    'tôi hết làm trưởng thôn',
    'tôi không làm trưởng thôn nữa',
    'thôn có trưởng thôn mới rồi',
    'đổi người',
    'đổi người báo cáo',
    'đổi người phụ trách',
    'tôi ốm ai báo thay được',
    'ai làm thay tôi được',
    'bàn giao việc',
    'bàn giao cho người khác',
    'bàn giao cho ông khác rồi',
    'việc này giao cho người khác rồi',
    'người khác làm thay tôi rồi',
    'tôi thôi chức rồi',
    'tôi hết nhiệm kỳ rồi',
    'thôn bầu người khác rồi',
    'xã bầu người khác rồi tôi nghỉ',
    'tôi không làm thôn nữa',
    'thôn tôi sáp nhập với thôn bên',
    'thôn tôi nhập vào thôn khác rồi',
  ],
  for: holds,
  reads: ({ fold }) => ASKS_ANOTHER.test(fold.trim()),
  async run(turn, { person, text, tap }) {
    const [office] = person.offices;
    if (!office) return null;
    const told = tap === null ? deputyAsked(turn, person, text) : null;
    if (told) return told;
    const above = mayReport(office.role) ? await callChoice(turn, office.unit) : [];
    return sentence(turn, 'posts:who_instead', { contact: agreeingName(turn, office) }, above);
  },
};

export const HAND_OVER_COMMANDS: readonly Command<DialogDeps>[] = [
  ...[handOver, askDeputy, givingUp, agree],
  ...[refuse, takeBack, take],
];

/** The day from which the post is its new holder's, or its unit's first, where that is still to come; null: at once. */
export function beginsOn({ deps, at }: Turn<DialogDeps>, office: Office): string | null {
  const day = vnDay(at);
  if (office.handover != null && office.handover.day > day) return office.handover.day;
  const first = deps.directory.tree.spansOf(office.unit)[0]?.validFrom ?? day;
  return first > day ? first : null;
}
