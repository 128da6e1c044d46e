import type { Words } from '../kernel/i18n';
import { foldText } from '../kernel/vn-text';
import { matchChoice, offerOf, Steps, typedDigit } from './steps';
import type { Conversation, Frame, Input, StepResult, Tap, TurnEvent } from './dialog';
import { readPayload } from './say';
import type { Advanced, Engine } from './engine';

/**
 * One turn of a conversation: from what is stored and what the person sent to what will be stored, written and said.
 * Reads through `deps`, writes nothing. The same input gives the same ids, so a replay is harmless.
 */

export type { Advanced };

function screenOf(frame: Frame | undefined): { dialog: string; ref: string } {
  return { dialog: frame?.dialog ?? '', ref: frame?.ref ?? '' };
}

/** More frames than this are never useful: the oldest goes. */
const MAX_STACK = 4;

/** Advances by one message. */
export async function advance<D>(
  engine: Engine<D>,
  before: Conversation,
  typed: TurnEvent,
  deps: D,
  wordsOf: (locale: string) => Words,
): Promise<Advanced> {
  const event = await asTapped(engine, before, typed, deps);
  const locale = engine.locale(event) ?? before.locale;
  const machine = new Machine(engine, { ...before, locale }, event, deps, wordsOf(locale));
  await machine.play();
  return machine.finish();
}

/** A digit of the last message, or of the list that was just shown, is the tap on it, unless a question is open, whose answer it may be. */
async function asTapped<D>(
  engine: Engine<D>,
  before: Conversation,
  event: TurnEvent,
  deps: D,
): Promise<TurnEvent> {
  const digit = event.kind === 'text' ? typedDigit(event.text) : null;
  if (digit === null || !before.stack.every(({ dialog }) => engine.dialogs.get(dialog)?.light)) return event;
  const payload = (await engine.shown?.(deps, before.user, digit, event)) ?? picked(before, digit);
  return payload === null ? event : { ...event, text: payload };
}

/** Lines that begin with a number of their own, which a digit would mean as well. */
const NUMBERED_LINE = /^\s*\d{1,2}[.)]\s/m;

function picked({ listed, turn }: Conversation, number: number): string | null {
  return listed?.turn === turn ? (listed.picks?.[number - 1] ?? null) : null;
}

class Machine<D> extends Steps<D> {
  /** Light frames that this message closed; the router may still read what they held. */
  private readonly closed: Frame[] = [];
  /** The talk as others were last shown it. */
  private seen: Conversation = this.before;

  async play(): Promise<void> {
    const warning = this.engine.warned?.(this.turn) ?? null;
    if (warning !== null) this.notes.push(warning);
    const closed = this.closeForbidden();
    if (await this.begunAgain()) return;
    const first = await this.engine.first(this.turn, this.snapshot());
    if (first) return this.aside(first);
    const tap = readPayload(this.event.text);
    if (tap && !(closed && tap.dialog === closed.dialog)) return this.tapped(tap);
    for (let top = closed ? undefined : this.stack.at(-1); top; top = this.stack.at(-1)) {
      if (this.isCommand(top)) {
        this.giveWay();
        break;
      }
      if (await this.doubted(top)) return;
      const step = this.stepOf(top);
      const result = await step.receive?.(this.contextOf(top), this.inputFor(top));
      if (result && result.move.to !== 'pass') return this.follow(result);
      if (result) this.collect(result);
      if (!this.engine.dialogs.get(top.dialog)?.light) break;
      this.closed.push(top);
      this.stack.pop();
    }
    // «Gửi» to a talk that was just closed is the answer to it, and no question that only sounds so.
    const answers = closed !== null && matchChoice(this.event.text, closed.offered, true) !== null;
    const route = tap || answers ? null : await this.engine.route(this.turn, this.snapshot());
    if (route?.kind === 'result') return this.aside(route.result);
    const left = this.stack.at(-1);
    // An answer to the talk that was just closed is answered by why it was.
    if (closed) return left && this.leadBack(left, undefined);
    if (left) return this.repair(left);
    this.final = (await route?.say()) ?? null;
    this.effects.push(...(route?.effects ?? []));
  }

  /** A menu or a list under a command is over: a digit typed next is not its choice. */
  private giveWay(): void {
    for (let top = this.stack.at(-1); top; top = this.stack.at(-1)) {
      if (!this.engine.dialogs.get(top.dialog)?.light) return;
      this.closed.push(top);
      this.stack.pop();
    }
  }

  finish(): Advanced {
    const text = [...this.notes, this.final?.text ?? ''].filter((part) => part !== '').join('\n\n');
    const top = this.stack.at(-1);
    const choices = this.final?.choices ?? [];
    const digits = top ? !this.final?.screen && this.takesDigits(top) : !NUMBERED_LINE.test(text);
    const numbered = top || !digits ? 0 : choices.filter((c) => !c.link).length;
    const offered = text === '' ? (this.before.offered ?? 0) : numbered;
    if (top && this.final && !this.final.screen) {
      const shown = choices.filter((c) => !c.link).map(offerOf);
      this.stack[this.stack.length - 1] = { ...top, offered: shown, offeredAt: this.number };
    }
    return {
      conversation: {
        ...{ user: this.before.user, turn: this.number, lastEvents: [this.event.id] },
        stack: this.stack.slice(-MAX_STACK),
        locale: this.before.locale,
        ...(offered > 0 ? { offered } : {}),
        ...(this.listed ? { listed: this.listed } : {}),
      },
      effects: this.effects,
      says: text === '' ? [] : [{ say: { text, choices }, ...(this.final?.screen ?? screenOf(top)), digits }],
    };
  }

