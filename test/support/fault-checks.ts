import { groupBy } from '../../src/kernel/lists';
import { PERHAPS_LOST } from '../../src/outbox/send-records';
import type { ToolStore } from '../../src/app/tool-store';
import { everythingIn } from './redis';
import { FIGURES, eventOf } from './villager';
import type { FaultWorld, ReportedFigure } from './fault-world';
import { PERIOD } from './fault-world';

/**
 * What must hold after every scenario once the work is done: both ledgers, the rows of the store, the totals and the log
 * are held against the model. Each check answers a list of faults in words, empty when all is well.
 */

/** What became of the replies. */
export interface Account {
  readonly faults: string[];
  /** Lines that were typed; each wants one reply. */
  readonly lines: number;
  /** Replies that the API accepted and the program knows of. */
  readonly sent: number;
  /** Replies recorded as uncertain. */
  readonly uncertain: number;
  /** Of those, replies that never reached the API. */
  readonly unsent: number;
  /**
   * Replies that were sent and do not read the figures back: after a death between effects and reply the turn is decided
   * anew from figures that stand already, and the answer then is that they are as before.
   */
  readonly reworded: number;
}

interface StoredReply {
  readonly _id: string;
  readonly cause: string;
  readonly state: string;
  readonly messageId?: string;
}

/**
 * Each line has exactly one reply; it was accepted once, or stands as uncertain and was accepted at most once. Who may not
 * have got theirs is told so.
 */
export async function accountForReplies(world: FaultWorld, store: ToolStore): Promise<Account> {
  const rows = (await store.connection
    .collection('outbox')
    .find({ purpose: 'reply' }, { projection: { cause: 1, state: 1, messageId: 1 } })
    .toArray()) as unknown as StoredReply[];
  const byCause = groupBy(
    rows.filter(({ _id }) => !_id.endsWith(PERHAPS_LOST)),
    ({ cause }) => cause,
  );
  const warned = new Set(rows.filter(({ _id }) => _id.endsWith(PERHAPS_LOST)).map(({ cause }) => cause));
  const accepted = new Map<string, number>();
  for (const { messageId } of world.zalo.sends) accepted.set(messageId, (accepted.get(messageId) ?? 0) + 1);
  const faults: string[] = [];
  const sum = { lines: 0, sent: 0, uncertain: 0, unsent: 0, reworded: 0 };
  for (const villager of world.villagers) {
    const wanted = new Map<string, { lines: number; uncertain: number }>();
    for (const { entry, values } of villager.lines) {
      const key = values.join(' ');
      const tally = wanted.get(key) ?? { lines: 0, uncertain: 0 };
      wanted.set(key, tally);
      tally.lines += 1;
      sum.lines += 1;
      const replies = byCause.get(eventOf(entry)) ?? [];
      const [row] = replies;
      if (row?.state === 'uncertain' && !warned.has(eventOf(entry)))
        faults.push(`${entry.id}: uncertain, and not told so`);
      if (!row || replies.length > 1)
        faults.push(`${entry.id}: stored are ${replies.map(({ _id }) => _id).join(', ') || 'no replies'}`);
      else if (row.state === 'uncertain') {
        tally.uncertain += 1;
        sum.uncertain += 1;
      } else if (row.state === 'sent' && accepted.get(row.messageId ?? '') === 1) sum.sent += 1;
      else faults.push(`${row._id}: ${row.state}, the API knows ${accepted.get(row.messageId ?? '') ?? 0}`);
    }
    const heard = villager.readBacks();
    for (const [key, { lines, uncertain }] of wanted) {
      const times = heard.get(key) ?? 0;
      if (times > lines)
        faults.push(`${villager.unit} «${key}»: read back ${times} times for ${lines} lines`);
      sum.unsent += Math.min(uncertain, Math.max(0, lines - times));
      sum.reworded += Math.max(0, lines - uncertain - times);
    }
    for (const key of heard.keys())
      if (!wanted.has(key)) faults.push(`${villager.unit} «${key}»: read back and never typed`);
  }
  return { faults, ...sum };
}

