import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MovableClock, stopwatch } from '../../src/kernel/clock';
import { FakeZalo } from '../../src/simulator/fake-zalo';
import type { AcceptedSend } from '../../src/simulator/fake-openapi';
import { Platform } from './platform';
import type { LedgerEntry } from './platform';
import { Random } from './random';
import { Supervisor } from './supervisor';

/**
 * The world of the fault scenarios: the program in a process of its own, live towards a fake Zalo that keeps the ledger
 * of sends, and a platform that keeps the ledger of events. `Villager` is the model: somebody who answers as people do,
 * one message after the other, and knows which figures they have sent in.
 */

const ROOT = join(__dirname, '../..');
const IDS = { appId: '1122334455667788990', oaId: '2233445566778899001' };
const SECRETS = { appSecret: 'AppSecretExample0001', oaSecret: 'OaSecretKeyExample01' };
const TOKEN = 'fault-world-token';
const COMMUNE = '07795';
const START = '2026-03-12T08:00:00+07:00';
export const PERIOD = '2026-03';

/** The figures of the form in the order of the one-line form, and values that nobody would ask back. */
const FIGURES = ['adults_digital', 'classes_held', 'learners', 'households_helped'] as const;
const RANGES: readonly (readonly [number, number])[] = [
  [30, 60],
  [3, 9],
  [60, 130],
  [5, 30],
];

