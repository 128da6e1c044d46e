import type { UserKey } from '../kernel/ids';
import { newer } from '../kernel/instants';
import type { TakeoverRepo } from './takeover.repo';

/**
 * Who answers in a talk: the bot, or a person of the office who has written in the channel's own console. After such a
 * word the bot keeps silent in that talk for a set time, so that two voices do not answer at once; what the person
 * sends meanwhile is stored and left to the human. The person gets the bot back by calling it. What was half done stays
 * as it was. Promises: the same instants give the same answer, in whatever order and however often they were noted.
 */
export interface Takeover {
  readonly user: UserKey;
  /** The newest word of a person of the office. Null: none. */
  readonly humanAt: Date | null;
  /** When the person last called the bot back. */
  readonly backAt: Date | null;
}

/** Whether a message that arrived at `at` is left to the human. What arrived before the human wrote is the bot's to answer. */
export function isLeftToHuman({ humanAt, backAt }: Takeover, at: Date, forMs: number): boolean {
  if (humanAt === null || at < humanAt || at.getTime() >= humanAt.getTime() + forMs) return false;
  return backAt === null || backAt < humanAt;
}

export interface TakeoversDeps {
  readonly repo: TakeoverRepo;
  /** How long a word of a human keeps the bot silent, in milliseconds; 0: not at all. */
  readonly forMs: number;
  /** No other process notes takeovers in this store, so what was read once stays good. */
  readonly singleProcess: boolean;
}

export class Takeovers {
  private known: Promise<Map<UserKey, Takeover>> | null = null;

  constructor(private readonly deps: TakeoversDeps) {}

  /** A person of the office wrote at `at`; answers until when the bot keeps silent, null when it does not. */
  async humanWrote(user: UserKey, at: Date): Promise<Date | null> {
    if (this.deps.forMs === 0) return null;
    await this.note(user, { humanAt: at });
    return new Date(at.getTime() + this.deps.forMs);
  }

  /** The person wants the bot again. */
  async calledBack(user: UserKey, at: Date): Promise<void> {
    await this.note(user, { backAt: at });
  }

  async isSilent(user: UserKey, at: Date): Promise<boolean> {
    if (this.deps.forMs === 0) return false;
    const takeover = await this.find(user);
    return takeover !== null && isLeftToHuman(takeover, at, this.deps.forMs);
  }

  async forget(user: UserKey): Promise<void> {
    await this.deps.repo.forget(user);
    (await this.known)?.delete(user);
  }

  private async find(user: UserKey): Promise<Takeover | null> {
    if (!this.deps.singleProcess) return this.deps.repo.find(user);
    return (await this.all()).get(user) ?? null;
  }

  /** Few talks are ever in human hands; a singleProcess process knows them all. A failed reading is read again. */
  private all(): Promise<Map<UserKey, Takeover>> {
    this.known ??= this.deps.repo.all().then(
      (found) => new Map(found.map((takeover) => [takeover.user, takeover])),
      (error: unknown) => {
        this.known = null;
        throw error;
      },
    );
    return this.known;
  }

  private async note(user: UserKey, what: Partial<Record<'humanAt' | 'backAt', Date>>): Promise<void> {
    await this.deps.repo.note(user, what);
    if (!this.deps.singleProcess) return;
    const known = await this.all();
    const before = known.get(user) ?? { user, humanAt: null, backAt: null };
    known.set(user, {
      user,
      humanAt: newer(before.humanAt, what.humanAt ?? null),
      backAt: newer(before.backAt, what.backAt ?? null),
    });
  }
}
