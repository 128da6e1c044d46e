import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import {
  INBOUND_KINDS,
  TALK_KINDS,
  type Button,
  type Channel,
  type OutboundMessage,
  type SendResult,
} from '../../src/channels/channel';
import { asObject, parseJson, type JsonObject } from '../../src/channels/zalo/json';
import { VARIABLES } from '../../src/config/config';
import { DRIVERS, type ChannelDriver } from '../support/channel-drivers';

/** What every channel promises to the product, whatever the messenger behind it; run for each of them. */

const SRC = join(__dirname, '../../src');
const OUTCOMES: readonly SendResult['outcome'][] = [
  'sent',
  'uncertain',
  'retry',
  'closed',
  'unreachable',
  'alert',
  'refused',
];

type Behaviour = (res: http.ServerResponse, accepted: string) => void;
const page =
  (status: number): Behaviour =>
  (res) =>
    void res.writeHead(status, { 'content-type': 'text/html' }).end('<html>no</html>');
const behaviours = {
  takes: (res, accepted) => void res.setHeader('content-type', 'application/json').end(accepted),
  'fails with a page': page(500),
  'is a gateway without anybody behind': page(502),
  'is a gateway that gave up waiting': page(504),
  'is the wrong door': page(404),
  'answers too many requests': page(429),
  'answers with a page': page(200),
  'answers nothing': (res) => void res.end(),
  'answers half': (res, accepted) => void res.end(accepted.slice(0, accepted.length / 2)),
  'hangs up': (res) => void res.destroy(),
  'stays silent': () => undefined,
} satisfies Record<string, Behaviour>;

let behave: Behaviour = behaviours.takes;
let accepted = '';
let bodies: JsonObject[] = [];
const server = http.createServer((req, res) => {
  const parts: Buffer[] = [];
  req.on('data', (part: Buffer) => parts.push(part));
  req.on('end', () => {
    bodies.push(asObject(parseJson(Buffer.concat(parts).toString('utf8') || '{}')) ?? {});
    behave(res, accepted);
  });
});
let base = '';
let nobody = '';
const opened: { close(): void }[] = [];

function open(driver: ChannelDriver, baseUrl = base, timeoutMs = 150): Channel {
  const driven = driver.open(baseUrl, timeoutMs);
  opened.push(driven);
  return driven.channel;
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const closed = http.createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  nobody = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
  await new Promise((resolve) => closed.close(resolve));
});
afterAll(() => {
  for (const driven of opened) driven.close();
  server.closeAllConnections();
  server.close();
});

const data = { ten: 'bác Tư', don_vi: 'thôn Đông Lâm', ky: 'tháng 3', han: '17/3', noi_dung: '4 câu' };
const button: Button = { kind: 'reply', label: 'Gửi', payload: '#x|y|1|OK', digit: 1 };
const image = { url: 'https://example.vn/a.png' };

/** One of each kind; the compiler notices when one is missing. */
const KINDS: { readonly [K in OutboundMessage['kind']]: OutboundMessage & { readonly kind: K } } = {
  text: { kind: 'text', text: 'Chào bác', buttons: [button], quote: 'm0' },
  image: { kind: 'image', image, text: 'Biểu đồ' },
  file: { kind: 'file', file: { file: `${'a'.repeat(64)}.pdf` }, name: 'báo cáo.pdf' },
  ask_info: { kind: 'ask_info', title: 'Xin số', subtitle: 'để gọi lại', imageUrl: image.url },
  template: { kind: 'template', templateId: '512', data },
};

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 3_000 }),
  fc.constantFrom(
    'Chào bác',
    '',
    ' ',
    '\u0000',
    '\ud800',
    'Việt '.normalize('NFD').repeat(900),
    '😀'.repeat(2_500),
  ),
);
const anyButton: fc.Arbitrary<Button> = fc.oneof(
  fc.record({
    kind: fc.constant('reply' as const),
    label: words,
    payload: words,
    digit: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({ kind: fc.constant('reply' as const), label: words, payload: words }),
  fc.record({ kind: fc.constant('open_url' as const), label: words, url: fc.oneof(fc.webUrl(), words) }),
  fc.record({
    kind: fc.constant('call' as const),
    label: words,
    phone: fc.oneof(fc.constant('0900000123'), words),
  }),
);
const buttons = fc.array(anyButton, { maxLength: 8 });
const media = fc.record({ url: fc.oneof(fc.webUrl(), words) });
const anyMessage: fc.Arbitrary<OutboundMessage> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: words, buttons }),
  fc.record({ kind: fc.constant('image' as const), image: media, text: words, buttons }),
  fc.record({ kind: fc.constant('ask_info' as const), title: words, subtitle: words, imageUrl: words }),
);

