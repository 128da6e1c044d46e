import type { UserKey } from '../kernel/ids';
import type { InboundEvent, InboundKind } from './channel';

/** An event as the inbox stores it. */
export interface StoredEvent {
  readonly id: string;
  /** Whose conversation it belongs to; null when it is nobody's. */
  readonly user: UserKey | null;
  readonly event: InboundEvent;
  readonly arrivedAt: Date;
  /** When the channel says it happened. */
  readonly eventAt: Date;
}

/**
 * What a feature does with events that take no turn in a talk, by their kind. Each may be called twice for the same event
 * and must do no harm then; one that throws is tried again with all others of its kind.
 */
export type EventHandlers = {
  readonly [K in InboundKind]?: (stored: StoredEvent) => Promise<void>;
};
