import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOpenApi, type ApiAnswer } from '../../../src/channels/zalo/openapi';
import { useHttpMock } from '../../support/http-mock';

const BASE = 'https://openapi.zalo.me';
const request = {
  method: 'POST',
  path: '/v3.0/oa/message/cs',
  token: 'at-1',
  body: { text: 'xin chào' },
} as const;
const none = { limit: null, remain: null };

describe('a call', () => {
  const mock = useHttpMock();
  const api = createOpenApi({ baseUrl: BASE, timeoutMs: 2_000 });
  afterAll(() => api.close());

  async function answered(
    status: number,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> {
    mock.host(BASE).post('/v3.0/oa/message/cs').reply(status, body, headers);
    return api.call(request);
  }

  it('carries the token in its own header and JSON as its body', async () => {
    mock
      .host(BASE)
      .post('/v3.0/oa/message/cs', { text: 'xin chào' })
      .matchHeader('access_token', 'at-1')
      .matchHeader('content-type', /^application\/json/)
      .reply(200, { error: 0, data: { message_id: 'm' } });
    expect(await api.call(request)).toMatchObject({ outcome: 'ok', data: { message_id: 'm' } });
  });

  it('asks with one parameter that holds JSON', async () => {
    mock.host(BASE).get('/v2.0/oa/getoa').query({ data: '{"a":1}' }).reply(200, { error: 0, data: [] });
    expect(
      await api.call({ method: 'GET', path: '/v2.0/oa/getoa', token: 't', data: { a: 1 } }),
    ).toMatchObject({ data: { items: [] } });
  });

  it.each<[string, number, string, object]>([
    [
      'a value',
      200,
      '{"error":0,"data":{"message_id":"m"}}',
      { outcome: 'ok', data: { message_id: 'm' }, rate: none },
    ],
    ['success without data', 200, '{"error":0,"message":"Success"}', { outcome: 'ok', data: {}, rate: none }],
    [
      'a value wrapped once more',
      200,
      '{"error":"0","data":{"data":{"a":1}}}',
      { outcome: 'ok', data: { a: 1 }, rate: none },
    ],
    [
      'a time beside the value',
      200,
      '{"error":0,"data":{"message_id":"m"},"sent_time":"5"}',
      { outcome: 'ok', data: { message_id: 'm', sent_time: '5' }, rate: none },
    ],
    [
      'a long id without quotes',
      200,
      '{"error":0,"data":{"user_id":3344556677889900112}}',
      { outcome: 'ok', data: { user_id: '3344556677889900112' }, rate: none },
    ],
    [
      'a code',
      200,
      '{"error":-230,"message":"7 days"}',
      { outcome: 'code', code: -230, text: '7 days', rate: none },
    ],
    [
      'a code as text',
      200,
      '{"error":"-216","message":"x"}',
      { outcome: 'code', code: -216, text: 'x', rate: none },
    ],
    ['a code inside a 500', 500, '{"error":-200}', { outcome: 'code', code: -200, text: '', rate: none }],
    ['a page', 200, '<html>', { outcome: 'unknown', detail: 'answer cannot be read' }],
    ['nothing', 200, '', { outcome: 'unknown', detail: 'answer cannot be read' }],
    ['half an answer', 200, '{"error":0,"da', { outcome: 'unknown', detail: 'answer cannot be read' }],
    ['no error and no data', 200, '{}', { outcome: 'unknown', detail: 'answer cannot be read' }],
    ['a broken server', 500, '<html>', { outcome: 'not_done', detail: 'HTTP 500' }],
    ['a closed gateway', 503, '', { outcome: 'not_done', detail: 'HTTP 503' }],
    ['a gateway that gave up', 504, '', { outcome: 'unknown', detail: 'HTTP 504' }],
    ['a wrong door', 404, '<html>', { outcome: 'code', code: 404, text: '', rate: none }],
    ['no entry', 401, '', { outcome: 'code', code: 401, text: '', rate: none }],
  ])('understands %s', async (_what, status, body, expected) => {
    expect(await answered(status, body)).toEqual(expected);
  });

  it('reads the rate headers', async () => {
    const headers = { 'X-RateLimit-Limit': '100', 'X-RateLimit-Remain': '0' };
    expect(await answered(200, '{"error":-32}', headers)).toMatchObject({
      code: -32,
      rate: { limit: 100, remain: 0 },
    });
    expect(await answered(429, '', { 'retry-after': '7' })).toEqual({ outcome: 'throttled', afterMs: 7000 });
    expect(await answered(429, '')).toEqual({ outcome: 'throttled', afterMs: null });
  });
});

describe('a call to the other host, with a file, with proof', () => {
  const BUSINESS = 'https://business.openapi.zalo.me';
  const mock = useHttpMock();
  const api = createOpenApi({
    baseUrl: BASE,
    businessUrl: BUSINESS,
    timeoutMs: 2_000,
    proofOf: (token) => `proof of ${token}`,
  });
  afterAll(() => api.close());

  it('goes to the business host when it is meant for it', async () => {
    mock
      .host(BUSINESS)
      .get('/message/status')
      .query({ message_id: 'p1' })
      .matchHeader('appsecret_proof', 'proof of t')
      .reply(200, { error: 0, data: { status: 1 } });
    const request = { method: 'GET', host: 'business', path: '/message/status', token: 't' } as const;
    expect(await api.call({ ...request, query: { message_id: 'p1' } })).toMatchObject({
      data: { status: 1 },
    });
    const alone = createOpenApi({ baseUrl: BASE, timeoutMs: 100 });
    await expect(alone.call(request)).rejects.toThrow('business host');
  });

  it('asks with plain parameters and a list inside a list', async () => {
    mock
      .host(BASE)
      .get('/v3.0/oa/group/listmember?group_id=g%2F1&offset=0&count=50')
      .reply(200, { error: '0', message: 'success', data: { data: [{ user_id: '1' }] } });
    const query = { group_id: 'g/1', offset: 0, count: 50 };
    expect(
      await api.call({ method: 'GET', path: '/v3.0/oa/group/listmember', token: 't', query }),
    ).toMatchObject({ outcome: 'ok', data: { items: [{ user_id: '1' }] } });
  });

  it('uploads a file under its name, bytes as they are', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45]);
    let body = '';
    mock
      .host(BASE)
      .post('/v2.0/oa/upload/image', (sent: string) => {
        body = sent;
        return true;
      })
      .matchHeader('content-type', /^multipart\/form-data; boundary=/)
      .matchHeader('access_token', 't')
      .reply(200, { error: 0, data: { attachment_id: 'a1' } });
    const file = { name: 'ảnh "1"\r\n.png', type: 'image/png', bytes };
    const path = '/v2.0/oa/upload/image';
    expect(await api.call({ method: 'POST', path, token: 't', file })).toMatchObject({
      data: { attachment_id: 'a1' },
    });
    // nock shows a body that is no text in hex.
    const raw = /^[0-9a-f]+$/.test(body) ? Buffer.from(body, 'hex') : Buffer.from(body, 'latin1');
    expect(raw.includes(bytes)).toBe(true);
    expect(raw.toString()).toContain('name="file"; filename="ảnh _1___.png"');
    expect(raw.toString()).toContain('content-type: image/png');
  });

  it.each([
    [502, '<html>Bad gateway</html>', { outcome: 'not_done' }],
    [500, '', { outcome: 'not_done' }],
    [200, '<html>down for repair</html>', { outcome: 'unknown' }],
    [302, '', { outcome: 'code', code: 302 }],
  ])('takes HTTP %d with %j for what it is', async (status, text, expected) => {
    mock.host(BASE).post('/v3.0/oa/message/cs').reply(status, text, { 'content-type': 'text/html' });
    expect(await api.call(request)).toMatchObject(expected);
  });

  it('reads numbers that come as text', async () => {
    const data = { message_id: 'm', quota: { quota_type: 'sub_quota', remain: 412, total: '500' } };
    mock
      .host(BASE)
      .post('/v3.0/oa/message/cs')
      .reply(200, { error: '0', data }, { 'X-RateLimit-Limit': ' 100 ', 'X-RateLimit-Remain': 'many' });
    expect(await api.call(request)).toEqual({ outcome: 'ok', data, rate: { limit: 100, remain: null } });
  });
});

