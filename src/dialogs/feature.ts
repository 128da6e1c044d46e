import type { Conversation, Dialog, Effect, StepResult, Turn } from '../conversation/dialog';
import { foldText, normalText } from '../kernel/vn-text';
import { personOf, type Person } from '../org/chat/people';
import { readIntent, type Intent } from '../understanding/intent';
import type { DialogDeps } from './deps';

/**
 * What a feature brings to the talk: its commands, its dialogs, what it does before any question and what it makes of a
 * message nobody else took. A feature stands in the folder of the thing it speaks of and is one line in `app/features`.
 * `D` is what its dialogs may read; its writes are effects (`effects.ts`).
 */
export interface Feature<D> {
  readonly id: string;
  readonly commands: readonly Command<D>[];
  readonly dialogs: readonly Dialog<D>[];
  /** Wins over any open question: a secret, a new follower. */
  readonly first?: First<D>;
  /** After every command: what else the message may be to this feature. Null: nothing. */
  otherwise?(turn: Turn<D>, message: Message): Promise<StepResult | null>;
}

/** What a feature does before any question, and of which messages it is asked. */
export interface First<D> {
  readonly sees: readonly Sight[];
  /** Null: nothing. */
  run(turn: Turn<D>, conversation: Conversation): Promise<StepResult | null>;
}

/** Typed or tapped; anything else; with a secret that was covered. */
export type Sight = 'words' | 'no_words' | 'secret';

/** What was said, worked out once in a turn and read by every command. */
export interface Message {
  /** As typed. */
  readonly text: string;
  /** Whitespace and width made ordinary; marks and case as typed. */
  readonly typed: string;
  /** Lower case without marks or punctuation. */
  readonly fold: string;
  /** The plain wish it is, if it is one. */
  readonly intent: Intent | null;
  /** What stands behind the word of a button: `FORGOT-PASSCODE` of `#FAQ_FORGOT-PASSCODE`, empty for `#BAOCAO`. Null: typed. */
  readonly tap: string | null;
  readonly person: Person;
  readonly conversation: Conversation;
}

/** Something a person can ask for in words or by a button that means the same on any day. */
export interface Command<D> {
  readonly id: string;
  /** Ways to say it as people type them: each finds this command and no other (test/conformance/features.test.ts). */
  readonly says: readonly string[];
  /** `#BAOCAO`: the payload of a button that never grows old; with `_` and more behind it where it names something. */
  readonly button?: `#${string}`;
  /** Who may say it; absent: everybody. Others are told that it is not theirs. Checked again where the act happens. */
  readonly for?: (person: Person) => boolean;
  /** So much itself that it is never the answer to an open question: «đã nhận 145», «nhập hộ thôn X: …». */
  readonly strong?: boolean;
  /** Whether it is this whatever else it may be, also while a question is open: no other command is then looked for. */
  readonly owns?: (message: Message) => boolean;
  /** Cannot be taken back: found by its own words alone, never by likeness, and never offered. */
  readonly exact?: boolean;
  /** Its answer only tells something: where it alone is near it is given without being asked about. */
  readonly tells?: true;
  /** Its answer greets of itself. */
  readonly greets?: boolean;
  /** Numbers said with it count in the list of this kind when that list was the last one shown. */
  readonly list?: string;
  /** Its line in the help of those who may say it is `help:<id>`, the smaller number first; absent: it has none. */
  readonly help?: number;
  /** What is said for it when it is offered: the words themselves behind its own, where they hold what it needs; null: it is not offered. */
  readonly carries?: (text: string) => string | null;
  /** Its words are everybody's: another wish that is surely meant comes before it. */
  readonly loose?: true;
  /** Other wishes that its words may as well mean. */
  readonly meansToo?: readonly string[];
  /** It needs what `reads` takes out of the words, so likeness alone never finds it; it may be offered by its button. */
  readonly readOnly?: boolean;
  /** Whether the message is this command. Absent: only `says` and the button are. */
  reads?(message: Message): boolean;
  /** What is shown or asked where this is wished of one place below the person, however it is put (`wish.feature.ts`); never the act itself. */
  about?(turn: Turn<D>, message: Message, unit: string): Promise<StepResult | null>;
  /** Null: understood, but there is nothing to do here; the search goes on. */
  run(turn: Turn<D>, message: Message): Promise<StepResult | null>;
}

/**
 * A command that takes something out of the words: `read` answers null when the message is not this command; `tapped`
 * reads what stands behind the word of its button.
 */
