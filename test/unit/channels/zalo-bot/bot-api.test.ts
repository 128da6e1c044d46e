import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBotApi, type BotAnswer } from '../../../../src/channels/zalo-bot/bot-api';
import { useHttpMock } from '../../../support/http-mock';

const BASE = 'https://bot-api.zaloplatforms.com';
const TOKEN = '1234567890:abc-DEF_1';
const body = { chat_id: 'c1', text: 'xin chào' };

describe('a call', () => {
  const mock = useHttpMock();
  const api = createBotApi({ baseUrl: BASE, token: TOKEN, timeoutMs: 2_000 });
  afterAll(() => api.close());

  function answered(status: number, text: string, headers: Record<string, string> = {}): Promise<BotAnswer> {
    mock.host(BASE).post(`/bot${TOKEN}/sendMessage`).reply(status, text, headers);
    return api.call('sendMessage', body);
  }

  it('is JSON by POST with the token in the path', async () => {
    mock
      .host(BASE)
      .post(`/bot${TOKEN}/sendMessage`, body)
      .matchHeader('content-type', 'application/json')
      .reply(200, { ok: true, result: { message_id: 'm1', date: 1 } });
    expect(await api.call('sendMessage', body)).toEqual({
      outcome: 'ok',
      result: { message_id: 'm1', date: 1 },
    });
  });

  it.each<[string, number, string, object]>([
    ['a result that is no object', 200, '{"ok":true,"result":true}', { outcome: 'ok', result: {} }],
    [
      'a long id without quotes',
      200,
      '{"ok":true,"result":{"message_id":12345678901234567}}',
      { outcome: 'ok', result: { message_id: '12345678901234567' } },
    ],
    [
      'a refusal with HTTP 200',
      200,
      '{"ok":false,"description":"Unauthorized","error_code":401}',
      { outcome: 'code', code: 401, text: 'Unauthorized' },
    ],
    ['a code as text', 200, '{"ok":false,"error_code":"400"}', { outcome: 'code', code: 400, text: '' }],
    ['a refusal without a code', 404, '{"ok":false}', { outcome: 'code', code: 404, text: '' }],
    ['success with a bad status', 404, '{"ok":true,"result":{}}', { outcome: 'code', code: 404, text: '' }],
    ['a redirect', 302, '', { outcome: 'code', code: 302, text: '' }],
    [
      'a failure of theirs with HTTP 200',
      200,
      '{"ok":false,"error_code":500}',
      { outcome: 'not_done', detail: 'code 500' },
    ],
    ['the page of a gateway', 502, '<html>', { outcome: 'not_done', detail: 'code 502' }],
    ['a gateway that gave up', 504, '<html>', { outcome: 'unknown', detail: 'code 504' }],
    [
      'a time-out of theirs',
      200,
      '{"ok":false,"error_code":408}',
      { outcome: 'unknown', detail: 'code 408' },
    ],
    ['a page with HTTP 200', 200, '<html>', { outcome: 'unknown', detail: 'answer cannot be read' }],
    ['nothing', 200, '', { outcome: 'unknown', detail: 'answer cannot be read' }],
    ['half an answer', 200, '{"ok":tr', { outcome: 'unknown', detail: 'answer cannot be read' }],
    [
      'a refusal that says no more',
      200,
      '{"ok":false}',
      { outcome: 'unknown', detail: 'answer cannot be read' },
    ],
    ['too many requests', 200, '{"ok":false,"error_code":429}', { outcome: 'throttled', afterMs: null }],
    [
      'too many requests, wait inside',
      429,
      '{"ok":false,"error_code":429,"parameters":{"retry_after":3}}',
      { outcome: 'throttled', afterMs: 3_000 },
    ],
  ])('understands %s', async (_what, status, text, expected) => {
    expect(await answered(status, text)).toEqual(expected);
  });

  it('reads how long to wait from the header', async () => {
    const answer = await answered(429, '', { 'retry-after': '7' });
    expect(answer).toEqual({ outcome: 'throttled', afterMs: 7_000 });
  });
});

describe('a line', () => {
  let server: http.Server;
  let base: string;
  let serve: http.RequestListener;
  beforeAll(async () => {
    server = http.createServer((req, res) => serve(req, res));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  async function call(baseUrl: string, timeoutMs = 2_000): Promise<BotAnswer> {
    const api = createBotApi({ baseUrl, token: TOKEN, timeoutMs });
    const answer = await api.call('sendMessage', body);
    api.close();
    // Nothing that is told of a failure may hold the token.
    expect(JSON.stringify(answer)).not.toContain('abc-DEF_1');
    return answer;
  }

  it('that never stood: certainly nothing was sent', async () => {
    const taken = http.createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    await new Promise((resolve) => taken.close(resolve));
    const answer = await call(`http://127.0.0.1:${port}`);
    expect(answer).toEqual({ outcome: 'not_done', detail: 'not connected: ECONNREFUSED' });
  });

  it('that is torn: nobody knows', async () => {
    serve = (req) => req.socket.destroy();
    expect(await call(base)).toMatchObject({ outcome: 'unknown' });
  });

  it('that is torn in the middle of the answer: nobody knows', async () => {
    serve = (_req, res) => {
      res.writeHead(200, { 'content-length': '100' });
      res.write('{"ok":true');
      setTimeout(() => res.destroy(), 20);
    };
    expect(await call(base)).toMatchObject({ outcome: 'unknown' });
  });

  it('that stays silent: nobody knows, and in time', async () => {
    serve = () => undefined;
    expect(await call(base, 150)).toEqual({ outcome: 'unknown', detail: 'no answer in time' });
  });

  it('that never ends: is cut', async () => {
    serve = (_req, res) => {
      res.on('error', () => undefined);
      const more = (): void => {
        if (!res.destroyed && res.write('x'.repeat(65_536))) setImmediate(more);
        else if (!res.destroyed) res.once('drain', more);
      };
      more();
    };
    expect(await call(base)).toEqual({ outcome: 'unknown', detail: 'answer too long' });
  });
});
