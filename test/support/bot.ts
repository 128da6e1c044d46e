import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MovableClock } from '../../src/kernel/clock';
import { DAY, MINUTE, inVietnam } from '../../src/kernel/vn-time';
import { createFakeZalo, type FakeZalo } from '../../src/simulator/fake-zalo';
import type { ZaloTemplate } from '../../src/simulator/fake-openapi';
import { bringUp } from './clocks';
import { dropRealStores, realStores } from './real-stores';
import { importSheets } from './sheets';
import { Supervisor } from './supervisor';
import { Talker } from './talker';

/**
 * A world for conversations: the compiled program as a process of its own, live towards a fake Zalo in this process,
 * with the commune of the acceptance test in its stores. One clock is moved for both. People talk through `Talker`;
 * figures are read through the JSON API, as a neighbouring system would.
 */

const FIXTURES = join(__dirname, '../fixtures/acceptance');
const IDS = { appId: '1122334455667788990', oaId: '2233445566778899001' };
const SECRETS = { appSecret: 'AppSecretExample0001', oaSecret: 'OaSecretKeyExample01' };
const TOKEN = 'acceptance-token';

export const DONG_LAM = '99001-07';
export const NGOC_TRI = '99001-12';
export const TAN_HOA = '99001';

/** Days of the month and times of day at which a reminder can leave; a jump of the clock stops there, so that both clocks agree. */
export const REMINDER_DAYS: readonly number[] = [10, 12, 15, 17, 18, 20];
const REMINDER_TIMES = [8 * 60, 10 * 60, 13 * 60 + 30, 17 * 60 + 5];

export interface BotWorldOptions {
  /** Where the clock starts, ISO with offset. */
  readonly at: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Approved templates by purpose. */
  readonly templates?: Readonly<Record<string, ZaloTemplate>>;
}

/** One figure of the JSON API. */
export interface Figure {
  readonly id: string;
  readonly value: number | null;
  readonly status: string;
  readonly change: string;
  readonly state: string;
  readonly version: number;
  readonly reason: string | null;
  readonly onBehalf: boolean;
  readonly second: { readonly value: number | null; readonly onBehalf: boolean } | null;
  readonly history: readonly { readonly value: number | null; readonly at: string }[];
}

export interface Submission {
  readonly unit: string;
  readonly state: string;
  readonly receipt: string | null;
  readonly submittedAt: string | null;
  readonly late: boolean;
  readonly figures: readonly Figure[];
}

export class BotWorld {
  private constructor(
    readonly zalo: FakeZalo,
    readonly program: Supervisor,
    private readonly time: MovableClock,
    /** Claim codes by `unit/role`. */
    private readonly codes: ReadonlyMap<string, string>,
  ) {}

  static async start(options: BotWorldOptions): Promise<BotWorld> {
    const time = MovableClock.startingAt(new Date(options.at));
    const templates = options.templates ?? {};
    const zalo = createFakeZalo({
      ...{ clock: time, ...IDS, ...SECRETS, requestsPerMinute: 1_000_000 },
      webhookDeadlineMs: 15_000,
      templates: Object.values(templates),
    });
    const base = await zalo.listen();
    const pair = zalo.issuePair();
    const program = new Supervisor({
      env: {
        ...(await realStores()),
        ...{ CLOCK_START: options.at, API_TOKENS: `test:${TOKEN}`, GATHER_MS: '300' },
        ...{ ZALO_APP_ID: IDS.appId, ZALO_APP_SECRET: SECRETS.appSecret },
        ...{ ZALO_OA_ID: IDS.oaId, ZALO_OA_SECRET_KEY: SECRETS.oaSecret },
        ...{ ZALO_OPENAPI_URL: base, ZALO_OAUTH_URL: base, ZALO_BUSINESS_URL: base },
        ...{ ZALO_ACCESS_TOKEN: pair.accessToken, ZALO_REFRESH_TOKEN: pair.refreshToken },
        ZALO_REQUESTS_PER_MINUTE: '60000',
        ZALO_TEMPLATES: Object.entries(templates)
          .map(([purpose, { id }]) => `${purpose}:${id}`)
          .join(','),
        ...options.env,
      },
    });
    try {
      const codes = await loadCommune(program);
      const world = new BotWorld(zalo, program, time, codes);
      await program.start();
      zalo.webhook.url = program.webhookUrl;
      await world.settle();
      return world;
    } catch (error) {
      await program.close();
      await zalo.close();
      throw error;
    }
  }

