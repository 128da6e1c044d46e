import { groupBy } from '../kernel/lists';
import { withEventId } from '../observability/trace';
import { SPENT_MS } from './deliver';
import { firstLook } from './delivery-check';
import type { HeldRow } from './outbox.repo';
import { OTHERS_FIRST_MS } from './others-first';
import type { Sender, SenderDeps } from './sender';

const NEVER_BEGAN = new Date(0);

/** Rows taken in hand by one sweep. */
const SWEEP_ROWS = 5_000;

export interface SweepDeps extends Pick<SenderDeps, 'rows' | 'owner' | 'singleProcess' | 'log' | 'metrics'> {
  readonly sender: Sender;
  /** Told of an instant at which to sweep again. */
  readonly left: (at: Date) => void;
}

/**
 * Makes good what a crash or a lost wake-up has left: sends whose process is gone become uncertain, rows whose time
 * has come are taken in hand. Run twice, or by two processes, it does no harm. Answers whether there may be more.
 */
export async function sweep(deps: SweepDeps, now: Date): Promise<boolean> {
  const { rows, sender, owner } = deps;
  sender.wake();
  const alive = new Set(deps.singleProcess ? [] : await rows.aliveSenders(now));
  alive.add(owner);
  const elsewhere = (row: HeldRow): boolean =>
    row.owner !== null && row.owner !== owner && (alive.has(row.owner) || spentAt(deps, row) > now);
  const sending = await rows.sending();
  for (const row of sending) {
    if (row.owner === owner) await recoverOwn(deps, row, now);
    else if (!elsewhere(row)) await giveUp(deps, row, now);
    else if (!alive.has(row.owner as string)) deps.left(spentAt(deps, row));
  }
  const due = await rows.due(now, SWEEP_ROWS);
  // Rows of one person leave in order: none is taken while an earlier one is in another process's hand.
  const held = groupBy([...sending, ...due].filter(elsewhere), (row) => row.to);
  const free = due.filter((row) => !sender.lanes.has(row.id) && !held.has(row.to));
  await rows.adopt(
    free.filter((row) => row.owner !== owner).map((row) => row.id),
    owner,
  );
  for (const row of free) sender.add({ ...row, owner });
  // Those behind another's row go on soon after it, not only when the next sweep is scheduled.
  if (due.some((row) => !sender.lanes.has(row.id) && !elsewhere(row)))
    deps.left(new Date(now.getTime() + OTHERS_FIRST_MS));
  return due.length === SWEEP_ROWS;
}

/**
 * From when on a send of a process that is gone can certainly not begin or arrive any more, should that process only
 * have been frozen. A row that waits can be taken at once: whoever sends it must claim it first.
 */
function spentAt({ singleProcess }: SweepDeps, row: HeldRow): Date {
  if (singleProcess || row.state !== 'sending') return NEVER_BEGAN;
  return new Date((row.begunAt ?? row.createdAt).getTime() + SPENT_MS);
}

/** Rows that an enqueue found there already: those of ours, or of nobody, that nobody has in hand. */
export async function takeUp(deps: SweepDeps, ids: readonly string[], now: Date): Promise<void> {
  const { rows, sender, owner } = deps;
  for (const row of await rows.byIds(ids)) {
    if (row.state === 'sending' && row.owner === owner) await recoverOwn(deps, row, now);
    else if (row.state === 'queued' && (row.owner === null || row.owner === owner) && row.notBefore <= now)
      sender.add(row);
  }
}

/**
 * Stored as being sent by us, yet not in our hand: its write was acknowledged too late, and a send only begins after
 * the acknowledgement. So it was certainly not sent.
 */
async function recoverOwn({ rows, sender, owner }: SweepDeps, row: HeldRow, now: Date): Promise<void> {
  if (sender.lanes.has(row.id)) return;
  const waits = { id: row.id, state: 'queued' as const, at: now, attempts: row.attempts, owner };
  if (await rows.settleSending(row.id, owner, waits)) sender.add({ ...row, state: 'queued' });
}

/** Whether it arrived is asked, where the channel can be asked; otherwise nobody knows. */
async function giveUp(
  { rows, sender, owner, log, metrics }: SweepDeps,
  row: HeldRow,
  now: Date,
): Promise<void> {
  if (row.deliveredAt === null && sender.canLookUp(row)) {
    const held = { id: row.id, state: 'sending' as const, at: now, attempts: row.attempts, owner };
    if (!(await rows.settleSending(row.id, row.owner, held))) return;
    const look = firstLook(row.begunAt ?? row.createdAt, 'process_ended', row.cost ?? 0);
    sender.add({ ...row, owner, look });
    return;
  }
  const ended = { id: row.id, state: 'uncertain' as const, at: now, attempts: row.attempts + 1, owner: null };
  if (row.deliveredAt !== null) {
    await rows.settleSending(row.id, row.owner, { ...ended, state: 'sent' });
    return;
  }
  await sender.noteUncertain(row);
  if (!(await rows.settleSending(row.id, row.owner, { ...ended, reason: 'process_ended' }))) return;
  metrics.outbox('uncertain');
  withEventId(row.cause, () => log.warn({ messageId: row.id }, 'a send was cut short and is uncertain'));
}
