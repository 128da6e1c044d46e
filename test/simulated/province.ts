import { openToolStore } from '../../src/app/tool-store';
import { readConfig } from '../../src/config/config';
import { MovableClock, stopwatch } from '../../src/kernel/clock';
import type { Role } from '../../src/org/roles';
import { outboxModel, type OutboxDoc } from '../../src/outbox/outbox.model';
import { createFakeZalo, type FakeZalo } from '../../src/simulator/fake-zalo';
import type { Person } from '../../src/simulator/fake-person';
import { bringUp } from '../support/clocks';
import { postsOf, settlePeople, unitsOf, type Post, type StandingOf } from './people';
import { Random } from '../support/random';
import { importSheets } from '../support/sheets';
import { Supervisor } from '../support/supervisor';

/**
 * The whole province with invented villages and office holders, the real program in a process of its own, and a fake Zalo
 * in this one: for rehearsals of months. Everything that is left to chance comes from one seed.
 */

const IDS = { appId: '1122334455667788990', oaId: '2233445566778899001' };
const SECRETS = { appSecret: 'AppSecretExample0001', oaSecret: 'OaSecretKeyExample01' };
const TOKEN = 'rehearsal-token';
const PURPOSES = ['period_opening', 'reminder', 'returned', 'directive', 'notice'];
/** People who say something at once. */
const AT_ONCE = 24;
const REPEAT_MS = 31_000;

