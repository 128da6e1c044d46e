import { createHash } from 'node:crypto';
import { AN, DEADLINE, HOUR, IDS, inZalo, MINUTE, SECOND, SECRETS, type Delivery, type Zalo } from './world';

/** Sections 6.1 to 6.5 and 13.7: how events are signed, delivered, repeated and given up. */

const LADDER = [30 * SECOND, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR];
const says = (z: Zalo, text: string) => z.act(AN, 'type', { text });
const hook = (z: Zalo, asked: object) => z.sim('/webhook', asked);
const last = (z: Zalo): Delivery => z.hook.got.at(-1) as Delivery;
const texts = (z: Zalo) => z.hook.events('user_send_text').map((event) => event.message.text as string);
const mac = (raw: string, timestamp: string) =>
  createHash('sha256')
    .update(IDS.app + raw + timestamp + SECRETS.oa)
    .digest('hex');
/** Repeats as the program's clock brings them, not those of the machine. */
const due = async (z: Zalo, ms: number) => {
  z.later(ms);
  await hook(z, { runDue: true });
};

type Story = readonly [section: string, name: string, story: (z: Zalo) => Promise<void>];

const stories: readonly Story[] = [
  [
    '6.4',
    'signs app id, raw body, timestamp and OA secret',
    async (z) => {
      const { headers, raw, event } = last(z);
      expect(headers['x-zevent-signature']).toBe(`mac=${mac(raw, event.timestamp)}`);
      expect(headers['content-type']).toContain('application/json');
    },
  ],
  [
    '6.4',
    'writes compact JSON',
    async (z) => {
      expect(last(z).raw).toBe(JSON.stringify(last(z).event));
    },
  ],
  [
    '6.4',
    'may escape letters and slashes, and signs what it wrote',
    async (z) => {
      await hook(z, { escape: true });
      await says(z, 'Chào / bác 👋');
      const { headers, raw, event } = last(z);
      expect(raw).toContain(String.raw`Ch\u00e0o \/ b\u00e1c \ud83d\udc4b`);
      expect(raw).not.toBe(JSON.stringify(event));
      expect(headers['x-zevent-signature']).toBe(`mac=${mac(raw, event.timestamp)}`);
    },
  ],
  [
    '6.4',
    'this suite signs as the test vector does',
    async () => {
      const raw =
        '{"app_id":"1122334455667788990","sender":{"id":"3344556677889900112"},"user_id_by_app":"4455667788990011223","recipient":{"id":"2233445566778899001"},"event_name":"user_send_text","message":{"text":"#HELP","msg_id":"msg0000000000000001"},"timestamp":"1790000000000"}';
      expect(mac(raw, '1790000000000')).toBe(
        'a494214bdb95583e3fc0a1a3ea9edc577e9c4b811fcef71bdd366026f2cdb1fe',
      );
    },
  ],
  [
    '6.3',
    'the console probes unsigned',
    async (z) => {
      expect((await hook(z, { probe: 'unsigned' })).status).toBe(200);
      expect(last(z).headers).not.toHaveProperty('x-zevent-signature');
      expect(last(z).event.message).toEqual({
        text: 'This is testing message',
        msg_id: 'This is message id',
      });
      expect(last(z).event.recipient.id).not.toBe(IDS.oa);
    },
  ],
  [
    '6.3',
    'the console probes signed',
    async (z) => {
      await hook(z, { probe: 'signed' });
      const { headers, raw, event } = last(z);
      expect(headers['x-zevent-signature']).toBe(`mac=${mac(raw, event.timestamp)}`);
    },
  ],
  [
    '6.3',
    'the console probes by GET',
    async (z) => {
      await hook(z, { probe: 'get' });
      expect([last(z).method, last(z).raw]).toEqual(['GET', '']);
    },
  ],
  [
    '6.3',
    'the console probes by HEAD',
    async (z) => {
      await hook(z, { probe: 'head' });
      expect(last(z).method).toBe('HEAD');
    },
  ],
  [
    '6.5',
    'repeats on the ladder, numbered, with the same bytes and signature',
    async (z) => {
      z.hook.status = 503;
      await says(z, 'một');
      for (const wait of LADDER) {
        const before = z.hook.got.length;
        await due(z, wait - 1);
        expect(z.hook.got).toHaveLength(before);
        await due(z, 1);
      }
      const tries = z.hook.got.filter(({ event }) => event.message.text === 'một');
      expect(tries.map(({ headers }) => headers['num_retry'])).toEqual([undefined, '1', '2', '3', '4', '5']);
      expect(new Set(tries.map(({ raw }) => raw)).size).toBe(1);
      expect(new Set(tries.map(({ headers }) => headers['x-zevent-signature'])).size).toBe(1);
    },
  ],
  [
    '6.5',
    'disables the webhook after the last repeat; events in between are lost',
    async (z) => {
      z.hook.status = 503;
      await says(z, 'một');
      for (const wait of LADDER) await due(z, wait);
      expect((await hook(z, {})).disabled).toBe(true);
      z.hook.status = 200;
      expect((await says(z, 'hai')).delivered).toBe(false);
      expect((await hook(z, { enable: true })).disabled).toBe(false);
      expect((await says(z, 'ba')).delivered).toBe(true);
      expect(texts(z)).not.toContain('hai');
    },
  ],
  ...[201, 204, 302, 400, 401, 403, 404, 413, 500, 502, 503].map((status): Story => [
    '6.5',
    `HTTP ${status} is a failure`,
    async (z) => {
      z.hook.status = status;
      expect((await says(z, 'một')).delivered).toBe(false);
      z.hook.status = 200;
      await due(z, 30 * SECOND);
      expect(last(z).headers['num_retry']).toBe('1');
      expect((await hook(z, {})).nextRetry).toBeNull();
    },
  ]),
  [
    '6.1',
    'no answer within the deadline is a failure',
    async (z) => {
      z.hook.status = null;
      expect((await says(z, 'một')).delivered).toBe(false);
    },
  ],
  [
    '6.1',
    'a late 200 is a failure, and the event comes again',
    async (z) => {
      z.hook.waitMs = DEADLINE + 200;
      expect((await says(z, 'một')).delivered).toBe(false);
      z.hook.waitMs = 0;
      await due(z, 30 * SECOND);
      expect(texts(z)).toEqual(['chào', 'một', 'một']);
    },
  ],
  [
    '6.2',
    'without repeats what failed is lost',
    async (z) => {
      await hook(z, { retries: false });
      z.hook.status = 500;
      await says(z, 'một');
      expect((await hook(z, {})).nextRetry).toBeNull();
    },
  ],
  [
    '6.5',
    'may deliver twice',
    async (z) => {
      await hook(z, { duplicate: 1 });
      await says(z, 'một');
      await says(z, 'hai');
      expect(texts(z).filter((text) => text === 'một')).toHaveLength(2);
    },
  ],
  [
    '6.5',
    'may lose a delivery and repeat it',
    async (z) => {
      await hook(z, { drop: 1 });
      expect((await says(z, 'một')).delivered).toBe(false);
      expect(texts(z)).toEqual(['chào']);
      await due(z, 30 * SECOND);
      expect(texts(z)).toEqual(['chào', 'một']);
    },
  ],
  [
    '6.5',
    'may deliver in another order',
    async (z) => {
      await hook(z, { hold: true });
      await says(z, 'một');
      await says(z, 'hai');
      await hook(z, { release: 'reversed' });
      expect(texts(z)).toEqual(['chào', 'hai', 'một']);
    },
  ],
  [
    '6.5',
    'lets later events pass, for a share of them',
    async (z) => {
      await hook(z, { chaos: { reorder: 1 } });
      await says(z, 'một');
      await hook(z, { chaos: {} });
      await says(z, 'hai');
      expect(texts(z)).toEqual(['chào', 'hai', 'một']);
    },
  ],
  [
    '6.5',
    'a share of losses and copies is the same for the same seed',
    async (z) => {
      const run = async (): Promise<number> => {
        const before = texts(z).length;
        await hook(z, { chaos: { drop: 0.3, duplicate: 0.3, seed: 7 } });
        for (let i = 0; i < 12; i++) await says(z, `${i}`);
        await hook(z, { chaos: {} });
        return texts(z).length - before;
      };
      expect(await run()).toBe(await run());
    },
  ],
  [
    '6.5',
    'a repeat may come after newer messages',
    async (z) => {
      z.hook.status = 500;
      await says(z, 'một');
      z.hook.status = 200;
      await says(z, 'hai');
      await due(z, 30 * SECOND);
      expect(texts(z)).toEqual(['chào', 'một', 'hai', 'một']);
    },
  ],
  [
    '6.2',
    'an event switched off does not come',
    async (z) => {
      await hook(z, { off: ['follow'] });
      await z.act(AN, 'follow');
      expect(z.hook.events('follow')).toEqual([]);
      await hook(z, { on: ['follow'] });
      await z.act(AN, 'follow');
      expect(z.hook.events('follow')).toHaveLength(1);
    },
  ],
  [
    '6.2',
    'with the filter only texts that begin with # come',
    async (z) => {
      await hook(z, { commandsOnly: true });
      await says(z, 'xin chào');
      await says(z, '#BAOCAO');
      expect(texts(z)).toEqual(['chào', '#BAOCAO']);
    },
  ],
  [
    '13.8',
    'echo and receipt follow an accepted send',
    async (z) => {
      const { data } = await z.cs({ text: 'Dạ' });
      const echo = await z.hook.event('oa_send_text');
      expect(echo.message).toEqual({ text: 'Dạ', msg_id: data.message_id });
      expect(echo.sender).toEqual({ id: IDS.oa });
      expect((await z.hook.event('user_received_message')).message.msg_id).toBe(data.message_id);
    },
  ],
  [
    '13.8',
    'they may come before the answer of the send',
    async (z) => {
      await z.account({ echoes: { beforeAnswer: true } });
      let isAnswered = false;
      let cameFirst = false;
      z.hook.onEvent = () => {
        cameFirst ||= !isAnswered;
      };
      await z.cs({ text: 'Dạ' });
      isAnswered = true;
      expect(cameFirst).toBe(true);
      expect(z.hook.events('oa_send_text')).toHaveLength(1);
    },
  ],
  [
    '13.8',
    'a refused send has none',
    async (z) => {
      await z.cs({ text: '' });
      await z.cs({ text: 'Dạ' });
      await z.hook.event('user_received_message');
      expect(z.hook.events('oa_send_text').map((event) => event.message.text as string)).toEqual(['Dạ']);
    },
  ],
  [
    '4.6',
    'a receipt by phone carries the header of its host and no person',
    async (z) => {
      const { data } = await z.post('/message/template', {
        ...{ phone: '84987654321', template_id: '512346', template_data: {}, tracking_id: 'hs-1' },
      });
      const event = await z.hook.event('user_received_message');
      expect(event).toMatchObject({
        recipient: { id: '84987654321' },
        message: { msg_id: data.msg_id, tracking_id: 'hs-1' },
      });
      const delivery = z.hook.got.find(({ event: other }) => other === event);
      expect(delivery?.headers['x-zevent-server']).toBe('ZNS');
    },
  ],
  [
    '4.6',
    'other events do not carry it',
    async (z) => {
      expect(last(z).headers).not.toHaveProperty('x-zevent-server');
    },
  ],
  [
    '6.6',
    'media can be fetched from where the event says',
    async (z) => {
      await z.act(AN, 'send', { kind: 'image' });
      const [event] = z.hook.events('user_send_image');
      const answer = await fetch(event.message.attachments[0].payload.url as string);
      expect(answer.headers.get('content-type')).toBe('image/png');
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
    },
  ],
  [
    '6.6',
    'media that were never there are not',
    async (z) => {
      expect((await fetch(`${z.base}/media/0/x.png`)).status).toBe(404);
    },
  ],
];

describe('the webhook', () => {
  it.each(stories.map(([section, name, story]) => [`${section} ${name}`, story] as const))(
    '%s',
    (_name, story) => inZalo(story),
  );
});
