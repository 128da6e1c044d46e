import { seededChances } from './seeded';

/** Trouble on the way to the webhook, each for a seeded share of the events. */
export interface Chaos {
  /** The first try does not arrive. */
  readonly drop: number;
  readonly duplicate: number;
  /** Lets the next event pass. */
  readonly reorder: number;
  /** Waits `slowMs` of real time before it leaves. */
  readonly slow: number;
  readonly slowMs: number;
  readonly seed: number;
}

export const CALM: Chaos = { drop: 0, duplicate: 0, reorder: 0, slow: 0, slowMs: 1000, seed: 1 };

/** What befalls the next event: ordered by name, or by the seeded share of `Chaos`. */
export class Mishaps {
  private chaos = CALM;
  private chance = seededChances(CALM.seed);
  private dropped = 0;
  private twice = 0;

  /** From now on; what is not named is off. */
  begin(chaos: Partial<Chaos>): void {
    this.chaos = { ...CALM, ...chaos };
    this.chance = seededChances(this.chaos.seed);
  }

  drop(times: number): void {
    this.dropped += times;
  }

  duplicate(times: number): void {
    this.twice += times;
  }

  reorders(): boolean {
    return this.chance(this.chaos.reorder);
  }

  duplicates(): boolean {
    const is = this.twice > 0 || this.chance(this.chaos.duplicate);
    if (this.twice > 0) this.twice -= 1;
    return is;
  }

  /** How long the event waits before it leaves; 0: not at all. */
  slowMs(): number {
    return this.chance(this.chaos.slow) ? this.chaos.slowMs : 0;
  }

  /** Only first tries are lost. */
  drops(attempt: number): boolean {
    if (attempt > 0) return false;
    if (this.dropped > 0) {
      this.dropped -= 1;
      return true;
    }
    return this.chance(this.chaos.drop);
  }
}
