import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { FrozenClock } from '../../src/kernel/clock';
import { serveSimulator, type ServedSimulator } from '../../src/simulator/serve';

/**
 * The simulator alone, driven over HTTP as a stranger's client of Zalo would drive the real one, on a clock that stands
 * still until it is moved. One line of a table is one case; its name begins with the section of `zalo-openapi` it holds.
 */

export const IDS = { app: '1122334455667788990', oa: '2233445566778899001' };
export const SECRETS = { app: 'AppSecretExample01', oa: 'OaSecretKeyExample01' };
export const AN = '3344556677889900112';
export const BINH = '3344556677889900113';
export const CHI = '3344556677889900114';
export const STRANGER = '3344556677889900199';
export const CALLBACK = 'https://example.vn/zalo/callback';
export const MORNING = new Date('2026-11-10T08:00:00+07:00');
/** Real time in which the webhook must answer here; long enough for a busy machine. */
export const DEADLINE = 1_500;
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** JSON as it came, for assertions that name the fields they mean. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Delivery {
  readonly method: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly raw: string;
  readonly event: Json;
}

export class Hook {
  readonly got: Delivery[] = [];
  /** null: no answer at all. */
  status: number | null = 200;
  waitMs = 0;
  /** Awaited before the answer. */
  onEvent: (event: Json) => void = () => undefined;
  private readonly server = http.createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const raw = Buffer.concat(parts).toString();
      const event: Json = raw === '' ? null : JSON.parse(raw);
      this.got.push({ method: req.method ?? '', headers: req.headers, raw, event });
      this.onEvent(event);
      const { status } = this;
      if (status !== null) setTimeout(() => res.writeHead(status).end(), this.waitMs);
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhook/zalo`;
  }

  /** Events with this name, oldest first. */
  events(name: string): Json[] {
    return this.got.filter(({ event }) => event?.event_name === name).map(({ event }) => event);
  }

  /** Waits until an event with this name has come; events after a send are on their own way. */
  async event(name: string): Promise<Json> {
    for (let i = 0; i < 1_000; i++) {
      const [found] = this.events(name);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`no ${name}; got ${this.got.map(({ event }) => event?.event_name as string).join(', ')}`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

type Headers = Record<string, string>;

export class Zalo {
  token = '';
  refreshToken = '';
  /** Real time an answer is waited for; short where none is to come. */
  patienceMs = 20_000;

  private constructor(
    readonly served: ServedSimulator,
    readonly clock: FrozenClock,
    readonly hook: Hook,
  ) {}

  /** With a live token, and An, who wrote this minute. */
  static async start(): Promise<Zalo> {
    const clock = new FrozenClock(MORNING);
    const hook = new Hook();
    const served = await serveSimulator({
      clock,
      appId: IDS.app,
      appSecret: SECRETS.app,
      oaId: IDS.oa,
      oaSecret: SECRETS.oa,
      webhookUrl: await hook.listen(),
      webhookDeadlineMs: DEADLINE,
      requestsPerMinute: 100_000,
      templates: TEMPLATES,
    });
    const zalo = new Zalo(served, clock, hook);
    zalo.keep(await zalo.sim('/api-explorer', {}));
    await zalo.act(AN, 'type', { text: 'chào' });
    return zalo;
  }

  get base(): string {
    return this.served.base;
  }

  async close(): Promise<void> {
    await this.served.close();
    await this.hook.close();
  }

  later(ms: number): void {
    this.clock.moveTo(new Date(this.clock.now().getTime() + ms));
  }

  at(iso: string): void {
    this.clock.moveTo(new Date(iso));
  }

  /** As `later`, for longer than a token lives: with a new one at the end. */
  async muchLater(ms: number): Promise<void> {
    this.later(ms);
    await this.consent();
  }

  async code(query: Headers = {}): Promise<URL> {
    const asked = new URLSearchParams({ app_id: IDS.app, redirect_uri: CALLBACK, ...query });
    const answer = await fetch(`${this.base}/v4/oa/permission?${asked.toString()}`, { redirect: 'manual' });
    const to = answer.headers.get('location');
    if (to === null) throw new Error(`no redirect: ${await answer.text()}`);
    return new URL(to);
  }

  async consent(): Promise<void> {
    const code = (await this.code()).searchParams.get('code') ?? '';
    this.keep(await this.form({ grant_type: 'authorization_code', code, app_id: IDS.app }));
  }

  refresh(token = this.refreshToken): Promise<Json> {
    return this.form({ grant_type: 'refresh_token', refresh_token: token, app_id: IDS.app });
  }

  keep(pair: Json): void {
    this.token = pair.access_token;
    this.refreshToken = pair.refresh_token;
  }

  async form(fields: Headers, headers: Headers = { secret_key: SECRETS.app }): Promise<Json> {
    const body = new URLSearchParams(fields);
    return (await fetch(`${this.base}/v4/oa/access_token`, { method: 'POST', body, headers })).json();
  }

  raw(method: string, path: string, body?: unknown, headers: Headers = { access_token: this.token }) {
    return fetch(this.base + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(this.patienceMs),
    });
  }

  async post(path: string, body?: unknown, headers?: Headers): Promise<Json> {
    return (await this.raw('POST', path, body, headers)).json();
  }

  /** Plain query parameters. */
  async get(path: string, query: Headers = {}, headers?: Headers): Promise<Json> {
    return (
      await this.raw('GET', `${path}?${new URLSearchParams(query).toString()}`, undefined, headers)
    ).json();
  }

  /** The one `data` parameter of JSON. */
  read(path: string, data: object): Promise<Json> {
    return this.get(path, { data: JSON.stringify(data) });
  }

  cs(message: unknown, recipient: object = { user_id: AN }): Promise<Json> {
    return this.post('/v3.0/oa/message/cs', { recipient, message });
  }

  async upload(kind: string, name: string | null, size = 100): Promise<Json> {
    const form = new FormData();
    if (name !== null) form.append('file', new Blob([Buffer.alloc(size, 1)]), name);
    const answer = await fetch(`${this.base}/v2.0/oa/upload/${kind}`, {
      method: 'POST',
      headers: { access_token: this.token },
      body: form,
    });
    return answer.json();
  }

  /** The simulator's own routes. */
  async sim(path: string, body: object): Promise<Json> {
    const answer = await this.raw('POST', `/simulator${path}`, body, {});
    const data: Json = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(data)}`);
    return data;
  }

  account(changes: object): Promise<Json> {
    return this.sim('/account', changes);
  }

  act(user: string, act: string, more: object = {}): Promise<Json> {
    return this.sim('/act', { act, user, ...more });
  }

  fault(fault: object): Promise<Json> {
    return this.sim('/fault', fault);
  }

  /** A group of An, who administers the account, and others who have written. */
  async group(...others: string[]): Promise<string> {
    await this.account({ admins: [AN] });
    for (const other of others) await this.act(other, 'type', { text: 'chào' });
    const made = await this.post('/v3.0/oa/group/creategroupwithoa', {
      group_name: 'Tổ dân phố 4',
      asset_id: 'fake-asset-1',
      member_user_ids: [AN, ...others],
    });
    if (made.error !== 0) throw new Error(JSON.stringify(made));
    return made.data.group_id;
  }
}

