import { ending, say } from '../../dialogs/answer';
import {
  defineDialog,
  textIn,
  type Input,
  type StepContext,
  type StepResult,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import { isOpen } from '../thread';
import { sendFeedback } from './feedback-commands';
import { passOn } from './in-talk';
import { answerPerson } from './officer-acts';
import { holderName, personName } from './thread-words';

/** What is typed next goes to the other side: after «Trả lời», after a bare «phản ánh». */
type Context = StepContext<DialogDeps>;

export const replyDialog = defineDialog<DialogDeps>({
  id: 'reply',
  version: 1,
  first: 'text',
  ref: (slots) => textIn(slots, 'id'),
  steps: {
    text: {
      to: [],
      digits: 'own',
      async ask(context) {
        const { turn } = context;
        const thread = await turn.deps.handover.get(textIn(context.slots, 'id'));
        const to =
          thread?.by === turn.user
            ? holderName(turn.words, turn.deps, thread, turn.at)
            : thread && personName(turn.words, turn.deps, thread, turn.at);
        return { text: say(turn, 'handover:reply.ask', { to: to ?? '' }), choices: [stopChoice(context)] };
      },
      async receive(context, input) {
        return instead(context, input) ?? reply(context, input.text.trim());
      },
    },
  },
  upgrade: ({ slots }) => ({ step: 'text', slots }),
  comeBack: async (context) => ({
    text: say(context.turn, 'handover:reply.come_back'),
    choices: [stopChoice(context)],
  }),
});

async function reply({ turn, slots }: Context, text: string): Promise<StepResult> {
  const thread = await turn.deps.handover.get(textIn(slots, 'id'));
  if (!thread || !isOpen(thread))
    return { move: { to: 'end', say: { text: say(turn, 'handover:already_over') } } };
  if (thread.by === turn.user) {
    const name = holderName(turn.words, turn.deps, thread, turn.at);
    return {
      effects: passOn(turn, thread),
      move: { to: 'end', say: { text: say(turn, 'handover:passed_on', { name }) } },
    };
  }
  return ended(await answerPerson(turn, thread, text));
}

export const feedbackDialog = defineDialog<DialogDeps>({
  id: 'feedback',
  version: 1,
  first: 'text',
  steps: {
    text: {
      to: [],
      digits: 'own',
      ask: async (context) => ({
        text: say(context.turn, 'handover:feedback.ask'),
        choices: [stopChoice(context)],
      }),
      async receive(context, input) {
        return instead(context, input) ?? ended(sendFeedback(context.turn, input.text.trim()));
      },
    },
  },
  upgrade: ({ slots }) => ({ step: 'text', slots }),
  comeBack: async (context) => ({
    text: say(context.turn, 'handover:feedback.come_back'),
    choices: [stopChoice(context)],
  }),
});

/** What was asked for is done, and this dialog is over, be it for another one. */
function ended(result: StepResult): StepResult {
  const { move } = result;
  return move.to === 'dialog' ? { ...result, move: { ...move, instead: true } } : ending(result);
}

/** What is no word for the other side: the button, nothing at all, «khoan đã», «để mai». */
function instead(context: Context, input: Input): StepResult | null {
  if (input.choice === 'STOP' || input.text.trim() === '') return stopped(context);
  return notTheWords(context, input, () => stopped(context));
}

function stopped({ turn }: Context): StepResult {
  return { move: { to: 'end', say: { text: say(turn, 'handover:reply.stopped') } } };
}

function stopChoice({ turn }: Context): { id: string; label: string } {
  return { id: 'STOP', label: say(turn, 'handover:buttons.cancel') };
}
