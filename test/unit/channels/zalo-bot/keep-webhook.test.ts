import type { BotAnswer, BotApi } from '../../../../src/channels/zalo-bot/bot-api';
import { createWebhookKeeper } from '../../../../src/channels/zalo-bot/keep-webhook';
import { createLog } from '../../../../src/observability/logger';

const URL_HERE = 'https://bot.example.vn/webhook/zalo-bot';
const SECRET = 'a-secret-of-ours';
const pointsTo = (url: string): BotAnswer => ({ outcome: 'ok', result: { url } });
const done: BotAnswer = { outcome: 'ok', result: {} };

function world(answers: readonly BotAnswer[]) {
  const calls: [string, object | undefined][] = [];
  const lines: string[] = [];
  const left = [...answers];
  const api: BotApi = {
    call: async (method, body) => {
      calls.push([method, body]);
      return left.shift() ?? { outcome: 'not_done', detail: 'no more answers' };
    },
    close: () => undefined,
  };
  const { log } = createLog({ level: 'debug', write: (line) => lines.push(line) });
  const keeper = createWebhookKeeper({ api, url: URL_HERE, secretToken: SECRET, log, againMs: 5 });
  return { keeper, calls, lines };
}

it('asks first, then tells the address and the secret', async () => {
  const { keeper, calls } = world([pointsTo(''), done]);
  expect(keeper.state).toBe('starting');
  expect(await keeper.keep()).toBe('set');
  expect(calls).toEqual([
    ['getWebhookInfo', undefined],
    ['setWebhook', { url: URL_HERE, secret_token: SECRET }],
  ]);
});

it('tells the same address again at a start, for the secret may be another, and never after', async () => {
  const { keeper, calls } = world([pointsTo(URL_HERE), done, pointsTo(URL_HERE), pointsTo(URL_HERE)]);
  await keeper.keep();
  await keeper.keep();
  expect(await keeper.keep()).toBe('set');
  expect(calls.map(([method]) => method)).toEqual([
    'getWebhookInfo',
    'setWebhook',
    'getWebhookInfo',
    'getWebhookInfo',
  ]);
});

it('takes the webhook back when it points elsewhere, and says so', async () => {
  const { keeper, calls, lines } = world([
    pointsTo(URL_HERE),
    done,
    pointsTo('https://other.example/x'),
    done,
  ]);
  await keeper.keep();
  expect(await keeper.keep()).toBe('set');
  expect(calls.at(-1)?.[0]).toBe('setWebhook');
  expect(lines.join()).toContain('other.example');
  expect(lines.join()).not.toContain(SECRET);
});

it.each<[string, readonly BotAnswer[], string]>([
  ['a bad token', [{ outcome: 'code', code: 401, text: '' }], 'token_refused'],
  ['a refusal', [pointsTo(''), { outcome: 'code', code: 400, text: '' }], 'refused'],
  ['no platform', [{ outcome: 'not_done', detail: 'x' }], 'unreachable'],
  ['no answer', [pointsTo(''), { outcome: 'unknown', detail: 'x' }], 'unreachable'],
])('names %s and keeps trying by itself', async (_what, answers, state) => {
  const { keeper } = world([...answers, pointsTo(''), done]);
  expect(await keeper.keep()).toBe(state);
  for (let i = 0; i < 200 && keeper.state !== 'set'; i += 1) await new Promise((r) => setTimeout(r, 5));
  expect(keeper.state).toBe('set');
  keeper.stop();
});

it('a bot that never had a webhook may refuse to show it', async () => {
  const { keeper } = world([{ outcome: 'code', code: 404, text: '' }, done]);
  expect(await keeper.keep()).toBe('set');
});

it('asks nothing more once it is stopped', async () => {
  const { keeper, calls } = world([]);
  await keeper.keep();
  keeper.stop();
  const before = calls.length;
  await new Promise((r) => setTimeout(r, 30));
  expect(calls.length).toBe(before);
});