export interface ProvinceOptions {
  readonly seed: number;
  /** Where the clock starts, ISO with offset. */
  readonly at: string;
  readonly villages: number;
  readonly standing: StandingOf;
  /** What the fake Zalo takes in a minute. */
  readonly perMinute?: number;
  /** Zalo tells of each message that reached its phone. */
  readonly receipts?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export class Province {
  readonly random: Random;
  readonly elapsed = stopwatch();
  /** Deaths of the program so far. */
  kills = 0;

  private constructor(
    readonly zalo: FakeZalo,
    readonly program: Supervisor,
    readonly time: MovableClock,
    readonly communes: readonly string[],
    readonly villages: readonly string[],
    readonly posts: ReadonlyMap<string, Post>,
    /** Names of the villages by code. */
    readonly names: ReadonlyMap<string, string>,
    seed: number,
  ) {
    this.random = new Random(seed);
  }

  static async start(options: ProvinceOptions): Promise<Province> {
    const time = MovableClock.startingAt(new Date(options.at));
    const templates = PURPOSES.map((purpose, n) => ({ purpose, id: String(101 + n) }));
    const zalo = createFakeZalo({
      ...{ clock: time, ...IDS, ...SECRETS, requestsPerMinute: options.perMinute ?? 1_000_000 },
      ...{
        echoes: { sent: false, received: options.receipts ?? false },
        sendsKept: 400_000,
        webhookDeadlineMs: 15_000,
      },
      templates: templates.map(({ id }) => ({
        ...{ id, text: 'Chào <ten>. <ky>, <don_vi>: <noi_dung>. Hạn <han>.' },
        button: { title: 'Bắt đầu', payload: '#BAOCAO' },
      })),
    });
    const base = await zalo.listen();
    const pair = zalo.issuePair();
    const program = new Supervisor({
      env: {
        ...{ CLOCK_START: options.at, API_TOKENS: `test:${TOKEN}`, GATHER_MS: '0', LOG_LEVEL: 'info' },
        ...{ ZALO_APP_ID: IDS.appId, ZALO_APP_SECRET: SECRETS.appSecret },
        ...{ ZALO_OA_ID: IDS.oaId, ZALO_OA_SECRET_KEY: SECRETS.oaSecret },
        ...{ ZALO_OPENAPI_URL: base, ZALO_OAUTH_URL: base, ZALO_BUSINESS_URL: base },
        ...{ ZALO_ACCESS_TOKEN: pair.accessToken, ZALO_REFRESH_TOKEN: pair.refreshToken },
        ...{ ZALO_REQUESTS_PER_MINUTE: '60000' },
        ZALO_TEMPLATES: templates.map(({ purpose, id }) => `${purpose}:${id}`).join(','),
        ...options.env,
      },
      readyLimitMs: 60_000,
    });
    try {
      const random = new Random(options.seed).fork('people');
      const { communes, villages, names, sheet } = unitsOf(options.villages);
      const posts = postsOf(communes, villages, random, options.standing);
      await settlePeople(program, zalo, posts, { sheet, at: new Date(options.at) });
      const byKey = new Map(posts.map((post) => [`${post.unit}/${post.role}`, post]));
      const province = new Province(zalo, program, time, communes, villages, byKey, names, options.seed);
      await program.start();
      zalo.webhook.url = program.webhookUrl;
      await province.settle();
      return province;
    } catch (error) {
      await program.close();
      await zalo.close();
      throw error;
    }
  }

  get now(): Date {
    return this.time.now();
  }

  post(unit: string, role: Role): Post {
    const found = this.posts.get(`${unit}/${role}`);
    if (!found) throw new Error(`no ${role} of ${unit}`);
    return found;
  }

  /** The holder of a post; throws when nobody has it. */
  holder(unit: string, role: Role): Person {
    const { person } = this.post(unit, role);
    if (!person) throw new Error(`nobody is ${role} of ${unit}`);
    return person;
  }

  /** Moves both clocks forward; resolves once everything due by then is out. */
  async moveTo(at: Date): Promise<void> {
    if (at > this.time.now()) this.time.moveTo(at);
    await this.settle();
  }

  /**
   * The same, but the program is killed once it has sent so many messages on the way, and started again at the end of the
   * way, where it finds what was left over. When fewer were due it is killed at the end.
   */
  async moveAndKill(at: Date, afterSends: number): Promise<void> {
    this.time.moveTo(at);
    const from = this.zalo.lastSend;
    // The request dies with the program.
    const moving = this.settle().catch(() => undefined);
    const over = { value: false };
    void moving.then(() => (over.value = true));
    while (!over.value && this.zalo.lastSend < from + afterSends) await pause(1);
    await this.program.kill();
    await moving;
    await this.startAgain();
    await this.settle();
  }

  /** `kill -9`, and a start at the same instant. */
  async killAndStart(): Promise<void> {
    await this.program.kill();
    await this.startAgain();
  }

  private async startAgain(): Promise<void> {
    this.kills += 1;
    await this.program.start({ CLOCK_START: this.time.now().toISOString() });
    this.zalo.webhook.url = this.program.webhookUrl;
  }

  /** Everybody says the next of their lines, then waits for all answers, until all lines are said. */
  async say(talks: readonly { readonly person: Person; readonly lines: readonly string[] }[]): Promise<void> {
    const longest = Math.max(0, ...talks.map(({ lines }) => lines.length));
    for (let n = 0; n < longest; n += 1) {
      const saying = talks.filter(({ lines }) => n < lines.length);
      const taken: boolean[] = [];
      for (let i = 0; i < saying.length; i += AT_ONCE)
        taken.push(
          ...(await Promise.all(
            saying.slice(i, i + AT_ONCE).map(({ person, lines }) => person.types(lines[n] as string)),
          )),
        );
      // What a busy machine did not store in time Zalo brings again half a minute later.
      if (taken.includes(false)) await this.moveTo(new Date(this.now.getTime() + REPEAT_MS));
      await this.settle();
    }
  }

  /** One person says something; resolves with the whole of the answer. */
  async hears(person: Person, line: string): Promise<string> {
    const since = this.zalo.lastSend;
    await this.say([{ person, lines: [line] }]);
    return this.zalo
      .sendsTo(person.id, since)
      .map(({ text }) => text)
      .join('\n\n');
  }

  /** What the JSON API says. Throws unless it answers 200. */
  async api<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.program.url}${path}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** Sheets read in beside the running program; resolves with the new claim codes by `unit/role`. */
  importSheets(sheets: { readonly units?: string; readonly members?: string }): Promise<Map<string, string>> {
    return importSheets({ ...this.program.env, PORT: '3000', CLOCK_START: this.now.toISOString() }, sheets);
  }

  /** Somebody new on a phone of their own. */
  newcomer(name: string): Person {
    return this.zalo.person(undefined, name);
  }

  /** Every row of the outbox, in the order in which they were made. */
  rows(): Promise<OutboxDoc[]> {
    return this.stored((connection) =>
      outboxModel(connection).find().sort({ createdAt: 1 }).lean<OutboxDoc[]>(),
    );
  }

  /** Reads the store beside the running program. */
  async stored<T>(read: (connection: Parameters<typeof outboxModel>[0]) => Promise<T>): Promise<T> {
    const store = await openToolStore(readConfig({ ...this.program.env, PORT: '3000' }));
    try {
      return await read(store.connection);
    } finally {
      await store.stop();
    }
  }

  async settle(): Promise<void> {
    await this.zalo.webhook.runDue();
    await this.zalo.webhook.idle();
    await bringUp(this.program.url, TOKEN, this.time);
  }

  async close(): Promise<void> {
    await this.program.close();
    await this.zalo.close();
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
