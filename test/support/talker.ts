import { stopwatch } from '../../src/kernel/clock';
import type { Person, PhoneMessage } from '../../src/simulator/fake-person';

/** What the bot answered, as the person's phone shows it. */
export interface Heard {
  /** All bubbles of the answer, with a blank line between two. Empty: nothing was said. */
  readonly text: string;
  /** Titles of the buttons under the last bubble that has any. */
  readonly buttons: readonly string[];
  readonly bubbles: readonly PhoneMessage[];
}

/** What a talker needs of the world around. */
export interface Surroundings {
  /** Resolves once the program has answered everything it was told. */
  settle(): Promise<void>;
}

/** Real time an answer may take on a busy machine before the test gives up. */
const PATIENCE_MS = 15_000;

/** Somebody with a phone who says one thing and waits for the whole of the answer. */
export class Talker {
  constructor(
    readonly person: Person,
    private readonly world: Surroundings,
  ) {}

  get id(): string {
    return this.person.id;
  }

  says(text: string): Promise<Heard> {
    return this.hears(`said «${text}»`, () => this.person.types(text));
  }

  /** Taps a button of the newest message that has buttons, or of an older message. */
  taps(button: string, message?: PhoneMessage): Promise<Heard> {
    return this.hears(`tapped [${button}]`, () => this.person.taps(button, message?.id));
  }

  /** Says something and waits for the first word of the answer only; for what a test does on its way. */
  async saysQuickly(text: string): Promise<Heard> {
    const before = this.person.heard.length;
    await this.firstWord(`said «${text}»`, () => this.person.types(text));
    return this.heardSince(before);
  }

  follows(): Promise<Heard> {
    return this.hears('followed', () => this.person.follows());
  }

  /** Asks for a list and turns its pages; resolves with the entries. */
  async asksForAll(question: string): Promise<string[]> {
    const entries: string[] = [];
    for (let heard = await this.says(question); ; heard = await this.taps('Xem tiếp')) {
      entries.push(...heard.text.split('\n').filter((line) => line.startsWith('- ')));
      if (!heard.buttons.includes('Xem tiếp')) return entries;
    }
  }

  /** Everything written to this person after the place `since` of what they have heard. */
  heardSince(since: number): Heard {
    const bubbles = this.person.heard.slice(since);
    const buttons = bubbles.findLast((bubble) => bubble.buttons?.length)?.buttons ?? [];
    return {
      text: bubbles.map((bubble) => bubble.text).join('\n\n'),
      buttons: buttons.map((button) => button.title),
      bubbles,
    };
  }

  private async hears(what: string, act: () => Promise<boolean>): Promise<Heard> {
    const before = this.person.heard.length;
    await this.firstWord(what, act);
    await this.world.settle();
    return this.heardSince(before);
  }

  private async firstWord(what: string, act: () => Promise<boolean>): Promise<void> {
    const before = this.person.heard.length;
    if (!(await act())) throw new Error(`${what}, and the webhook did not take it`);
    const since = stopwatch();
    while (this.person.heard.length === before) {
      if (since() > PATIENCE_MS) throw new Error(`${what}, and nothing was answered`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
