import type { InboundEvent, OutboundMessage } from '../channels/channel';
import type { Clock } from '../kernel/clock';
import { AppError } from '../kernel/errors';
import { failpoint, swallow } from '../kernel/failpoint';
import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import { advance, type Advanced } from './advance';
import { type ConversationRepo, HeldConversations, type Lease } from './conversation.repo';
import type { Conversation, AnyEffect, TurnEvent } from './dialog';
import type { Engine } from './engine';
import { type Spoken, toMessages } from './say';

/** An event that waits for its turn, as the inbox keeps it. */
export interface TurnRow {
  readonly id: string;
  readonly event: InboundEvent;
  readonly arrivedAt: Date;
  readonly eventAt: Date;
}

/** A reply to be stored in the outbox; the id comes from the event, so a repeat of the turn writes nothing new. */
export interface Reply {
  readonly id: string;
  readonly to: UserKey;
  readonly message: OutboundMessage;
  readonly cause: string;
  readonly createdAt: Date;
}

export interface TurnOptions<D> {
  readonly repo: ConversationRepo;
  /** The machine's clock: leases are about processes. */
  readonly machineClock: Clock;
  /** Names this process among those that share the store. */
  readonly owner: string;
  /** No other process shares the store: what was read stays good, and leases need not be given back. */
  readonly singleProcess: boolean;
  /** What was read and is still held, which an erasure lets go of. Absent: nobody else asks. */
  readonly held?: HeldConversations;
  readonly engine: Engine<D>;
  readonly deps: D;
  /** The words of the language, as that person is spoken to. */
  readonly wordsOf: (locale: string, user: UserKey) => Words;
  /** 'conflict': the facts changed since they were read; the turn is decided again from the new ones. */
  readonly applyEffect: (effect: AnyEffect, turnId: string) => Promise<'done' | 'conflict'>;
  readonly reply: (replies: readonly Reply[]) => Promise<void>;
  /** How the person wants to be spoken to, once the effects of the turn are done. Absent: as usual. */
  readonly spokenTo?: (user: UserKey) => Spoken | undefined;
  /** Whether this alone is visibly unfinished. */
  readonly isUnfinished: (conversation: Conversation, event: TurnEvent) => boolean;
  /** One text out of the unfinished message and what followed it; null: they are two. */
  readonly join?: (first: TurnEvent, second: TurnEvent) => TurnEvent | null;
}

/** What a person waits when the process that answered them was killed; whoever is alive and busy renews it. */
const LEASE_MS = 3_000;
const RENEW_MS = 1_000;

/**
 * Holds the conversation of one person at a time and plays turns in the order that makes a crash harmless:
 * effects, outbox rows, conversation state (which remembers the events it applied); the caller closes the inbox row last.
 */
export class TurnRunner<D> {
  private readonly held: HeldConversations;

  constructor(private readonly options: TurnOptions<D>) {
    this.held = options.held ?? new HeldConversations();
  }

  /** The conversation of this person, held; null while another process has it. */
  async openSession(user: UserKey): Promise<PersonSession<D> | null> {
    const { repo, machineClock, owner, singleProcess } = this.options;
    const lease =
      (singleProcess ? this.held.get(user) : undefined) ??
      (await repo.take(user, owner, machineClock.now(), LEASE_MS));
    if (!lease) return null;
    const session = new PersonSession(this.options, lease, (after) =>
      this.held.keep(user, singleProcess ? after : null),
    );
    if (!singleProcess) session.keepLease();
    return session;
  }
}

class PersonSession<D> {
  private renewal: NodeJS.Timeout | null = null;

  constructor(
    private readonly options: TurnOptions<D>,
    private lease: Lease,
    private readonly keep: (lease: Lease | null) => void,
  ) {}

  /** Holds the lease for as long as the conversation is held: only turns that the store makes slow ever need it. */
  keepLease(): void {
    const { repo, machineClock } = this.options;
    this.renewal = setInterval(() => {
      const until = new Date(machineClock.now().getTime() + LEASE_MS);
      // A lease that could not be renewed is lost at the next save, which is refused.
      repo.renew(this.lease.conversation.user, this.lease.fence, until).catch(() => undefined);
    }, RENEW_MS);
    this.renewal.unref();
  }