export function command<D, A>(
  given: Omit<Command<D>, 'reads' | 'run'> & {
    readonly read: (message: Message) => A | null;
    readonly tapped?: (rest: string) => A | null;
    /** What is meant where it is found by likeness alone; absent: then it is never found. */
    readonly meant?: A;
    readonly run: (turn: Turn<D>, message: Message, said: A) => Promise<StepResult | null>;
  },
): Command<D> {
  const { read, tapped, meant, run, ...rest } = given;
  return {
    ...rest,
    readOnly: meant === undefined,
    reads: (message) => read(message) !== null,
    run: async (turn, message) => {
      const said = message.tap === null ? (read(message) ?? meant ?? null) : (tapped?.(message.tap) ?? null);
      return said === null ? null : run(turn, message, said);
    },
  };
}

/** A plain wish of one kind, or of several. */
export type Wish<K extends Intent['kind']> = Extract<Intent, { readonly kind: K }>;

/** Reads a plain wish: for commands that `readIntent` already knows. */
export function wish<K extends Intent['kind']>(...kinds: readonly K[]): (message: Message) => Wish<K> | null {
  return ({ intent }) =>
    intent !== null && (kinds as readonly string[]).includes(intent.kind) ? (intent as Wish<K>) : null;
}

/** Whether the message is a plain wish of one of these kinds: for commands that need nothing more out of it. */
export function wishes(...kinds: readonly Intent['kind'][]): (message: Message) => boolean {
  return ({ intent }) => intent !== null && kinds.includes(intent.kind);
}

/** Checks a feature at load; throws a RangeError that names the fault. */
export function defineFeature<D>(feature: Feature<D>): Feature<D> {
  if (!/^[a-z][a-z-]*$/.test(feature.id)) throw new RangeError(`feature id ${feature.id}`);
  for (const { id, says, button } of feature.commands) {
    if (!/^[a-z][a-z0-9-]*$/.test(id)) throw new RangeError(`command id ${id}`);
    if (says.length === 0 && button === undefined) throw new RangeError(`${id}: nobody could say it`);
    if (button !== undefined && !/^#[A-Z][A-Z0-9]*$/.test(button)) throw new RangeError(`${id}: ${button}`);
  }
  return feature;
}

const MEMO = 'message';
const TAP = /^(#[A-Z][A-Z0-9]*)(?:_(.+))?$/i;

/** The word of a button and what stands behind it; null for anything else. */
export function readTap(text: string): { readonly word: string; readonly rest: string } | null {
  const found = TAP.exec(text.trim());
  return found ? { word: (found[1] ?? '').toUpperCase(), rest: (found[2] ?? '').toUpperCase() } : null;
}

/** The message of this turn, read once. */
export function messageOf(turn: Turn<DialogDeps>, conversation: Conversation): Message {
  const text = turn.event.text;
  const known = turn.memo.get(MEMO) as Message | undefined;
  if (known?.text === text) {
    if (known.conversation === conversation) return known;
    const moved = { ...known, conversation };
    turn.memo.set(MEMO, moved);
    return moved;
  }
  const typed = normalText(text).trim();
  const message: Message = {
    text,
    typed,
    fold: foldText(typed.replace(/[^\p{L}\p{M}\p{N}\s#]/gu, ' ')),
    intent: readIntent(text),
    tap: readTap(text)?.rest ?? null,
    person: personOf(turn),
    conversation,
  };
  turn.memo.set(MEMO, message);
  return message;
}

const SAID = 'said';

/** Notes for the open question how to find out whether the message is a command of some feature. */
export function noteSaid(turn: Turn<DialogDeps>, said: () => boolean): void {
  turn.memo.set(SAID, said);
}

/** Whether the message is a command: then it is no free text that the open question waits for. */
export function isSaid(turn: Turn<DialogDeps>): boolean {
  const said = turn.memo.get(SAID) as (() => boolean) | undefined;
  return said?.() === true;
}

const TAKER = 'taker';

/** Notes what else than words the talk in front takes. */
export function noteTaker(turn: Turn<DialogDeps>, takes: Dialog<never>['takes']): void {
  turn.memo.set(TAKER, takes);
}

/** Whether the talk in front takes this message that is not words. */
export function isTaken(turn: Turn<DialogDeps>, as: 'sheet' | 'media'): boolean {
  const takes = turn.memo.get(TAKER) as Dialog<never>['takes'];
  if (!takes || (as === 'sheet' && takes.sheets !== true)) return false;
  return takes.kinds === 'any' || takes.kinds.includes(turn.event.kind);
}

/** What one effect did: `conflict` when the facts changed since the turn read them, so that it is decided again. */
export type EffectOutcome = 'done' | 'conflict';

/** One handler for each kind of effect: the compiler names a kind that has none. */
export type EffectHandlers<E extends Effect> = {
  readonly [K in E['kind']]: (effect: OfKind<E, K>) => Promise<EffectOutcome>;
};
type OfKind<E extends Effect, K> = E extends unknown ? (K extends E['kind'] ? E : never) : never;
