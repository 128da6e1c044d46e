import type { Attachment, InboundKind, SecretKind } from '../channels/channel';
import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';

/**
 * The conversation engine: what a dialog is. A dialog declares named steps; people stand on a step across days and
 * deploys. A turn reads freely but writes only through effects, which carry ids made from the event, so that doing
 * a turn twice is doing it once. This folder knows no report and no Zalo.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Slots = Readonly<Record<string, Json>>;

/** The text in a slot; empty when there is none, or it holds something else. */
export function textIn(slots: Slots, name: string): string {
  const value = slots[name];
  return typeof value === 'string' ? value : '';
}

/** A choice offered with a question: answerable by its button, by its digit, or in words. */
export interface Choice {
  /** Upper-case ASCII, stable; part of the button's payload. */
  readonly id: string;
  readonly label: string;
  /** A word of command such as `#BAOCAO` that means the same on any day; such a button never grows old. */
  readonly command?: string;
  /** What follows cannot be taken back: typed with one wrong letter it is asked about, never done. */
  readonly exact?: boolean;
  /** Leaves the chat instead of answering. Not counted among the digits. */
  readonly link?: { readonly url: string } | { readonly phone: string };
}

/** What the bot says at the end of a turn; `choices` become buttons. */
export interface Say {
  readonly text: string;
  readonly choices?: readonly Choice[];
  /** Which screen the buttons belong to when the dialog that shows them has ended; absent: the open one. */
  readonly screen?: { readonly dialog: string; readonly ref: string };
}

/** One place in one dialog where a person stands. */
export interface Frame {
  readonly dialog: string;
  readonly version: number;
  readonly step: string;
  readonly slots: Slots;
  /** Wrong answers to this step in a row. */
  readonly misses: number;
  /** How often something else was answered since this step was asked; absent: never. */
  readonly asides?: number;
  /** What the buttons of this frame speak of, for example `2026-03/99001-07`; part of each payload so that an old button can explain itself. */
  readonly ref: string;
  /** The choices last shown by this frame, in order: the digits. */
  readonly offered: readonly Pick<Choice, 'id' | 'label' | 'command' | 'exact'>[];
  /** Number of the turn that showed them; a button that carries another is old. */
  readonly offeredAt: number;
}

/** What is stored for each person between messages. */
export interface Conversation {
  readonly user: UserKey;
  /** Number of turns taken. */
  readonly turn: number;
  /** Ids of the events of the last turn: a replay finds itself here. */
  readonly lastEvents: readonly string[];
  /** The bottom frame is the oldest; the top one is the question that is open. */
  readonly stack: readonly Frame[];
  /** Empty until the person chose: then the default of the configuration holds. */
  readonly locale: string;
  /** How many choices the last answer numbered while it left nothing open; absent: none. */
  readonly offered?: number;
  /** The numbered list that was shown last, whatever was said since: «nhận 1» means its first. Absent: none yet. */
  readonly listed?: Listed;
}

/** A numbered list of one kind: the ids of what stood at 1, 2, 3 … */
export interface Listed {
  readonly kind: string;
  readonly ids: readonly string[];
  /**
   * What a number alone means right under the list: the payload of a button for each place. Absent: nothing. Only what
   * shows something or may be taken back stands here.
   */
  readonly picks?: readonly string[];
  /** The turn that showed it. Set by the engine; a dialog leaves it out. */
  readonly turn?: number;
}

export function newConversation(user: UserKey): Conversation {
  return { user, turn: 0, lastEvents: [], stack: [], locale: '' };
}

/** A write, to be done after the turn is decided. `id` is `<eventId>:<n>`. */
export interface Effect {
  readonly kind: string;
  readonly id: string;
}

/** The writes of each feature, joined in `app/any-effect.ts`; the engine itself knows none of them. */
export interface EffectsOfFeatures {}

/** Any write that a turn may ask for: those of all features and no other. */
export type AnyEffect = EffectsOfFeatures[keyof EffectsOfFeatures];

/** One message of a person, as the engine sees it. */
export interface TurnEvent {
  readonly id: string;
  readonly kind: InboundKind;
  /** Empty for anything without text. */
  readonly text: string;
  readonly secrets: readonly SecretKind[];
  readonly codeHash: string | null;
  /** Of a phone number that was shared with us. Absent: none was. */
  readonly phoneHash?: string;
  /** Pictures, files and voices that came with it. Absent: none. */
  readonly attachments?: readonly Attachment[];
  /** When it reached us: the time of the turn. */
  readonly arrivedAt: Date;
  readonly eventAt: Date;
}

/** A tap, read from its payload. */
export interface Tap {
  readonly dialog: string;
  readonly ref: string;
  readonly turn: number;
  readonly choice: string;
}

/** What a step gets to read. `choice` is set when the person tapped, typed its digit or its words. */
export interface Input {
  readonly event: TurnEvent;
  readonly text: string;
  readonly choice: string | null;
}

