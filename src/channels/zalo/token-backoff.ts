import { stopwatch, type Clock } from '../../kernel/clock';
import { AppError, isAppError, messageOf } from '../../kernel/errors';
import { backoffMs } from '../../kernel/retry';
import { MINUTE } from '../../kernel/vn-time';

/** Why the token cannot be renewed at present. */
export interface Failing {
  readonly since: Date;
  /** Zalo's code, where it was Zalo that said no. */
  readonly code?: number;
  readonly detail: string;
}

/** The wait before Zalo is asked again after so many failures. */
export type AgainMs = (failures: number) => number;

/**
 * What goes wrong with renewing, and how long Zalo is left alone after it. Also pairs that are refused soon after they
 * were made: another one would hardly do better, and Zalo would be asked for one with each message.
 */
export class TokenBackoff {
  private failing: Failing | null = null;
  private failures = 0;
  private sinceFailure: () => number = () => Infinity;
  private spurned = 0;
  private sinceSpurned: () => number = () => Infinity;
  private sinceRenewal: () => number = () => Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly againMs: AgainMs = (failures) => backoffMs(failures, 2_000, MINUTE),
  ) {}

  /** Null while all goes well. */
  get present(): Failing | null {
    return this.failing;
  }

  mayAsk(): boolean {
    return this.failing === null || this.sinceFailure() >= this.againMs(this.failures);
  }

  /** A renewal failed. */
  note(error: unknown): void {
    const { code, detail } = isAppError(error) ? error.facts : {};
    this.failures += 1;
    this.sinceFailure = stopwatch();
    this.failing = {
      since: this.failing?.since ?? this.clock.now(),
      detail: typeof detail === 'string' ? detail : isAppError(error) ? error.code : messageOf(error),
      ...(typeof code === 'number' ? { code } : {}),
    };
  }

  /** There is a new pair. */
  over(): void {
    this.failing = null;
    this.failures = 0;
  }

  /** What callers are told while Zalo is left alone. */
  error(): AppError {
    const { code, detail } = this.failing ?? { detail: 'token renewal waits' };
    return code === undefined
      ? new AppError('zalo_unreachable', { detail })
      : new AppError('zalo_refused', { code, detail });
  }

  /** This process has just renewed. */
  renewed(): void {
    this.sinceRenewal = stopwatch();
  }

  /** The present pair was refused: whether it may be renewed for that. */
  maySpurn(): boolean {
    if (this.sinceRenewal() >= MINUTE) {
      this.spurned = 0;
      return true;
    }
    if (this.spurned > 0 && this.sinceSpurned() < this.againMs(this.spurned)) return false;
    this.spurned += 1;
    this.sinceSpurned = stopwatch();
    return true;
  }
}
