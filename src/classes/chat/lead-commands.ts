import type { StepResult, Turn } from '../../conversation/dialog';
import { answer } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import { leaveOrAsk } from './sign-up-commands';
import { beginChange, candidates } from './change-class.dialog';
import { isLeader, leads, numbered } from './leading';
import { beginOpening } from './open-class.dialog';
import { readAnnouncement, readChange, type ReadChange } from './read-class';
import { readOccasion } from '../../understanding/occasion';

/** What those who lead a unit say about its classes before they take place. */

/** Words alone are enough to know what is meant; the instant is only needed once it is done. */
const ANY_DAY = new Date(0);

const open: Command<DialogDeps> = command({
  id: 'open-class',
  says: ['mở lớp', 'mở lớp học', 'tổ chức lớp', 'mở buổi học', 'tôi muốn mở lớp'],
  strong: true,
  help: 52,
  for: leadsSome,
  read: ({ text }) => (readAnnouncement(text, ANY_DAY) ? text : null),
  carries: (text) => `mở lớp ${text}`,
  async run(turn, _message, text) {
    const read = readAnnouncement(text, turn.at);
    return read ? beginOpening(turn, read) : null;
  },
});

/** «Hủy lớp» of somebody who leads none means their own place in one. */
const change: Command<DialogDeps> = command({
  id: 'change-class',
  says: ['dời lớp', 'hủy lớp', 'hoãn lớp', 'hủy buổi học', 'dời lịch lớp học', 'mở đăng ký lớp'],
  strong: true,
  list: 'class',
  read: ({ text }) => (readChange(text, ANY_DAY) ? text : null),
  async run(turn, message, text) {
    const read = readChange(text, turn.at);
    if (!read) return null;
    if (!leads(turn)) return read.act === 'cancel' ? leaveOrAsk(turn, message, read.number) : null;
    return begin(turn, message, read);
  },
});

async function begin(turn: Turn<DialogDeps>, message: Message, read: ReadChange): Promise<StepResult> {
  const views = await candidates(turn);
  const shown = message.conversation.listed?.kind === 'class' ? message.conversation.listed.ids : [];
  const ids = views.map(({ record }) => record.id);
  const listed = read.number === null ? undefined : (shown[read.number - 1] ?? ids[read.number - 1]);
  const known = listed !== undefined && ids.includes(listed) ? listed : null;
  if (known === null && read.number !== null && views.length > 0)
    return {
      ...answer({
        text: turn.words.t('classes:no_such_number', { ...message.person.vars, list: numbered(turn, views) }),
      }),
      listed: { kind: 'class', ids },
    };
  return { ...beginChange(read, known), listed: { kind: 'class', ids } };
}

/** A button that names its class. */
function tapped(id: 'move' | 'cancel', button: `#${string}`): Command<DialogDeps> {
  return command<DialogDeps, string>({
    id: `${id}-this-class`,
    says: [],
    button,
    for: leadsSome,
    read: () => null,
    tapped: (rest) => rest,
    run: async (turn, _message, classId) => {
      const when = readOccasion('', turn.at);
      return beginChange({ act: id, number: null, when, reason: null }, classId === '' ? null : classId);
    },
  });
}

function leadsSome({ offices }: Message['person']): boolean {
  return offices.some(isLeader);
}

export const LEAD_COMMANDS: readonly Command<DialogDeps>[] = [
  open,
  change,
  tapped('move', '#LOPDOI'),
  tapped('cancel', '#LOPHUY'),
];
