import type { Words } from '../kernel/i18n';
import type {
  Choice,
  Conversation,
  AnyEffect,
  Frame,
  Input,
  Listed,
  Say,
  Slots,
  StepContext,
  StepResult,
  Turn,
  TurnEvent,
} from './dialog';
import type { Engine } from './engine';
import { foldText } from '../kernel/vn-text';
import { choice, missed, type Shown } from '../understanding/choice';

/**
 * The steps that a person stands on within one turn: begins dialogs, acts on what a step decided, asks, and leads back to
 * what was left open. It collects what is to be said and written; which message goes to which step is decided in `advance`.
 */

const MAX_HOPS = 24;
export class Steps<D> {
  protected stack: Frame[];
  protected readonly effects: AnyEffect[] = [];
  protected readonly notes: string[] = [];
  protected final: Say | null = null;
  protected turn: Turn<D>;
  protected readonly number: number;
  protected listed: Listed | undefined;
  private ids = 0;

  constructor(
    protected readonly engine: Engine<D>,
    protected readonly before: Conversation,
    protected readonly event: TurnEvent,
    deps: D,
    words: Words,
  ) {
    this.stack = [...before.stack];
    this.listed = before.listed;
    this.number = before.turn + 1;
    this.turn = {
      user: before.user,
      event,
      at: event.arrivedAt,
      words,
      deps,
      effectId: () => `${event.id}:${this.ids++}`,
      memo: new Map(),
    };
  }

  protected async begin(id: string, slots: Slots, instead: boolean): Promise<void> {
    const dialog = this.engine.dialogs.get(id);
    if (!dialog) throw new RangeError(`no dialog ${id}`);
    if (instead) this.stack.pop();
    this.stack = this.stack.filter((frame) => !this.engine.dialogs.get(frame.dialog)?.light);
    const ref = dialog.ref?.(slots) ?? '';
    this.stack = this.stack.filter((frame) => frame.dialog !== id);
    this.stack.push({
      dialog: id,
      version: dialog.version,
      step: dialog.first,
      slots,
      misses: 0,
      ref,
      offered: [],
      offeredAt: this.number,
    });
    await this.arrive();
  }

  /** Acts on what a step decided, until some step asks or the dialog ends. */
  protected async follow(result: StepResult): Promise<void> {
    this.collect(result);
    const { move } = result;
    const top = this.stack.at(-1) as Frame;
    switch (move.to) {
      case 'step': {
        if (!this.stepOf(top).to.includes(move.step))
          throw new RangeError(`${top.dialog}.${top.step} does not lead to ${move.step}`);
        this.replaceTop({ step: move.step, slots: { ...top.slots, ...move.slots }, misses: 0, asides: 0 });
        return this.arrive();
      }
      case 'here': {
        this.replaceTop({
          slots: { ...top.slots, ...move.slots },
          misses: move.miss ? Math.min(3, top.misses + 1) : 0,
          asides: 0,
        });
        const here = this.stack.at(-1) as Frame;
        const dialog = this.engine.dialogs.get(here.dialog);
        if (move.miss && here.misses >= 3 && dialog?.repair)
          this.final = await dialog.repair(this.contextOf(here), this.inputFor(here), 3);
        else this.final = move.say ?? (await this.ask(here));
        return;
      }
      case 'dialog':
        return this.begin(move.dialog, move.slots ?? {}, move.instead ?? false);
      case 'end': {
        this.stack.pop();
        this.final = move.say ?? null;
        const below = this.stack.at(-1);
        const dialog = below ? this.engine.dialogs.get(below.dialog) : undefined;
        if (below && dialog?.comeBack) await this.leadBack(below, move.say);
        return;
      }
      case 'pass':
        return;
    }
  }

  /** Stands on the top frame's step: runs it, or asks its question. */
  private async arrive(hops = 0): Promise<void> {
    const top = this.stack.at(-1);
    if (!top) return;
    if (hops > MAX_HOPS) throw new RangeError(`${top.dialog} runs in a circle at ${top.step}`);
    const step = this.stepOf(top);
    if (!step.run) {
      this.final = await this.ask(top);
      return;
    }
    const result = await step.run(this.contextOf(top));
    if (result.move.to === 'step') {
      this.collect(result);
      if (!step.to.includes(result.move.step))
        throw new RangeError(`${top.dialog}.${top.step} does not lead to ${result.move.step}`);
      this.replaceTop({
        step: result.move.step,
        slots: { ...top.slots, ...result.move.slots },
        misses: 0,
        asides: 0,
      });
      return this.arrive(hops + 1);
    }
    return this.follow(result);
  }

