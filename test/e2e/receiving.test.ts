import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../../src/kernel/ids';
import { SETTINGS } from '../../src/simulator/openapi/group-store';
import { openToolStore } from '../../src/app/tool-store';
import { newMessageId } from '../../src/simulator/zalo-events';
import { visitorEvent } from '../../src/simulator/zalo-group-events';
import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA, type Submission } from '../support/bot';
import type { Talker } from '../support/talker';

/** What comes besides words: pictures in the middle of a report, people of the office, groups, visitors, withdrawal. */

/** Things to send: enough of each that it is what it says. */
const SAMPLES = {
  image: { name: 'anh-hien-truong.png', bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') },
  audio: { name: 'loi-noi.amr', bytes: Buffer.from('#!AMR\n and a voice') },
};

let world: BotWorld;
let officer: Talker;

beforeAll(async () => {
  world = await BotWorld.start({
    at: '2026-03-13T09:00:00+07:00',
    env: { ZALO_MEDIA_HOSTS: 'zdn.vn,127.0.0.1' },
  });
  officer = await world.holder(TAN_HOA, 'commune_officer');
}, 120_000);
afterAll(() => world.close());

/** Sends a picture and waits for the whole answer. */
async function sends(talker: Talker, kind: 'image' | 'audio' | 'sticker', text?: string) {
  const before = talker.person.heard.length;
  let bytes: Buffer = Buffer.alloc(0);
  let payload: object = { id: '46990', url: 'https://sticker.example.zdn.vn/46990.png' };
  if (kind !== 'sticker') {
    const sample = SAMPLES[kind];
    bytes = sample.bytes;
    const url = world.zalo.media.keep(sample.name, bytes);
    payload = kind === 'audio' ? { url } : { thumbnail: url, url };
  }
  await talker.person.sends(kind, payload, text);
  await heardMore(talker, before);
  return { ...talker.heardSince(before), bytes };
}

async function heardMore(talker: Talker, before: number): Promise<void> {
  for (let tries = 0; tries < 300 && talker.person.heard.length === before; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  await world.settle();
}

describe('a picture in the middle of a report', () => {
  let tu: Talker;
  beforeAll(async () => {
    tu = await world.holder(DONG_LAM);
    await tu.says('báo cáo');
    await tu.says('418');
  });

  it('is acknowledged, the question is asked again, and the bytes are kept', async () => {
    const heard = await sends(tu, 'image');
    expect(heard.text).toBe(
      [
        'Em đã nhận ảnh và giữ kèm báo cáo tháng 3 ạ. Số trong ảnh em chưa đọc được, bác nhắn số giúp em.',
        '',
        'Câu 2/4. Kỳ tháng 3 thôn Đông Lâm mở được mấy buổi học, thưa bác?',
        'Số từ 15/2 đến 14/3. Bác trả lời bằng số, ví dụ: 5',
      ].join('\n'),
    );
    const name = `${sha256Hex(heard.bytes)}.png`;
    const kept = ['png', 'jpg'].map((extension) =>
      join(world.program.dataDir, 'media', name.slice(0, 2), `${sha256Hex(heard.bytes)}.${extension}`),
    );
    for (let tries = 0; tries < 100 && !kept.some(existsSync); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(kept.some(existsSync)).toBe(true);
  });

  it('leaves the open question open for the answer under the picture', async () => {
    const heard = await sends(tu, 'image', '5');
    expect(heard.text).toContain('✔ Buổi học trong tháng: 5.');
    expect(heard.text).toContain('Câu 3/4.');
  });

  it('says kindly that a voice cannot be heard yet', async () => {
    const heard = await sends(tu, 'audio');
    expect(heard.text).toMatch(/^Em chưa nghe được tin thoại .*bác gõ giúp em mấy con số ạ\.\n\nCâu 3\/4\./s);
  });

  it('takes a sticker for a nod', async () => {
    const heard = await sends(tu, 'sticker');
    expect(heard.text).toMatch(/^Dạ, em cảm ơn bác ạ\.\n\nCâu 3\/4\./);
  });

  it('answers an album once', async () => {
    const before = tu.person.heard.length;
    const { name, bytes } = SAMPLES.image;
    const url = world.zalo.media.keep(name, bytes);
    await Promise.all([1, 2, 3].map(() => tu.person.sends('image', { thumbnail: url, url })));
    await heardMore(tu, before);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(tu.person.heard.length - before).toBe(1);
  });

  it('logs no address of a picture', () => {
    expect(world.program.log.join('\n')).not.toContain('/media/');
  });
});

it('keeps no picture of somebody who is not reporting, and says so', async () => {
  const stranger = world.stranger('khách');
  await stranger.says('chào em');
  const heard = await sends(stranger, 'image');
  expect(heard.text).toContain('em chỉ đọc được chữ và số');
  const tri = await world.holder(NGOC_TRI);
  const alone = await sends(tri, 'image');
  expect(alone.text).toContain('chưa giữ lại, vì chưa có báo cáo nào đang làm');
});

describe('a person of the office writes', () => {
  let tam: Talker;
  const UNIT = '99001-02';
  beforeAll(async () => {
    tam = await world.holder(UNIT);
    await tam.says('báo cáo');
    await tam.says('300');
  });

  it('and the bot keeps silent in that talk only, with the draft left as it is', async () => {
    await world.zalo.adminTypes(tam.id, 'Chị Hạnh đây, bác cần gì ạ?');
    await world.settle();
    const before = tam.person.heard.length;
    await tam.person.types('7');
    await tam.person.types('bác hỏi chút');
    await world.settle();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(tam.person.heard.length).toBe(before);
    expect(await world.api.values(UNIT)).toEqual([300]);
    expect((await officer.says('tình hình')).text).toContain('Tân Hòa');
  });

  it('until the person calls the bot', async () => {
    expect((await tam.says('bot ơi')).text).not.toBe('');
    const heard = await tam.says('tiếp');
    expect(heard.text).toContain('Câu 2/4.');
    expect((await tam.says('7')).text).toContain('Câu 3/4.');
  });

  it('or taps a button, or the time is over', async () => {
    const card = await tam.says('báo cáo');
    expect(card.buttons).toContain('Để sau');
    await world.zalo.adminTypes(tam.id, 'Bác gửi chưa ạ?');
    await world.settle();
    expect((await tam.taps('Để sau')).text).toContain('em giữ các số đã ghi');
    await world.zalo.adminTypes(tam.id, 'Vâng ạ.');
    await world.settle();
    await world.clock.to('2026-03-13T10:30:00+07:00');
    expect((await tam.says('tiếp')).text).toContain('Câu 3/4.');
  });

  it('but an echo of our own message silences nobody', async () => {
    const mine = tam.person.heard.at(-1);
    await world.zalo.announces({
      app_id: world.zalo.desk.appId,
      sender: { id: world.zalo.desk.oaId, admin_id: '7788990011223344556' },
      recipient: { id: tam.id },
      event_name: 'oa_send_text',
      message: { text: 'x', msg_id: mine?.id },
      timestamp: String(world.clock.now().getTime()),
    });
    await world.settle();
    expect((await tam.says('tình hình')).text).toContain('đang chờ');
  });
});

describe('a group', () => {
  it('is answered only where the bot is spoken to, with the way to the private chat', async () => {
    const { desk, groups, groupLife } = world.zalo;
    const group = groups.change(
      {
        ...{ id: 'a1b2c3d4e5f60718293a', name: 'Xã Tân Hòa', description: '', avatar: '', hasOa: true },
        ...{ assetId: 'fake-asset-1', members: [officer.id], admins: [], pending: [], chat: [] },
        settings: SETTINGS,
      },
      {},
    );
    const since = world.zalo.sends.length;
    const said = () => world.zalo.sends.slice(since).filter((send) => send.to === 'group');
    await groupLife.says(group, officer.id, { text: 'Mai mấy giờ họp?' });
    await world.settle();
    expect(said()).toEqual([]);
    await groupLife.says(group, officer.id, { text: `[@${desk.oaId}] thôn tôi 412 người, 5 buổi` });
    await world.settle();
    await groupLife.says(group, officer.id, { text: '#menu' });
    await world.settle();
    expect(said().map((send) => send.text)).toEqual([
      `Em cảm ơn bác. Nhóm không ghi nhận số liệu; để số liệu không bị trôi, bác nhắn riêng tại đây ạ: https://zalo.me/${desk.oaId}`,
      `Dạ, bác nhắn riêng cho em tại đây ạ: https://zalo.me/${desk.oaId}`,
    ]);
    const [answer] = said();
    await groupLife.says(group, officer.id, { text: 'cảm ơn nhé', quote: answer?.messageId ?? '' });
    await world.settle();
    expect(said()).toHaveLength(3);
  });
});

describe('a visitor without an account', () => {
  const CONVERSATION = 'conv-0a9b8c7d6e5f';
  async function asks(text: string, conversation = CONVERSATION): Promise<string[]> {
    const since = world.zalo.sends.length;
    const { appId, oaId, state } = world.zalo.desk;
    const id = 'anon-7f1c2d3e4a5b';
    state.table('visitor').put(id, { id, conversationId: conversation, chat: [] });
    await world.zalo.announces(
      visitorEvent({ appId, oaId, userId: id, at: world.clock.now() }, 'text', {
        conversation_id: conversation,
        text,
        msg_id: newMessageId(),
      }),
    );
    await world.settle();
    return world.zalo.sends
      .slice(since)
      .filter((send) => send.to === 'visitor')
      .map((send) => send.text);
  }

  it('is shown the way once in a conversation, and a question is answered', async () => {
    expect(await asks('Cho hỏi chuyện nhà cửa')).toEqual([expect.stringContaining('https://zalo.me/')]);
    expect(await asks('alo')).toEqual([]);
    expect((await asks('quên mật khẩu VNeID')).join('\n')).toContain('Lấy lại mật khẩu VNeID');
    expect(await asks('có ai không', 'conv-2')).toEqual([expect.stringContaining('https://zalo.me/')]);
  });
});

/** Every document of the program's store that names one of these, with what the test needs to tell which it is. */
async function traces(...names: string[]) {
  const { MONGODB_URI = '' } = world.program.env;
  const DATA_DIR = world.program.dataDir;
  const store = await openToolStore({ embeddedStore: MONGODB_URI === '', DATA_DIR, MONGODB_URI });
  try {
    const found: { collection: string; kind?: unknown; fields: string[] }[] = [];
    const { db } = store.connection;
    const collections = (await db?.listCollections().toArray()) ?? [];
    for (const collection of collections.map(({ name }) => name).sort())
      for (const doc of (await db?.collection(collection).find({}).toArray()) ?? [])
        if (names.some((name) => JSON.stringify(doc).includes(name)))
          found.push({
            collection,
            fields: Object.keys(doc).sort(),
            ...('kind' in doc ? { kind: doc['kind'] as unknown } : {}),
          });
    return found;
  } finally {
    await store.stop();
  }
}

describe('somebody withdraws', () => {
  it('and is forgotten; the figures stay with the village, and the commune is told', async () => {
    const UNIT = '99001-04';
    const leader = await world.reporter(UNIT, 'BC 500 3 60 2');
    await sends(leader, 'audio');
    await leader.says('tôi tên là Hoàng Văn Dần, gặp người');
    await leader.says('speak English');
    expect((await traces(leader.id, 'Hoàng Văn Dần')).map(({ collection }) => collection)).toEqual(
      expect.arrayContaining(['conversations', 'evidence', 'inbox', 'org_offices', 'outbox', 'reports']),
    );
    expect((await world.api.submission(UNIT))?.figures).toHaveLength(4);
    const before = officer.person.heard.length;
    await leader.person.withdraws();
    await heardMore(officer, before);
    expect(officer.heardSince(before).text).toContain('đã rút khỏi kênh này');
    await world.settle();
    expect(await traces(leader.id, 'Hoàng Văn Dần')).toEqual([
      // That the address must not be written to, and the request itself.
      { collection: 'contacts', fields: ['_id', 'unfollowedAt'] },
      expect.objectContaining({ collection: 'inbox', kind: 'withdrawn' }),
    ]);
    const report = (await world.api.submission(UNIT)) as Submission;
    expect(report.figures.map((figure) => figure.value)).toEqual([500, 3, 60, 2]);
    expect(JSON.stringify(report)).not.toContain(leader.id);
    const heard = leader.person.heard.length;
    expect((await leader.says('tình hình')).text).not.toContain('đã gửi');
    expect(leader.person.heard.length).toBeGreaterThan(heard);
  });
});
