import net from 'node:net';
import express, { Router } from 'express';
import { createHealthRouter, type Probe } from '../../../src/http/health.routes';
import { createHttpServer, type HttpServer, type HttpServerOptions } from '../../../src/http/server';
import { AppError } from '../../../src/kernel/errors';
import { createLog, silentLog } from '../../../src/observability/logger';
import { createMetrics } from '../../../src/observability/metrics';

const running: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close(100)));
});

async function serve(
  options: Partial<HttpServerOptions>,
): Promise<{ http: HttpServer; base: string; port: number }> {
  const http = createHttpServer({ first: [], routers: [], log: silentLog, ...options });
  running.push(http);
  const { port } = await http.listen(0, '127.0.0.1');
  return { http, base: `http://127.0.0.1:${port}`, port };
}

function routerOf(build: (router: Router) => void): Router {
  const router = Router();
  build(router);
  return router;
}

describe('the server', () => {
  it('lets raw handlers go first, and Express see only what they leave', async () => {
    const { base } = await serve({
      first: [
        (req, res) => {
          if (req.url !== '/raw') return false;
          res.end('raw');
          return true;
        },
      ],
      routers: [
        { path: '/api', router: routerOf((r) => r.get('/x', (_req, res) => void res.send('express'))) },
      ],
    });
    const raw = await fetch(`${base}/raw`);
    expect(await raw.text()).toBe('raw');
    expect(raw.headers.get('x-content-type-options')).toBeNull();
    const other = await fetch(`${base}/api/x`);
    expect(await other.text()).toBe('express');
    expect(other.headers.get('x-content-type-options')).toBe('nosniff');
    expect(other.headers.get('x-powered-by')).toBeNull();
  });

  it('says clearly when its port is taken', async () => {
    const { port } = await serve({});
    const second = createHttpServer({ first: [], routers: [], log: silentLog });
    await expect(second.listen(port, '127.0.0.1')).rejects.toMatchObject({
      code: 'port_taken',
      facts: { port },
    });
  });

  it.each<[string, unknown, number, object]>([
    [
      'our own error',
      new AppError('outside_subtree', { unit: '99001' }),
      403,
      { code: 'outside_subtree', title: 'outside subtree', facts: { unit: '99001' } },
    ],
    [
      'an error of ours inside',
      new AppError('store_unavailable', { host: 'db' }),
      503,
      { code: 'store_unavailable' },
    ],
    ['a bug', new Error('secret detail'), 500, { code: 'internal' }],
    ['a refused request', Object.assign(new Error('x'), { status: 400 }), 400, { code: 'bad_request' }],
  ])('answers %s as a problem and tells no more than it should', async (_what, thrown, status, expected) => {
    const lines: string[] = [];
    const { base } = await serve({
      log: createLog({ level: 'info', write: (line) => lines.push(line) }).log,
      routers: [
        {
          path: '/',
          router: routerOf((r) =>
            r.get('/x', () => {
              throw thrown;
            }),
          ),
        },
      ],
    });
    const answer = await fetch(`${base}/x`);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ type: 'about:blank', status, ...expected });
    expect(text).not.toMatch(/secret detail|"db"/);
    expect(lines).toHaveLength(status >= 500 ? 1 : 0);
  });

  it('answers what nobody knows, JSON that is none and bodies too large', async () => {
    const { base } = await serve({
      routers: [
        {
          path: '/',
          router: routerOf((r) => r.use(express.json({ limit: 10 })).post('/x', (_q, s) => void s.end())),
        },
      ],
    });
    const post = (body: string) =>
      fetch(`${base}/x`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect(await (await fetch(`${base}/none`)).json()).toMatchObject({ status: 404, code: 'not_found' });
    expect(await (await post('{x')).json()).toMatchObject({ status: 400, code: 'not_json' });
    expect(await (await post('"12345678901234"')).json()).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
    expect((await fetch(`${base}/%E0%A4%A`)).status).toBe(404);
  });

  it('shows slow and silent clients out, and still serves others', async () => {
    const { base, port } = await serve({ limits: { headersMs: 150, requestMs: 300, checkMs: 50 } });
    const closed = (first: string, drip: string): Promise<void> =>
      new Promise((resolve) => {
        const socket = net.connect(port, '127.0.0.1', () => socket.write(first));
        const timer = setInterval(() => socket.write(drip), 40);
        socket.on('error', () => undefined).resume();
        socket.on('close', () => {
          clearInterval(timer);
          resolve();
        });
      });
    await Promise.all([
      closed('', ''),
      closed('GET / HTTP/1.1\r\n', 'X: y\r\n'),
      closed('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n', 'a'),
    ]);
    expect((await fetch(base)).status).toBe(404);
  });

  it('finishes requests in hand before it closes', async () => {
    let answer: () => void = () => undefined;
    const inHand = new Promise<void>((begun) => {
      void serve({
        first: [
          (_req, res) => {
            answer = () => void res.end('done');
            begun();
            return true;
          },
        ],
      }).then(({ base }) => (asked = fetch(base).then((res) => res.text())));
    });
    let asked: Promise<string> | undefined;
    await inHand;
    const [http] = running as [HttpServer];
    let closed = false;
    const closing = http.close(5_000).then(() => (closed = true));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(closed).toBe(false);
    answer();
    expect(await asked).toBe('done');
    await closing;
    expect(http.server.listening).toBe(false);
  });

  it('cuts what does not end within the limit', async () => {
    const { http, base } = await serve({ first: [() => true] });
    const asked = fetch(base).then(
      () => 'answered',
      () => 'cut',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    await http.close(50);
    expect(await asked).toBe('cut');
  });
});

describe('health', () => {
  const well: Probe = { name: 'store', required: true, check: () => ({ ok: true }) };
  const at = async (ready: Probe[], path = '/health/ready') => {
    const metrics = createMetrics();
    const router = createHealthRouter({ live: [well], ready, metrics, withinMs: 50 });
    const { base } = await serve({ routers: [{ path: '/', router }] });
    return fetch(base + path);
  };

  it('names each part', async () => {
    const answer = await at([well]);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ok', parts: { store: { ok: true } } });
    expect((await at([], '/health/live')).status).toBe(200);
  });

  it('names a dead token and stays ready', async () => {
    const answer = await at([
      well,
      { name: 'zalo_token', required: false, check: async () => ({ ok: false, detail: 'dead' }) },
    ]);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ parts: { zalo_token: { ok: false, detail: 'dead' } } });
  });

  it.each<[string, Probe['check'], string]>([
    ['is not well', () => ({ ok: false, detail: 'away' }), 'away'],
    ['throws', () => Promise.reject(new Error('broken')), 'broken'],
    [
      'throws at once',
      () => {
        throw new Error('broken');
      },
      'broken',
    ],
    ['hangs', () => new Promise(() => undefined), 'no answer'],
  ])('is 503 when a required part %s', async (_what, check, detail) => {
    const answer = await at([{ name: 'store', required: true, check }]);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ status: 'failing', parts: { store: { ok: false, detail } } });
  });

  it('shows the counters', async () => {
    const answer = await at([], '/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await answer.text()).toContain('inbox_received_total 0');
  });
});
