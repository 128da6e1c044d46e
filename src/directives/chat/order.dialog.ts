import {
  defineDialog,
  textIn,
  type Slots,
  type Step,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import { foldText } from '../../kernel/vn-text';
import { placeName } from '../../org/chat/people';
import { numberIn } from './directive-vocabulary';
import { mustNotTravel } from '../secret-mark';
import type { DirectiveEffect } from './directive-effects';
import {
  audienceFault,
  audienceOf,
  draftOf,
  isOtherCommand,
  ownNumber,
  partsOf,
  isReplaceable,
  sameNumber,
  sendAtOf,
  UNREAD,
} from './order-draft';
import { takingAnnexes } from './annexing';
import { decided, dropped, edit, preview, requireDraft, type Context } from './order-sending';
import { readDeadline, readSending } from './read-order';

/** An order in the making: what one line did not say is asked, one thing at a time, and nothing goes out before it was shown whole. */

const NEXT = [
  'number',
  'text',
  'audience',
  'deadline',
  'sending',
  'same',
  'gaps',
  'preview',
  'refused',
] as const;

const stay = (turn: Turn<DialogDeps>, key: string): StepResult => ({
  move: { to: 'here', miss: true, say: { text: say(turn, key) } },
});

/** `days`: a day is an answer; `passes`: what is no answer to this question, but said for something else. */
interface AskedFor {
  readonly days?: boolean;
  /** A tap that answers it, and what people type instead. */
  readonly instead?: {
    readonly id: string;
    readonly label: string;
    readonly typed: RegExp;
    readonly then: (turn: Turn<DialogDeps>) => Promise<StepResult>;
  };
  readonly passes?: (turn: Turn<DialogDeps>, typed: string) => boolean;
}

function asking(
  key: string,
  read: (turn: Turn<DialogDeps>, typed: string) => StepResult,
  { days = false, passes, instead }: AskedFor = {},
): Step<DialogDeps> {
  return {
    to: ['decide'],
    digits: 'own',
    ask: async ({ turn, slots }) => ({
      text: say(turn, key, { number: textIn(slots, 'number') }),
      ...(instead ? { choices: [{ id: instead.id, label: turn.words.t(instead.label) }] } : {}),
    }),
    async receive(context, input) {
      if (instead && (input.choice === instead.id || instead.typed.test(foldText(input.text).trim())))
        return instead.then(context.turn);
      if (input.event.kind !== 'text') return { move: { to: 'pass' } };
      const beside = notTheWords(context, input, () => dropped(context), { days });
      if (beside) return beside;
      if (passes?.(context.turn, input.text)) return { move: { to: 'pass' } };
      return read(context.turn, input.text.trim());
    },
  };
}

/** The first thing that is still missing; with nothing missing the draft is kept and shown. */
async function decide(context: Context): Promise<StepResult> {
  const { turn, slots } = context;
  const to = (step: (typeof NEXT)[number], more: Slots = {}): StepResult => ({
    move: { to: 'step', step, slots: more },
  });
  if (!turn.deps.directives.issuer(turn.user, turn.at))
    return to('refused', { why: 'directives:order.no_right' });
  const travels = mustNotTravel(`${textIn(slots, 'number')} ${textIn(slots, 'text')}`);
  if (travels !== null) return to('refused', { why: `directives:order.${travels}` });
  if (textIn(slots, 'number') === '') return to('number');
  if (textIn(slots, 'text') === '') return to('text');
  const audience = await audienceOf(turn, slots);
  if (audience === null) return to('audience');
  if (audience.kind !== 'audience') return { ...to('audience'), notes: [audienceFault(turn, audience)] };
  if (textIn(slots, 'deadline') === '') return to('deadline');
  if (textIn(slots, 'sendAt') === UNREAD) return to('sending');
  const wanted = sendAtOf(slots);
  if (wanted !== null && (wanted <= turn.at || wanted >= new Date(textIn(slots, 'deadline'))))
    return {
      ...to('sending'),
      notes: [say(turn, `directives:sending.${wanted <= turn.at ? 'past' : 'after_deadline'}`)],
    };
  if (slots['sameOk'] !== true && (await sameNumber(turn, slots)) !== null) return to('same');
  const draft = await draftOf(turn, slots, audience.audience);
  const lacking = turn.deps.directives.gaps(draft, turn.at);
  const kept: DirectiveEffect = {
    kind: 'directive.draft',
    id: turn.effectId(),
    directive: draft,
    at: turn.at,
  };
  return {
    ...to(lacking.length > 0 && slots['viaChair'] !== true ? 'gaps' : 'preview'),
    effects: [kept],
  };
}

const number = asking(
  'directives:order.ask_number',
  (turn, typed) => {
    const read = numberIn(typed);
    return read ? decided({ number: read, sameOk: false }) : stay(turn, 'directives:order.number_unclear');
  },
  {
    instead: {
      id: 'NONE',
      label: 'directives:buttons.no_number',
      typed:
        /^(?:(?:da|viec nay|cai nay|em) )*(?:khong|ko|k|chua)(?: co)?(?: so| van ban| cong van)*(?: (?:a|em|nhe|gi|nao|dau))*$/,
      then: async (turn) => decided({ number: await ownNumber(turn), sameOk: false }),
    },
  },
);

const text = asking('directives:order.ask_text', (turn, typed) =>
  typed.length < 3 ? stay(turn, 'directives:order.text_short') : decided({ text: typed }),
);

const audience = asking(
  'directives:order.ask_audience',
  (_turn, typed) => decided({ audience: partsOf(typed), audienceFrom: '' }),
  { passes: isOtherCommand },
);

const deadline = asking(
  'directives:order.ask_deadline',
  (turn, typed) => {
    const read = readDeadline(typed, turn.at);
    return read.kind === 'at'
      ? decided({ deadline: read.at.toISOString() })
      : stay(turn, `directives:order.deadline_${read.kind}`);
  },
  { days: true },
);

const sending = asking(
  'directives:sending.ask',
  (turn, typed) => {
    if (/^(?:gui|phat) (?:luon|ngay)$|^ngay$|^luon$/.test(foldText(typed))) return decided({ sendAt: '' });
    const read = readSending(typed, turn.at);
    return read.kind === 'at'
      ? decided({ sendAt: read.at.toISOString() })
      : stay(turn, `directives:sending.${read.kind}`);
  },
  { days: true },
);

/** The same number is there already: another document, or one that replaces it. */
const same: Step<DialogDeps> = {
  to: ['decide', 'number'],
  async ask({ turn, slots }) {
    const other = await sameNumber(turn, slots);
    const replaceable = other !== null && isReplaceable(other);
    const vars = { number: other?.number ?? '', text: other?.text ?? '' };
    return {
      text: say(turn, replaceable ? 'directives:order.same' : 'directives:order.same_ended', vars),
      choices: [
        ...(replaceable
          ? [{ id: 'REPLACE', label: turn.words.t('directives:buttons.replace_old'), exact: true }]
          : []),
        { id: 'OTHER', label: turn.words.t('directives:buttons.other_document'), exact: true },
        { id: 'NUMBER', label: turn.words.t('directives:buttons.other_number') },
      ],
    };
  },
  async receive(context, input) {
    const other = await sameNumber(context.turn, context.slots);
    if (input.choice === 'REPLACE' && other && isReplaceable(other))
      return decided({ sameOk: true, supersedes: other.id });
    if (input.choice === 'OTHER') return decided({ sameOk: true });
    if (input.choice === 'NUMBER') return { move: { to: 'step', step: 'number' } };
    return /^(?:huy|bo|thoi)$/.test(foldText(input.text)) ? dropped(context) : { move: { to: 'pass' } };
  },
};

const gaps: Step<DialogDeps> = {
  to: ['decide', 'audience'],
  async ask({ turn, slots }) {
    const found = turn.deps.directives.gaps(await requireDraft(turn, slots), turn.at);
    const names = found.slice(0, 5).map((code) => placeName(turn.deps, code, turn.at));
    return {
      text: say(turn, 'directives:order.gaps', { count: found.length, names: names.join(', ') }),
      choices: [
        { id: 'CHAIR', label: turn.words.t('directives:buttons.to_chairs'), exact: true },
        { id: 'AUDIENCE', label: turn.words.t('directives:buttons.other_audience') },
        { id: 'DROP', label: turn.words.t('directives:buttons.drop'), exact: true },
      ],
    };
  },
  async receive(context, input) {
    if (input.choice === 'CHAIR' || /^gui (?:cho )?chu tich/.test(foldText(input.text)))
      return decided({ viaChair: true });
    if (input.choice === 'AUDIENCE') return { move: { to: 'step', step: 'audience' } };
    if (input.choice === 'DROP' || /^(?:huy|bo|thoi)$/.test(foldText(input.text))) return dropped(context);
    return { move: { to: 'pass' } };
  },
};

const steps: Readonly<Record<string, Step<DialogDeps>>> = {
  decide: { to: NEXT, run: decide },
  ...takingAnnexes({ number, text, audience, deadline, sending, same, gaps, preview, edit }),
  refused: {
    to: [],
    run: async ({ turn, slots }) => ({
      move: { to: 'end', say: { text: say(turn, textIn(slots, 'why')) } },
    }),
  },
};

export default defineDialog<DialogDeps>({
  id: 'directive',
  takes: { kinds: ['file', 'image'], sheets: true },
  version: 1,
  first: 'decide',
  steps,
  ref: (slots) => textIn(slots, 'id'),
  upgrade: () => null,
  closes: ({ turn }) =>
    turn.deps.directives.issuer(turn.user, turn.at) ? null : say(turn, 'directives:order.no_right'),
  comeBack: async (context) => (await steps[context.frame.step]?.ask?.(context)) ?? null,
});
