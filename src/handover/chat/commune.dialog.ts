import { capital, foldText } from '../../kernel/vn-text';
import { say } from '../../dialogs/answer';
import {
  defineDialog,
  textIn,
  type Choice,
  type Say,
  type StepContext,
  type StepResult,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { LiveInCommune } from '../../contacts/contact-effects';
import { communeMeant } from '../../org/communes';
import { placeName } from '../../org/chat/people';
import { readStop } from '../../understanding/stop';
import { yesNo } from '../../understanding/yes-no';
import { nearby } from './nearby';

/**
 * «Bác ở xã, phường nào ạ?», asked once and remembered. What is understood is always confirmed: the names differ by a
 * letter and people still use the old ones. `typed`: what was said of it already. `next` is the dialog that wanted to know; it gets `commune` and `topic`.
 */
type Context = StepContext<DialogDeps>;
const PASS: StepResult = { move: { to: 'pass' } };

export default defineDialog<DialogDeps>({
  id: 'commune',
  version: 2,
  first: 'begin',
  steps: {
    begin: { to: ['ask', 'confirm', 'which'], run: async (context) => begin(context) },
    ask: {
      to: ['confirm', 'which'],
      digits: 'own',
      ask: async ({ turn, slots, frame }) => {
        const again = (frame.asides ?? 0) > 0;
        const asked = again ? '' : textIn(slots, 'asked');
        return { text: asked || say(turn, `handover:commune.${again ? 'ask_again' : 'ask'}`) };
      },
      receive: async (context, input) => read(context, input.text),
    },
    confirm: {
      to: ['ask', 'confirm', 'which', 'known'],
      ask: async (context) => confirmScreen(context),
      async receive(context, input) {
        const said = input.choice ?? yesNo(input.text)?.toUpperCase() ?? null;
        if (said === 'YES') return { move: { to: 'step', step: 'known' } };
        if (said === 'NO') return { move: { to: 'step', step: 'ask' } };
        // «dung» without marks is a yes or a stop: neither is done.
        if (readStop(input.text) === 'unclear')
          return { notes: [say(context.turn, 'handover:commune.yes_or_stop')], move: { to: 'here' } };
        return read(context, input.text);
      },
    },
    which: {
      to: ['ask', 'confirm', 'which', 'known'],
      ask: async (context) => whichScreen(context),
      async receive(context, input) {
        const code = codesIn(context).find((one) => idOf(one) === input.choice);
        if (code !== undefined) return { move: { to: 'step', step: 'known', slots: { code } } };
        return input.choice === 'OTHER' ? { move: { to: 'step', step: 'ask' } } : read(context, input.text);
      },
    },
    known: { to: [], run: async (context) => known(context) },
  },
  upgrade: ({ slots }) => ({ step: 'ask', slots }),
  repair: async ({ turn }, _input, misses) => ({
    text: say(turn, misses >= 3 ? 'handover:commune.cannot' : 'handover:commune.again'),
  }),
  // Said once more under what else was asked, then let go: whoever goes on with something else wants that.
  comeBack: async ({ turn, slots, frame }) =>
    (frame.asides ?? 0) > 1
      ? null
      : {
          text: say(
            turn,
            `handover:commune.come_back.${textIn(slots, 'next') === 'class-near' ? 'class' : 'help'}`,
          ),
        },
});

/** What was said before the question is read first: «tôi ở xã Tiên Lục» needs no asking. */
function begin(context: Context): StepResult {
  const typed = textIn(context.slots, 'typed');
  if (typed === '') return { move: { to: 'step', step: 'ask' } };
  const found = read(context, typed);
  // What is unclear of it is the question.
  const asked = found.move.to === 'here' ? (found.move.say?.text ?? '') : '';
  return found.move.to === 'step'
    ? found
    : { move: { to: 'step', step: 'ask', slots: { typed: '', asked } } };
}

/** More words than a place needs: «công an xã gọi bảo cài ứng dụng qua link» tells of something. */
const MOST_WORDS = 8;
const WHERE_FROM =
  /^(?:(?:da|vang|em|toi|bac|chau|minh|con|nha|gia dinh) )*(?:o|dang o|song o|thuoc|que o|tai) (?:xa|phuong|thi tran|thon|xom|lang|to dan pho|tdp) /;

function isPlace(text: string): boolean {
  const fold = foldText(text).trim();
  return fold.split(/\s+/).length <= MOST_WORDS || WHERE_FROM.test(fold);
}

function read(context: Context, text: string): StepResult {
  const { turn } = context;
  if (text !== textIn(context.slots, 'typed') && !isPlace(text)) return PASS;
  if (readStop(text) !== null)
    return { move: { to: 'end', say: { text: say(turn, 'handover:commune.stopped') } } };
  const meant = communeMeant(text, turn.deps.handover.places(turn.at));
  switch (meant.kind) {
    case 'one':
      return { move: { to: 'step', step: 'confirm', slots: { code: meant.code, said: meant.said ?? '' } } };
    case 'several':
      return { move: { to: 'step', step: 'which', slots: { codes: [...meant.codes] } } };
    case 'district':
      return {
        move: { to: 'here', say: { text: say(turn, 'handover:commune.district', { name: meant.name }) } },
      };
    case 'unclear':
      return { move: { to: 'here', miss: true, say: { text: say(turn, 'handover:commune.unclear') } } };
    case 'none':
      return PASS;
  }
}

function confirmScreen({ turn, slots }: Context): Say {
  const [unit, said] = [placeName(turn.deps, textIn(slots, 'code'), turn.at), textIn(slots, 'said')];
  return {
    text: say(turn, said === '' ? 'handover:commune.confirm' : 'handover:commune.confirm_former', {
      unit,
      said,
    }),
    choices: [
      { id: 'YES', label: say(turn, 'handover:buttons.yes'), exact: true },
      { id: 'NO', label: say(turn, 'handover:buttons.no') },
    ],
  };
}

function whichScreen(context: Context): Say {
  const { turn } = context;
  const choices: Choice[] = codesIn(context).map((code) => ({
    id: idOf(code),
    label: capital(placeName(turn.deps, code, turn.at)),
  }));
  return {
    text: say(turn, 'handover:commune.which'),
    choices: [...choices, { id: 'OTHER', label: say(turn, 'handover:buttons.other_place') }],
  };
}

function known({ turn, slots }: Context): StepResult {
  const [commune, next] = [textIn(slots, 'code'), textIn(slots, 'next')];
  const { user, at } = turn;
  const effect: LiveInCommune = { kind: 'contact.commune', id: turn.effectId(), user, commune, at };
  if (next === '') return { effects: [effect], move: { to: 'end', say: nearby(turn, commune) } };
  const given = { commune, topic: textIn(slots, 'topic') };
  return { effects: [effect], move: { to: 'dialog', dialog: next, slots: given, instead: true } };
}

function codesIn({ slots }: Context): string[] {
  const { codes } = slots;
  return Array.isArray(codes) ? codes.filter((code) => typeof code === 'string') : [];
}

function idOf(code: string): string {
  return `C${code.replaceAll(/[^A-Za-z0-9]/g, '_').toUpperCase()}`;
}
