import {
  defineDialog,
  textIn,
  type Say,
  type Slots,
  type Step,
  type StepContext,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { notTheWords } from '../../dialogs/free-words';
import { mustNotTravel } from '../../directives/secret-mark';
import { audienceFault, isOtherCommand, partsOf } from '../../directives/chat/order-draft';
import { keyNames } from '../../directives/chat/order-preview';
import { readDeadline } from '../../directives/chat/read-order';
import { foldText, formatCount } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { moment } from '../../kernel/moment';
import { say } from '../../dialogs/answer';
import { KINDS, type Campaign } from '../campaign';
import { textKey } from '../campaign-words';
import type { CampaignPreview } from '../campaigns.view';
import { audienceIn, campaignIn } from './campaign-draft';
import type { CampaignEffect } from './campaign-effects';
import { knownHalls } from './equipment-gaps';
import { knownFigure } from './known-figure';

/** A question in the making: what one line did not say is asked, and nobody is asked anything before it was shown whole. */

type Context = StepContext<DialogDeps>;

/** Letters of a question, which is read in a moment, and of an announcement. */
const LONGEST = { question: 200, announcement: 1_000 } as const;
const DROPS = /^(?:huy|bo|thoi)(?: di| nhe)?$/;
const SENDS = /^(?:gui|gui di|dong y gui)$/;

const decided = (slots: Slots): StepResult => ({ move: { to: 'step', step: 'decide', slots } });

function ended(turn: Turn<DialogDeps>, key: string): StepResult {
  return { move: { to: 'end', say: { text: say(turn, key) } } };
}

/** `days`: a day is an answer; `passes`: what is no answer to this question, but said for something else. */
interface AskedFor {
  readonly days?: boolean;
  readonly passes?: (turn: Turn<DialogDeps>, typed: string) => boolean;
}

function asking(
  key: string,
  read: (turn: Turn<DialogDeps>, typed: string) => Slots | string,
  { days = false, passes }: AskedFor = {},
): Step<DialogDeps> {
  return {
    to: ['decide'],
    digits: 'own',
    ask: async ({ turn, slots }) => ({ text: say(turn, textKey(kindOf(slots), key)) }),
    async receive(context, input) {
      const { turn, slots } = context;
      if (input.event.kind !== 'text') return { move: { to: 'pass' } };
      const drop = () => ended(turn, textKey(kindOf(slots), 'dropped'));
      const beside = notTheWords(context, input, drop, { days });
      if (beside) return beside;
      if (passes?.(turn, input.text)) return { move: { to: 'pass' } };
      const found = read(turn, input.text.trim());
      if (typeof found !== 'string') return decided(found);
      return { move: { to: 'here', miss: true, say: { text: say(turn, found) } } };
    },
  };
}

const kindOf = (slots: Slots): Pick<Campaign, 'kind'> => ({
  kind: KINDS.find((kind) => kind === slots['kind']) ?? 'yes_no',
});

async function decide({ turn, slots }: Context): Promise<StepResult> {
  const to = (step: string): StepResult => ({ move: { to: 'step', step } });
  const issuer = turn.deps.directives.issuer(turn.user, turn.at);
  if (!issuer) return ended(turn, 'campaigns:no_right');
  const isEquipment = kindOf(slots).kind === 'equipment';
  if (isEquipment && turn.deps.directory.tree.get(issuer.from, vnDay(turn.at))?.level !== 'province')
    return ended(turn, 'campaigns:equipment.no_right');
  const travels = mustNotTravel(textIn(slots, 'question'));
  if (travels !== null) return ended(turn, `campaigns:${travels}`);
  const { length } = textIn(slots, 'question');
  if (length === 0) return to('question');
  const most = kindOf(slots).kind === 'announcement' ? LONGEST.announcement : LONGEST.question;
  if (length > most) return { ...to('question'), notes: [say(turn, 'campaigns:too_long', { most })] };
  const audience = audienceIn(turn, slots);
  if (audience === null) return to('audience');
  if (audience.kind !== 'audience') return { ...to('audience'), notes: [audienceFault(turn, audience)] };
  if (isEquipment && campaignIn(turn, slots).units.length === 0)
    return ended(turn, 'campaigns:equipment.asked_already');
  if (textIn(slots, 'closes') === '') return to('closes');
  return to('preview');
}

const question = asking('ask_question', (_turn, typed) =>
  typed.length < 3 ? 'campaigns:too_short' : { question: typed },
);

const audience = asking('ask_audience', (_turn, typed) => ({ audience: partsOf(typed) }), {
  passes: isOtherCommand,
});

const closes = asking(
  'ask_closes',
  (turn, typed) => {
    const read = readDeadline(typed, turn.at);
    return read.kind === 'at' ? { closes: read.at.toISOString() } : `campaigns:closes_${read.kind}`;
  },
  { days: true },
);

const preview: Step<DialogDeps> = {
  to: ['decide'],
  async ask({ turn, slots }) {
    const campaign = campaignIn(turn, slots);
    return previewSay(turn, campaign, await turn.deps.campaigns.preview(campaign, turn.at));
  },
  async receive({ turn, slots }, input) {
    const fold = foldText(input.text);
    if (input.choice === 'DROP' || DROPS.test(fold)) return ended(turn, textKey(kindOf(slots), 'dropped'));
    if (input.choice !== 'SEND' && !SENDS.test(fold)) return { move: { to: 'pass' } };
    const campaign = campaignIn(turn, slots);
    if (campaign.closesAt <= turn.at)
      return { ...decided({ closes: '' }), notes: [say(turn, 'campaigns:closes_past')] };
    const shown = await turn.deps.campaigns.preview(campaign, turn.at);
    if (shown.key !== null && shown.keyHolders.length === 0) return { move: { to: 'here' } };
    const send: CampaignEffect = { kind: 'campaign.send', id: turn.effectId(), campaign, at: turn.at };
    const vars = { count: formatCount(campaign.units.length), closes: moment(turn.words, campaign.closesAt) };
    const text = say(turn, textKey(campaign, shown.key === null ? 'sent' : 'waits'), {
      ...vars,
      names: keyNames(turn, shown),
    });
    return { effects: [send], move: { to: 'end', say: { text } } };
  },
};

async function previewSay(turn: Turn<DialogDeps>, campaign: Campaign, shown: CampaignPreview): Promise<Say> {
  const { units, label, closesAt, kind } = campaign;
  const blocked = shown.key !== null && shown.keyHolders.length === 0;
  const isOff = !turn.deps.settings.calendars.work.isWorkingDay(vnDay(closesAt));
  const count = formatCount(units.length);
  const lines = [
    say(turn, `campaigns:preview.${kind}`, { question: campaign.question }),
    say(turn, textKey(campaign, 'preview.to'), { label, count }),
    ...(kind === 'announcement'
      ? [say(turn, 'campaigns:announce.preview.read_only')]
      : [
          say(turn, isOff ? 'campaigns:preview.closes_off' : 'campaigns:preview.closes', {
            closes: moment(turn.words, closesAt),
          }),
          say(turn, 'campaigns:preview.cost', {
            minutes: formatCount(shown.minutes),
            count,
            known:
              kind === 'equipment'
                ? await knownHalls(turn, units)
                : await knownFigure(turn, campaign.question, units),
          }),
        ]),
    ...(shown.unreachable > 0
      ? [say(turn, 'campaigns:preview.unreachable', { count: formatCount(shown.unreachable) })]
      : []),
    ...(shown.key === null
      ? []
      : [
          blocked
            ? say(turn, textKey(campaign, 'preview.no_key'))
            : say(turn, textKey(campaign, 'preview.key'), { names: keyNames(turn, shown) }),
        ]),
  ];
  return {
    text: lines.join('\n'),
    choices: [
      ...(blocked ? [] : [{ id: 'SEND', label: say(turn, 'campaigns:buttons.send'), exact: true }]),
      { id: 'DROP', label: say(turn, 'campaigns:buttons.drop'), exact: true },
    ],
  };
}

const steps: Readonly<Record<string, Step<DialogDeps>>> = {
  decide: { to: ['question', 'audience', 'closes', 'preview'], run: decide },
  ...{ question, audience, closes, preview },
};

export default defineDialog<DialogDeps>({
  id: 'campaign',
  version: 1,
  first: 'decide',
  steps,
  ref: (slots) => textIn(slots, 'id'),
  upgrade: () => null,
  closes: ({ turn }) =>
    turn.deps.directives.issuer(turn.user, turn.at) ? null : say(turn, 'campaigns:no_right'),
  comeBack: async (context) => (await steps[context.frame.step]?.ask?.(context)) ?? null,
});
