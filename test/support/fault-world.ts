import { MovableClock, stopwatch } from '../../src/kernel/clock';
import { FakeZalo } from '../../src/simulator/fake-zalo';
import { openToolStore } from '../../src/app/tool-store';
import type { ToolStore } from '../../src/app/tool-store';
import { accountForReplies, canaryHits, differingCells, leftovers } from './fault-checks';
import type { Account } from './fault-checks';
import { Platform } from './platform';
import { Random } from './random';
import { dropRealStores, realStores } from './real-stores';
import { importSheets } from './sheets';
import { Supervisor } from './supervisor';
import { Villager, pause } from './villager';

/**
 * The world of the fault scenarios: the program in a process of its own, live towards a fake Zalo that keeps the ledger
 * of sends, and a platform that keeps the ledger of events. `Villager` is the model of those who type. Documents are
 * embedded, or in a database of its own on TEST_MONGODB_URI; jobs run from timers, or on TEST_REDIS_URL.
 */

export const IDS = { appId: '1122334455667788990', oaId: '2233445566778899001' };
export const OA_SECRET = 'OaSecretKeyExample01';
const SECRETS = { appSecret: 'AppSecretExample0001', oaSecret: OA_SECRET };
const TOKEN = 'fault-world-token';
const COMMUNE = '07795';
const PROVINCE = '24';
const START = '2026-03-12T08:00:00+07:00';
export const PERIOD = '2026-03';

const NO_ACCOUNT: Account = { faults: [], lines: 0, sent: 0, uncertain: 0, unsent: 0, reworded: 0 };

export interface FaultWorldOptions {
  readonly seed: number;
  readonly people: number;
  readonly env?: Readonly<Record<string, string>>;
  /** How long the platform waits for an answer; two seconds, as Zalo does, when absent. */
  readonly deadlineMs?: number;
  /** How many groups of people type the same; one when absent. */
  readonly alike?: number;
}

/** A figure as the JSON API tells it, with all its versions. */
export interface ReportedFigure {
  readonly id: string;
  readonly value: number | null;
  readonly state: string;
  readonly version: number;
  readonly eventId: string;
  readonly history: readonly { readonly value: number | null; readonly eventId: string }[];
}

export class FaultWorld {
  readonly random: Random;
  readonly villagers: Villager[] = [];
  readonly commune = COMMUNE;
  readonly province = PROVINCE;
  /** Names, phone numbers and codes of the run: never to be read in a log. */
  readonly canaries: string[] = [];
  /** Events that are meant to be set aside. */
  poisoned = 0;
  /** Further processes of the program on the same stores. */
  readonly others: Supervisor[] = [];
  private constructor(
    readonly clock: MovableClock,
    readonly zalo: FakeZalo,
    readonly platform: Platform,
    readonly program: Supervisor,
    seed: number,
  ) {
    this.random = new Random(seed);
  }

