import { Router, json } from 'express';
import { join } from 'node:path';
import { readCallers, type ApiToken } from '../api/tokens';
import type { Config } from '../config/config';
import type { Mounted } from '../http/server';
import type { Clock } from '../kernel/clock';
import { AppError } from '../kernel/errors';
import { isoWithOffset } from '../kernel/vn-time';
import type { Words } from '../kernel/i18n';
import type { DemoCode } from '../org/seed/demo-holders';
import { ownCallersOnly } from '../simulator/own-callers';
import { createSimulator, type Simulator } from '../simulator/simulator';
import type { Due } from './advance-clock';
import { demoTemplates } from './demo-templates';
import type { ZaloKeys } from './zalo';

/** The simulator inside the program: the fake messenger, the page with phones, and the clock. Nothing of it exists in live mode. */

export interface Simulated {
  readonly routers: readonly Mounted[];
  /** When the fake next repeats an event that was not taken; null: nothing waits. */
  nextDue(): Date | null;
  /** Repeats what is due. */
  runDue(): Promise<void>;
  /** Once the address is known: events go to the program's own webhook. */
  open(base: string): void;
  close(): Promise<void>;
}

export interface SimulatorDeps {
  readonly config: Config;
  readonly clock: Clock;
  /** In the language of those who chose none. */
  readonly words: Words;
  readonly advanceClock: (to: Date) => Promise<Date>;
  readonly settled: (userId: string) => Promise<void>;
  readonly listCodes: () => Promise<readonly DemoCode[]>;
  readonly nextDue: () => Promise<Date | null>;
}

/** The repeats as a moved clock follows them: what is overdue already holds it up no more. */
export function whenRepeated(simulated: Pick<Simulated, 'nextDue' | 'runDue'>): Due {
  return {
    nextDue: async (after) => {
      const at = simulated.nextDue();
      return at !== null && at > after ? at : null;
    },
    runDue: () => simulated.runDue(),
  };
}

/** The simulated Official Account. */
export interface ZaloSimulated extends Simulated {
  readonly fake: Simulator['fake'];
  /** Whoever administers the simulated account. */
  readonly admin: string;
  /** Makes them, so that they can be in a group. Twice is harmless. */
  seatAdmin(): void;
}

/** The one who types in the console too. */
const ADMIN = '7788990011223344556';

export function startSimulator(deps: SimulatorDeps & { readonly keys: ZaloKeys }): ZaloSimulated {
  const { config, keys } = deps;
  const simulator = createSimulator({
    clock: deps.clock,
    appId: keys.appId,
    appSecret: keys.appSecret,
    oaId: keys.oaId,
    oaSecret: keys.oaSecrets[0] as string,
    templates: demoTemplates(config.ZALO_TEMPLATES, deps.words),
    requestsPerMinute: config.ZALO_REQUESTS_PER_MINUTE,
    stateFile: join(config.DATA_DIR, 'simulator.json'),
    advanceClock: deps.advanceClock,
    settled: deps.settled,
    listCodes: deps.listCodes,
    nextDue: deps.nextDue,
  });
  return {
    routers: [
      simulatorGuard(config),
      { path: '/simulator/zalo', router: simulator.zaloRouter },
      { path: '/simulator', router: simulator.pageRouter },
    ],
    fake: simulator.fake,
    admin: ADMIN,
    seatAdmin: () => {
      const { fake } = simulator;
      if (!fake.isKnown(ADMIN)) fake.person(ADMIN, deps.words.t('groups:admin')).followsSinceLong();
      if (!fake.account.now.admins.includes(ADMIN)) fake.account.change({ admins: [ADMIN] });
    },
    nextDue: () => simulator.fake.webhook.nextDue(),
    runDue: () => simulator.fake.webhook.runDue(),
    open: (base) => {
      simulator.fake.webhook.caller.ownHost = new URL(base).hostname;
      simulator.fake.webhook.url = `${base}/webhook/zalo`;
      simulator.fake.media.base = `${base}/simulator/zalo`;
      simulator.fake.start();
    },
    close: () => simulator.close(),
  };
}

/** Lets nobody but the simulator's own page, and programs, to what lies below `path`. */
export function simulatorGuard(config: Config, path = '/simulator'): Mounted {
  const names = config.PUBLIC_URL === '' ? [] : [new URL(config.PUBLIC_URL).hostname];
  return { path, router: ownCallersOnly({ names, network: config.SIMULATOR_ON_NETWORK === 'on' }) };
}

/** `POST /simulator/clock` in a live rehearsal (`CLOCK_START` set): the same route, behind a token of the API. */
export function rehearsalClockRouter(
  tokens: readonly ApiToken[],
  advanceClock: (to: Date) => Promise<Date>,
): Mounted {
  const readCaller = readCallers(tokens);
  const router = Router();
  router.post('/', json({ limit: '4kb' }), async (req, res) => {
    readCaller(req.headers.authorization);
    const text = (req.body as { now?: unknown } | undefined)?.now;
    const to = typeof text === 'string' && /(Z|[+-]\d\d:?\d\d)$/.test(text) ? new Date(text) : null;
    if (!to || Number.isNaN(to.getTime()))
      throw new AppError('bad_request', { now: 'must be an ISO instant with offset' });
    res.json({ now: isoWithOffset(await advanceClock(to)) });
  });
  return { path: '/simulator/clock', router };
}