/** Nothing waits and nothing was set aside, in the inbox and in the outbox, but the poisoned events. */
export async function leftovers({ connection }: ToolStore, poisoned = 0): Promise<string[]> {
  const counts = {
    'inbox rows wait': await connection.collection('inbox').countDocuments({ state: 'new' }),
    'inbox rows set aside, besides the poisoned':
      (await connection.collection('inbox').countDocuments({ state: 'dead' })) - poisoned,
    'replies open': await connection.collection('outbox').countDocuments({ open: true, purpose: 'reply' }),
    'messages set aside': await connection.collection('outbox').countDocuments({ state: 'dead' }),
  };
  return Object.entries(counts).flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`]));
}

interface Totals {
  readonly indicators: readonly {
    readonly id: string;
    readonly value: number | null;
    readonly covered: number;
    readonly expected: number;
    readonly zero: number;
    readonly missing: readonly string[];
  }[];
}

/** Cells of the totals, at village, commune and province, that differ from sums over the reports themselves. */
export async function differingCells(world: FaultWorld): Promise<string[]> {
  const faults: string[] = [];
  const units = [...world.villagers.map(({ unit }) => unit), world.commune, world.province];
  for (const unit of units) {
    const query = `form=village-month&period=${PERIOD}&unit=${unit}`;
    const { submissions } = await world.api<{ submissions: { figures: ReportedFigure[] }[] }>(
      `/api/v1/submissions?${query}`,
    );
    const totals = await world.api<Totals>(`/api/v1/rollup?${query}`);
    for (const id of FIGURES) {
      const counted = submissions
        .flatMap(({ figures }) => figures.filter((figure) => figure.id === id))
        .filter(({ state, value }) => (state === 'submitted' || state === 'approved') && value !== null)
        .map(({ value }) => value as number);
      const told = totals.indicators.find((indicator) => indicator.id === id);
      const cells = {
        value: [told?.value, counted.length === 0 ? null : counted.reduce((a, b) => a + b)],
        covered: [told?.covered, counted.length],
        zero: [told?.zero, counted.filter((value) => value === 0).length],
        expected: [told?.expected, counted.length + (told?.missing.length ?? 0)],
      };
      for (const [cell, [ours, summed]] of Object.entries(cells))
        if (ours !== summed) faults.push(`${unit} ${id} ${cell}: ${ours} told, ${summed} by the reports`);
    }
  }
  return faults;
}

/** Names, numbers, codes and lines of the run that turn up in the log, the metrics, or the reasons told of what failed. */
export async function canaryHits(world: FaultWorld, { connection }: ToolStore): Promise<string[]> {
  const said: string[] = [];
  for (const each of [world.program, ...world.others])
    said.push(...each.log, ...((await each.get('/metrics'))?.body ?? '').split('\n'));
  for (const rows of ['inbox', 'outbox'])
    for (const { reason } of await connection.collection<{ reason?: string }>(rows).find().toArray())
      said.push(reason ?? '');
  const pattern = canaryPattern(world);
  return said
    .filter((line) => typeof line === 'string' && pattern.test(line))
    .map((line) => `personal data: ${line.slice(0, 200)}`);
}

/** The same in what the queue keeps: every value of its Redis. */
export async function queueHits(world: FaultWorld): Promise<string[]> {
  const kept = await everythingIn(world.program.env['REDIS_URL'] ?? '');
  if (kept.length === 0) throw new Error('the queue keeps nothing; nothing was looked at');
  const pattern = canaryPattern(world);
  return kept.filter(([, text]) => pattern.test(text)).map(([name]) => `personal data in the queue: ${name}`);
}

/** One pass over a text: a figure may stand inside a longer number, a name may not stand anywhere. */
function canaryPattern(world: FaultWorld): RegExp {
  const typed = world.villagers.flatMap(({ lines }) => lines.map(({ entry }) => entry.text));
  const canaries = [...new Set([...world.canaries, ...typed])];
  return new RegExp(canaries.map((word) => `(?<!\\d)${word}(?!\\d)`).join('|'));
}
