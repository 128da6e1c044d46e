import type { StepResult, Turn } from '../../conversation/dialog';
import { ending, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { vnDay } from '../../kernel/vn-time';
import { deputiesNamed } from '../hand-over';
import type { Office } from '../office';
import { type Person, callChoice, contactName } from './people';
import type { DecideHandOver, ProposeHandOver } from './hand-over-effects';
import { askCommune, handOverVars, offeredTo } from './hand-over-talk';
import { readHandOver, type HandOverSaid } from './read-hand-over';
import { agree, refuse } from './hand-over-deciding';

/** «Từ mai anh Hùng thay tôi», the commune's «đồng ý», and «nhận việc» of the new holder. */

const leads = ({ reporting }: Person): boolean => reporting.length > 0;

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
  for: leads,
  strong: true,
  read: ({ text }) => readHandOver(text, ANY_DAY),
  async run(turn, { text, person }) {
    const said = readHandOver(text, turn.at);
    const office = person.reporting[0];
    if (!said || !office) return null;
    if (said.day === null) return sentence(turn, 'posts:which_day');
    const { directory } = turn.deps;
    const others = directory.officesIn(office.unit).filter(({ id }) => id !== office.id);
    const found = deputiesNamed(said.name, others);
    const [deputy] = found;
    if (said.until !== null && found.length === 1 && deputy)
      return sentence(turn, 'posts:deputy_already', handOverVars(turn, office, { ...deputy, day: said.day }));
    if (found.length !== 1 || !deputy)
      return {
        move: {
          to: 'dialog',
          dialog: 'give-post',
          slots: {
            office: office.id,
            unit: office.unit,
            day: said.day,
            until: said.until ?? '',
            name: said.name,
            address: said.address,
          },
        },
      };
    return propose(turn, office, {
      ...{
        day: said.day,
        until: null,
        fullName: deputy.fullName,
        address: deputy.address,
        deputy: deputy.id,
        phone: null,
      },
    });
  },
});

/** A day on which «mai», «20/3» and the rest all name a day to come: whether it is a wish does not depend on the date. */
const ANY_DAY = new Date('2026-01-05T00:00:00+07:00');

/** Asks the commune; says whom, or that nobody there has claimed a post yet. */
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
  const asked = askCommune(turn, office, vars);
  const contact = contactName(turn.words, turn.deps, office.unit, turn.at);
  const told = asked.length > 0 ? 'asked' : 'asked_nobody';
  const key = to.until === null ? `posts:${told}` : `posts:while.${told}`;
  return { ...ending(sentence(turn, key, { ...vars, contact })), effects: [effect, ...asked] };
}

const takeBack: Command<DialogDeps> = {
  id: 'cancel-hand-over',
  says: ['hủy bàn giao', 'thôi không bàn giao nữa', 'không bàn giao nữa', 'bỏ bàn giao', 'huy ban giao'],
  for: leads,
  async run(turn, { person }) {
    const office = person.reporting.find(({ handover }) => handover);
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
  for: leads,
  reads: ({ fold }) => ASKS_ANOTHER.test(fold.trim()),
  async run(turn, { person }) {
    const unit = person.reporting[0]?.unit;
    if (unit === undefined) return null;
    const contact = contactName(turn.words, turn.deps, unit, turn.at);
    return sentence(turn, 'posts:who_instead', { contact }, await callChoice(turn, unit));
  },
};

export const HAND_OVER_COMMANDS: readonly Command<DialogDeps>[] = [
  ...[handOver, givingUp, agree],
  ...[refuse, takeBack, take],
];

/** The day from which the post is its new holder's, or its unit's first, where that is still to come; null: at once. */
export function beginsOn({ deps, at }: Turn<DialogDeps>, office: Office): string | null {
  const day = vnDay(at);
  if (office.handover != null && office.handover.day > day) return office.handover.day;
  const first = deps.directory.tree.spansOf(office.unit)[0]?.validFrom ?? day;
  return first > day ? first : null;
}