export const DATA = { ten: 'Nguyễn Văn An', ngay: '17/11/2026' };
export const TEMPLATES = [
  {
    id: '512345',
    text: 'Chào <ten>, hạn <ngay>.',
    params: [
      { name: 'ten', maxLength: 30 },
      { name: 'ngay', type: 'DATE' as const },
      { name: 'ghi_chu', require: false, maxLength: 10 },
    ],
    button: { title: 'Bắt đầu', payload: '#BAOCAO' },
    night: false,
  },
  { id: '512346', tag: 3 as const },
  { id: '512347', byUser: false },
  { id: '512348', status: 'REJECT' as const },
  { id: '512349', status: 'DISABLE' as const, quality: 'LOW' as const },
  { id: '512350', own: false },
];

/** One line of a table: the section, what is shown, what comes before, what is done, and what must be in the answer. */
export type Case = readonly [
  section: string,
  name: string,
  when: (z: Zalo) => Promise<Json>,
  then: object,
  given?: (z: Zalo) => Promise<unknown>,
];

export function contract(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    it.each(cases.map((row) => [`${row[0]} ${row[1]}`, row] as const))('%s', async (_name, row) => {
      const [, , when, then, given] = row;
      await inZalo(async (z) => {
        await given?.(z);
        expect(await when(z)).toMatchObject(then);
      });
    });
  });
}

export async function inZalo(story: (z: Zalo) => Promise<void>): Promise<void> {
  const zalo = await Zalo.start();
  try {
    await story(zalo);
  } finally {
    await zalo.close();
  }
}

/** Does it so many times, one after the other; answers the last answer. */
export async function times(n: number, act: (i: number) => Promise<Json>): Promise<Json> {
  let last: Json;
  for (let i = 1; i <= n; i++) last = await act(i);
  return last;
}
