import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { openToolStore } from '../../src/app/tool-store';
import { foldText } from '../../src/kernel/vn-text';
import {
  echoEvent,
  infoEvent,
  mediaEvent,
  phoneReceivedEvent,
  reactionEvent,
  textEvent,
  type Parties,
  type ZaloEvent,
} from '../../src/simulator/zalo-events';
import { groupMessageEvent, visitorEvent } from '../../src/simulator/zalo-group-events';
import { BotWorld, DONG_LAM, TAN_HOA } from '../support/bot';
import { plant, plantPassword, type Planted } from '../support/planted';
import { Random } from '../support/random';

/**
 * Three hundred secrets, of every kind and by every road a text can come in, and then a search of everything that is
 * written: documents, files, queue, log, metrics and messages. None may stand anywhere.
 */
const SEED = Number(process.env['SEED'] ?? 20260312);
const COUNT = 300;
/** Shares no divisor with the kinds, so that kinds meet roads in ever new pairs. */
const ROADS = 25;
/** Where no words are: the name of a file, the address of a link, a form, a reaction. */
const BESIDE_WORDS = [3, 5, 13, 15];
const SHORT_GROUPS =
  /(?<!\d[ .\-/·]*)(?:\d{4} \d{4}|\d(?: \d){7}|\d{3}-\d{3}|\d\d \d\d \d\d|\d(?: \d){5})(?![ .\-/·]*\d)/g;
const GROUP = '66554433221100';

let world: BotWorld;
let planted: Planted[];

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-12T08:00:00+07:00', env: { LOG_LEVEL: 'debug' } });
}, 90_000);

afterAll(() => world.close());

it('none of 300 planted secrets stands in a store, a file, the queue, the log, the metrics or a message', async () => {
  const random = new Random(SEED);
  planted = plant(random, COUNT);
  const tu = await world.holder(DONG_LAM);
  const hanh = await world.holder(TAN_HOA, 'commune_officer');
  const people = Array.from({ length: 30 }, (_, n) => world.stranger(`người dân ${n + 1}`));
  const silenced = world.stranger('người cuối');
  // Some of them talk with an officer, whom the words would be passed on to.
  const talking = people.slice(0, 3);
  for (const one of talking) {
    await one.says('gặp người hướng dẫn');
    await one.says('xã tân hòa');
    await one.taps('Đúng');
    await hanh.says('hàng chờ');
    await hanh.says('nhận 1');
  }
  // These use one road alone, so that it is seen who was warned.
  const beside = new Map(BESIDE_WORDS.map((n) => [n, world.stranger(`người đi đường ${n}`)]));
  for (const person of beside.values()) await person.says('chào em');
  const id = (n: number): string => `5ec7e7${n.toString(16).padStart(14, 'a')}`;
  for (const [n, { text }] of planted.entries()) {
    // Whoever an admin writes to is left to humans: that is somebody who says nothing more here.
    const chosen =
      n % ROADS === 19
        ? silenced
        : (beside.get(n % ROADS) ?? (random.chance(0.1) ? tu : random.pick(people)));
    const person = n % ROADS === 24 ? world.stranger(text) : chosen;
    const p = { ...partiesOf(person.id), at: world.clock.now() };
    await world.zalo.announces(road(n, p, id(n), text));
    if (n % 50 === 49) await world.settle();
  }
  // Named in one message, said in the next.
  for (const person of people.slice(10, 20)) {
    const said = plantPassword(random);
    planted.push(said);
    for (const text of ['mật khẩu vneid của tôi là', said.text]) {
      const p = { ...partiesOf(person.id), at: world.clock.now() };
      await world.zalo.announces(textEvent(p, id(planted.length * 2 + (text === said.text ? 1 : 0)), text));
    }
  }
  await world.settle();
  for (const [n, person] of beside)
    expect([n, person.heardSince(0).text]).toEqual([n, expect.stringContaining('đừng gửi số căn cước')]);
  await tu.says('nhập từng câu');
  await tu.says(`418 ${planted[0]?.text}`);
  await world.settle();

  const places = new Map<string, string>([
    ...files(),
    ...(await documents()),
    ...(await queue()),
    ['log', world.program.log.join('\n')],
    // Counts and bytes may hold any six digits by chance; only names and labels can carry what somebody typed.
    ['metrics', ((await world.program.get('/metrics'))?.body ?? '').replace(/ [-+\d.e]+$/gim, '')],
    ['messages', [tu, hanh, ...people, ...beside.values()].map((one) => one.heardSince(0).text).join('\n')],
  ]);
  expect([...places.keys()]).toEqual(expect.arrayContaining(['log', 'metrics', 'messages']));
  expect(places.size).toBeGreaterThan(5);
  const found = [...places].flatMap(([place, content]) => {
    const fold = foldText(content);
    return planted.flatMap(({ text, pieces }, n) =>
      pieces.some((piece) => stands(content, piece) || stands(fold, foldText(piece)))
        ? [`${place}: «${text}», road ${n % ROADS}`]
        : [],
    );
  });
  expect(found).toEqual([]);
  // They did arrive: what is kept of them is the mask.
  expect([...places.values()].join('').split('[***]').length).toBeGreaterThan(COUNT / 2);
}, 120_000);