  readonly clock = {
    now: (): Date => this.time.now(),
    /** Moves both clocks forward to an ISO instant, stopping wherever a reminder can fall due on the way. */
    to: async (iso: string): Promise<void> => {
      const target = new Date(iso);
      await this.settle();
      for (const stop of stopsBetween(this.time.now(), target)) await this.moveTo(stop);
      await this.moveTo(target);
    },
  };

  readonly api = {
    /** What the JSON API says; throws unless it answers 200. */
    get: async <T>(path: string): Promise<T> => {
      const answer = await this.program.get(path, { authorization: `Bearer ${TOKEN}` });
      if (answer?.status !== 200) throw new Error(`${path}: ${answer?.status} ${answer?.body}`);
      return JSON.parse(answer.body) as T;
    },
    /** The report of one unit; undefined when there is none. */
    submission: async (unit: string, period = '2026-03'): Promise<Submission | undefined> => {
      const query = `form=village-month&period=${period}&unit=${unit}&history=1`;
      return (await this.api.get<{ submissions: Submission[] }>(`/api/v1/submissions?${query}`))
        .submissions[0];
    },
    /** Values of the report of one unit, in the order of the form; empty when there is none. */
    values: async (unit: string, period = '2026-03'): Promise<(number | null)[]> =>
      ((await this.api.submission(unit, period))?.figures ?? []).map((figure) => figure.value),
  };

  /** Somebody without a post. */
  stranger(name: string): Talker {
    return new Talker(this.zalo.person(undefined, name), this);
  }

  code(unit: string, role: string): string {
    const code = this.codes.get(`${unit}/${role}`);
    if (code === undefined) throw new Error(`nobody was imported as ${role} of ${unit}`);
    return code;
  }

  /** Somebody who has taken the post with the code of the invitation. */
  async holder(unit: string, role = 'village_head'): Promise<Talker> {
    const talker = this.stranger(`${role} ${unit}`);
    await talker.saysQuickly(this.code(unit, role));
    await talker.saysQuickly('đúng');
    return talker;
  }

  /** Somebody who has taken the post and sent a report of the present month. */
  async reporter(unit: string, line: string): Promise<Talker> {
    const talker = await this.holder(unit);
    await talker.saysQuickly(line);
    const receipt = await talker.saysQuickly('gửi');
    if (!receipt.text.includes('Đã gửi')) throw new Error(`${unit} could not send: ${receipt.text}`);
    return talker;
  }

  /** Resolves once everything the program was told is answered and everything due is out. */
  async settle(): Promise<void> {
    await this.zalo.webhook.idle();
    await bringUp(this.program.url, TOKEN, this.time);
  }

  /** Reads sheets in beside the running program, as `npm run import` does; resolves with the new claim codes by `unit/role`. */
  importSheets(sheets: { readonly units?: string; readonly members?: string }): Promise<Map<string, string>> {
    return importSheets({ ...this.program.env, PORT: '3000' }, sheets);
  }

  restart(): Promise<unknown> {
    return this.program.terminate().then(() => this.program.start());
  }

  kill9(): Promise<unknown> {
    return this.program.killAndStart();
  }

  async close(): Promise<void> {
    await this.program.close();
    await dropRealStores(this.program.env);
    await this.zalo.close();
  }

  private async moveTo(instant: Date): Promise<void> {
    if (instant <= this.time.now()) throw new Error(`the clock is past ${instant.toISOString()}`);
    this.time.moveTo(instant);
    await this.settle();
  }
}

/** Brings the commune and its office holders in; resolves with the claim codes by `unit/role`. */
export function loadCommune(program: Supervisor): Promise<Map<string, string>> {
  const sheet = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');
  const env = { ...program.env, PORT: '3000' };
  return importSheets(env, { units: sheet('units.csv'), members: sheet('members.csv') });
}

function stopsBetween(from: Date, to: Date): Date[] {
  const stops: Date[] = [];
  const midnight = inVietnam(from).startOf('day').toMillis();
  for (let day = midnight; day < to.getTime(); day += DAY) {
    if (!REMINDER_DAYS.includes(inVietnam(new Date(day)).day)) continue;
    for (const minutes of REMINDER_TIMES) {
      const at = day + minutes * MINUTE;
      if (at > from.getTime() + MINUTE && at < to.getTime()) stops.push(new Date(at));
    }
  }
  return stops;
}
