import type { BotAnswer, BotApi } from '../../../../src/channels/zalo-bot/bot-api';
import { createBotChannel } from '../../../../src/channels/zalo-bot/bot-channel';
import type { OutboundMessage, SendResult } from '../../../../src/channels/channel';
import { FrozenClock } from '../../../../src/kernel/clock';
import { createLog, silentLog } from '../../../../src/observability/logger';
import { PERSON } from './samples';

const sent = (id: string): BotAnswer => ({ outcome: 'ok', result: { message_id: id } });
const refused = (code: number, text = ''): BotAnswer => ({ outcome: 'code', code, text });
const SHORT: OutboundMessage = { kind: 'text', text: 'xin chào' };
/** Three parts. */
const LONG: OutboundMessage = { kind: 'text', text: 'chữ '.repeat(1_200) };

function world(answers: readonly BotAnswer[]) {
  const calls: { method: string; body: object | undefined }[] = [];
  const lines: string[] = [];
  const waits: number[] = [];
  const left = [...answers];
  const api: BotApi = {
    call: async (method, body) => {
      calls.push({ method, body });
      return left.shift() as BotAnswer;
    },
    close: () => undefined,
  };
  const channel = createBotChannel({
    api,
    clock: new FrozenClock(new Date('2026-03-12T01:00:48Z')),
    log: createLog({ level: 'debug', write: (line) => lines.push(line) }).log,
    random: () => 0,
    wait: async (ms) => void waits.push(ms),
  });
  const paced: BotApi = {
    ...api,
    call: async (method, body) => {
      calls.push({ method: 'turn', body: undefined });
      return api.call(method, body);
    },
  };
  const turns = createBotChannel({ api, paced, clock: new FrozenClock(new Date(0)), log: silentLog });
  const send = (message: OutboundMessage, to = PERSON): Promise<SendResult> => channel.send(to, message);
  return { send, turns, calls, lines, waits };
}

it.each<[string, BotAnswer, SendResult]>([
  ['accepted', sent('m1'), { outcome: 'sent', messageId: 'm1' }],
  [
    'accepted without an id',
    { outcome: 'ok', result: {} },
    { outcome: 'uncertain', detail: 'answer names no message' },
  ],
  [
    'no answer',
    { outcome: 'unknown', detail: 'no answer in time' },
    { outcome: 'uncertain', detail: 'no answer in time' },
  ],
  [
    'not carried out',
    { outcome: 'not_done', detail: 'code 500' },
    { outcome: 'retry', afterMs: 5_000, detail: 'code 500' },
  ],
  [
    'throttled',
    { outcome: 'throttled', afterMs: 3_000 },
    { outcome: 'retry', afterMs: 3_000, detail: 'zalo:reasons.rate', throttled: true },
  ],
  [
    'throttled until who knows',
    { outcome: 'throttled', afterMs: null },
    { outcome: 'retry', afterMs: 12_050, detail: 'zalo:reasons.rate', throttled: true },
  ],
  ['a bad token', refused(401), { outcome: 'alert', detail: 'zalo:reasons.token', afterMs: 60_000 }],
  [
    'a wrong door',
    refused(404, 'Not Found'),
    { outcome: 'alert', detail: 'zalo:reasons.gateway', afterMs: 3_600_000 },
  ],
  ['a redirect', refused(302), { outcome: 'alert', detail: 'zalo:reasons.gateway', afterMs: 3_600_000 }],
  [
    'a chat that is gone',
    refused(404, 'Not Found: chat not found'),
    { outcome: 'unreachable', detail: 'zalo:reasons.person_gone' },
  ],
  [
    'a person who wants none',
    refused(403),
    { outcome: 'unreachable', detail: 'zalo:reasons.person_refused' },
  ],
  ['a bad parameter', refused(400), { outcome: 'refused', detail: 'zalo:reasons.parameter' }],
  ['a code nobody told us of', refused(418), { outcome: 'refused', detail: 'zalo:reasons.unknown' }],
])('of %s', async (_what, answer, expected) => {
  expect(await world([answer]).send(SHORT)).toEqual(expected);
});

it('sends the parts in order and names the last', async () => {
  const { send, calls } = world([sent('a'), sent('b'), sent('c')]);
  expect(await send(LONG)).toEqual({ outcome: 'sent', messageId: 'c' });
  expect(calls).toHaveLength(3);
});

it('stops at a part that fails: before the first nothing is lost, behind it nothing is repeated', async () => {
  const first = world([{ outcome: 'not_done', detail: 'code 500' }]);
  expect(await first.send(LONG)).toMatchObject({ outcome: 'retry' });
  expect(first.calls).toHaveLength(1);

  const second = world([sent('a'), { outcome: 'unknown', detail: 'no answer in time' }]);
  expect(await second.send(LONG)).toEqual({ outcome: 'uncertain', detail: 'part 2 of 3: no answer in time' });
  expect(second.calls).toHaveLength(2);
});

it('tries a later part again when it certainly did not arrive, a few times', async () => {
  const busy: BotAnswer = { outcome: 'not_done', detail: 'code 500' };
  const healed = world([sent('a'), busy, sent('b'), sent('c')]);
  expect(await healed.send(LONG)).toEqual({ outcome: 'sent', messageId: 'c' });
  expect(healed.waits).toHaveLength(1);

  const down = world([sent('a'), busy, busy, busy, sent('never')]);
  expect(await down.send(LONG)).toEqual({ outcome: 'uncertain', detail: 'part 2 of 3: code 500' });
  expect(down.calls).toHaveLength(4);
});

it('refuses what it cannot say without asking the platform', async () => {
  const data = { ten: 'a', don_vi: 'b', ky: 'c', han: 'd', noi_dung: 'e' };
  const { send, calls } = world([]);
  expect(await send({ kind: 'template', templateId: '1', data })).toEqual({
    outcome: 'refused',
    detail: 'zalo:reasons.message_kind',
  });
  expect(await send({ kind: 'file', file: { file: 'a.pdf' }, name: 'a.pdf' })).toMatchObject({
    outcome: 'refused',
  });
  expect(await send({ kind: 'text', text: ' ' })).toEqual({
    outcome: 'refused',
    detail: 'zalo:reasons.nothing_to_send',
  });
  expect(await send(SHORT, 'zalo:1')).toMatchObject({ outcome: 'refused' });
  expect(calls).toEqual([]);
});

it('says in the log what an operator must know, and no text of anybody', async () => {
  const { send, lines } = world([refused(400, 'Bad Request: xin chào bác Tư')]);
  await send(SHORT);
  expect(lines.join()).toContain('"code":400');
  expect(lines.join()).not.toMatch(/xin chào|Tư|b1c2d3/);
});

it('waits for its turn with each part that the sender has not counted', async () => {
  const { turns, calls } = world([sent('m1'), sent('m2'), sent('m3')]);
  expect(await turns.send(PERSON, LONG)).toMatchObject({ outcome: 'sent' });
  expect(calls.map(({ method }) => method)).toEqual([
    ...['sendMessage', 'turn', 'sendMessage', 'turn', 'sendMessage'],
  ]);
});

it('keeps the rest back once another process sends the message', async () => {
  const { turns, calls } = world([sent('m1'), sent('m2')]);
  const answers = [true, false];
  expect(await turns.send(PERSON, LONG, async () => answers.shift() === true)).toMatchObject({
    outcome: 'uncertain',
  });
  expect(calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(2);
});
