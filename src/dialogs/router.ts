import type { Engine, Route } from '../conversation/engine';
import type { Conversation, Dialog, Say, StepResult, Turn } from '../conversation/dialog';
import { BUTTONS_MAX } from '../conversation/say';
import { readIntent } from '../understanding/intent';
import { clipped } from '../kernel/vn-text';
import { languageOf } from '../understanding/language';
import type { DialogDeps } from './deps';
import { messageOf, noteSaid, noteTaker, type Feature, type Message, type Sight } from './feature';
import { say, sentence } from './answer';
import { commandFinder } from './find-command';
import { menuScreen } from './menu.dialog';
import { oldButton } from './old-button';
import { dialogInFront } from './unfinished';
import { warningBeside } from '../org/chat/claim';
import { formerHolderAnswer } from '../org/chat/lost-right';
import { callSomebody, contactName, type Person } from '../org/chat/people';
import { humanChoice, questionChoices } from '../knowledge/chat/articles';
import { notUnderstood as unanswered } from '../knowledge/chat/unsolved';

/**
 * Where a message goes: what wins over any question, then the open question, then the commands of all features, then what
 * else a feature makes of it, and last an honest sentence with what can be done. It knows no feature by name.
 */
export function createEngine<D extends DialogDeps>(features: readonly Feature<D>[]): Engine<D> {
  const finder = commandFinder(features);
  const dialogs = dialogsOf(features);
  const firsts = features.flatMap((feature) => feature.first ?? []);

  async function first(turn: Turn<D>, conversation: Conversation): Promise<StepResult | null> {
    noteTaker(turn, dialogs.get(dialogInFront(conversation) ?? '')?.takes);
    const { kind, secrets, codeHash } = turn.event;
    const seen: Sight = kind === 'text' ? 'words' : 'no_words';
    const secret = secrets.length > 0 || codeHash !== null;
    for (const one of firsts) {
      if (!one.sees.includes(seen) && !(secret && one.sees.includes('secret'))) continue;
      const result = await one.run(turn, conversation);
      if (result) return result;
    }
    return null;
  }

  async function route(turn: Turn<D>, conversation: Conversation): Promise<Route> {
    const message = messageOf(turn, conversation);
    const result =
      (await byCommand(turn, message)) ?? (await otherwise(turn, message)) ?? refused(turn, message);
    if (result)
      return { kind: 'result', result: isFirstWord(message) ? greeted(turn, message, result) : result };
    // What a citizen asks and we cannot answer is counted, and read by those who can.
    const asked = isAsking(turn, message) ? unanswered(turn) : null;
    return {
      kind: 'unknown',
      say: () => notUnderstood(turn, message, asked?.words !== undefined),
      ...(asked ? { effects: [asked] } : {}),
    };
  }

  async function byCommand(turn: Turn<D>, message: Message): Promise<StepResult | null> {
    const tapped = finder.byButton(message.text);
    for (const one of tapped ? [tapped] : finder.said(message)) {
      if (tapped?.for && !tapped.for(message.person)) continue;
      const result = await one.run(turn, message);
      if (result) return result;
    }
    return null;
  }

  async function otherwise(turn: Turn<D>, message: Message): Promise<StepResult | null> {
    for (const feature of features) {
      const result = await feature.otherwise?.(turn, message);
      if (result) return result;
    }
    return null;
  }

  /** A command of others: that it is not theirs, rather than that it was not understood. */
  function refused(turn: Turn<D>, message: Message): StepResult | null {
    const tapped = finder.byButton(message.text);
    const said = tapped ? [tapped] : finder.saidByAnybody(message);
    if (!said.some((one) => one.for && !one.for(message.person))) return null;
    const { person } = message;
    if (person.offices.length === 0) return sentence(turn, 'menu:identify');
    if (person.overseeing.length === 0 || said.some((one) => one.for?.(person)))
      return sentence(turn, 'officer:no_right');
    const key = said.some((one) => one.for?.(asLeader(person))) ? 'for_leaders' : 'for_others';
    return sentence(turn, `officer:${key}`, {}, menuScreen(turn).choices ?? []);
  }

  /** Whoever asks something with their first words hears who answers, and the answer. */
  function greeted(turn: Turn<D>, message: Message, result: StepResult): StepResult {
    const [said] = finder.said(message);
    if (said?.greets || turn.event.kind !== 'text') return result;
    return {
      ...result,
      notes: [turn.words.t('onboarding:hello', message.person.vars), ...(result.notes ?? [])],
    };
  }

  return {
    dialogs,
    oldButton,
    warned: (turn) => warningBeside(turn),
    first,
    route,
    shown: (deps, user, digit, event) => deps.shown(user, digit, event),
    isCommand: (turn, conversation) => {
      const message = messageOf(turn, conversation);
      noteSaid(turn, () => finder.saidByAnybody(message).length > 0);
      return finder.insists(message) || finder.byButton(turn.event.text) !== null;
    },
    unclear: (turn) => say(turn, 'common:unclear', { typed: clipped(turn.event.text, TYPED_MAX) }),
    doubt: (turn, label) => say(turn, 'common:doubted_button', { label }),
    locale: (event) => {
      // The words of a button are nobody's own.
      if (event.kind !== 'text' || event.text.startsWith('#')) return null;
      const intent = readIntent(event.text);
      return intent?.kind === 'language' ? intent.locale : languageOf(event.text);
    },
  };
}

