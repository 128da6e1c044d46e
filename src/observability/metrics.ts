/**
 * The counters of the path, as Prometheus text. The program counts in plain numbers (a webhook counts thousands of
 * times a second); they become Prometheus counters only when somebody asks. No label ever holds an id, a name or a text.
 */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

const INBOX_STAGES = {
  received: 'Verified events handed to the inbox',
  duplicate: 'Events that were stored already',
  stored: 'Events stored for the first time',
  processed: 'Events whose turn was carried out',
  failed: 'Tries of a turn that failed',
  set_aside: 'Events set aside after too many tries',
} as const;
export type InboxStage = keyof typeof INBOX_STAGES;

const OUTBOX_STAGES = {
  queued: 'Messages written to the outbox',
  sent: 'Messages the channel accepted',
  deferred: 'Times a message was put off to a later moment',
  retried: 'Sends that certainly failed and are tried again',
  uncertain: 'Sends that may have arrived and are not repeated blindly',
  unreachable: 'Messages whose person cannot be reached',
  dead: 'Messages set aside after too many tries',
} as const;
export type OutboxStage = keyof typeof OUTBOX_STAGES;

export const WEBHOOK_OUTCOMES = [
  'stored',
  'duplicate',
  'look',
  'probe',
  'unsigned',
  'wrong_signature',
  'not_json',
  'too_large',
  'encoded',
  'other_app',
  'other_account',
  'not_stored',
  'too_slow',
  'aborted',
  'wrong_method',
] as const;
/** What became of one request to the webhook; `look` is a GET or HEAD, `not_stored` and `too_slow` were answered 503. */
export type WebhookOutcome = (typeof WEBHOOK_OUTCOMES)[number];

/** So many different reasons are kept apart; further ones are counted as `other`. */
const REASONS_MAX = 60;

export interface Metrics {
  inbox(stage: InboxStage, count?: number): void;
  outbox(stage: OutboxStage, count?: number): void;
  /** A message deliberately not sent. `reason` is one of a small set of fixed words. */
  dropped(reason: string, count?: number): void;
  webhook(outcome: WebhookOutcome): void;
  /** An event that is no part of a talk was handled; `name` is the channel's own name of it. */
  noted(name: string): void;
  /** A figure read whenever the metrics are asked for. Registering a name again replaces its reader. */
  gauge(name: string, help: string, read: () => number): void;
  /** The Prometheus text. */
  text(): Promise<string>;
  readonly contentType: string;
  /** The present counts by name, for tests and the simulator: `inbox_stored_total`, `webhook_requests_total{outcome="probe"}`. */
  counts(): Readonly<Record<string, number>>;
}

/** `process` adds what Prometheus wants to know of any program: memory, CPU, event loop. */
export function createMetrics(options: { readonly process?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (options.process) collectDefaultMetrics({ register: registry });
  const inbox = stageCounters(registry, 'inbox', INBOX_STAGES);
  const outbox = stageCounters(registry, 'outbox', OUTBOX_STAGES);
  const reasons = labelledCounter(
    registry,
    'outbox_dropped_total',
    'Messages deliberately not sent',
    'reason',
  );
  const webhook = labelledCounter(
    registry,
    'webhook_requests_total',
    'Requests to the webhook by outcome',
    'outcome',
  );
  for (const outcome of WEBHOOK_OUTCOMES) webhook.set(outcome, 0);
  const noted = labelledCounter(
    registry,
    'channel_events_noted_total',
    'Events that are no part of a talk, by name',
    'name',
  );
  const readers = new Map<string, () => number>();

  return {
    inbox: (stage, count = 1) => void (inbox[stage] += count),
    outbox: (stage, count = 1) => void (outbox[stage] += count),
    dropped: (reason, count = 1) => {
      const kept = reasons.has(reason) || reasons.size < REASONS_MAX ? reason : 'other';
      reasons.set(kept, (reasons.get(kept) ?? 0) + count);
    },
    webhook: (outcome) => void webhook.set(outcome, (webhook.get(outcome) ?? 0) + 1),
    noted: (name) => {
      const kept = noted.has(name) || noted.size < REASONS_MAX ? name : 'other';
      noted.set(kept, (noted.get(kept) ?? 0) + 1);
    },
    gauge: (name, help, read) => {
      const known = readers.has(name);
      readers.set(name, read);
      if (known) return;
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [registry],
        collect: () => gauge.set(readers.get(name)?.() ?? 0),
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
    counts: () => {
      const out: Record<string, number> = {};
      for (const [stage, count] of Object.entries(inbox)) out[`inbox_${stage}_total`] = count;
      for (const [stage, count] of Object.entries(outbox)) out[`outbox_${stage}_total`] = count;
      for (const [reason, count] of reasons) out[`outbox_dropped_total{reason="${reason}"}`] = count;
      for (const [name, count] of noted) out[`channel_events_noted_total{name="${name}"}`] = count;
      for (const [outcome, count] of webhook) out[`webhook_requests_total{outcome="${outcome}"}`] = count;
      return out;
    },
  };
}

function stageCounters<S extends string>(
  registry: Registry,
  prefix: string,
  stages: Readonly<Record<S, string>>,
): Record<S, number> {
  const counts = {} as Record<S, number>;
  for (const [stage, help] of Object.entries(stages) as [S, string][]) {
    counts[stage] = 0;
    const counter: Counter = new Counter({
      name: `${prefix}_${stage}_total`,
      help,
      registers: [registry],
      collect: () => {
        counter.reset();
        counter.inc(counts[stage]);
      },
    });
  }
  return counts;
}

function labelledCounter(registry: Registry, name: string, help: string, label: string): Map<string, number> {
  const counts = new Map<string, number>();
  const counter: Counter = new Counter({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect: () => {
      counter.reset();
      for (const [value, count] of counts) counter.inc({ [label]: value }, count);
    },
  });
  return counts;
}
