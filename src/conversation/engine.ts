import type { UserKey } from '../kernel/ids';
import type { Conversation, Dialog, AnyEffect, Say, StepResult, Turn, TurnEvent } from './dialog';

/** What the router says about a message that the open step did not take. */
export type Route =
  | { readonly kind: 'result'; readonly result: StepResult }
  /** Nothing known: the repair of the open step, or `say` when nothing is open. */
  | { readonly kind: 'unknown'; say(): Promise<Say>; readonly effects?: readonly AnyEffect[] };

export interface Engine<D> {
  readonly dialogs: ReadonlyMap<string, Dialog<D>>;
  /** Said before all else, whatever is made of the message: of secrets that came beside its words. Null: nothing. */
  warned?(turn: Turn<D>): string | null;
  /** Before the open step: things that win over any question (a secret, a new follower). Null: nothing. */
  first(turn: Turn<D>, conversation: Conversation): Promise<StepResult | null>;
  /** After the open step passed, or when nothing is open. */
  route(turn: Turn<D>, conversation: Conversation): Promise<Route>;
  /**
   * The payload behind this digit of the last message the person was shown; null: it numbered none so. Asked only while
   * no question is open. Absent: digits answer open questions only.
   */
  shown?(deps: D, user: UserKey, digit: number, event: TurnEvent): Promise<string | null>;
  /** A word of command such as `#BAOCAO`, or a command that no open question may take for its answer. */
  isCommand(turn: Turn<D>, conversation: Conversation): boolean;
  /** What is asked when a final choice was typed with one wrong letter: «… phải không ạ?». */
  doubt(turn: Turn<D>, label: string): string;
  /** What stands above a question that is asked again because nobody understood the message. Absent: nothing. */
  unclear?(turn: Turn<D>): string;
  /**
   * A tap on a screen that is no longer there, of a dialog without words of its own for it: what became of it and what can be
   * done now. `isOpen`: that dialog is the open one, and its screen as it is now follows.
   */
  oldButton(turn: Turn<D>, isOpen: boolean): StepResult;
  /** Language change asked for by an effect-free command; null keeps the one there is. */
  locale(event: TurnEvent): string | null;
}

/** What one turn comes to. */
export interface Advanced {
  readonly conversation: Conversation;
  readonly effects: readonly AnyEffect[];
  /** What to say, in order: usually one; `frame` tells which buttons belong to it. */
  readonly says: readonly {
    readonly say: Say;
    readonly dialog: string;
    readonly ref: string;
    /** A number typed in answer is the choice of that place. */
    readonly digits: boolean;
  }[];
}