  /** Starts everything; every villager has claimed a post and may be written to. */
  static async start(options: FaultWorldOptions): Promise<FaultWorld> {
    const clock = MovableClock.startingAt(new Date(START));
    const zalo = new FakeZalo({
      ...{ clock, ...IDS, ...SECRETS, requestsPerMinute: 1_000_000 },
      ...{ echoes: { sent: false, received: false } },
    });
    const base = await zalo.listen();
    const pair = zalo.issuePair();
    const program = new Supervisor({
      env: {
        ...(await realStores()),
        ...{ CLOCK_START: START, LOG_LEVEL: 'info', GATHER_MS: '0', API_TOKENS: `test:${TOKEN}` },
        ...{ ZALO_APP_ID: IDS.appId, ZALO_APP_SECRET: SECRETS.appSecret },
        ...{ ZALO_OA_ID: IDS.oaId, ZALO_OA_SECRET_KEY: SECRETS.oaSecret },
        ...{ ZALO_OPENAPI_URL: base, ZALO_OAUTH_URL: base, ZALO_BUSINESS_URL: base },
        ...{ ZALO_ACCESS_TOKEN: pair.accessToken, ZALO_REFRESH_TOKEN: pair.refreshToken },
        ...{ ZALO_REQUESTS_PER_MINUTE: '60000' },
        ...options.env,
      },
    });
    const random = new Random(options.seed);
    const platform = new Platform({
      ...{ url: () => world.door(), ...IDS, oaSecret: SECRETS.oaSecret, clock },
      ...{ random: random.fork('platform'), resendMs: 150 },
      deadlineMs: options.deadlineMs ?? 2_000,
    });
    const world: FaultWorld = new FaultWorld(clock, zalo, platform, program, options.seed);
    try {
      await program.start();
      await world.claimPosts(options.people, options.alike ?? 1);
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  /** Starts a further process on the same stores, which must be shared ones; from then on events come to any of them. */
  async addProcess(): Promise<Supervisor> {
    const { PORT: _port, DATA_DIR: _dir, ...env } = this.program.env;
    const other = new Supervisor({ env });
    this.others.push(other);
    await other.start();
    return other;
  }

  /** Where the next event is delivered. */
  private door(): string {
    const all = [this.program, ...this.others];
    return (all[this.turns++ % all.length] as Supervisor).webhookUrl;
  }

  private turns = 0;
  private opened: { readonly lives: number; readonly store: Promise<ToolStore> } | null = null;

  /** What the JSON API says. Throws unless it answers 200. */
  async api<T>(path: string): Promise<T> {
    // A busy machine may take its time; how fast the program answers is measured elsewhere.
    const answer = await this.program.get(path, { authorization: `Bearer ${TOKEN}` }, 15_000);
    if (answer?.status !== 200)
      throw new Error(`${path}: ${answer?.status ?? 'no answer'} ${answer?.body ?? ''}`);
    return JSON.parse(answer.body) as T;
  }

  /** The figures of one village's report with their history, by id; empty when there is none. */
  async figures(unit: string): Promise<Map<string, ReportedFigure>> {
    const query = `form=village-month&period=${PERIOD}&unit=${unit}&history=1`;
    const { submissions } = await this.api<{ submissions: { figures: ReportedFigure[] }[] }>(
      `/api/v1/submissions?${query}`,
    );
    return new Map((submissions[0]?.figures ?? []).map((figure) => [figure.id, figure]));
  }

  /** Villagers chosen by chance report at a steady pace, whatever becomes of it. Resolves when the last line has been handed over. */
  async pour(lines: number, perSecond: number): Promise<void> {
    const since = stopwatch();
    const chance = this.random.fork(`pour ${lines} ${perSecond}`);
    for (let i = 0; i < lines; i++) {
      const wait = (i * 1_000) / perSecond - since();
      if (wait > 1) await pause(wait);
      chance.pick(this.villagers).reports();
    }
  }

  /**
   * Waits until everything is acknowledged, handled and answered, then holds ledgers, store, totals and log against the
   * model. No faults means: nothing lost, nothing doubled, nobody's messages exchanged, no total wrong, nothing told.
   */
  async account(limitMs = 60_000): Promise<Account> {
    await this.platform.settled(limitMs);
    const since = stopwatch();
    for (;;) {
      const account = await this.accountNow();
      if (account.faults.length === 0 || since() > limitMs) return account;
      await pause(250);
    }
  }

  private async accountNow(): Promise<Account> {
    return this.withStore(async (store) => {
      const left = await leftovers(store, this.poisoned);
      if (left.length > 0) return { ...NO_ACCOUNT, faults: left };
      const account = await accountForReplies(this, store);
      for (const villager of this.villagers) account.faults.push(...(await villager.faults()));
      account.faults.push(...(await differingCells(this)), ...(await canaryHits(this, store)));
      return account;
    });
  }

  /** Resolves when the event was handled and its reply has left. */
  handled(eventId: string, limitMs = 20_000): Promise<void> {
    return this.settled([eventId], limitMs);
  }

  /** Resolves when all of these events were handled and their replies have left, or are known to be uncertain. */
  settled(eventIds: readonly string[], limitMs: number): Promise<void> {
    return this.withStore(async ({ connection }) => {
      const inbox = connection.collection<{ _id: string }>('inbox');
      const outbox = connection.collection('outbox');
      const since = stopwatch();
      for (let left = [...eventIds]; left.length > 0;) {
        const done = await inbox.find({ _id: { $in: left }, state: 'done' }).toArray();
        const unsent = await outbox.find({ cause: { $in: left }, open: true }).toArray();
        const open = unsent.map((row) => row['cause'] as string);
        const gone = new Set(done.map(({ _id }) => _id).filter((id) => !open.includes(id)));
        left = left.filter((id) => !gone.has(id));
        if (left.length > 0 && since() > limitMs)
          throw new Error(`${left.length} events were not answered within ${limitMs} ms, first ${left[0]}`);
        if (left.length > 0) await pause(20);
      }
    });
  }

  /** The documents of the program, beside it. */
  async withStore<T>(work: (store: ToolStore) => Promise<T>): Promise<T> {
    const { MONGODB_URI = '', DATA_DIR = '' } = this.program.env;
    if (MONGODB_URI === '' && this.program.running) return work(await this.storeOfLife(DATA_DIR));
    const store = await openToolStore({ embeddedStore: MONGODB_URI === '', DATA_DIR, MONGODB_URI });
    try {
      return await work(store);
    } finally {
      await store.stop();
    }
  }

  /** One connection to the embedded store for each life of the program: those who wait look often. */
  private async storeOfLife(DATA_DIR: string): Promise<ToolStore> {
    const { lives } = this.program;
    if (this.opened?.lives !== lives) {
      await this.closeStore();
      const store = openToolStore({ embeddedStore: true, DATA_DIR, MONGODB_URI: '' });
      this.opened = { lives, store };
    }
    return this.opened.store;
  }

  private async closeStore(): Promise<void> {
    const store = this.opened?.store;
    this.opened = null;
    // One that could not be opened has been told to who asked for it.
    await store?.then(
      (open) => open.stop(),
      () => undefined,
    );
  }

  /** Moves the clocks of Zalo and of the program forward; the program does on the way what falls due. */
  async moveClock(iso: string): Promise<void> {
    const to = new Date(iso);
    this.clock.moveTo(to);
    const answer = await fetch(`${this.program.url}/simulator/clock`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ now: iso }),
    });
    if (answer.status !== 200) throw new Error(`the clock was refused: ${await answer.text()}`);
  }

  async close(): Promise<void> {
    this.platform.stop();
    await this.closeStore();
    for (const each of [...this.others, this.program]) await each.close();
    await this.zalo.close();
    await dropRealStores(this.program.env);
  }

  /** Every other villager sends a report in as well: what they type from then on moves the totals at once. */
  private async claimPosts(count: number, alike: number): Promise<void> {
    const villages = Array.from({ length: count }, (_, n) => `${COMMUNE}-T${String(n + 1).padStart(3, '0')}`);
    const codes = await this.importHolders(villages);
    const perGroup = Math.ceil(count / alike);
    await this.untilKnown(villages);
    await Promise.all(
      villages.map(async (unit, n) => {
        const villager = new Villager(this, Platform.user(n + 1), unit, `habit ${n % perGroup}`);
        this.villagers.push(villager);
        await villager.claim(codes.get(`${unit}/village_head`) as string);
        if ((n % perGroup) % 2 === 0) await villager.sendsIn();
      }),
    );
  }

  /** The running program looks now and then for what an import has changed. */
  private async untilKnown(units: readonly string[]): Promise<void> {
    const since = stopwatch();
    for (;;) {
      const told = await this.api<{ units: { code: string }[] }>(`/api/v1/units?parent=${COMMUNE}`);
      const known = new Set(told.units.map(({ code }) => code));
      if (units.every((unit) => known.has(unit))) return;
      if (since() > 20_000) throw new Error('the program does not see the imported villages');
      await pause(50);
    }
  }

  /** Makes the villages and gives each a head, beside the running program. Resolves with their claim codes. */
  private async importHolders(units: readonly string[]): Promise<Map<string, string>> {
    const named = units.map((unit, n) => `${unit},village,Thôn Thử ${n + 1},thôn,${COMMUNE}`);
    const heads = units.map((unit, n) => `${unit},village_head,Người Thử ${n + 1},${phone(n)},`);
    const codes = await importSheets(this.program.env, {
      units: ['code,level,name,kind,parent_code', ...named, ''].join('\n'),
      members: ['unit_code,role,full_name,phone,title', ...heads, ''].join('\n'),
    });
    this.canaries.push(
      ...units.flatMap((_, n) => [`Người Thử ${n + 1}`, phone(n), `0${phone(n).slice(2)}`]),
      ...codes.values(),
    );
    return codes;
  }
}

function phone(n: number): string {
  return `8490000${String(n).padStart(4, '0')}`;
}