it('has a driver for every channel there is, and each can be chosen', () => {
  const folders = readdirSync(join(SRC, 'channels'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(DRIVERS.map(({ name }) => name).sort()).toEqual(folders.sort());
  for (const { name } of DRIVERS) expect(VARIABLES.CHANNEL.parse(name)).toBe(name);
});

describe.each(DRIVERS.map((driver) => [driver.name, driver] as const))('%s', (name, driver) => {
  beforeEach(() => {
    accepted = driver.accepted;
    behave = behaviours.takes;
    bodies = [];
  });

  it('says its name and its limits', () => {
    const channel = open(driver);
    expect(channel.name).toBe(name);
    expect(channel.limits.textMax).toBeGreaterThanOrEqual(480);
  });

  it('keeps its limits whatever it is given', async () => {
    // Nothing here is slow on purpose; a busy machine may be.
    const channel = open(driver, base, 20_000);
    const { textMax, buttonsMax } = channel.limits;
    await fc.assert(
      fc.asyncProperty(anyMessage, async (message) => {
        bodies = [];
        const result = await channel.send(driver.person, message);
        expect(['sent', 'refused', 'unreachable']).toContain(result.outcome);
        expect(bodies.length === 0).toBe(result.outcome !== 'sent');
        for (const body of bodies) {
          for (const text of driver.textsOf(body)) {
            expect([...text].length).toBeLessThanOrEqual(textMax);
            expect(text).toBe(text.normalize('NFC'));
          }
          expect(driver.buttonsOf(body).length).toBeLessThanOrEqual(buttonsMax);
        }
      }),
      { seed: 7, numRuns: 120 },
    );
  });

  it('answers for every kind of message and every kind of answer, and never throws', async () => {
    const channel = open(driver);
    for (const [what, behaviour] of Object.entries(behaviours))
      for (const message of Object.values(KINDS)) {
        behave = behaviour;
        const result = await channel.send(driver.person, message);
        expect([what, message.kind, OUTCOMES.includes(result.outcome)]).toEqual([what, message.kind, true]);
      }
    const away = open(driver, nobody);
    for (const message of Object.values(KINDS)) {
      const { outcome } = await away.send(driver.person, message);
      expect(['retry', 'refused', 'unreachable']).toContain(outcome);
    }
  }, 30_000);

  it('sends a text, with the id that the messenger gave', async () => {
    expect(await open(driver).send(driver.person, KINDS.text)).toMatchObject({
      outcome: 'sent',
      messageId: 'm1',
    });
    expect(bodies).toHaveLength(1);
  });

  it.each<keyof typeof behaviours>([
    'is a gateway that gave up waiting',
    'answers with a page',
    'answers nothing',
    'answers half',
    'hangs up',
    'stays silent',
  ])('is uncertain, and asks once, when the messenger %s', async (what) => {
    behave = behaviours[what];
    expect(await open(driver).send(driver.person, KINDS.text)).toMatchObject({ outcome: 'uncertain' });
    expect(bodies).toHaveLength(1);
  });

  it.each<keyof typeof behaviours>(['fails with a page', 'is a gateway without anybody behind'])(
    'may be tried again when the messenger %s',
    async (what) => {
      behave = behaviours[what];
      const result = await open(driver).send(driver.person, KINDS.text);
      expect(result).toMatchObject({ outcome: 'retry', afterMs: expect.any(Number) });
    },
  );

  it('may be tried again when nobody is there', async () => {
    const result = await open(driver, nobody).send(driver.person, KINDS.text);
    expect(result).toMatchObject({ outcome: 'retry' });
  });

  it('says when there were too many, by status or by code', async () => {
    behave = behaviours['answers too many requests'];
    const channel = open(driver);
    expect(await channel.send(driver.person, KINDS.text)).toMatchObject({
      outcome: 'retry',
      throttled: true,
    });
    behave = behaviours.takes;
    accepted = driver.throttled;
    expect(await channel.send(driver.person, KINDS.text)).toMatchObject({
      outcome: 'retry',
      throttled: true,
    });
  });

  it('sends nothing to an address of another channel', async () => {
    const channel = open(driver);
    const others = DRIVERS.filter((other) => other !== driver).map(({ person }) => person);
    for (const to of [...others, 'nobody', `${name}:`, `${name}:../x`])
      expect([to, (await channel.send(to, KINDS.text)).outcome]).toEqual([to, 'refused']);
    expect(bodies).toEqual([]);
  });

  it('looks up without throwing, where it can look up at all', async () => {
    for (const [what, behaviour] of Object.entries(behaviours)) {
      behave = behaviour;
      const found = await open(driver).lookUp?.(driver.person, KINDS.text, new Date('2026-03-12T01:00:00Z'));
      expect([what, found === undefined || ['yes', 'no', 'unknown'].includes(found.arrived)]).toEqual([
        what,
        true,
      ]);
    }
  }, 30_000);

  it.each(driver.samples)('reads %s into what the product knows', (_file, text) => {
    const event = driver.read(text);
    if (event === null) return expect(text).toContain('This is message id');
    expect(event.id).toMatch(/^[^\s]{3,200}$/);
    expect(event.channel).toBe(name);
    expect(INBOUND_KINDS).toContain(event.kind);
    expect(Number.isNaN(event.eventAt.getTime())).toBe(false);
    expect(Array.isArray(event.secrets)).toBe(true);
    if (event.user !== null) expect(event.user).toMatch(new RegExp(`^${name}(-[a-z]+)?:\\S+$`));
    if ((TALK_KINDS as readonly string[]).includes(event.kind)) expect(event.user).not.toBeNull();
    if (event.text !== undefined) expect(event.text).toBe(event.text.normalize('NFC'));
    // The same event, delivered again, is the same event.
    expect(driver.read(text)?.id).toBe(event.id);
    expect(JSON.stringify(event)).not.toMatch(/An Nguyễn|"display_name"/);
    return undefined;
  });
});

/** Names of fields on the wire that nobody behind the border may know. */
const WIRE =
  /\b(?:msg_id|msg_ids|quote_msg_id|user_id_by_app|user_ids?|anonymous_id|oa_id|oaid|app_id|chat_id|chat_type|is_bot|display_name|event_name|template_id|template_data|template_type|template_name|attachment_id|attachment_type|media_type|phone_code|react_icon|react_message_id|quota_type|quota_remain|sent_time|delivery_time|tracking_id|group_id|admin_id|photo_url|voice_url|parse_mode|secret_token|error_code|updated_at|account_name|user_send_\w+|oa_send_\w+|message\.\w+\.received|oa\.(?:query|open)\.\w+)\b/;

it('lets nobody outside a channel and its fake know a field of a messenger', () => {
  const faults: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const place = relative(SRC, path).replaceAll('\\', '/');
      if (entry.isDirectory()) {
        const isBehind = place === 'simulator' || DRIVERS.some(({ name }) => place === `channels/${name}`);
        if (!isBehind) walk(path);
      } else if (/\.(ts|js)$/.test(entry.name)) {
        // Comments may speak of them, and so may the help of a variable.
        const code = readFileSync(path, 'utf8')
          .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
          .replace(/^\s*\/\/.*$/gm, '');
        code.split('\n').forEach((line, i) => {
          const found = WIRE.exec(line);
          if (found && !(place === 'config/zalo-variables.ts' && found[0] === 'template_id'))
            faults.push(`${place}:${i + 1} ${found[0]}`);
        });
      }
    }
  };
  walk(SRC);
  expect(faults).toEqual([]);
});
