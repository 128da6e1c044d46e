import { AN, inZalo, Zalo, type Json } from './world';

/** Sections 8.1, 8.3 and 13.12: every code can be had to order, and every trouble that is no code. */

const CS = '/v3.0/oa/message/cs';
const PHONE = '/message/template';
const OA = [
  -32, -100, -200, -201, -202, -203, -204, -205, -206, -207, -208, -209, -210, -211, -212, -213, -214, -216,
  -217, -218, -219, -220, -221, -223, -224, -227, -230, -231, -232, -233, -234, -235, -237, -238, -240, -241,
  -242, -244, -248, -249, -320, -321, -403, -1340, -1341, 401, -401, -124,
];
const ZNS = [
  -100, -101, -102, -103, -104, -105, -106, -107, -108, -109, -1091, -110, -111, -112, -1121, -1122, -1123,
  -1124, -113, -1131, -1132, -114, -115, -116, -117, -118, -119, -120, -1201, -1202, -121, -122, -123, -124,
  -1241, -125, -126, -127, -128, -129, -142, -143, -130, -131, -132, -133, -134, -135, -1351, -136, -137,
  -138, -1381, -139, -140, -141, -144, -1441, -145, -146, -147, -1471, -1472, -148, -149, -1491, -150, -151,
  -152, -153, -158, -159, -160, -161, -162,
];
const OAUTH = [-14001, -14002, -14003, -14012, -14024, -14014, -14019, -118];

const send = (z: Zalo, text = 'Dạ') => z.raw('POST', CS, { recipient: { user_id: AN }, message: { text } });
const errorOf = async (z: Zalo): Promise<number> => {
  const answer: Json = await (await send(z)).json();
  return answer.error;
};
/** What An has heard, by the history of the chat. */
const heard = async (z: Zalo): Promise<string[]> => {
  const { data } = await z.read('/v2.0/oa/conversation', { user_id: AN, offset: 0, count: 10 });
  return data.filter((row: { src: number }) => row.src === 0).map((row: { message: string }) => row.message);
};

describe('codes to order', () => {
  let z: Zalo;
  beforeAll(async () => {
    z = await Zalo.start();
  });
  afterAll(() => z.close());

  it.each(OA)('8.1 %i', async (code) => {
    await z.fault({ kind: 'code', code });
    expect(await z.cs({ text: `${code}` })).toEqual({ error: code, message: expect.any(String) });
    expect(await heard(z)).not.toContain(`${code}`);
  });

  it.each(ZNS)('8.3 %i', async (code) => {
    await z.fault({ kind: 'code', code, path: PHONE });
    const body = { phone: '84900000001', template_id: '512346', template_data: {} };
    expect(await z.post(PHONE, body)).toMatchObject({ error: code });
  });

  it.each(OAUTH)('1.4 %i', async (code) => {
    await z.fault({ kind: 'code', code, path: '/access_token' });
    expect(await z.refresh()).toMatchObject({ error: code });
  });
});

type Story = readonly [section: string, name: string, fault: object, story: (z: Zalo) => Promise<void>];
const torn = async (z: Zalo) => {
  z.patienceMs = 1_500;
  await expect(send(z).then((answer) => answer.json())).rejects.toThrow();
  z.patienceMs = 20_000;
};

