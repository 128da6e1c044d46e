import {
  defineDialog,
  textIn,
  type Dialog,
  type Say,
  type StepContext,
  type StepResult,
} from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { isSaid } from '../../dialogs/feature';
import { notTheWords } from '../../dialogs/free-words';
import { rightLost } from '../../org/chat/lost-right';
import { readIntent, type Intent } from '../../understanding/intent';
import { yesNo } from '../../understanding/yes-no';
import { factsIn } from './approval-facts';
import type { Facts } from './report-facts';

/** A dialog of one question about one report: why. Nothing is written before it is answered, by a button or in words. */

const LONGEST = 200;

export interface AskingWhy {
  readonly id: string;
  /** The group of `approval` with its words: `why`, `reasons.<reason>`, `cancelled`. */
  readonly group: 'correction' | 'partly' | 'silent';
  readonly reasons: readonly string[];
  /** Fewer letters than this are no reason. */
  readonly shortest: number;
  /** What somebody types who would rather not. */
  readonly cancels: readonly Intent['kind'][];
  /** `false`: it is asked of whoever is above the unit. Absent: of somebody of the unit, who must still hold the post. */
  readonly byUnit?: false;
  readonly vars: (
    context: StepContext<DialogDeps>,
    facts: Facts,
  ) => Readonly<Record<string, string | number>>;
  readonly given: (context: StepContext<DialogDeps>, facts: Facts, reason: string) => StepResult;
}

/** The report is named by the slot `ref`. */
export function askingWhy(what: AskingWhy): Dialog<DialogDeps> {
  return defineDialog<DialogDeps>({
    id: what.id,
    version: 1,
    first: 'why',
    ref: (slots) => textIn(slots, 'ref'),
    upgrade: (frame) => ({ step: 'why', slots: frame.slots }),
    closes: ({ turn, slots }) =>
      what.byUnit === false ? null : rightLost(turn, textIn(slots, 'ref').split('/')[2] ?? ''),
    steps: {
      why: {
        to: [],
        ask: (context) => question(what, context),
        async receive(context, input) {
          const { turn } = context;
          const facts = await factsIn(context);
          const intent = input.choice === null ? readIntent(input.text)?.kind : undefined;
          const no = input.choice === null && yesNo(input.text) === 'no';
          const drop = (): StepResult => ({
            move: { to: 'end', say: { text: say(turn, `approval:${what.group}.cancelled`) } },
          });
          if (input.choice === 'CANCEL' || no || (intent !== undefined && what.cancels.includes(intent)))
            return drop();
          const beside = notTheWords(context, input, drop);
          if (beside) return beside;
          const why = what.reasons.find((each) => each.toUpperCase() === input.choice);
          if (why) return what.given(context, facts, turn.words.t(`approval:${what.group}.reasons.${why}`));
          const typed = input.text.trim();
          const { length } = [...typed];
          // Whoever is above may say it in words that are also a wish: «trưởng thôn đi viện» asks for nobody's post.
          const taken = what.byUnit === false ? isSaid(turn) && intent !== 'identify' : intent !== undefined;
          if (taken || !/\p{L}{2}/u.test(typed) || length > LONGEST || length < what.shortest)
            return { move: { to: 'pass' } };
          return what.given(context, facts, typed);
        },
      },
    },
  });
}

async function question(what: AskingWhy, context: StepContext<DialogDeps>): Promise<Say> {
  const { words } = context.turn;
  return {
    text: words.t(`approval:${what.group}.why`, what.vars(context, await factsIn(context))),
    choices: [
      ...what.reasons.map((why) => ({
        id: why.toUpperCase(),
        label: words.t(`approval:${what.group}.reasons.${why}`),
      })),
      { id: 'CANCEL', label: words.t('approval:buttons.cancel') },
    ],
  };
}
