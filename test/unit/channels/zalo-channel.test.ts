import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutboundMessage, SendResult } from '../../../src/channels/channel';
import { ZALO_ERRORS, type ErrorFamily } from '../../../src/channels/zalo/errors';
import type { ApiAnswer, ApiRequest } from '../../../src/channels/zalo/openapi';
import { createZaloChannel } from '../../../src/channels/zalo/zalo-channel';
import { FrozenClock } from '../../../src/kernel/clock';
import { AppError } from '../../../src/kernel/errors';
import { createLog, silentLog } from '../../../src/observability/logger';

const TO = 'zalo:3344556677889900112';
const text: OutboundMessage = { kind: 'text', text: 'Chào bác' };
const template: OutboundMessage = {
  kind: 'template',
  templateId: '512',
  data: { ten: 'a', don_vi: 'b', ky: 'c', han: 'd', noi_dung: 'e' },
};
const rate = { limit: null, remain: null };
const code = (value: number, words = ''): ApiAnswer => ({ outcome: 'code', code: value, text: words, rate });
const ok: ApiAnswer = { outcome: 'ok', data: { message_id: 'm1', quota: { quota_type: 'reply' } }, rate };
/** 22:00:20 in Viet Nam. */
const NOW = new Date('2026-03-12T15:00:20Z');
const MINUTE = 60_000;

interface Sent {
  readonly result: SendResult;
  readonly requests: ApiRequest[];
  readonly renewed: number[];
}

/** One send, with the answers Zalo gives in turn. */
async function send(
  answers: ApiAnswer[],
  options: { message?: OutboundMessage; current?: () => never; renew?: () => never } = {},
): Promise<Sent> {
  const requests: ApiRequest[] = [];
  const renewed: number[] = [];
  const left = [...answers];
  const channel = createZaloChannel({
    api: {
      call: async (request) => {
        requests.push(request);
        const answer = left.shift();
        if (!answer) throw new Error('one call too many');
        return answer;
      },
      close: () => undefined,
    },
    tokens: {
      current: async () => options.current?.() ?? { accessToken: 'old', generation: 4 },
      renew: async (generation) => {
        renewed.push(generation);
        return options.renew?.() ?? { accessToken: 'new', generation: 5 };
      },
    },
    clock: new FrozenClock(NOW),
    log: silentLog,
    random: () => 0,
  });
  return { result: await channel.send(TO, options.message ?? text), requests, renewed };
}

