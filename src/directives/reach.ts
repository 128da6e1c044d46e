import type { RowFate } from '../outbox/outbox-row';
import type { Reached, Recipient } from './directive';

/** What the outbox knows of the last message to a recipient, read into the recipient. Pure. */

const ORDER: readonly Reached[] = ['held', 'queued', 'unreachable', 'sent', 'delivered', 'seen'];

export interface LastSend {
  readonly reached: Reached;
  readonly why: string | null;
  /** When it was really sent; null while it was not. */
  readonly sentAt: Date | null;
  /** Whether it still waits for its time or for a sender. */
  readonly pending: boolean;
}

/** How far the best of these rows came; null when there is none. A row dropped because it was no longer needed says nothing. */
export function lastSend(rows: readonly RowFate[]): LastSend | null {
  let best: LastSend | null = null;
  for (const row of rows) {
    const one = sendOf(row);
    if (one !== null && (best === null || ORDER.indexOf(one.reached) > ORDER.indexOf(best.reached)))
      best = one;
  }
  return best;
}

function sendOf(row: RowFate): LastSend | null {
  const { sentAt, reason } = row;
  if (row.seenAt !== null) return { reached: 'seen', why: null, sentAt, pending: false };
  if (row.deliveredAt !== null) return { reached: 'delivered', why: null, sentAt, pending: false };
  switch (row.state) {
    case 'sent':
      return { reached: 'sent', why: null, sentAt, pending: false };
    case 'uncertain':
      return { reached: 'sent', why: null, sentAt: sentAt ?? row.createdAt, pending: false };
    case 'unreachable':
    case 'dead':
      return {
        reached: 'unreachable',
        why: row.state === 'dead' ? 'failed' : reason,
        sentAt: null,
        pending: false,
      };
    case 'queued':
    case 'sending':
      return { reached: 'queued', why: null, sentAt: null, pending: true };
    case 'dropped':
      return null;
  }
}

/** The recipient as the outbox knows it now: what was seen once stays seen, and an answer is more than any hint. */
export function withReach<R extends Recipient>(recipient: R, rows: ReadonlyMap<string, RowFate>): R {
  const { last, answer, steps } = recipient;
  const send = last === null ? null : lastSend(last.rows.flatMap((id) => rows.get(id) ?? []));
  if (last === null || send === null) return recipient;
  const timed = send.sentAt !== null ? { ...steps, [last.step]: send.sentAt } : steps;
  const reached = furthest(recipient, send);
  if (answer !== 'none' || reached === recipient.reached) return { ...recipient, steps: timed };
  return { ...recipient, steps: timed, reached, why: send.why };
}

/** How far it came, with the last send counted: what was sent once is never unsent by a later step that could not be. */
export function furthest({ reached }: Pick<Recipient, 'reached'>, send: LastSend | null): Reached {
  if (send === null) return reached;
  const came = ORDER.indexOf(reached) >= ORDER.indexOf('sent');
  return came && ORDER.indexOf(send.reached) <= ORDER.indexOf(reached) ? reached : send.reached;
}
