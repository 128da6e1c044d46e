import { join } from 'node:path';
import { FakeBotPlatform } from '../simulator/bot-platform/fake-bot-platform';
import { createChatRoutes } from '../simulator/chat.routes';
import { simulatorGuard, type Simulated, type SimulatorDeps } from './simulated';

/** The simulator with a fake Bot Platform behind its phones, at `fakePath` of the program's own server. */
export function startBotSimulator(
  deps: SimulatorDeps & { readonly token: string; readonly fakePath: string },
): Simulated {
  const { config, clock } = deps;
  const fake = new FakeBotPlatform({
    clock,
    token: deps.token,
    requestsPerMinute: config.ZALO_REQUESTS_PER_MINUTE,
    stateFile: join(config.DATA_DIR, 'simulator-bot.json'),
  });
  const chat = createChatRoutes({ ...deps, fake });
  return {
    routers: [
      simulatorGuard(config),
      simulatorGuard(config, deps.fakePath),
      { path: deps.fakePath, router: fake.router },
      { path: '/simulator', router: chat.router },
    ],
    nextDue: () => fake.webhook.nextDue(),
    runDue: () => fake.webhook.runDue(),
    // Where updates go is told by the bot itself, as it tells the real platform.
    open: (base) => {
      fake.webhook.caller.ownHost = new URL(base).hostname;
      fake.start();
    },
    close: async () => {
      chat.close();
      await fake.close();
    },
  };
}