function partiesOf(userId: string): Omit<Parties, 'at'> {
  return { appId: '1122334455667788990', oaId: '2233445566778899001', userId };
}

/** Mostly plain messages; the others by each of the remaining ways in. */
function road(n: number, p: Parties, id: string, text: string): ZaloEvent {
  switch (n % ROADS) {
    case 1:
      return mediaEvent(p, id, 'image', { url: 'https://photo.zdn.vn/1.jpg' }, text);
    case 3:
      return mediaEvent(p, id, 'file', { url: 'https://file.zdn.vn/1', name: `${text}.docx`, size: '12' });
    case 5:
      return mediaEvent(p, id, 'link', {
        url: `https://vneid.example/?q=${encodeURIComponent(text)}`,
        description: text,
      });
    case 7:
      // A code typed in groups cannot be told from figures there.
      return textEvent(
        p,
        id,
        `BC 418 5 121 14 ${text.replace(SHORT_GROUPS, (code) => code.replace(/\D/g, ''))}`,
      );
    case 9:
      return groupMessageEvent(p, GROUP, 'text', { text: `[@${p.oaId}] ${text}`, msg_id: id });
    case 11:
      return visitorEvent({ ...p, userId: `anon${id}` }, 'text', {
        text,
        msg_id: id,
        conversation_id: `c${id}`,
      });
    case 13:
      return infoEvent(p, { name: text, [text]: 'x', phone: 849123456 });
    case 15:
      return reactionEvent(p, id, text);
    case 17:
      return phoneReceivedEvent({ ...p, userId: '84912345678' }, id, text);
    case 19:
      return echoEvent(p, id, text, { admin: '7788990011223344556' });
    case 21:
      return textEvent(p, id, text.normalize('NFD').toUpperCase());
    case 23:
      return textEvent(p, id, text, `9${id.slice(1)}`);
    default:
      return textEvent(p, id, text);
  }
}

function files(): [string, string][] {
  const { dataDir } = world.program;
  return readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(dataDir, name)).isFile())
    .map((name) => [name, readFileSync(join(dataDir, name)).toString('utf8')]);
}

/** Every document of a MongoDB beside the program; the embedded ones are files. */
async function documents(): Promise<[string, string][]> {
  const { MONGODB_URI = '', DATA_DIR = '' } = world.program.env;
  if (MONGODB_URI === '') return [];
  const store = await openToolStore({ embeddedStore: false, DATA_DIR, MONGODB_URI });
  try {
    const names = (await store.connection.listCollections()).map(({ name }) => name);
    return await Promise.all(
      names.map(async (name): Promise<[string, string]> => {
        const docs = await store.connection.collection(name).find().toArray();
        return [name, JSON.stringify(docs)];
      }),
    );
  } finally {
    await store.stop();
  }
}

/** Everything a Redis holds, whatever it is. */
async function queue(): Promise<[string, string][]> {
  const { REDIS_URL = '' } = world.program.env;
  if (REDIS_URL === '') return [];
  const client = new Redis(REDIS_URL);
  try {
    const keys = await client.keys('*');
    const held = await Promise.all(keys.map((key): Promise<unknown> => valueOf(client, key)));
    return [['queue', JSON.stringify([keys, held])]];
  } finally {
    client.disconnect();
  }
}

async function valueOf(client: Redis, key: string): Promise<unknown> {
  switch (await client.type(key)) {
    case 'string':
      return client.get(key);
    case 'hash':
      return client.hgetall(key);
    case 'list':
      return client.lrange(key, 0, -1);
    case 'set':
      return client.smembers(key);
    case 'zset':
      return client.zrange(key, '0', '-1');
    case 'stream':
      return client.xrange(key, '-', '+');
    default:
      return null;
  }
}

/** Digits count where they stand by themselves: in the middle of an id or an instant any six of them come by chance. */
function stands(content: string, piece: string): boolean {
  if (!content.includes(piece)) return false;
  return !/^\d+$/.test(piece) || new RegExp(`(?<![\\da-f])${piece}(?![\\da-f])`).test(content);
}
