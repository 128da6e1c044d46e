import { Router } from 'express';
import { messageOf } from '../kernel/errors';
import { inTime } from '../kernel/retry';
import type { Metrics } from '../observability/metrics';

/** How one part is. `detail` is a few fixed words, never data. */
export interface PartState {
  readonly ok: boolean;
  readonly detail?: string;
}

/** One part that is looked at. Only a `required` part that is not well takes the program out of service. */
export interface Probe {
  readonly name: string;
  readonly required: boolean;
  check(): Promise<PartState> | PartState;
}

export interface HealthOptions {
  /** Without these the process is of no use and should be started anew. */
  readonly live: readonly Probe[];
  /** Without these it should get no requests. */
  readonly ready: readonly Probe[];
  readonly metrics: Metrics;
  /** A probe that takes longer counts as not well, in milliseconds. */
  readonly withinMs?: number;
}

/** `/health/live`, `/health/ready` (200 or 503, each part named) and `/metrics`. */
export function createHealthRouter(options: HealthOptions): Router {
  const router = Router();
  const withinMs = options.withinMs ?? 1_000;
  for (const [path, probes] of [
    ['/health/live', options.live],
    ['/health/ready', options.ready],
  ] as const) {
    router.get(path, async (_req, res) => {
      const states = await Promise.all(probes.map((probe) => look(probe, withinMs)));
      const ok = probes.every((probe, i) => !probe.required || states[i]?.ok === true);
      const parts = Object.fromEntries(probes.map((probe, i) => [probe.name, states[i]]));
      res
        .set('cache-control', 'no-store')
        .status(ok ? 200 : 503)
        .json({ status: ok ? 'ok' : 'failing', parts });
    });
  }
  router.get('/metrics', async (_req, res) => {
    res.set('content-type', options.metrics.contentType).send(await options.metrics.text());
  });
  return router;
}

async function look(probe: Probe, withinMs: number): Promise<PartState> {
  try {
    return await inTime(Promise.resolve(probe.check()), withinMs, () => new Error('no answer'));
  } catch (error) {
    return { ok: false, detail: messageOf(error).slice(0, 200) };
  }
}
