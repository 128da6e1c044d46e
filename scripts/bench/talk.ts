import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { person, textRequest } from './events';
import { LEADERS } from './leaders';
import { quantile } from './numbers';
import { Line } from './sockets';

/**
 * The other end of S5 and S17, a process of its own: village leaders who report or citizens who ask at a steady rate, and
 * the fake Zalo that takes the answers. A message's time runs from its sending until the fake has accepted the first
 * reply to it.
 */
export interface TalkOrder {
  readonly port: number;
  readonly seconds: number;
  readonly rate: number;
  /** What citizens ask, one after the other; absent: leaders report. */
  readonly questions?: readonly string[];
}

export interface TalkResult {
  readonly events: number;
  readonly unanswered: number;
  /** The newest words of those who have one answer too few, some of them. */
  readonly silent: readonly string[];
  /** Messages that got another answer than 200. */
  readonly refused: number;
  /** Messages said again since their connection was closed as idle before they reached the program. */
  readonly repeated: number;
  /** From the sending of the message to its accepted reply, ms. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** From the 200 to the accepted reply, ms; 0 where the reply was first. */
  readonly afterAckP99: number;
}

interface Sent {
  readonly text: string;
  readonly at: number;
  ackedAt: number;
}

const CONNECTIONS = 64;
/** On a machine with too little to spare an answer is late, not lost. */
const PATIENCE_MS = 60_000;
const SHOWN = 20;
/** So many that nobody asks again before the last bubble of their answer has come. */
const CITIZENS = 1_500;
const BEGINS = Date.parse('2026-03-12T01:00:05Z');
/** Per person, what waits for its reply, oldest first: replies of one person come in order. */
const waiting = new Map<string, Sent[]>();
const queue: { request: Buffer; sent: Sent }[] = [];
let done: { total: number; afterAck: number }[] = [];
let refused = 0;
let repeated = 0;
let port = 0;
let said = 0;
let accepted = 0;

const zalo = createServer((req, res) => {
  // What is asked of the account itself is none of the talk.
  if (req.method === 'GET') {
    res.end('{"error":0,"message":"Success","data":{}}');
    return;
  }
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { recipient?: { user_id?: string } };
    const user = body.recipient?.user_id ?? '';
    const now = performance.now();
    const sent = waiting.get(user)?.shift();
    if (sent) done.push({ total: now - sent.at, afterAck: sent.ackedAt === 0 ? 0 : now - sent.ackedAt });
    accepted += 1;
    res.setHeader('content-type', 'application/json');
    res.end(
      JSON.stringify({
        error: 0,
        message: 'Success',
        data: { message_id: `m${accepted}`, user_id: user, quota: { quota_type: 'reply' } },
      }),
    );
  });
});

async function run(order: TalkOrder): Promise<TalkResult> {
  const { seconds, rate, questions } = order;
  const lines = await Promise.all(Array.from({ length: CONNECTIONS }, () => Line.open(order.port)));
  waiting.clear();
  done = [];
  [refused, repeated, port] = [0, 0, order.port];
  const count = Math.round(seconds * rate);
  const begun = performance.now();
  for (let n = 0; n < count;) {
    const now = performance.now();
    for (; n < count && (n * 1_000) / rate <= now - begun; n += 1) speak(lines, questions);
    await pause(1);
  }
  const until = performance.now() + PATIENCE_MS;
  while (done.length < count && performance.now() < until) await pause(10);
  const silent = [...waiting.values()].flatMap((list) => list.map(({ text }) => text));
  // What breaks from now on is not said again.
  waiting.clear();
  for (const line of lines) line.close();
  const total = done.map((each) => each.total);
  return {
    events: count,
    unanswered: count - done.length,
    silent: silent.slice(0, SHOWN),
    refused,
    repeated,
    p50: quantile(total, 0.5),
    p95: quantile(total, 0.95),
    p99: quantile(total, 0.99),
    afterAckP99: quantile(
      done.map((each) => each.afterAck),
      0.99,
    ),
  };
}

/** The next leader says the month's figures, other ones than the last time; or the next citizen asks. */
function speak(lines: Line[], questions: readonly string[] = []): void {
  const n = said;
  said += 1;
  const question = questions[n % questions.length];
  const user = person(question === undefined ? n % LEADERS : LEADERS + (n % CITIZENS));
  const text = question ?? `BC ${400 + (n % 90)} ${1 + (n % 20)} ${50 + (n % 170)} ${1 + (n % 40)}`;
  const request = textRequest({
    user,
    id: `d00d${n.toString(16).padStart(12, '0')}`,
    text,
    at: BEGINS + n,
  });
  const sent: Sent = { text, at: performance.now(), ackedAt: 0 };
  const list = waiting.get(user);
  if (list) list.push(sent);
  else waiting.set(user, [sent]);
  const line = lines.pop();
  if (line) deliver(lines, line, request, sent);
  else queue.push({ request, sent });
}

/**
 * What finds no free connection waits for one, and its wait counts. A connection that the program has closed because
 * nothing came on it is replaced and the message said again, as the platform does.
 */
function deliver(lines: Line[], line: Line, request: Buffer, sent: Sent): void {
  line.send(request, (status) => {
    if (status === 0 && waiting.size > 0) {
      repeated += 1;
      void Line.open(port).then((fresh) => deliver(lines, fresh, request, sent), giveUp);
      return;
    }
    if (status !== 200) refused += 1;
    sent.ackedAt = performance.now();
    const next = queue.shift();
    if (next) deliver(lines, line, next.request, next.sent);
    else lines.push(line);
  });
}

/** The program is gone: its messages show as not answered. */
function giveUp(): void {
  refused += 1;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

process.on('message', (order: TalkOrder) => {
  run(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
zalo.keepAliveTimeout = 60_000;
zalo.listen(0, '127.0.0.1', () => process.send?.({ port: (zalo.address() as AddressInfo).port }));
