import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { isAsked } from '../../dialogs/unfinished';
import { command, defineFeature, isTaken, type Command, type Message } from '../../dialogs/feature';
import { personOf } from '../../org/chat/people';
import { readAct } from '../directive-words';
import { act, byTap } from './acts';
import { BARE, reply } from './answering';
import { isIssuer, ORDER_COMMANDS } from './order-commands';
import { moveDeadline } from './deadline-command';
import moveDeadlineTalk from './move-deadline.dialog';
import { practise } from './practice-command';
import { moveSending } from './sending-command';
import sendingTalk from './sending.dialog';
import order from './order.dialog';
import { evidenceOf } from './evidence-command';
import { ordersOut } from './orders-out-command';
import { paperOf } from './paper-command';
import { replyPerhaps } from './reply-perhaps';
import { isMereNod, mayBeOfList, readNamedReply, readUnnamedReply, type SaidReply } from './read-reply';
import onBehalfTalk from './on-behalf.dialog';
import { again } from './again-command';
import { onBehalf } from './on-behalf-command';
import { evidence, line, linksIn, why } from './reply-dialogs';
import { end } from './end-directive.dialog';

/** Directives in chat: giving an order, the second key, answering one, and seeing how it stands. */

const said = (turn: Turn<DialogDeps>, { answer, short, note }: SaidReply): Promise<StepResult | null> =>
  reply(turn, { ...BARE, answer, short, note, evidence: linksIn(note) });

const answerNamed: Command<DialogDeps> = command({
  id: 'answer-directive',
  says: [
    'đã nhận 145',
    'đang làm 145',
    'xong 145',
    'vướng 145: thiếu máy chiếu',
    'không thuộc tôi 145',
    'em đã nhận công văn 145 rồi ạ',
    'ok 145',
  ],
  strong: true,
  // «16 xong gửi luôn nhé» is a figure where one is asked for.
  read: ({ typed, conversation }) =>
    mayBeOfList(typed) || (isAsked(conversation) && /^\d{1,2} /.test(typed)) ? null : readNamedReply(typed),
  run: (turn, _message, read) => said(turn, read),
});

const answerOpen: Command<DialogDeps> = command({
  id: 'answer-open-directive',
  says: ['đã nhận', 'đã nhận rồi ạ', 'đang làm', 'em đang triển khai', 'bị vướng chỗ máy chiếu', 'da nhan'],
  read: ({ typed }) => (isMereNod(typed) ? null : readUnnamedReply(typed)),
  run: (turn, _message, read) => said(turn, read),
});

/** Every button under a message about a directive: what it does stands behind it. */
const button: Command<DialogDeps> = {
  id: 'directive-button',
  button: '#CV',
  says: [],
  run: async (turn, { tap }) => {
    const tapped = readAct(tap ?? '');
    return tapped ? byTap(turn, tapped) : sentence(turn, 'directives:not_yours');
  },
};

const PAPER = /\.(?:pdf|docx?)$/i;

/** A paper that nothing is asked for, of somebody who gives orders: how it would go with one. */
async function first(turn: Turn<DialogDeps>): Promise<StepResult | null> {
  const { event } = turn;
  if (event.kind !== 'file' || isTaken(turn, 'media') || !isIssuer(personOf(turn))) return null;
  const isPaper = event.attachments?.some(({ name }) => PAPER.test(name ?? '')) === true;
  return isPaper ? sentence(turn, 'directives:annex.where') : null;
}

/** What nobody else took: «nhận 12» of a document, and a nod to the directive that was just shown. */
async function otherwise(turn: Turn<DialogDeps>, message: Message): Promise<StepResult | null> {
  if (mayBeOfList(message.typed)) {
    const read = readNamedReply(message.typed);
    return read ? said(turn, read) : null;
  }
  if (!isMereNod(message.typed)) return null;
  const shown = await turn.deps.shown(turn.user, 1, turn.event);
  const tapped = shown?.startsWith('#CV_') ? readAct(shown.slice('#CV_'.length)) : null;
  return tapped?.act === 'NHAN' ? act(turn, tapped) : null;
}

export default defineFeature<DialogDeps>({
  id: 'directives',
  commands: [
    onBehalf,
    answerNamed,
    answerOpen,
    button,
    paperOf,
    evidenceOf,
    moveDeadline,
    moveSending,
    practise,
    ordersOut,
    again,
    ...ORDER_COMMANDS,
  ],
  dialogs: [order, moveDeadlineTalk, sendingTalk, onBehalfTalk, why, evidence, line, end],
  first: { sees: ['no_words'], run: first },
  otherwise,
});

/** Asked about before articles and other wishes: an order waits for this person's answer. */
export const orderReplies = defineFeature<DialogDeps>({
  id: 'order-replies',
  commands: [],
  dialogs: [],
  otherwise: replyPerhaps,
});
