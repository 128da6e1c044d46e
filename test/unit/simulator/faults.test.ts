import { aWorld, type World } from './zalo-world';

const AN = '3344556677889900112';
const BINH = '3344556677889900113';
let w: World;
beforeEach(async () => {
  w = await aWorld();
  await w.fake.person(AN).types('chào');
  await w.fake.person(BINH).types('chào');
});
afterEach(() => w.close());

it.each`
  fault                                           | answer                                 | accepted
  ${{ kind: 'code', code: -200 }}                 | ${{ error: -200 }}                     | ${0}
  ${{ kind: 'code', code: -216, asString: true }} | ${{ error: '-216' }}                   | ${0}
  ${{ kind: 'string_error' }}                     | ${{ error: '0' }}                      | ${1}
  ${{ kind: 'nested_data' }}                      | ${{ data: { data: { user_id: AN } } }} | ${1}
  ${{ kind: 'numeric_remain' }}                   | ${{ data: { quota: { remain: 8 } } }}  | ${1}
  ${{ kind: 'slow', ms: 40 }}                     | ${{ error: 0 }}                        | ${1}
`('$fault', async ({ fault, answer, accepted }: { fault: never; answer: object; accepted: number }) => {
  w.fake.fail.next(fault);
  expect(await w.send(AN, 'a')).toMatchObject(answer);
  expect(w.fake.sends).toHaveLength(accepted);
  expect(await w.send(AN, 'b')).toMatchObject({ error: 0 });
});

it('answers with a gateway’s page', async () => {
  w.fake.fail.next({ kind: 'html', status: 502 });
  const answer = await fetch(`${w.base}/v3.0/oa/message/cs`, {
    method: 'POST',
    headers: { access_token: w.token },
  });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    502,
    expect.stringContaining('text/html'),
  ]);
});

it.each`
  kind                      | accepted
  ${'reset'}                | ${0}
  ${'reset_after_accept'}   | ${1}
  ${'timeout'}              | ${0}
  ${'timeout_after_accept'} | ${1}
`(
  '$kind gives no answer, accepted: $accepted',
  async ({ kind, accepted }: { kind: 'reset'; accepted: number }) => {
    w.fake.fail.next({ kind });
    const body = JSON.stringify({ recipient: { user_id: AN }, message: { text: 'a' } });
    const headers = { access_token: w.token, 'Content-Type': 'application/json' };
    const signal = AbortSignal.timeout(150);
    await expect(
      fetch(`${w.base}/v3.0/oa/message/cs`, { method: 'POST', body, headers, signal }),
    ).rejects.toThrow();
    expect(w.fake.sends).toHaveLength(accepted);
  },
);

it('meets one person only, as often as told, and other calls not at all', async () => {
  w.fake.fail.next({ kind: 'code', code: -200, user: AN, times: 2 });
  expect(await w.call('/v2.0/oa/getoa')).toMatchObject({ error: 0 });
  expect(await w.send(BINH, 'a')).toMatchObject({ error: 0 });
  expect(await w.send(AN, 'a')).toMatchObject({ error: -200 });
  expect(w.fake.fail.pending).toMatchObject([{ times: 1 }]);
  expect(await w.send(AN, 'a')).toMatchObject({ error: -200 });
  expect(await w.send(AN, 'a')).toMatchObject({ error: 0 });
});
