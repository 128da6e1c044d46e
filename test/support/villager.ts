import { stopwatch } from '../../src/kernel/clock';
import type { AcceptedSend } from '../../src/simulator/fake-openapi';
import type { FaultWorld } from './fault-world';
import type { LedgerEntry } from './platform';
import type { Random } from './random';

/** The figures of the form in the order of the one-line form, and values that nobody would ask back. */
export const FIGURES = ['adults_digital', 'classes_held', 'learners', 'households_helped'] as const;
const RANGES: readonly (readonly [number, number])[] = [
  [30, 60],
  [3, 9],
  [60, 130],
  [5, 30],
];

/** One month in one line, as it was typed. */
export interface Line {
  readonly entry: LedgerEntry;
  readonly values: readonly number[];
}

/** The model of somebody who reports: knows every line they typed, and how often each was answered. */
export class Villager {
  readonly lines: Line[] = [];
  /** In which order the lines must have been handled; as typed, unless a test had them delivered otherwise. */
  handled: readonly Line[] = this.lines;
  private readonly chance: Random;

  /** Two people with the same `habit` report the same figures. */
  constructor(
    private readonly world: FaultWorld,
    readonly user: string,
    readonly unit: string,
    habit: string = unit,
  ) {
    this.chance = world.random.fork(`figures of ${habit}`);
  }

  /** What the bot wrote to this person, oldest first. */
  get heard(): readonly AcceptedSend[] {
    return this.world.zalo.sendsTo(this.user);
  }

  /** Types, and waits until the bot has written something new and then been quiet for a moment; an empty list when nothing came in time. */
  async says(text: string, limitMs = 20_000): Promise<readonly AcceptedSend[]> {
    const before = this.heard.length;
    // Having typed is what lets Zalo deliver our answer; the fake keeps its own account of it.
    await this.world.zalo.person(this.user).types(text);
    this.world.platform.says(this.user, text);
    const since = stopwatch();
    while (this.heard.length === before && since() < limitMs) await pause(10);
    for (let seen = -1; seen !== this.heard.length;) {
      seen = this.heard.length;
      await pause(40);
    }
    return this.heard.slice(before);
  }

  /** Types a month's figures in one line, each unlike the one before, and does not wait. */
  reports(): LedgerEntry {
    const last = this.lines.at(-1)?.values;
    const values = RANGES.map(([from, to], i) => {
      const value = this.chance.between(from, to - 1);
      return last && value >= (last[i] as number) ? value + 1 : value;
    });
    const entry = this.world.platform.says(this.user, `BC ${values.join(' ')}`);
    this.lines.push({ entry, values });
    return entry;
  }

  /** How the stored report differs from what was typed: for each figure, one version for each line, in the order given. */
  async faults(order: readonly Line[] = this.handled): Promise<string[]> {
    const figures = await this.world.figures(this.unit);
    return FIGURES.flatMap((id, i) => {
      const stored = (figures.get(id)?.history ?? []).map(({ value, eventId }) => `${eventId} = ${value}`);
      const typed = order.map(({ entry, values }) => `${eventOf(entry)} = ${values[i]}`);
      const at = typed.findIndex((line, n) => stored[n] !== line);
      if (at === -1 && stored.length === typed.length) return [];
      return [
        `${this.unit} ${id}: ${stored.length} versions for ${typed.length} lines; ` +
          `at ${at} stored ${stored[at] ?? 'none'}, typed ${typed[at] ?? 'none'}`,
      ];
    });
  }

  /** How often the figures of each line were read back, by the figures; a read-back names all four. */
  readBacks(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { text } of this.heard) {
      const values = [...text.matchAll(/: (?:\d+ → )?(\d+)(?=;|\n| –|$)/g)].map(([, value]) => value);
      if (values.length !== FIGURES.length) continue;
      const key = values.join(' ');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  /** Says the code and takes whatever steps the bot then asks for. */
  async claim(code: string): Promise<void> {
    await this.says('xin chào');
    const asked = await this.says(code);
    if (asked.length === 0) throw new Error(`${this.unit}: the code was not answered`);
    await this.says('1');
  }

  /** Reports once and sends it in, so that whatever is typed from now on is a correction that counts at once. */
  async sendsIn(): Promise<void> {
    const line = this.reports();
    const since = stopwatch();
    while (line.acknowledgedAt === null || this.readBacks().size === 0) {
      if (since() > 20_000) throw new Error(`${this.unit}: the figures were not read back`);
      await pause(10);
    }
    const [receipt] = await this.says('gửi');
    if (receipt?.text.includes('Đã gửi') !== true)
      throw new Error(`${this.unit}: the report was not taken: ${receipt?.text ?? 'no answer'}`);
  }
}

/** The program's id of an event of the ledger. */
export function eventOf(entry: LedgerEntry): string {
  return `user_send_text:${entry.id}`;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
