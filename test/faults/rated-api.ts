import type { LookUp, OutboundMessage, SendResult } from '../../src/channels/channel';
import type { outboxWorld } from '../integration/outbox/world';
import type { Random } from '../support/random';

export interface Faults {
  /** Shares of the sends that are refused for the rate by mistake, fail with 5xx, or get no answer in time. */
  readonly throttled?: number;
  readonly failed?: number;
  readonly hung?: number;
}

const TIMEOUT_MS = 8_000;

/**
 * The channel's side in moved time: takes so long for an answer, counts every request, refuses what is beyond its limit
 * (in a minute of the clock, as Zalo counts, and in any second where one is given), and fails as often as it is told. Its
 * ledger knows what was really accepted.
 */
export class RatedApi {
  /** When each request came in, questions included. */
  readonly requests: number[] = [];
  readonly accepted: {
    readonly to: string;
    readonly text: string;
    readonly at: number;
    readonly id: string;
  }[] = [];
  /** Refused because the limit was really passed. */
  refused = 0;
  /** Refused or failed by chance. */
  spoilt = 0;
  slow: ReadonlyMap<string, number> = new Map();
  private readonly life = { dead: false, busy: 0 };
  private ids = 0;
  private minute = -1;
  private inMinute = 0;

  constructor(
    private readonly world: ReturnType<typeof outboxWorld>,
    private readonly random: Random,
    private readonly options: Faults & {
      readonly perMinute: number;
      readonly latency?: readonly [number, number];
    },
  ) {
    world.channel.answer = (to, message) => this.send(to, message);
  }

  /** From now on it can be asked what arrived, each time at the pace of all; of templates it cannot say. */
  answersQuestions(): void {
    this.world.channel.lookUp = (to, message, since) => this.lookUp(to, message, since);
  }

  /** Time passes by itself, as if somebody watched the clock. */
  pass(ms: number): Promise<void> {
    return this.world.time.wait(ms, this.life);
  }

  /** The most requests that any stretch of `ms` holds. */
  most(ms: number): number {
    return mostWithin(this.requests, ms);
  }

  private get now(): number {
    return this.world.clock.now().getTime();
  }

  private async send(to: string, message: OutboundMessage): Promise<SendResult> {
    if (!this.count()) {
      this.refused += 1;
      return this.enough();
    }
    const [from, upTo] = this.options.latency ?? [30, 120];
    await this.pass(this.slow.get(to) ?? this.random.between(from, upTo));
    const dice = this.random.next();
    const { throttled = 0, failed = 0, hung = 0 } = this.options;
    if (dice < throttled + failed + hung) this.spoilt += 1;
    if (dice < throttled) return this.enough();
    if (dice < throttled + failed) return { outcome: 'retry', afterMs: 5_000, detail: 'HTTP 500' };
    const arrives = dice >= throttled + failed + hung || this.random.chance(0.5);
    const id = `m${(this.ids += 1)}`;
    if (arrives) this.accepted.push({ to, text: textOf(message), at: this.now, id });
    if (dice >= throttled + failed + hung) return { outcome: 'sent', messageId: id };
    await this.pass(TIMEOUT_MS);
    return { outcome: 'uncertain', detail: 'no answer in time' };
  }

  private async lookUp(to: string, message: OutboundMessage, since: Date): Promise<LookUp> {
    await this.world.pace();
    if (!this.count()) this.refused += 1;
    await this.pass(50);
    if (message.kind === 'template') return { arrived: 'unknown' };
    const found = this.accepted.find(
      (each) => each.to === to && each.text === textOf(message) && each.at >= since.getTime(),
    );
    return found ? { arrived: 'yes', messageId: found.id } : { arrived: 'no' };
  }

  private count(): boolean {
    this.requests.push(this.now);
    const minute = Math.floor(this.now / 60_000);
    if (minute !== this.minute) this.inMinute = 0;
    this.minute = minute;
    this.inMinute += 1;
    return this.inMinute <= this.options.perMinute;
  }

  private enough(): SendResult {
    const afterMs = 60_000 - (this.now % 60_000) + this.random.between(50, 550);
    return { outcome: 'retry', afterMs, detail: 'rate', throttled: true };
  }
}

export function mostWithin(instants: readonly number[], ms: number): number {
  const sorted = [...instants].sort((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < sorted.length; last += 1) {
    while ((sorted[last] as number) - (sorted[first] as number) >= ms) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function textOf(message: OutboundMessage): string {
  return 'text' in message ? (message.text ?? '') : message.kind;
}