export interface FaultWorldOptions {
  readonly seed: number;
  readonly people: number;
  readonly env?: Readonly<Record<string, string>>;
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
  private constructor(
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
      ...{ url: () => program.webhookUrl, ...IDS, oaSecret: SECRETS.oaSecret, clock },
      ...{ random: random.fork('platform'), resendMs: 150 },
    });
    const world = new FaultWorld(zalo, platform, program, options.seed);
    try {
      await program.start();
      await world.claimPosts(options.people);
      return world;
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  /** What the JSON API says. Throws unless it answers 200. */
  async api<T>(path: string): Promise<T> {
    const answer = await this.program.get(path, { authorization: `Bearer ${TOKEN}` });
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
   * Waits until everything is acknowledged and handled, then holds both ledgers and the store against the model.
   * An empty list means: nothing lost, nothing doubled, nobody's messages exchanged. Replies are judged apart.
   */
  async check(limitMs = 60_000): Promise<string[]> {
    await this.platform.settled(limitMs);
    const since = stopwatch();
    for (;;) {
      const faults = (await Promise.all(this.villagers.map((villager) => villager.faults()))).flat();
      if (faults.length === 0 || since() > limitMs) return faults;
      await pause(100);
    }
  }

  /** Replies to reports that came more or less often than once each, counted over all villagers. */
  async replies(limitMs = 10_000): Promise<{ readonly missing: number; readonly doubled: number }> {
    const since = stopwatch();
    for (;;) {
      const counts = this.villagers.map((villager) => villager.replyCounts());
      const sum = { missing: 0, doubled: 0 };
      for (const { missing, doubled } of counts) {
        sum.missing += missing;
        sum.doubled += doubled;
      }
      if (sum.missing === 0 || since() > limitMs) return sum;
      await pause(100);
    }
  }

  async close(): Promise<void> {
    this.platform.stop();
    await this.program.close();
    await this.zalo.close();
  }

  private async claimPosts(count: number): Promise<void> {
    const villages = Array.from({ length: count }, (_, n) => `${COMMUNE}-T${String(n + 1).padStart(3, '0')}`);
    const codes = await this.importHolders(villages);
    // The running program looks for what an import has changed once a second.
    await pause(1_500);
    await Promise.all(
      villages.map(async (code, n) => {
        const villager = new Villager(this, Platform.user(n + 1), code);
        this.villagers.push(villager);
        await villager.claim(codes.get(code) as string);
      }),
    );
  }

  /** Makes the villages and gives each a head, by the operator's own tool, beside the running program. Resolves with their claim codes. */
  private async importHolders(units: readonly string[]): Promise<Map<string, string>> {
    const folder = mkdtempSync(join(tmpdir(), 'holders-'));
    try {
      const [villages, sheet, out] = ['units.csv', 'members.csv', 'codes.csv'].map((name) =>
        join(folder, name),
      ) as [string, string, string];
      const named = units.map((unit, n) => `${unit},village,Thôn Thử ${n + 1},thôn,${COMMUNE}`);
      writeFileSync(villages, ['code,level,name,kind,parent_code', ...named, ''].join('\n'));
      await this.tool('import-org', 'units', villages);
      const rows = units.map(
        (unit, n) => `${unit},village_head,Người Thử ${n + 1},8490000${String(n).padStart(4, '0')},`,
      );
      writeFileSync(sheet, ['unit_code,role,full_name,phone,title', ...rows, ''].join('\n'));
      await this.tool('import-org', 'members', sheet, '--codes', out);
      const lines = readFileSync(out, 'utf8').trim().split(/\r?\n/).slice(1);
      return new Map(lines.map((line) => [line.split(',')[0] as string, line.split(',').at(-1) as string]));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Runs one of the program's tools on the same stores. */
  private tool(name: string, ...args: string[]): Promise<void> {
    const { PATH = '' } = process.env;
    const env = { PATH, ...this.program.env };
    const child = spawn(process.execPath, [join(ROOT, `dist/scripts/${name}.js`), ...args], {
      cwd: ROOT,
      env,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => (said += part.toString()));
    return new Promise((resolve, reject) => {
      child.once('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`${name} ended with ${code}: ${said}`)),
      );
    });
  }
}

/** Somebody who types, waits for the answer, and types again. */
export class Villager {
  /** The model: every line sent, in order. */
  readonly lines: { readonly entry: LedgerEntry; readonly values: readonly number[] }[] = [];
  private readonly chance: Random;

  constructor(
    private readonly world: FaultWorld,
    readonly user: string,
    readonly unit: string,
  ) {
    this.chance = world.random.fork(`figures of ${unit}`);
  }

  /** What the bot wrote to this person, oldest first. */
  get heard(): readonly AcceptedSend[] {
    return this.world.zalo.sendsTo(this.user);
  }

  /** Types, and waits until the bot has written something new and then been quiet for a moment; an empty list when nothing came in time. */
  async says(text: string, limitMs = 8_000): Promise<readonly AcceptedSend[]> {
    const before = this.heard.length;
    // Having typed is what lets Zalo deliver our answer; the fake keeps its own account of it.
    await this.world.zalo.person(this.user).types(text);
    this.world.platform.says(this.user, text);
    const since = stopwatch();
    while (this.heard.length === before && since() < limitMs) await pause(10);
    for (let seen = -1; seen !== this.heard.length;) {
      seen = this.heard.length;
      await pause(40);
    }
    return this.heard.slice(before);
  }

  /** Sends a month's figures in one line, each unlike the one before, and does not wait. */
  reports(): LedgerEntry {
    const last = this.lines.at(-1)?.values;
    const values = RANGES.map(([from, to], i) => {
      const value = this.chance.between(from, to - 1);
      return last && value >= (last[i] as number) ? value + 1 : value;
    });
    const entry = this.world.platform.says(this.user, `BC ${values.join(' ')}`);
    this.lines.push({ entry, values });
    return entry;
  }

  /** How the stored report differs from what was sent: for each figure, one version for each line, in order. */
  async faults(): Promise<string[]> {
    const figures = await this.world.figures(this.unit);
    return FIGURES.flatMap((id, i) => {
      const stored = (figures.get(id)?.history ?? []).map(({ value, eventId }) => `${eventId} = ${value}`);
      const sent = this.lines.map(({ entry, values }) => `user_send_text:${entry.id} = ${values[i]}`);
      const at = sent.findIndex((line, n) => stored[n] !== line);
      if (at === -1 && stored.length === sent.length) return [];
      return [
        `${this.unit} ${id}: ${stored.length} versions for ${sent.length} lines; ` +
          `at ${at} stored ${stored[at] ?? 'none'}, sent ${sent[at] ?? 'none'}`,
      ];
    });
  }

  /** A line's read-back names its figures, so each reply can be told from the others. */
  replyCounts(): { missing: number; doubled: number } {
    const count = { missing: 0, doubled: 0 };
    const texts = this.heard.map((send) => send.text.replace(/[^0-9:]+/g, ' '));
    const wanted = new Map<string, number>();
    for (const { values } of this.lines) {
      const key = values.join(' ');
      wanted.set(key, (wanted.get(key) ?? 0) + 1);
    }
    for (const [key, times] of wanted) {
      const pattern = new RegExp(
        key
          .split(' ')
          .map((value) => `: ${value} `)
          .join('.*'),
      );
      const found = texts.filter((text) => pattern.test(text)).length;
      count.missing += Math.max(0, times - found);
      count.doubled += Math.max(0, found - times);
    }
    return count;
  }

  /** Says the code and takes whatever steps the bot then asks for. */
  async claim(code: string): Promise<void> {
    await this.says('xin chào');
    const asked = await this.says(code);
    if (asked.length === 0) throw new Error(`${this.unit}: the code was not answered`);
    await this.says('1');
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