  protected async ask(frame: Frame): Promise<Say> {
    const step = this.stepOf(frame);
    if (!step.ask) throw new RangeError(`${frame.dialog}.${frame.step} does not ask`);
    return step.ask(this.contextOf(frame));
  }

  /** Asks above the same question whether a final choice was meant that the text misses by one letter; false: none is missed so. */
  protected async doubted(frame: Frame): Promise<boolean> {
    const label = doubtedLabel(this.event.text, frame.offered);
    if (label === null) return false;
    const question = await this.ask(frame);
    this.final = { ...question, text: `${this.engine.doubt(this.turn, label)}\n${question.text}` };
    return true;
  }

  /** The card that leads back to a frame under what was just said; a frame with nothing unfinished is let go. */
  protected async leadBack(before: Frame, said: Say | undefined): Promise<void> {
    const frame = { ...before, asides: (before.asides ?? 0) + 1 };
    this.stack[this.stack.length - 1] = frame;
    const card = await this.engine.dialogs.get(frame.dialog)?.comeBack?.(this.contextOf(frame));
    if (!card) {
      this.stack.pop();
      this.final = said ?? null;
      return;
    }
    if (said) this.notes.push(said.text);
    this.final = card.choices ? card : await this.withQuestion(card, frame);
  }

  /** A card without choices of its own carries the question, so that it stays on the screen. */
  private async withQuestion(card: Say, frame: Frame): Promise<Say> {
    const question = await this.ask(frame);
    return card.text.includes(question.text)
      ? { ...question, text: card.text }
      : { ...question, text: `${card.text}\n${question.text}` };
  }

  protected collect(result: StepResult): void {
    this.effects.push(...(result.effects ?? []));
    this.notes.push(...(result.notes ?? []));
    if (result.listed) this.listed = { ...result.listed, turn: this.number };
  }

  protected replaceTop(change: Partial<Frame>): void {
    const top = this.stack.at(-1) as Frame;
    const next = { ...top, ...change };
    const dialog = this.engine.dialogs.get(next.dialog);
    this.stack[this.stack.length - 1] = { ...next, ref: dialog?.ref?.(next.slots) ?? next.ref };
  }

  protected stepOf(frame: Frame) {
    const step = this.engine.dialogs.get(frame.dialog)?.steps[frame.step];
    if (!step) throw new RangeError(`no step ${frame.dialog}.${frame.step}`);
    return step;
  }

  protected contextOf(frame: Frame): StepContext<D> {
    return { turn: this.turn, slots: frame.slots, frame };
  }

  protected inputFor(frame: Frame): Input {
    return {
      event: this.event,
      text: this.event.text,
      choice: matchChoice(this.event.text, frame.offered, this.takesDigits(frame)),
    };
  }

  protected takesDigits(frame: Frame): boolean {
    return (this.stepOf(frame).digits ?? 'choice') === 'choice';
  }
}

/** What is kept of a choice that was shown. */
export function offerOf({ id, label, command, exact }: Choice): Frame['offered'][number] {
  return { id, label, ...(command ? { command } : {}), ...(exact ? { exact } : {}) };
}

/** The number that is all a text says, as the place of a choice: from 1. Null for anything else. */
export function typedDigit(text: string): number | null {
  const typed = foldText(text).replace(/[.!?)\s]+$/u, '');
  return /^[1-9]\d?$/.test(typed) ? Number(typed) : null;
}

/**
 * The choice a text means among those on the screen: its digit (when digits are choices there), or its label in words,
 * without accents or with, whole or, where nothing final follows, nearly so. Null when it is none of them, or could be two.
 */
export function matchChoice(text: string, offered: readonly Shown[], digits: boolean): string | null {
  const typed = foldText(text).replace(/[.!?\s]+$/u, '');
  if (digits && /^\d{1,2}$/.test(typed)) return offered[Number(typed) - 1]?.id ?? null;
  return choice(text, offered);
}

/** The label of the choice that cannot be taken back and that the text misses by one letter; null: none. */
export function doubtedLabel(text: string, offered: readonly Shown[]): string | null {
  return missed(text, offered)?.label ?? null;
}