  async turn(rows: readonly TurnRow[]): Promise<void> {
    const before = this.lease.conversation;
    const fresh = rows.filter((row) => !before.lastEvents.includes(row.id));
    const last = fresh.at(-1);
    if (!last) return;
    const decided = await this.decideAndApply(before, fresh);
    failpoint('after_effects');
    await this.options.reply(this.repliesOf(decided, last));
    failpoint('after_enqueue');
    const conversation = { ...decided.conversation, lastEvents: fresh.map((row) => row.id) };
    const until = new Date(this.options.machineClock.now().getTime() + LEASE_MS);
    const saved = await this.options.repo.save(conversation, this.lease.fence, { release: false, until });
    if (!saved) {
      this.keep(null);
      throw new AppError('turn_conflict', { eventId: last.id });
    }
    this.lease = { ...this.lease, conversation };
    this.keep(this.lease);
    failpoint('after_state');
  }

  async unfinished(rows: readonly TurnRow[]): Promise<boolean> {
    const events = rows.map(toEvent);
    const last = events.at(-1);
    return last !== undefined && this.options.isUnfinished(this.lease.conversation, last);
  }

  async apologise(row: TurnRow, _reason: string): Promise<void> {
    const { locale, user } = this.lease.conversation;
    const words = this.options.wordsOf(locale, user);
    await this.options.reply([
      {
        id: `${row.id}:sorry`,
        to: user,
        message: { kind: 'text', text: words.t('common:could_not_handle') },
        cause: row.id,
        createdAt: row.arrivedAt,
      },
    ]);
  }

  async leave(): Promise<void> {
    if (this.renewal) clearInterval(this.renewal);
    if (this.options.singleProcess) return;
    await this.options.repo.release(this.lease.conversation.user, this.lease.fence);
  }

  /** Decides and writes; when the facts changed in between, decides again from what there is now. */
  private async decideAndApply(before: Conversation, rows: readonly TurnRow[]): Promise<Advanced> {
    for (let tries = 1; ; tries += 1) {
      const decided = await this.decide(before, rows);
      let conflict = false;
      for (const effect of decided.effects) {
        if ((await this.options.applyEffect(effect, rows[0]?.id ?? '')) === 'conflict') {
          conflict = true;
          break;
        }
      }
      if (!conflict) return decided;
      if (tries >= 3)
        throw new AppError('turn_failed', { eventId: rows[0]?.id, why: 'the facts keep changing' });
    }
  }

  /** Several messages that belong together are played one after the other and answered once, with what was said last. */
  private async decide(before: Conversation, rows: readonly TurnRow[]): Promise<Advanced> {
    const events = this.joined(before, rows.map(toEvent));
    const wordsOf = (locale: string): Words => this.options.wordsOf(locale, before.user);
    let state = before;
    const effects: AnyEffect[] = [];
    let says: Advanced['says'] = [];
    for (const event of events) {
      swallow(event.text);
      const step = await advance(this.options.engine, state, event, this.options.deps, wordsOf);
      state = step.conversation;
      effects.push(...step.effects);
      if (step.says.length > 0) says = step.says;
    }
    return { conversation: { ...state, turn: before.turn + events.length }, effects, says };
  }

  private joined(before: Conversation, events: readonly TurnEvent[]): TurnEvent[] {
    const out: TurnEvent[] = [];
    for (const event of events) {
      const previous = out.at(-1);
      const one =
        previous && this.options.isUnfinished(before, previous)
          ? (this.options.join?.(previous, event) ?? null)
          : null;
      if (one) out[out.length - 1] = one;
      else out.push(event);
    }
    return out;
  }

  private repliesOf(decided: Advanced, last: TurnRow): Reply[] {
    const { user, turn } = decided.conversation;
    return decided.says
      .flatMap(({ say, dialog, ref, digits }) =>
        toMessages(say, { dialog, ref, turn, digits }, this.options.spokenTo?.(user)),
      )
      .map((message, n) => ({
        id: `${last.id}:r${n}`,
        to: user,
        message,
        cause: last.id,
        createdAt: last.arrivedAt,
      }));
  }
}

function toEvent(row: TurnRow): TurnEvent {
  return {
    id: row.id,
    kind: row.event.kind,
    text: row.event.text ?? '',
    secrets: row.event.secrets,
    codeHash: row.event.codeHash ?? null,
    ...(row.event.phoneHash === undefined ? {} : { phoneHash: row.event.phoneHash }),
    ...(row.event.attachments ? { attachments: row.event.attachments } : {}),
    arrivedAt: row.arrivedAt,
    eventAt: row.eventAt,
  };
}
