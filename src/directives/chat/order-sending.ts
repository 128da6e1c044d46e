import {
  textIn,
  type Slots,
  type Step,
  type StepContext,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { foldText } from '../../kernel/vn-text';
import type { Directive } from '../directive';
import { annexNames, detached, linkAttached } from './annexing';
import type { DirectiveEffect } from './directive-effects';
import { SENDING } from './directive-vocabulary';
import { audienceOf, draftOf, sendingSlot } from './order-draft';
import { readChecks, readSending } from './read-order';
import { previewSay, sentSay } from './order-preview';

/** The end of an order in the making: shown whole, changed, sent or dropped. */

export type Context = StepContext<DialogDeps>;

export const decided = (slots: Slots): StepResult => ({ move: { to: 'step', step: 'decide', slots } });

export const preview: Step<DialogDeps> = {
  to: ['edit', 'sending', 'decide'],
  async ask({ turn, slots }) {
    const draft = await requireDraft(turn, slots);
    const shown = await turn.deps.directives.preview(draft, turn.at);
    return previewSay(turn, draft, shown, await annexNames(turn, draft.id));
  },
  async receive(context, input) {
    const { turn, slots } = context;
    const fold = foldText(input.text);
    if (input.choice === 'EDIT') return { move: { to: 'step', step: 'edit' } };
    if (input.choice === 'DROP' || /^(?:huy|bo|thoi)(?: di)?$/.test(fold)) return dropped(context);
    const checkEvery = readChecks(input.text);
    if (checkEvery !== null) return decided({ checkEvery });
    if (/^hen gio(?: gui| phat)?$/.test(fold)) return { move: { to: 'step', step: 'sending' } };
    const said = SENDING.test(`${fold} `) ? readSending(input.text, turn.at) : null;
    if (said !== null) return decided({ sendAt: sendingSlot(said) });
    const atOnce = /^(?:gui|phat) (?:luon|ngay)$/.test(fold);
    if (atOnce && textIn(slots, 'sendAt') !== '') return decided({ sendAt: '' });
    const link = await linkAttached(context, input.text);
    if (link) return link;
    if (input.choice !== 'SEND' && !/^(?:gui|gui di|phat|phat hanh|dong y gui)$/.test(fold))
      return { move: { to: 'pass' } };
    const draft = await requireDraft(turn, slots);
    const fetched = (await turn.deps.directives.attached(draft.id)).every(({ state }) => state === 'kept');
    if (!fetched)
      return {
        notes: [say(turn, 'directives:annex.fetching')],
        move: { to: 'here' },
      };
    const shown = await turn.deps.directives.preview(draft, turn.at);
    if (shown.key !== null && shown.keyHolders.length === 0) return { move: { to: 'here' } };
    const issuer = turn.deps.directives.issuer(turn.user, turn.at);
    if (!issuer)
      return {
        move: { to: 'end', say: { text: say(turn, 'directives:order.no_right') } },
      };
    const { at } = turn;
    const effects: DirectiveEffect[] = [
      { kind: 'directive.draft', id: turn.effectId(), directive: draft, at },
      { kind: 'directive.send', id: turn.effectId(), directive: draft.id, by: issuer.actor, at },
    ];
    return { effects, move: { to: 'end', say: sentSay(turn, draft, shown) } };
  },
};

const EDITS = {
  TEXT: 'text',
  DEADLINE: 'deadline',
  AUDIENCE: 'audience',
  NUMBER: 'number',
  SENDING: 'sending',
} as const;

export const edit: Step<DialogDeps> = {
  to: ['number', 'text', 'audience', 'deadline', 'sending', 'decide'],
  ask: async ({ turn, slots }) => ({
    text: say(turn, 'directives:order.ask_edit'),
    choices: [
      { id: 'TEXT', label: turn.words.t('directives:buttons.edit_text') },
      { id: 'DEADLINE', label: turn.words.t('directives:buttons.edit_deadline') },
      { id: 'AUDIENCE', label: turn.words.t('directives:buttons.edit_audience') },
      { id: 'NUMBER', label: turn.words.t('directives:buttons.edit_number') },
      ...((await annexNames(turn, textIn(slots, 'id'))).length > 0
        ? [{ id: 'FILES', label: turn.words.t('directives:buttons.drop_files'), exact: true }]
        : [{ id: 'SENDING', label: turn.words.t('directives:buttons.edit_sending') }]),
    ],
  }),
  async receive({ turn, slots }, input) {
    if (input.choice === 'FILES') return { ...decided({}), effects: [detached(turn, textIn(slots, 'id'))] };
    const step = EDITS[input.choice as keyof typeof EDITS] as (typeof EDITS)[keyof typeof EDITS] | undefined;
    return { move: step ? { to: 'step', step } : { to: 'pass' } };
  },
};

export async function requireDraft(turn: Turn<DialogDeps>, slots: Slots): Promise<Directive> {
  const audience = await audienceOf(turn, slots);
  if (audience?.kind !== 'audience') throw new RangeError('a preview has an audience');
  return draftOf(turn, slots, audience.audience);
}

export function dropped({ turn, slots }: Context): StepResult {
  const drop: DirectiveEffect = {
    ...{ kind: 'directive.drop', id: turn.effectId(), directive: textIn(slots, 'id') },
    ...{ by: turn.user, at: turn.at },
  };
  return {
    effects: [drop, detached(turn, textIn(slots, 'id'))],
    move: {
      to: 'end',
      say: { text: say(turn, 'directives:order.dropped', { number: textIn(slots, 'number') }) },
    },
  };
}
