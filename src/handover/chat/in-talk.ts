import type { StepResult } from '../../conversation/dialog';
import { answer, say } from '../../dialogs/answer';
import type { Message } from '../../dialogs/feature';
import { isWordless } from '../../dialogs/media';
import { callsBot } from '../../dialogs/outsiders';
import { isAsked } from '../../dialogs/unfinished';
import { foldText } from '../../kernel/vn-text';
import { personOf } from '../../org/chat/people';
import { isOpen, isWithHuman, type Thread } from '../thread';
import { callBot, hear } from '../thread-acts';
import type { Tell } from './tell';
import { holderName, personName, templateOf, threadChoice } from './thread-words';
import { lineOf, saveEffect, sayTo, type HandoverTurn } from './turn-threads';

/**
 * While somebody of the office has the talk, what the person writes goes to them and the bot keeps silent. Whoever holds
 * a post keeps the bot, since their reports go on: of them only what nothing else takes is passed on.
 */

/** «Cảm ơn ạ», «vâng»: no question, so nobody owes an answer. */
const NO_QUESTION =
  /^(?:(?:da|vang|ok|oke|u|uh|duoc|tot|hieu|biet|ro|roi|cam on|cam on nhieu|thank|thanks|xin|em|bac|chi|anh|co|chu|a|nhe|nhieu|lam|qua|tam biet|chao|the|thoi) ?)+$/;
const SILENT: StepResult = { move: { to: 'here', silent: true } };

/** Before anything else is made of a message. Null: it is the bot's to answer. */
export async function inTalk(turn: HandoverTurn): Promise<StepResult | null> {
  const { event } = turn;
  if (event.text.startsWith('#') || event.kind === 'followed' || event.kind === 'chat_opened') return null;
  if (personOf(turn).offices.length > 0) return null;
  const thread = (await turn.deps.handover.openOf(turn.user)).find((one) => isWithHuman(one, turn.at));
  if (!thread) return null;
  if (callsBot({ text: event.text }) || wantsBot(event.text)) return backToBot(turn, thread);
  if (event.codeHash !== null) return null;
  if (isWordless(event)) return pictureKept(turn, thread);
  const passed = passOn(turn, thread);
  if (event.secrets.length === 0) return { ...SILENT, effects: passed };
  return { ...answer({ text: say(turn, 'handover:secret_in_talk') }), effects: passed };
}

/** After everything else: what nobody took goes to the open talk of whoever wrote it. */
export async function otherwiseInTalk(turn: HandoverTurn, message: Message): Promise<StepResult | null> {
  if (message.tap !== null || isAsked(message.conversation) || message.text.trim() === '') return null;
  const thread = (await turn.deps.handover.openOf(turn.user)).at(-1);
  if (!thread) return null;
  const name = holderName(turn.words, turn.deps, thread, turn.at);
  const held = (thread.standing.holder?.user ?? null) !== null;
  // Of a leader only what somebody waits for; their own mistakes are the bot's to mend.
  if (!held && personOf(turn).offices.length > 0) return null;
  return {
    ...answer({ text: say(turn, held ? 'handover:passed_on' : 'handover:added', { name }) }),
    effects: passOn(turn, thread),
  };
}

/** Back to the bot; the talk stays open and the holder is not lost. */
export async function backToBot(turn: HandoverTurn, thread: Thread): Promise<StepResult> {
  const after = callBot(thread);
  const name = holderName(turn.words, turn.deps, thread, turn.at);
  return {
    ...answer({ text: say(turn, 'handover:bot_again', { name }) }),
    effects: after ? [saveEffect(turn, thread, after)] : [],
  };
}

/** What the person wrote, kept with the talk and told to its holder. */
export function passOn(turn: HandoverTurn, thread: Thread): ReturnType<typeof saveEffect>[] {
  const text = turn.event.text.trim();
  const asks = !NO_QUESTION.test(foldText(text.replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' ')).trim());
  const after = hear(thread, lineOf(turn, 'person', text), asks, turn.deps.handover.times);
  if (!after) return [];
  return [saveEffect(turn, thread, after, { tell: toHolder(turn, after, text) })];
}

function toHolder(turn: HandoverTurn, thread: Thread, text: string): Tell[] {
  const to = thread.standing.holder?.user ?? null;
  if (to === null || !isOpen(thread)) return [];
  const person = personName(turn.words, turn.deps, thread, turn.at);
  return [
    {
      to,
      text: sayTo(turn, to, 'handover:told.says', { person, text }),
      choices: [
        threadChoice(turn.words, thread.id, '#TRALOI', 'answer'),
        threadChoice(turn.words, thread.id, '#XONGTIN', 'done'),
      ],
      purpose: 'notice',
      template: templateOf(turn.words, turn.deps, thread, to, turn.at),
    },
  ];
}

/** A picture may show a card: it goes to nobody, and both are told so. */
function pictureKept(turn: HandoverTurn, thread: Thread): StepResult {
  const note = say(turn, 'handover:picture_line');
  const after = hear(thread, lineOf(turn, 'person', note), false, turn.deps.handover.times);
  return {
    ...answer({ text: say(turn, 'handover:picture_in_talk') }),
    effects: after ? [saveEffect(turn, thread, after, { tell: toHolder(turn, after, note) })] : [],
  };
}

function wantsBot(text: string): boolean {
  return /^(?:noi (?:chuyen )?(?:tiep )?voi (?:bot|em bot|tro ly|may)|quay lai (?:voi )?bot|hoi bot)(?: |$)/.test(
    foldText(text.trim()),
  );
}
