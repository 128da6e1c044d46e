import type { UserKey } from '../kernel/ids';
import type { Address } from '../kernel/address';
import type { Manner, PreferenceDoc } from './preferences.model';
import type { PreferencesRepo } from './preferences.repo';

/** What people asked about being written to, in memory: few people ask, and every reminder must know. */
export class Preferences {
  private known = new Map<UserKey, PreferenceDoc>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly repo: PreferencesRepo) {}

  /** Reads everything again. */
  async refresh(): Promise<void> {
    this.known = new Map((await this.repo.all()).map((doc) => [doc._id, doc]));
  }

  isMuted(user: UserKey): boolean {
    return this.known.get(user)?.muted ?? false;
  }

  /** The language the person chose; null when they never did. */
  localeOf(user: UserKey): string | null {
    return this.known.get(user)?.locale ?? null;
  }

  /** Stops or resumes what we write unasked; replies always go. Twice is once. */
  async mute(user: UserKey, muted: boolean, at: Date): Promise<void> {
    await this.change(user, { muted }, at);
  }

  async speak(user: UserKey, locale: string, at: Date): Promise<void> {
    await this.change(user, { locale }, at);
  }

  /** How the person wants to be spoken to. */
  mannerOf(user: UserKey): Manner {
    return this.known.get(user)?.manner ?? 'usual';
  }

  async speakSo(user: UserKey, manner: Manner, at: Date): Promise<void> {
    await this.change(user, { manner }, at);
  }

  /** How the person asked to be called; null when they never did. */
  addressOf(user: UserKey): Address | null {
    return this.known.get(user)?.address ?? null;
  }

  async address(user: UserKey, address: Address, at: Date): Promise<void> {
    await this.change(user, { address }, at);
  }

  /** The commune the person said they live in; null when they never did. */
  communeOf(user: UserKey): string | null {
    return this.known.get(user)?.commune ?? null;
  }

  async liveIn(user: UserKey, commune: string, at: Date): Promise<void> {
    await this.change(user, { commune }, at);
  }

  /** Reads again every `intervalMs`, for what other processes wrote, until `stop`. */
  watch(intervalMs: number, onError: (error: unknown) => void): void {
    this.stop();
    this.timer = setInterval(() => void this.refresh().catch(onError), intervalMs);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  private async change(
    user: UserKey,
    what: Partial<Pick<PreferenceDoc, 'muted' | 'locale' | 'commune' | 'manner' | 'address'>>,
    at: Date,
  ): Promise<void> {
    await this.repo.set(user, what, at);
    const before = this.known.get(user) ?? { _id: user, muted: false, locale: null, commune: null, at };
    this.known.set(user, { ...before, ...what, at });
  }
}
