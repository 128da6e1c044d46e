import { defineDialog, textIn, type Input, type Slots, type StepResult } from '../../conversation/dialog';
import { ending, say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import { foldText } from '../../kernel/vn-text';
import { BARE, recorded } from './answering';
import { type Context, meant, over } from './asked-directive';

/** The one question that an answer may need: why it does not go on, the picture that is wanted, the line for the villages, the sentence with which it ends. */

const REASONS = ['EQUIPMENT', 'TEACHER', 'PLACE'] as const;

/** «Bác vướng chỗ nào ạ?», or whose it is when it is not theirs. */
export const why = defineDialog<DialogDeps>({
  id: 'directive-why',
  version: 1,
  first: 'ask',
  ref: (slots: Slots) => textIn(slots, 'id'),
  upgrade: () => null,
  comeBack: async (context) => askWhy(context),
  steps: {
    ask: {
      to: ['words'],
      ask: askWhy,
      async receive(context, input) {
        if (input.choice === 'OTHER') return { move: { to: 'step', step: 'words' } };
        const reason = REASONS.find((id) => id === input.choice);
        if (reason)
          return withReason(context, context.turn.words.t(`directives:reasons.${reason.toLowerCase()}`));
        if (input.choice === 'UNKNOWN') return withReason(context, '');
        return inWords(context, input);
      },
    },
    words: {
      to: [],
      digits: 'own',
      ask: async ({ turn }) => ({ text: say(turn, 'directives:ask_reason') }),
      receive: async (context, input) => inWords(context, input),
    },
  },
});

async function askWhy({ turn, slots }: Context) {
  const { words } = turn;
  const label = (key: string): string => words.t(`directives:buttons.${key}`);
  const stuck = textIn(slots, 'kind') === 'stuck';
  const ids = stuck ? [...REASONS, 'OTHER'] : ['UNKNOWN'];
  return {
    text: say(turn, stuck ? 'directives:ask_stuck' : 'directives:ask_whose'),
    choices: ids.map((id) => ({ id, label: label(`why_${id.toLowerCase()}`) })),
  };
}

const nothingRecorded = ({ turn }: Context): StepResult => ({
  move: { to: 'end', say: { text: say(turn, 'directives:nothing_recorded') } },
});

/** The reason as it was typed; a word of stopping is none. */
async function inWords(context: Context, input: Input): Promise<StepResult> {
  if (input.event.kind !== 'text' || input.text.trim() === '') return { move: { to: 'pass' } };
  const beside = notTheWords(context, input, () => nothingRecorded(context));
  return beside ?? withReason(context, input.text.trim());
}

async function withReason(context: Context, note: string): Promise<StepResult> {
  const { turn, slots } = context;
  const found = await meant(context);
  if (!found) return over(turn);
  const said = textIn(slots, 'kind') === 'stuck' ? ('stuck' as const) : ('not_mine' as const);
  const result = recorded(turn, found.directive, found.recipients, {
    ...BARE,
    answer: said,
    note: note === '' ? null : note,
  });
  return ending(result);
}

/** The picture or link for «xong». What is said instead leaves it listed as waiting for evidence, never as undone. */
export const evidence = defineDialog<DialogDeps>({
  id: 'directive-evidence',
  takes: { kinds: ['image', 'video', 'file'], sheets: true },
  version: 1,
  first: 'ask',
  ref: (slots: Slots) => textIn(slots, 'id'),
  upgrade: () => null,
  comeBack: async (context) => askEvidence(context),
  steps: {
    ask: {
      to: [],
      ask: askEvidence,
      async receive(context, input) {
        const { turn } = context;
        if (input.choice === 'LATER')
          return { move: { to: 'end', say: { text: say(turn, 'directives:evidence_later') } } };
        const links = linksIn(input.event.text);
        if (links.length === 0 && !carries(input.event)) return { move: { to: 'pass' } };
        const found = await meant(context);
        if (!found) return over(turn);
        return ending(
          recorded(turn, found.directive, found.recipients, { ...BARE, answer: 'done', evidence: links }),
        );
      },
    },
  },
});

async function askEvidence({ turn }: Context) {
  return {
    text: say(turn, 'directives:ask_evidence'),
    choices: [{ id: 'LATER', label: turn.words.t('directives:buttons.later') }],
  };
}

type Event = Context['turn']['event'];

/** Pictures and files, which are fetched and kept. */
const carries = ({ attachments = [] }: Event): boolean => attachments.some(({ url }) => url !== undefined);

/** Links in what was said. */
export const linksIn = (text: string | null): string[] => text?.match(/https?:\/\/\S+/g) ?? [];

/** One line of the commune for its villages; with it the commune has acknowledged. */
export const line = defineDialog<DialogDeps>({
  id: 'directive-line',
  version: 1,
  first: 'ask',
  ref: (slots: Slots) => textIn(slots, 'id'),
  upgrade: () => null,
  comeBack: async (context) => askLine(context),
  steps: {
    ask: {
      to: [],
      digits: 'own',
      ask: askLine,
      async receive(context, input) {
        const { turn } = context;
        const found = await meant(context);
        if (!found) return over(turn);
        if (input.event.kind !== 'text') return { move: { to: 'pass' } };
        const beside = notTheWords(context, input, () => nothingRecorded(context));
        if (beside) return beside;
        const none = input.choice === 'NONE' || /^(?:khong|khong can|khong co)$/.test(foldText(input.text));
        const text = none ? null : input.text.trim();
        return ending(
          recorded(turn, found.directive, found.recipients, { ...BARE, answer: 'acknowledged', line: text }),
        );
      },
    },
  },
});

async function askLine({ turn }: Context) {
  return {
    text: say(turn, 'directives:ask_line'),
    choices: [{ id: 'NONE', label: turn.words.t('directives:buttons.no_line') }],
  };
}