describe('a call over a real line', () => {
  let server: http.Server;
  let behave: http.RequestListener = (_req, res) => void res.end();
  let port = 0;
  beforeAll(async () => {
    server = http.createServer((req, res) => behave(req, res));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  async function call(timeoutMs = 300): Promise<ApiAnswer> {
    const api = createOpenApi({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs });
    try {
      return await api.call(request);
    } finally {
      api.close();
    }
  }

  it('is uncertain when no answer comes in time', async () => {
    behave = () => undefined;
    expect(await call()).toEqual({ outcome: 'unknown', detail: 'no answer in time' });
  });

  it('is uncertain when the answer stops in the middle, in time or not', async () => {
    behave = (_req, res) => {
      res.writeHead(200, { 'content-length': '100' });
      res.write('{"error":0');
    };
    expect(await call()).toMatchObject({ outcome: 'unknown' });
    behave = (_req, res) => {
      res.writeHead(200, { 'content-length': '100' });
      res.write('{"error":0', () => res.destroy());
    };
    expect(await call()).toMatchObject({ outcome: 'unknown' });
  });

  it('is uncertain when the line breaks after the request', async () => {
    behave = (req) => void req.on('end', () => req.socket.destroy()).resume();
    expect(await call()).toMatchObject({ outcome: 'unknown' });
  });

  it('is certainly not done when nobody listens', async () => {
    const api = createOpenApi({ baseUrl: 'http://127.0.0.1:1', timeoutMs: 500 });
    expect(await api.call(request)).toEqual({ outcome: 'not_done', detail: 'not connected: ECONNREFUSED' });
    api.close();
  });

  it('opens no more lines than it may at a time', async () => {
    let open = 0;
    behave = () => void (open += 1);
    const api = createOpenApi({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 1_500, sockets: 2 });
    const calls = Promise.all([1, 2, 3, 4].map(() => api.call(request)));
    while (open < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(open).toBe(2);
    const outcomes = (await calls).map((answer) => answer.outcome);
    // Those that left are uncertain; those that waited for a line until their time was up have certainly not left.
    expect(outcomes.slice(0, 2)).toEqual(['unknown', 'unknown']);
    expect(outcomes.slice(2).every((outcome) => outcome === 'not_done' || outcome === 'unknown')).toBe(true);
    api.close();
  });

  it('is certainly not done when its line stands so late that another may have sent it meanwhile', async () => {
    let seen = 0;
    // A request of the case before may come late on a busy machine.
    const late = { ...request, path: '/late' };
    behave = (req, res) => {
      if (req.url?.includes('/late') === true) seen += 1;
      setTimeout(() => res.end('{"error":0,"data":{"message_id":"m"}}'), 2_100);
    };
    const api = createOpenApi({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 8_000, sockets: 1 });
    const [first, second] = await Promise.all([api.call(late), api.call(late)]);
    expect(first).toMatchObject({ outcome: 'ok' });
    expect(second).toEqual({ outcome: 'not_done', detail: 'not connected: TOO_LATE' });
    expect(seen).toBe(1);
    api.close();
  });

  it('never opens more than 64 lines, and gives up after ten seconds at the latest', async () => {
    let open = 0;
    // A request of the case before may come late on a busy machine.
    const many = { ...request, path: '/many' };
    behave = (req) => {
      if (req.url?.includes('/many') === true) open += 1;
    };
    const api = createOpenApi({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 60_000, sockets: 500 });
    const patience = jest
      .spyOn(AbortSignal, 'timeout')
      .mockImplementation(() => new AbortController().signal);
    const calls = Array.from({ length: 100 }, () => api.call(many));
    while (open < 64) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(open).toBe(64);
    expect(patience).toHaveBeenCalledWith(10_000);
    patience.mockRestore();
    behave = (_req, res) => void res.end('{"error":0,"data":{}}');
    server.closeAllConnections();
    const outcomes = (await Promise.all(calls)).map((answer) => answer.outcome);
    expect(outcomes.filter((outcome) => outcome === 'unknown')).toHaveLength(64);
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(36);
    api.close();
  });

  it('carries a file of five megabytes', async () => {
    let got = 0;
    behave = (req, res) => {
      req.on('data', (part: Buffer) => (got += part.length));
      req.on('end', () => res.end('{"error":0,"data":{"token":"t"}}'));
    };
    const api = createOpenApi({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 5_000 });
    const file = { name: 'a.pdf', type: 'application/pdf', bytes: Buffer.alloc(5 * 1024 * 1024) };
    const path = '/v2.0/oa/upload/file';
    expect(await api.call({ method: 'POST', path, token: 't', file })).toMatchObject({ outcome: 'ok' });
    expect(got).toBeGreaterThan(5 * 1024 * 1024);
    api.close();
  });

  it('keeps its line for the next call', async () => {
    const ports = new Set<number | undefined>();
    behave = (req, res) => {
      ports.add(req.socket.remotePort);
      res.end('{"error":0,"data":{}}');
    };
    const api = createOpenApi({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 500 });
    await api.call(request);
    await new Promise((resolve) => setImmediate(resolve));
    await api.call(request);
    expect(ports.size).toBe(1);
    api.close();
  });
});