describe('a send', () => {
  it('that Zalo takes is sent, with what paid for it', async () => {
    const { result, requests } = await send([ok]);
    expect(result).toEqual({ outcome: 'sent', messageId: 'm1', quota: { quota_type: 'reply' } });
    expect(requests).toMatchObject([{ path: '/v3.0/oa/message/cs', token: 'old' }]);
  });

  it('of a template goes to the call for templates', async () => {
    expect((await send([ok], { message: template })).requests).toMatchObject([
      { path: '/v3.0/oa/message/template' },
    ]);
  });

  it.each([-216, -220, -124, 401, -401])(
    'renews the token once and repeats once after %d',
    async (refused) => {
      const { result, requests, renewed } = await send([code(refused), ok]);
      expect(result.outcome).toBe('sent');
      expect(renewed).toEqual([4]);
      expect(requests.map((request) => request.token)).toEqual(['old', 'new']);
    },
  );

  it('does not renew twice: a new token that is refused as well is for an operator', async () => {
    const { result, renewed } = await send([code(-216), code(-216)]);
    expect(result).toEqual({ outcome: 'alert', detail: 'zalo:reasons.token', afterMs: MINUTE });
    expect(renewed).toHaveLength(1);
  });

  it('renews after -201 only when the text speaks of the token', async () => {
    expect((await send([code(-201, 'Access token is invalid'), ok])).result.outcome).toBe('sent');
    expect((await send([code(-201, 'user_id is invalid')])).result.outcome).toBe('refused');
  });

  it.each<[string, ApiAnswer, SendResult]>([
    [
      'no answer',
      { outcome: 'unknown', detail: 'no answer in time' },
      { outcome: 'uncertain', detail: 'no answer in time' },
    ],
    [
      'success that names no message',
      { outcome: 'ok', data: {}, rate },
      { outcome: 'uncertain', detail: 'answer names no message' },
    ],
    [
      'no line',
      { outcome: 'not_done', detail: 'HTTP 500' },
      { outcome: 'retry', afterMs: 5_000, detail: 'HTTP 500' },
    ],
    ['-200', code(-200), { outcome: 'retry', afterMs: 2_000, detail: 'zalo:reasons.no_detail' }],
    ['-32', code(-32), { outcome: 'retry', afterMs: 40_050, detail: 'zalo:reasons.rate', throttled: true }],
    [
      '429 with a wait',
      { outcome: 'throttled', afterMs: 7_000 },
      { outcome: 'retry', afterMs: 7_000, detail: 'zalo:reasons.rate', throttled: true },
    ],
    [
      '429 without',
      { outcome: 'throttled', afterMs: null },
      { outcome: 'retry', afterMs: 40_050, detail: 'zalo:reasons.rate', throttled: true },
    ],
    ['-230', code(-230), { outcome: 'closed', detail: 'zalo:reasons.window_closed' }],
    ['-232', code(-232), { outcome: 'closed', detail: 'zalo:reasons.window_closed' }],
    ['-213', code(-213), { outcome: 'closed', detail: 'zalo:reasons.never_interacted' }],
    ['-227', code(-227), { outcome: 'unreachable', detail: 'zalo:reasons.person_gone' }],
    ['-244', code(-244), { outcome: 'unreachable', detail: 'zalo:reasons.person_refused' }],
    ['-224', code(-224), { outcome: 'alert', detail: 'zalo:reasons.package', afterMs: 60 * MINUTE }],
    ['-212', code(-212), { outcome: 'alert', detail: 'zalo:reasons.permission', afterMs: 60 * MINUTE }],
    [
      '-223 for articles',
      code(-223, 'article quota'),
      { outcome: 'alert', detail: 'zalo:reasons.quota', afterMs: 60 * MINUTE },
    ],
    ['-210', code(-210), { outcome: 'refused', detail: 'zalo:reasons.too_long' }],
    [
      '-234 until the morning',
      code(-234),
      { outcome: 'retry', afterMs: (8 * 60 + 5) * MINUTE - 20_000, detail: 'zalo:reasons.night' },
    ],
    [
      '-144 until tomorrow',
      code(-144),
      { outcome: 'retry', afterMs: 125 * MINUTE - 20_000, detail: 'zalo:reasons.quota' },
    ],
    ['a wrong door', code(404), { outcome: 'alert', detail: 'zalo:reasons.gateway', afterMs: 60 * MINUTE }],
    ['an unknown code', code(-999), { outcome: 'refused', detail: 'zalo:reasons.unknown' }],
    [
      'an unknown code of the wallet',
      code(-399),
      { outcome: 'alert', detail: 'zalo:reasons.wallet', afterMs: 60 * MINUTE },
    ],
  ])('with %s', async (_what, answer, expected) => {
    expect((await send([answer])).result).toEqual(expected);
  });

  it('knows that -100 is another thing for templates', async () => {
    expect((await send([code(-100)])).result.outcome).toBe('refused');
    expect((await send([code(-100)], { message: template })).result.outcome).toBe('retry');
  });

  it.each<[string, AppError, SendResult]>([
    [
      'is dead',
      new AppError('zalo_token_dead'),
      { outcome: 'alert', detail: 'zalo:reasons.token_dead', afterMs: MINUTE },
    ],
    [
      'cannot be renewed',
      new AppError('zalo_refused', { code: -14001 }),
      { outcome: 'alert', detail: 'zalo:reasons.token', afterMs: MINUTE },
    ],
    [
      'cannot be renewed now',
      new AppError('zalo_unreachable'),
      { outcome: 'retry', afterMs: 5_000, detail: 'zalo_unreachable' },
    ],
    [
      'cannot be read now',
      new AppError('store_unavailable'),
      { outcome: 'retry', afterMs: 5_000, detail: 'store_unavailable' },
    ],
  ])('waits when the token %s', async (_what, error, expected) => {
    const fail = (): never => {
      throw error;
    };
    expect((await send([], { current: fail })).result).toEqual(expected);
    expect((await send([code(-216)], { renew: fail })).result).toEqual(expected);
  });

  it('lets a bug through', async () => {
    const bug = (): never => {
      throw new TypeError('bug');
    };
    await expect(send([], { current: bug })).rejects.toThrow('bug');
  });

  it('refuses at once what would be empty', async () => {
    expect((await send([], { message: { kind: 'text', text: ' ' } })).result.outcome).toBe('refused');
  });

  it('keeps the words of Zalo and of the message out of the log', async () => {
    const lines: string[] = [];
    const channel = createZaloChannel({
      api: { call: async () => code(-210, 'text "Chào bác Lan" too long'), close: () => undefined },
      tokens: {
        current: async () => ({ accessToken: 'a', generation: 1 }),
        renew: async () => ({ accessToken: 'b', generation: 2 }),
      },
      clock: new FrozenClock(NOW),
      log: createLog({ level: 'trace', write: (line) => lines.push(line) }).log,
    });
    await channel.send(TO, { kind: 'text', text: 'Chào bác Lan' });
    expect(lines.join('')).toContain('-210');
    expect(lines.join('')).not.toContain('Lan');
  });
});

describe('every row of the table', () => {
  const words = (locale: string): Record<string, string> =>
    (
      JSON.parse(readFileSync(join(__dirname, `../../../locales/${locale}/zalo.json`), 'utf8')) as {
        reasons: Record<string, string>;
      }
    ).reasons;
  const rows = (['oa', 'zns'] as ErrorFamily[]).flatMap((family) =>
    [...ZALO_ERRORS[family].values()].map((row) => [family, row] as const),
  );

  it.each(rows)('$1.code of $0 leads to a result and has words in both languages', async (family, row) => {
    const message = family === 'oa' ? text : template;
    const { result } = await send(row.action === 'refresh' ? [code(row.code), ok] : [code(row.code)], {
      message,
    });
    const outcome = {
      minute: 'retry',
      retry: 'retry',
      hours: 'retry',
      morning: 'retry',
      tomorrow: 'retry',
      refresh: 'sent',
      drop: 'refused',
      switch: 'closed',
    } as Record<string, string>;
    expect(result.outcome).toBe(outcome[row.action] ?? row.action);
    const key = row.words.replace('zalo:reasons.', '');
    expect(words('vi')[key]).toBeTruthy();
    expect(words('en')[key]).toBeTruthy();
  });

  it('stands in the table once', () => {
    expect(rows.length).toBeGreaterThan(105);
  });
});
