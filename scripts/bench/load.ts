import { performance } from 'node:perf_hooks';
import { person, textRequest } from './events';
import { quantile } from './numbers';
import { Line } from './sockets';

/**
 * The load program, a process of its own: throws distinct signed events at a webhook, either as fast as its
 * connections allow (closed loop) or at a steady rate whatever comes back (open loop). Requests are made beforehand.
 */
export interface LoadOrder {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Events per second; absent: as many as go. */
  readonly rate?: number;
  /** Makes ids distinct from those of every other order. */
  readonly name: string;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly ok: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly over500: number;
}

/** More than any server on earth answers on one core. */
const MOST_PER_SECOND = 15_000;
const PEOPLE = 2_000;
const AT = Date.parse('2026-03-12T01:00:00Z');

function makeRequests(order: LoadOrder): Buffer[] {
  const count = Math.ceil(order.seconds * (order.rate ?? MOST_PER_SECOND));
  return Array.from({ length: count }, (_, n) =>
    textRequest({
      user: person(n % PEOPLE),
      id: `${order.name}${n.toString(16).padStart(8, '0')}`,
      text: `BC ${300 + (n % 200)} ${1 + (n % 30)} ${n % 500} ${n % 80}`,
      at: AT + n,
    }),
  );
}

async function run(order: LoadOrder): Promise<LoadResult> {
  const requests = makeRequests(order);
  const lines = await Promise.all(Array.from({ length: order.connections }, () => Line.open(order.port)));
  const times: number[] = [];
  let failed = 0;
  const note = (status: number, ms: number): void => {
    if (status === 200) times.push(ms);
    else failed += 1;
  };
  const begun = performance.now();
  if (order.rate === undefined) await closedLoop(lines, requests, begun + order.seconds * 1_000, note);
  else await openLoop(lines, requests, order.rate, begun, note);
  const elapsed = (performance.now() - begun) / 1_000;
  for (const line of lines) line.close();
  return {
    perSecond: times.length / elapsed,
    ok: times.length,
    failed,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    max: quantile(times, 1),
    over500: times.filter((ms) => ms > 500).length,
  };
}

type Note = (status: number, ms: number) => void;

function closedLoop(lines: Line[], requests: readonly Buffer[], until: number, note: Note): Promise<void> {
  let next = 0;
  let open = lines.length;
  return new Promise((resolve) => {
    const go = (line: Line): void => {
      const request = requests[next];
      const begun = performance.now();
      if (request === undefined || begun >= until) {
        open -= 1;
        if (open === 0) resolve();
        return;
      }
      next += 1;
      line.send(request, (status) => {
        note(status, performance.now() - begun);
        go(line);
      });
    };
    for (const line of lines) go(line);
  });
}

/** What finds no free connection waits for one, and its wait counts. */
function openLoop(
  lines: Line[],
  requests: readonly Buffer[],
  rate: number,
  begun: number,
  note: Note,
): Promise<void> {
  const free = [...lines];
  const waiting: { request: Buffer; since: number }[] = [];
  let next = 0;
  let out = 0;
  return new Promise((resolve) => {
    const send = (line: Line, request: Buffer, since: number): void => {
      out += 1;
      line.send(request, (status) => {
        out -= 1;
        note(status, performance.now() - since);
        const first = waiting.shift();
        if (first) return send(line, first.request, first.since);
        free.push(line);
        if (next === requests.length && out === 0) resolve();
      });
    };
    const tick = (): void => {
      const now = performance.now();
      for (; next < requests.length && ((next + 1) * 1_000) / rate <= now - begun; next += 1) {
        const request = requests[next] as Buffer;
        const line = free.shift();
        if (line) send(line, request, now);
        else waiting.push({ request, since: now });
      }
      if (next < requests.length) setTimeout(tick, 1);
    };
    tick();
  });
}

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.send?.({ ready: true });