function dialogsOf<D>(features: readonly Feature<D>[]): ReadonlyMap<string, Dialog<D>> {
  const all = features.flatMap((feature) => feature.dialogs);
  const byId = new Map(all.map((dialog) => [dialog.id, dialog]));
  if (byId.size < all.length) throw new RangeError('two dialogs have one id');
  return byId;
}

const TYPED_MAX = 60;

/** The first words of somebody without a post. */
function isFirstWord({ person, conversation }: Message): boolean {
  return conversation.turn === 0 && person.offices.length === 0;
}

/** A question of a citizen: longer than a greeting where it is their first word. */
function isAsking(turn: Turn<DialogDeps>, { person, conversation, fold }: Message): boolean {
  return (
    person.offices.length === 0 &&
    turn.event.kind === 'text' &&
    (conversation.turn > 0 || fold.trim().split(' ').length > 2)
  );
}

/** The person as the head of a village, to see whose a command is. */
function asLeader(person: Person): Person {
  const offices = person.offices.map((office) => ({ ...office, role: 'village_head' as const }));
  return { ...person, offices, reporting: offices, overseeing: [] };
}

/** Nothing was found: what can be done here and whom to call. First words that ask nothing are only greeted. */
async function notUnderstood(turn: Turn<DialogDeps>, message: Message, noted: boolean): Promise<Say> {
  const { person, conversation, fold } = message;
  if (person.offices.length === 0) {
    const asks = fold.trim().split(' ').length > 2;
    const first = asks ? ['hello', 'not_understood'] : ['welcome'];
    const keys = [...(isFirstWord(message) ? first : ['not_understood']), ...(noted ? ['noted'] : [])];
    const text = keys.map((key) => turn.words.t(`onboarding:${key}`, person.vars)).join('\n');
    const human = conversation.turn > 0 ? [humanChoice(turn.words)] : [];
    const questions = questionChoices(turn).slice(0, BUTTONS_MAX - human.length);
    return { text: formerHolderAnswer(turn) ?? text, choices: [...questions, ...human] };
  }
  const [own] = person.reporting;
  const contact = own
    ? contactName(turn.words, turn.deps, own.unit, turn.at)
    : turn.words.t('handover:desk_province');
  const call = own ? await callSomebody(turn, own.unit) : [];
  const whom = call.length > 0 ? contact : turn.words.t('common:contact_or_hotline', { contact });
  return {
    text: turn.words.t('common:not_understood', { ...person.vars, contact: whom }),
    choices: [...(menuScreen(turn).choices ?? []).slice(0, BUTTONS_MAX - call.length), ...call],
  };
}
