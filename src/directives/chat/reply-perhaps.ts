import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Message } from '../../dialogs/feature';
import { isAsked } from '../../dialogs/unfinished';
import { foldText } from '../../kernel/vn-text';
import { personOf } from '../../org/chat/people';
import { wished } from '../../understanding/wished';
import { isOver, type Said } from '../directive';
import { actChoices } from './answering';
import { SAID_WITH_REASON } from './directive-vocabulary';

/**
 * What somebody says of an order that is out, in words no list knows: «rõ rồi em nhé», «nhà văn hóa đang sửa thì dạy ở đâu».
 * It is asked whether it is that, of the newest order that waits for them; nothing is recorded before the button.
 */
const SAID: Readonly<Record<string, Said>> = {
  'order-got': 'acknowledged',
  'order-doing': 'doing',
  'order-done': 'done',
  'order-stuck': 'stuck',
  'order-not-ours': 'not_mine',
};
/** So much speaks for it, and no more for another wish than this: an order waits for the person, and it is only asked about. */
const LEAST = 0.35;
const BEHIND = 0.1;
/** «Công văn này bảo làm gì»: of an order whatever else it may be. */
const NAMES_AN_ORDER = /(?:^| )(?:cong van|chi dao|cv)(?: |$)/;
const NOTE_MAX = 200;

/** Null: it is about no order, or none waits for the person. */
export async function replyPerhaps(
  turn: Turn<DialogDeps>,
  { text, conversation }: Message,
): Promise<StepResult | null> {
  if (isAsked(conversation)) return null;
  const [best] = wished(text);
  const [first] = wished(text, (id) => id in SAID || id === 'order-what');
  const near = first !== undefined && first.score >= LEAST && (best?.score ?? 0) - first.score <= BEHIND;
  const said = near ? SAID[first.id] : undefined;
  const asks = (near && first.id === 'order-what') || NAMES_AN_ORDER.test(foldText(text));
  if (said === undefined && !asks) return null;
  const mine = await turn.deps.directives.mine(turn.user, turn.at);
  const waiting = mine.filter(
    ({ directive, recipients }) =>
      directive.state === 'issued' && recipients.some((one) => !isOver(one.answer)),
  );
  const directive = waiting.at(-1)?.directive;
  if (!directive) return null;
  const vars = { ...personOf(turn).vars, number: directive.number, text: directive.text };
  const acts = actChoices(turn, directive, ['NHAN', 'XONG', 'VUONG']);
  if (said === undefined) return sentence(turn, 'directives:perhaps.what', vars, acts);
  const choice = choiceOf(turn, said, directive, text);
  const state = turn.words.t(`directives:said.${said}`);
  return sentence(turn, 'directives:perhaps.said', { ...vars, state }, [
    choice,
    ...acts.filter(({ command }) => command !== choice.command),
  ]);
}

const ACT = { acknowledged: 'NHAN', doing: 'LAM', done: 'XONG' } as const;

/** What stands in the way goes with the answer, as it was typed. */
function choiceOf(
  turn: Turn<DialogDeps>,
  said: Said,
  directive: { readonly id: string; readonly short: string },
  text: string,
): Choice {
  const verb = said === 'stuck' || said === 'not_mine' ? SAID_WITH_REASON[said] : null;
  if (verb !== null)
    return {
      id: 'SAID',
      label: turn.words.t(`directives:buttons.${said}`),
      command: `${verb} ${directive.short}: ${text.slice(0, NOTE_MAX)}`,
    };
  const [choice] = actChoices(turn, directive, [ACT[said as keyof typeof ACT]]);
  return choice as Choice;
}
