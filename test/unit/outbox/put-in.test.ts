import type { Channel, OutboundMessage } from '../../../src/channels/channel';
import { isClaimCode } from '../../../src/kernel/claim-code';
import { codeGiven, codeMark, withCodes } from '../../../src/org/codes';
import { puttingIn } from '../../../src/outbox/put-in';

const KEY = Buffer.alloc(32, 7);
const MARKED = `Mã: ${codeMark(KEY, '24001:commune_officer:1', 'e1:2')}`;

it('a code follows from the key, the post and the act alone, and is one that can be claimed with', () => {
  const code = codeGiven(KEY, '24001:commune_officer:1', 'e1:2');
  expect(isClaimCode(code)).toBe(true);
  expect(codeGiven(KEY, '24001:commune_officer:1', 'e1:2')).toBe(code);
  expect(
    new Set([
      code,
      codeGiven(KEY, '24001:commune_officer:1', 'e1:3'),
      codeGiven(KEY, '24001:commune_officer:2', 'e1:2'),
      codeGiven(Buffer.alloc(32, 8), '24001:commune_officer:1', 'e1:2'),
    ]).size,
  ).toBe(4);
  expect(withCodes(KEY, MARKED)).toBe(`Mã: ${code.slice(0, 4)} ${code.slice(4)}`);
  expect(withCodes(KEY, 'không có mã')).toBe('không có mã');
  // What somebody typed stands as it was typed.
  const typed = codeMark(Buffer.alloc(32, 8), '24001:commune_officer:1', 'e1:2');
  expect(withCodes(KEY, typed)).toBe(typed);
});

it('what leaves and what is asked about afterwards have the code, the message handed in keeps its mark', async () => {
  const heard: OutboundMessage[] = [];
  const channel: Channel = {
    ...{ name: 'zalo', limits: { textMax: 2000, buttonsMax: 5, buttonLabelMax: 100 } },
    send: async (_to, message) => (heard.push(message), { outcome: 'sent', messageId: 'm1' }),
    lookUp: async (_to, message) => (heard.push(message), { arrived: 'no' }),
  };
  const message = { kind: 'text', text: MARKED } as const;
  const filled = puttingIn(channel, (text) => withCodes(KEY, text));
  await filled.send('zalo:1', message);
  await filled.lookUp?.('zalo:1', message, new Date(0));
  expect(heard).toEqual([
    { kind: 'text', text: withCodes(KEY, MARKED) },
    { kind: 'text', text: withCodes(KEY, MARKED) },
  ]);
  expect(message.text).toBe(MARKED);
  const blind: Channel = {
    name: channel.name,
    limits: channel.limits,
    send: (to, what) => channel.send(to, what),
  };
  expect('lookUp' in puttingIn(blind, (text) => text)).toBe(false);
});
