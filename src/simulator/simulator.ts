import express, { type Router } from 'express';
import { createChatRoutes, type ChatRoutesOptions } from './chat.routes';
import { createConsoleRoutes } from './console.routes';
import { createFakeZalo, type FakeZalo } from './fake-zalo';
import type { FakeZaloOptions } from './fake-zalo-options';

/**
 * The simulator: the fake Zalo and a page with phones in front of it. It may import only `kernel`; what it shows of
 * the program (codes, clock, next due instant) is handed in. It promises that nothing it does reaches the bot other
 * than through the webhook, and that it learns of the bot's answers only from the calls the bot makes to Zalo.
 */

export type SimulatorOptions = FakeZaloOptions & Omit<ChatRoutesOptions, 'fake'>;

export interface Simulator {
  /** Stands in for all three of Zalo's hosts; mount it under a path of its own, before `pageRouter`. */
  readonly zaloRouter: Router;
  /** Mount it under `/simulator`. */
  readonly pageRouter: Router;
  readonly fake: FakeZalo;
  /** Ends open event streams and writes the state down. */
  close(): Promise<void>;
}

export function createSimulator(options: SimulatorOptions): Simulator {
  const fake = createFakeZalo(options);
  const chat = createChatRoutes({ ...options, fake });
  const pageRouter = express.Router();
  pageRouter.use(createConsoleRoutes({ fake, clock: options.clock }));
  pageRouter.use(chat.router);
  return {
    zaloRouter: fake.router,
    pageRouter,
    fake,
    close: async () => {
      chat.close();
      await fake.close();
    },
  };
}