/** Everything one step may look at while it decides. */
export interface Turn<D> {
  readonly user: UserKey;
  readonly event: TurnEvent;
  /** Arrival of the message. */
  readonly at: Date;
  readonly words: Words;
  readonly deps: D;
  /** An id for the next effect of this turn: `<eventId>:<n>`. */
  effectId(): string;
  /** Values read or previewed once in this turn and shared by its steps; empty at the start of each turn. */
  readonly memo: Map<string, unknown>;
}

export type Move =
  /** To another step of this dialog; `slots` are merged into those there are. */
  | { readonly to: 'step'; readonly step: string; readonly slots?: Slots }
  /** Stays; `say` stands in for asking again. `miss` counts as a wrong answer; `silent`: nothing is said and nothing asked again. */
  | {
      readonly to: 'here';
      readonly say?: Say;
      readonly slots?: Slots;
      readonly miss?: boolean;
      readonly silent?: boolean;
    }
  /** Another dialog on top of this one, which waits below. */
  | { readonly to: 'dialog'; readonly dialog: string; readonly slots?: Slots; readonly instead?: boolean }
  /** This dialog is over. */
  | { readonly to: 'end'; readonly say?: Say }
  /** Not for this step: menu words, questions and, last, the repair take over. */
  | { readonly to: 'pass' };

export interface StepResult {
  readonly move: Move;
  /** Said before whatever comes next, in the same bubble. */
  readonly notes?: readonly string[];
  readonly effects?: readonly AnyEffect[];
  /** The numbered list that this answer shows. */
  readonly listed?: Listed;
}

export interface StepContext<D> {
  readonly turn: Turn<D>;
  readonly slots: Slots;
  readonly frame: Frame;
}

/** Either asks (`ask` and `receive`) or decides without asking (`run`). */
export interface Step<D> {
  /** Steps it may move to; anything else is a bug and throws. */
  readonly to: readonly string[];
  /** Whether a lone number is a choice of this step or belongs to its own reading. */
  readonly digits?: 'choice' | 'own';
  /** Whether the text is this step's own although it reads like a command: figures typed in the practice month. */
  keeps?(text: string): boolean;
  ask?(context: StepContext<D>): Promise<Say>;
  receive?(context: StepContext<D>, input: Input): Promise<StepResult>;
  run?(context: StepContext<D>): Promise<StepResult>;
}

export interface Dialog<D> {
  readonly id: string;
  /** Raised when a stored frame of an older one could not go on as it is. */
  readonly version: number;
  readonly first: string;
  readonly steps: Readonly<Record<string, Step<D>>>;
  /** It keeps no question open: a message that is not for it closes it silently. Menus and lists. */
  readonly light?: boolean;
  /**
   * What else than words its open step takes, before anybody else looks at it; absent: nothing, and the rest of the program
   * answers. `sheets`: spreadsheets of figures too, which otherwise go their own way.
   */
  readonly takes?: { readonly kinds: readonly InboundKind[] | 'any'; readonly sheets?: true };
  /** What the buttons speak of. */
  ref?(slots: Slots): string;
  /** Step and slots at which a frame of an older version goes on; null begins the dialog again with those slots. */
  upgrade?(frame: Frame): { step: string; slots: Slots } | null;
  /**
   * Asked of every frame before a message is looked at: the sentence with which it closes when the person may no longer
   * go on with it, such as after losing the post it is about; null: go on.
   */
  closes?(context: StepContext<D>): string | null;
  /** The three steps of repair: `misses` is 1, 2 or 3. Absent: the engine's general words. */
  repair?(context: StepContext<D>, input: Input, misses: number): Promise<Say>;
  /** After something else was answered in the middle: the card that leads back. Null: there is nothing unfinished, the frame is let go. */
  comeBack?(context: StepContext<D>): Promise<Say | null>;
  /** A button that is no longer the one on the screen. It may act (an undo), begin a dialog, or explain itself. Absent: the engine's general words. */
  oldButton?(turn: Turn<D>, tap: Tap): Promise<StepResult>;
}

/** Checks ids and targets at load; throws a RangeError that names the fault. */
export function defineDialog<D>(dialog: Dialog<D>): Dialog<D> {
  if (!/^[a-z][a-z-]*$/.test(dialog.id)) throw new RangeError(`dialog id ${dialog.id}`);
  if (!dialog.steps[dialog.first]) throw new RangeError(`${dialog.id}: no first step ${dialog.first}`);
  for (const [name, step] of Object.entries(dialog.steps)) {
    for (const target of step.to)
      if (!dialog.steps[target])
        throw new RangeError(`${dialog.id}.${name} leads to ${target}, which is no step`);
    const asks = step.ask !== undefined && step.receive !== undefined;
    if (asks === (step.run !== undefined) || (step.ask === undefined) !== (step.receive === undefined))
      throw new RangeError(`${dialog.id}.${name} must either ask and receive, or run`);
  }
  return dialog;
}
