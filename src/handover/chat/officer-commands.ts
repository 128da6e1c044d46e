import type { StepResult } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import { postFor, answersSomewhere } from '../desk';
import { isOpen, type Thread } from '../thread';
import { handThreadOn } from './hand-on';
import { answerPerson, closeThread, noteOn, showThread, takeThread } from './officer-acts';
import { byNumber, numberOf, queueScreen } from './queue';
import type { HandoverTurn } from './turn-threads';

/** What officers say about the queue. A number that stands for no thread is left to whoever else counts with it. */

/** «nhận 1» or a tap on the button of one thread. */
type Which = { readonly number: number } | { readonly id: string };

const mine = (person: Message['person']): boolean => answersSomewhere(person.offices);
const tapped = (rest: string): Which => ({ id: rest.toLowerCase() });
const ASKED = '(?:dạ |da |em |tôi |toi |anh |chị |chi )?';
const SIGN = '(?:số |so |câu |cau )?';

export const queue: Command<DialogDeps> = {
  id: 'queue',
  tells: true,
  button: '#HANGCHO',
  says: [
    'hàng chờ',
    'xem hàng chờ',
    'ai đang chờ',
    'danh sách chờ',
    'còn ai chờ trả lời',
    'có ai cần gặp không',
    'bà con có ai cần gặp không',
    'ai đang chờ trả lời',
    'có ai nhắn chờ trả lời không',
    'có ai hỏi gì không',
  ],
  for: mine,
  strong: true,
  help: 40,
  run: (turn) => queueScreen(turn),
};

export const takeCommand: Command<DialogDeps> = command({
  id: 'take-thread',
  button: '#NHANTIN',
  says: [],
  for: mine,
  strong: true,
  list: 'queue',
  read: numbered(`${ASKED}(?:nhận|nhan)`),
  tapped,
  run: (turn, message, which) =>
    on(turn, message, which, (thread, number) => takeThread(turn, thread, number)),
});

export const doneCommand: Command<DialogDeps> = command({
  id: 'close-thread',
  button: '#XONGTIN',
  says: [],
  for: mine,
  strong: true,
  list: 'queue',
  read: numbered(`${ASKED}(?:đã |da )?(?:xong|đóng|dong)`),
  tapped,
  run: (turn, message, which) => on(turn, message, which, (thread) => closeThread(turn, thread)),
});

export const viewCommand: Command<DialogDeps> = command({
  id: 'view-thread',
  button: '#XEMTIN',
  says: [],
  for: mine,
  list: 'queue',
  read: numbered('xem'),
  tapped,
  run: (turn, message, which) =>
    on(turn, message, which, (thread, number) => showThread(turn, thread, number)),
});

export const answerCommand: Command<DialogDeps> = command({
  id: 'answer-thread',
  says: [
    'trả lời 1: bác mang thẻ căn cước ra Một cửa nhé',
    'trả lời số 1: mai bác ra nhà văn hóa ạ',
    'tra loi 2: bac doi mot ngay nhe',
    'trả lời câu 1: bác gọi lại giúp em',
    'em trả lời 1: đã có mạng lại rồi ạ',
  ],
  for: mine,
  strong: true,
  list: 'queue',
  read: withText(`${ASKED}(?:trả lời|tra loi|tl)`),
  run: (turn, message, { number, text }) =>
    on(turn, message, { number }, (thread) => answerPerson(turn, thread, text)),
});

export const noteCommand: Command<DialogDeps> = command({
  id: 'note-thread',
  says: [
    'ghi chú 1: đã gọi điện, chiều ra xã',
    'ghi chú số 1: chờ công an',
    'ghi chu 2: nha o xa',
    'ghi chú câu 1: đã hẹn thứ Hai',
    'em ghi chú 1: người nhà gọi hộ',
  ],
  for: mine,
  strong: true,
  list: 'queue',
  read: withText(`${ASKED}(?:ghi chú|ghi chu)`),
  run: (turn, message, { number, text }) =>
    on(turn, message, { number }, (thread) => noteOn(turn, thread, text)),
});

export const handOnCommand: Command<DialogDeps> = command({
  id: 'hand-thread-on',
  says: [
    'chuyển 1 cho chị Lan',
    'chuyển số 1 cho anh Bình',
    'chuyen 2 cho xa Tam Tien',
    'chuyển 1 sang phường Bắc Giang',
    'chuyển câu 1 cho Sở',
  ],
  for: mine,
  strong: true,
  list: 'queue',
  read: withText(`${ASKED}(?:chuyển|chuyen)`, '\\s+(?:cho|sang|lên|len|qua|về|ve)\\s+'),
  run: (turn, message, { number, text }) =>
    on(turn, message, { number }, (thread) => handThreadOn(turn, thread, text)),
});

/** A button under the words of somebody: what is typed next goes to them. */
export const replyButton: Command<DialogDeps> = command({
  id: 'reply-to-thread',
  button: '#TRALOI',
  says: [],
  read: () => null,
  tapped: (rest) => rest.toLowerCase(),
  async run(turn, _message, id) {
    const thread = await turn.deps.handover.get(id);
    // The two who talk, and whoever answers at that desk: nobody else learns who that is.
    const theirs =
      thread?.by === turn.user ||
      (thread && postFor(turn.deps.directory, turn.user, thread.desk, turn.at)) !== null;
    if (!thread || !theirs || !isOpen(thread)) return null;
    return { move: { to: 'dialog', dialog: 'reply', slots: { id } } };
  },
});

/** Does the act on the thread meant and shows the list it counts in. Null: no such thread. */
async function on(
  turn: HandoverTurn,
  message: Message,
  which: Which,
  act: (thread: Thread, number: number) => Promise<StepResult>,
): Promise<StepResult | null> {
  const found = 'number' in which ? await byNumber(turn, message, which.number) : null;
  const thread = found?.thread ?? ('id' in which ? await turn.deps.handover.get(which.id) : null);
  if (!thread) return null;
  const { number, listed } = await numberOf(turn, message, thread);
  return { ...(await act(thread, number)), listed };
}

/** «<word> 1»; more than two digits are the number of something else. */
function numbered(word: string): (message: Message) => Which | null {
  const form = new RegExp(`^${word} ${SIGN}(\\d{1,2})(?: (?:ạ|a|nhé|nhe|rồi|roi))*$`, 'iu');
  return ({ typed }) => {
    const found = form.exec(
      typed
        .normalize('NFC')
        .replace(/[.!]+$/, '')
        .trim(),
    );
    return found ? { number: Number(found[1]) } : null;
  };
}

/** «<word> 1: text». */
function withText(
  word: string,
  sign = '\\s*[:,-]\\s*',
): (message: Message) => { readonly number: number; readonly text: string } | null {
  const form = new RegExp(`^${word} ${SIGN}(\\d{1,2})${sign}(\\S.*)$`, 'isu');
  return ({ typed }) => {
    const found = form.exec(typed.normalize('NFC'));
    return found ? { number: Number(found[1]), text: (found[2] ?? '').trim() } : null;
  };
}