  /**
   * A word of command skips the open question; so does the digit or the label of a choice that stands for one. What stands
   * on the screen word by word is its answer, and no command is looked for.
   */
  private isCommand(top: Frame): boolean {
    const { choice } = this.inputFor(top);
    const offer = top.offered.find(({ id }) => id === choice);
    if (offer && offer.command === undefined && foldText(offer.label) === foldText(this.event.text))
      return false;
    if (this.stepOf(top).keeps?.(this.event.text)) return false;
    if (this.engine.isCommand(this.turn, this.snapshot())) return true;
    if (offer?.command === undefined) return false;
    this.turn = { ...this.turn, event: { ...this.event, text: offer.command } };
    return true;
  }

  /** A tap on the screen that is open is its choice; on any other it is old. */
  private async tapped(tap: Tap): Promise<void> {
    const top = this.stack.at(-1);
    if (top && top.dialog === tap.dialog && top.ref.toLowerCase() === tap.ref && top.offeredAt === tap.turn) {
      const step = this.stepOf(top);
      const input: Input = { event: this.event, text: this.labelOf(top, tap.choice), choice: tap.choice };
      const result = await step.receive?.(this.contextOf(top), input);
      if (result && result.move.to !== 'pass') return this.follow(result);
    }
    const dialog = this.engine.dialogs.get(tap.dialog);
    if (dialog?.oldButton) return this.aside(await dialog.oldButton(this.turn, tap));
    return this.aside(this.engine.oldButton(this.turn, top?.dialog === tap.dialog));
  }

  /** Something other than the open question was answered: say it, and lead back to the question. */
  private async aside(result: StepResult): Promise<void> {
    this.collect(result);
    const { move } = result;
    if (move.to === 'dialog') return this.begin(move.dialog, move.slots ?? {}, move.instead ?? false);
    if (move.to === 'here' && move.silent) return;
    if (move.to === 'end') this.stack.pop();
    const say = move.to === 'here' || move.to === 'end' ? move.say : undefined;
    const top = this.stack.at(-1);
    const dialog = top ? this.engine.dialogs.get(top.dialog) : undefined;
    if (!top || !dialog?.comeBack || move.to === 'end') {
      if (say) this.final = say;
      else if (top && this.notes.length > 0 && move.to !== 'end') this.final = await this.ask(top);
      return;
    }
    await this.leadBack(top, say);
  }

  private async repair(top: Frame): Promise<void> {
    const missed = { ...top, misses: Math.min(3, top.misses + 1) };
    this.stack[this.stack.length - 1] = missed;
    const dialog = this.engine.dialogs.get(top.dialog);
    const own = await dialog?.repair?.(this.contextOf(missed), this.inputFor(missed), missed.misses);
    // The same screen again without a word would look as if nothing had been read.
    if (!own && this.event.kind === 'text') this.notes.push(this.engine.unclear?.(this.turn) ?? '');
    this.final = own ?? (await this.ask(missed));
  }

  /** Lets go of frames the person may no longer go on with, and says why; answers the open one if it was among them. */
  private closeForbidden(): Frame | null {
    const top = this.stack.at(-1);
    const allowed: Frame[] = [];
    for (const frame of this.stack) {
      const why = this.engine.dialogs.get(frame.dialog)?.closes?.(this.contextOf(frame)) ?? null;
      if (why === null) allowed.push(frame);
      else if (!this.notes.includes(why)) this.notes.push(why);
    }
    this.stack = allowed;
    return top && top !== allowed.at(-1) ? top : null;
  }

  /**
   * A frame stored by another version of its dialog goes on where the dialog says. Where it cannot, the dialog begins
   * again with a sentence and the message is not taken for an answer to a question nobody saw: then this is true.
   * Frames that wait below and are of another version are let go; what they had recorded is in the records, not here.
   */
  private async begunAgain(): Promise<boolean> {
    const fits = (frame: Frame): boolean => {
      const dialog = this.engine.dialogs.get(frame.dialog);
      return dialog?.version === frame.version && dialog.steps[frame.step]?.ask !== undefined;
    };
    const top = this.stack.at(-1);
    this.stack = this.stack.filter((frame) => frame === top || fits(frame));
    if (!top || fits(top)) return false;
    this.stack.pop();
    const dialog = this.engine.dialogs.get(top.dialog);
    if (!dialog) return false;
    const next = dialog.upgrade?.(top) ?? null;
    if (next && dialog.steps[next.step]?.ask) {
      this.stack.push({ ...top, version: dialog.version, step: next.step, slots: next.slots });
      return false;
    }
    this.notes.push(this.turn.words.t('common:begin_again'));
    await this.begin(dialog.id, next?.slots ?? top.slots, false);
    return true;
  }

  private labelOf(frame: Frame, choice: string): string {
    return frame.offered.find((offer) => offer.id === choice)?.label ?? '';
  }

  /** The same while the talk stands as it does, so that what was found of the message for it stays known. */
  private snapshot(): Conversation {
    const stack = [...this.stack, ...this.closed];
    const known = this.seen.stack;
    if (stack.length !== known.length || stack.some((frame, i) => frame !== known[i]))
      this.seen = { ...this.before, stack };
    return this.seen;
  }
}