const STORIES: readonly Story[] = [
  [
    '13.12',
    'a gateway page with HTTP 500, not accepted',
    { kind: 'html' },
    async (z) => {
      const answer = await send(z);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        500,
        expect.stringContaining('text/html'),
      ]);
      expect(await heard(z)).toEqual([]);
    },
  ],
  [
    '13.12',
    'a gateway page with HTTP 502',
    { kind: 'html', status: 502 },
    async (z) => {
      expect((await send(z)).status).toBe(502);
    },
  ],
  [
    '13.12',
    'HTTP 429 with a time',
    { kind: 'throttled', retryAfter: 7 },
    async (z) => {
      const answer = await send(z);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
      expect(await heard(z)).toEqual([]);
    },
  ],
  [
    '13.12',
    'HTTP 429 without',
    { kind: 'throttled' },
    async (z) => {
      const answer = await send(z);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, null]);
    },
  ],
  [
    '13.12',
    'a time-out after accepting',
    { kind: 'timeout_after_accept' },
    async (z) => {
      await torn(z);
      expect(await heard(z)).toEqual(['Dạ']);
    },
  ],
  [
    '13.12',
    'a time-out before accepting',
    { kind: 'timeout' },
    async (z) => {
      await torn(z);
      expect(await heard(z)).toEqual([]);
    },
  ],
  [
    '13.12',
    'a torn connection before accepting',
    { kind: 'reset' },
    async (z) => {
      await torn(z);
      expect(await heard(z)).toEqual([]);
    },
  ],
  [
    '13.12',
    'a torn connection after accepting',
    { kind: 'reset_after_accept' },
    async (z) => {
      await torn(z);
      expect(await heard(z)).toEqual(['Dạ']);
    },
  ],
  [
    '13.12',
    'half an answer',
    { kind: 'torn_answer' },
    async (z) => {
      await torn(z);
      expect(await heard(z)).toEqual(['Dạ']);
    },
  ],
  [
    '13.12',
    'a slow answer',
    { kind: 'slow', ms: 60 },
    async (z) => {
      expect(await (await send(z)).json()).toMatchObject({ error: 0 });
    },
  ],
  [
    '0.4',
    'error as a text',
    { kind: 'string_error' },
    async (z) => {
      expect(await (await send(z)).json()).toMatchObject({ error: '0' });
    },
  ],
  [
    '0.4',
    'a code as a text',
    { kind: 'code', code: -216, asString: true },
    async (z) => {
      expect(await (await send(z)).json()).toMatchObject({ error: '-216' });
    },
  ],
  [
    '0.4',
    'data nested once more',
    { kind: 'nested_data' },
    async (z) => {
      expect(await (await send(z)).json()).toMatchObject({ data: { data: { user_id: AN } } });
    },
  ],
  [
    '2.6',
    'remain as a number',
    { kind: 'numeric_remain' },
    async (z) => {
      expect(await (await send(z)).json()).toMatchObject({ data: { quota: { remain: 8 } } });
    },
  ],
  [
    '13.12',
    'for one person only',
    { kind: 'code', code: -200, user: 'x' },
    async (z) => {
      expect(await (await send(z)).json()).toMatchObject({ error: 0 });
    },
  ],
  [
    '13.12',
    'for one path only',
    { kind: 'code', code: -200, path: '/getoa' },
    async (z) => {
      expect(await (await send(z)).json()).toMatchObject({ error: 0 });
      expect(await z.get('/v2.0/oa/getoa')).toMatchObject({ error: -200 });
    },
  ],
  [
    '13.12',
    'for the next three',
    { kind: 'code', code: -200, times: 3 },
    async (z) => {
      const errors: number[] = [];
      for (let i = 0; i < 4; i++) errors.push(await errorOf(z));
      expect(errors).toEqual([-200, -200, -200, 0]);
    },
  ],
  [
    '13.12',
    'for a share, the same for the same seed',
    { kind: 'code', code: -200, share: 0.4, seed: 3 },
    async (z) => {
      const run = async (): Promise<number[]> => {
        const errors: number[] = [];
        for (let i = 0; i < 15; i++) errors.push(await errorOf(z));
        return errors;
      };
      const first = await run();
      await fetch(`${z.base}/simulator/fault`, { method: 'DELETE' });
      await z.fault({ kind: 'code', code: -200, share: 0.4, seed: 3 });
      expect(await run()).toEqual(first);
      expect(new Set(first)).toEqual(new Set([0, -200]));
    },
  ],
  [
    '5.2',
    'an unknown path is a page of the gateway',
    { kind: 'slow', ms: 0 },
    async (z) => {
      const answer = await z.raw('GET', '/v3.0/oa/group/accept_member');
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        404,
        expect.stringContaining('text/html'),
      ]);
    },
  ],
];

describe('trouble that is no code', () => {
  it.each(STORIES.map((row) => [`${row[0]} ${row[1]}`, row] as const))('%s', (_name, [, , fault, story]) =>
    inZalo(async (z) => {
      await z.fault(fault);
      await story(z);
    }),
  );
});

it('the log names each request and answer, and no token or secret', () =>
  inZalo(async (z) => {
    await z.refresh();
    await z.consent();
    await z.cs({ text: 'Dạ' });
    const text = await (await fetch(`${z.base}/simulator/log`)).text();
    expect(text).toContain('/v3.0/oa/message/cs');
    expect(text).toContain('tookMs');
    for (const secret of [z.token, z.refreshToken, 'AppSecretExample01', 'OaSecretKeyExample01'])
      expect(text).not.toContain(secret);
  }));
