import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Clock } from '../kernel/clock';
import type { FakeZaloOptions } from './fake-zalo-options';
import { ownCallersOnly } from './own-callers';
import { createSimulator } from './simulator';

/**
 * The simulator alone, without a program behind it: Zalo's hosts at the root, the page and its routes under
 * `/simulator`. For whoever writes a client of Zalo, in whatever language; it is driven over HTTP only.
 */

export interface ServeOptions extends Omit<FakeZaloOptions, 'clock'> {
  readonly clock: Clock & { moveTo(instant: Date): void };
  /** 0: any free port. */
  readonly port?: number;
}

export interface ServedSimulator {
  /** Of all three of Zalo's hosts; the simulator's own routes are below `/simulator`. */
  readonly base: string;
  close(): Promise<void>;
}

export async function serveSimulator({ port = 0, ...options }: ServeOptions): Promise<ServedSimulator> {
  const { clock } = options;
  const simulator = createSimulator({
    ...options,
    settled: () => simulator.fake.webhook.idle(),
    listCodes: async () => [],
    nextDue: async () => simulator.fake.webhook.nextDue(),
    advanceClock: async (to) => {
      for (;;) {
        const due = simulator.fake.webhook.nextDue();
        if (!due || due > to) break;
        if (due > clock.now()) clock.moveTo(due);
        await simulator.fake.webhook.runDue();
      }
      if (to > clock.now()) clock.moveTo(to);
      return clock.now();
    },
  });
  const app = express();
  app.disable('x-powered-by');
  app.use(ownCallersOnly());
  app.use('/simulator', simulator.pageRouter);
  app.use(simulator.zaloRouter);
  const server = http.createServer(app);
  // A caller that is slow itself must not find its line closed under the next request.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  simulator.fake.media.base = base;
  return {
    base,
    close: async () => {
      await simulator.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
