import type { OutboxRow } from '../outbox/outbox-row';
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
export function lastSend(rows: readonly OutboxRow[]): LastSend | null {
  let best: LastSend | null = null;
  for (const row of rows) {
    const one = sendOf(row);
    if (one !== null && (best === null || ORDER.indexOf(one.reached) > ORDER.indexOf(best.reached)))
      best = one;
  }
  return best;
}

function sendOf(row: OutboxRow): LastSend | null {
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
export function withReach<R extends Recipient>(recipient: R, rows: ReadonlyMap<string, OutboxRow>): R {
  const { last, reached, answer, steps } = recipient;
  if (last === null) return recipient;
  const send = lastSend(last.rows.flatMap((id) => rows.get(id) ?? []));
  if (send === null) return recipient;
  const timed = send.sentAt !== null ? { ...steps, [last.step]: send.sentAt } : steps;
  if (answer !== 'none') return { ...recipient, steps: timed };
  const came = ORDER.indexOf(reached) >= ORDER.indexOf('sent') ? reached : null;
  const better = came === null || ORDER.indexOf(send.reached) > ORDER.indexOf(came);
  return better
    ? { ...recipient, steps: timed, reached: send.reached, why: send.why }
    : { ...recipient, steps: timed };
}
