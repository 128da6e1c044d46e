import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { FrozenClock } from '../../../src/kernel/clock';
import { createFakeZalo, type FakeZalo } from '../../../src/simulator/fake-zalo';
import type { FakeZaloOptions } from '../../../src/simulator/fake-zalo-options';

export const KEYS = {
  appId: '1122334455667788990',
  appSecret: 'AppSecretExample01',
  oaId: '2233445566778899001',
  oaSecret: 'OaSecretKeyExample01',
};

export interface Hook {
  readonly url: string;
  /** What the webhook got: headers in lower case, body as sent. */
  readonly got: {
    readonly headers: http.IncomingHttpHeaders;
    readonly raw: string;
    readonly method: string;
  }[];
  /** The status it answers with from now on; null: it never answers. */
  status: number | null;
  close(): Promise<void>;
}

/** A webhook that writes down what comes. */
export async function aHook(): Promise<Hook> {
  const got: Hook['got'] = [];
  const server = http.createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      got.push({ headers: req.headers, raw: Buffer.concat(parts).toString(), method: req.method ?? '' });
      if (hook.status !== null) res.writeHead(hook.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hook: Hook = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/zalo`,
    got,
    status: 200,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return hook;
}

/** JSON as it came, for assertions that name the fields they mean. */
export type Answered = ReturnType<typeof JSON.parse>;

export interface World {
  readonly fake: FakeZalo;
  readonly clock: FrozenClock;
  readonly base: string;
  readonly hook: Hook;
  token: string;
  /** Calls the OA API as a bot does and gives the answer's JSON. */
  call(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
  send(user: string, text: string): Promise<Answered>;
  form(fields: Record<string, string>, headers?: Record<string, string>): Promise<Answered>;
  later(ms: number): void;
  /** As `later`, for more than a token's life: the bot has a new pair. */
  muchLater(ms: number): void;
  close(): Promise<void>;
}

export const MORNING = new Date('2026-03-12T08:00:00+07:00');

export async function aWorld(options: Partial<FakeZaloOptions> = {}): Promise<World> {
  const clock = new FrozenClock(MORNING);
  const hook = await aHook();
  const fake = createFakeZalo({ clock, ...KEYS, webhookUrl: hook.url, webhookDeadlineMs: 300, ...options });
  const base = await fake.listen();
  const world: World = {
    fake,
    clock,
    base,
    hook,
    token: fake.issuePair().accessToken,
    call: async (path, body, headers = { access_token: world.token }) => {
      const answer = await fetch(base + path, {
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        headers: { 'Content-Type': 'application/json', ...headers },
      });
      return answer.json();
    },
    send: (user, text) =>
      world.call('/v3.0/oa/message/cs', { recipient: { user_id: user }, message: { text } }),
    form: async (fields, headers = { secret_key: KEYS.appSecret }) => {
      const answer = await fetch(`${base}/v4/oa/access_token`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers,
      });
      return answer.json();
    },
    later: (ms) => clock.moveTo(new Date(clock.now().getTime() + ms)),
    muchLater: (ms) => {
      world.later(ms);
      world.token = fake.issuePair().accessToken;
    },
    close: async () => {
      await fake.webhook.idle();
      await fake.close();
      await hook.close();
    },
  };
  return world;
}
