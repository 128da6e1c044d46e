import { BotWorld, DONG_LAM, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/**
 * Classes from their announcement to the number who came, through the webhook: who may announce, who has a seat, who is
 * told of what, and what the API shows of it.
 */

interface ApiClass {
  readonly id: string;
  readonly unit: string;
  readonly topic: string | null;
  readonly place: string | null;
  readonly startsAt: string;
  readonly state: string;
  readonly signedUp: number;
  readonly waiting: number;
  readonly attended: number | null;
  readonly teacher: string | null;
  readonly reason: string | null;
}

let world: BotWorld;
let hanh: Talker;
let tu: Talker;

const classes = async (week = '2026-W12', unit = TAN_HOA): Promise<ApiClass[]> =>
  (await world.api.get<{ classes: ApiClass[] }>(`/api/v1/classes?unit=${unit}&week=${week}`)).classes;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-12T08:00:00+07:00' });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  tu = await world.holder(DONG_LAM);
}, 60_000);

afterAll(() => world.close());

it('is announced in one line by the officer of the commune', async () => {
  const heard = await hanh.says('mở lớp 19:30 thứ Năm 19/3 nhà văn hóa: quên mật khẩu VNeID');
  expect(heard.text).toContain('19:30 thứ Năm 19/3');
  expect(await classes()).toMatchObject([
    {
      unit: TAN_HOA,
      topic: 'quên mật khẩu VNeID',
      place: 'nhà văn hóa',
      startsAt: '2026-03-19T19:30:00+07:00',
      state: 'open',
      signedUp: 0,
      waiting: 0,
      attended: null,
    },
  ]);
});

it('asks about a weekday that does not fit the date, and stores nothing before', async () => {
  const heard = await tu.says('mở lớp 19:30 thứ Sáu 19/3 nhà văn hóa: thanh toán QR, ');
  expect(heard.buttons).toEqual(['thứ Năm 19/3', 'thứ Sáu 20/3']);
  expect(await classes()).toHaveLength(1);
  await tu.taps('thứ Sáu 20/3');
  expect((await classes()).map(({ unit, startsAt }) => [unit, startsAt])).toEqual([
    [TAN_HOA, '2026-03-19T19:30:00+07:00'],
    [DONG_LAM, '2026-03-20T19:30:00+07:00'],
  ]);
});

it('is announced in five answers', async () => {
  expect((await tu.says('mở lớp')).text).toContain('ngày nào');
  expect((await tu.says('chủ nhật 22/3')).text).toContain('mấy giờ');
  expect((await tu.says('8h')).buttons).toEqual(['Buổi sáng', 'Buổi tối']);
  expect((await tu.taps('Buổi sáng')).text).toContain('ở đâu');
  expect((await tu.says('đình làng')).text).toContain('nội dung');
  expect((await tu.taps('An toàn trên mạng')).text).toContain('08:00 Chủ nhật 22/3, đình làng');
  expect(await classes()).toHaveLength(3);
});

it('nobody without a post can announce, and a word of stopping stores nothing', async () => {
  const stranger = world.stranger('người lạ');
  await stranger.says('chào em');
  await stranger.says('mở lớp 19:30 thứ Bảy 21/3 nhà văn hóa: bán hàng');
  await tu.says('mở lớp thứ Bảy 21/3');
  expect((await tu.says('thôi')).text).toContain('chưa ghi gì');
  expect(await classes()).toHaveLength(3);
});

describe('a class with two seats', () => {
  let lan: Talker;
  let hoa: Talker;
  let mai: Talker;

  beforeAll(async () => {
    await hanh.says('mở lớp 19:30 thứ Tư 18/3 hội trường xã, tối đa 2 chỗ: dịch vụ công');
    [lan, hoa, mai] = ['bà Lan', 'bà Hoa', 'bà Mai'].map((name) => world.stranger(name)) as [
      Talker,
      Talker,
      Talker,
    ];
    for (const one of [lan, hoa, mai]) await one.says('chào em');
  });

  async function nearby(person: Talker): Promise<void> {
    expect((await person.says('lớp gần tôi')).text).toContain('xã, phường nào');
    expect((await person.says('xã Tân Hòa')).text).toContain('xã Tân Hòa, đúng không');
    const list = await person.taps('Đúng');
    expect(list.text).toContain('1. dịch vụ công – 19:30 thứ Tư 18/3');
  }

  it('«đăng ký» counts once a class was shown', async () => {
    expect((await lan.says('đăng ký 1')).text).not.toContain('Em đã ghi tên');
    await nearby(lan);
    const heard = await lan.says('đăng ký 1');
    expect(heard.text).toContain('Em đã ghi tên');
    expect(heard.buttons).toEqual(['Đưa thêm người nhà', 'Không đi được']);
    expect((await lan.says('đăng ký')).text).toContain('đã có tên');
    // Where she lives is not asked again.
    expect((await lan.says('lớp gần tôi')).text).toContain('1. dịch vụ công');
    expect((await lan.says('xem lớp')).text).toContain('1. dịch vụ công');
    expect((await classes())[0]).toMatchObject({ state: 'open', signedUp: 1, waiting: 0 });
  });

  it('whoever comes when it is full has a number in the waiting list', async () => {
    await nearby(hoa);
    await hoa.taps('Đăng ký lớp 1');
    expect((await classes())[0]).toMatchObject({ state: 'full', signedUp: 2, waiting: 0 });
    await nearby(mai);
    expect((await mai.taps('Đăng ký lớp 1')).text).toContain('số thứ tự 1');
    expect((await classes())[0]).toMatchObject({ state: 'full', signedUp: 2, waiting: 1 });
  });

  it('a relative added later takes nobody’s seat', async () => {
    const heard = await lan.says('đưa thêm người nhà');
    expect(heard.buttons).toEqual(['1 người', '2 người', '3 người', '4 người']);
    expect((await lan.taps('1 người')).text).toContain('còn 1 người ở danh sách chờ, số thứ tự 2');
    expect((await classes())[0]).toMatchObject({ signedUp: 2, waiting: 2 });
  });

  it('a seat that comes free is told to the next, once', async () => {
    const before = mai.person.heard.length;
    expect((await hoa.says('hủy đăng ký')).text).toContain('đã bỏ tên');
    await world.settle();
    expect(mai.heardSince(before).text).toContain('Có chỗ rồi ạ');
    expect((await classes())[0]).toMatchObject({ signedUp: 2, waiting: 1 });
  });

  it('is moved with one message to those who have a seat', async () => {
    const before = {
      lan: lan.person.heard.length,
      mai: mai.person.heard.length,
      hoa: hoa.person.heard.length,
    };
    const heard = await hanh.says('dời lớp 1 sang 19:30 thứ Ba 17/3: mất điện');
    expect(heard.text).toContain('Đã dời sang 19:30 thứ Ba 17/3');
    const told = lan.heardSince(before.lan);
    expect(told.text).toContain('dời sang 19:30 thứ Ba 17/3, hội trường xã, vì mất điện');
    expect(told.buttons).toEqual(['Vẫn đi', 'Không đi được']);
    expect(mai.heardSince(before.mai).text).toContain('dời sang');
    expect(hoa.heardSince(before.hoa).bubbles).toHaveLength(0);
    expect((await classes())[0]).toMatchObject({ startsAt: '2026-03-17T19:30:00+07:00' });
    expect((await mai.taps('Vẫn đi')).text).toContain('đã có tên');
  });

  it('is reminded of the evening before at 18:00, once, and the number is asked for afterwards', async () => {
    const before = { lan: lan.person.heard.length, hanh: hanh.person.heard.length };
    await world.clock.to('2026-03-16T18:10:00+07:00');
    expect(lan.heardSince(before.lan).bubbles.map(({ text }) => text)).toEqual([
      expect.stringContaining('ngày mai có lớp «dịch vụ công»'),
    ]);
    await world.clock.to('2026-03-17T21:40:00+07:00');
    expect(lan.heardSince(before.lan).bubbles).toHaveLength(1);
    await world.clock.to('2026-03-18T08:00:00+07:00');
    const asked = hanh.person.heard.slice(before.hanh).find(({ text }) => text.includes('bao nhiêu bà con'));
    expect(asked?.text).toContain('đăng ký 3');
    expect((await classes())[0]).toMatchObject({ state: 'held', attended: null });
  });

  it('takes one number for an answer, after asking whether it is that', async () => {
    const heard = await hanh.says('23');
    expect(heard.text).toContain('23 là số bà con');
    expect((await hanh.says('đúng')).text).toContain('1 buổi, 23 người');
    expect((await classes())[0]).toMatchObject({ state: 'recorded', attended: 23 });
  });
});

it('is called off with a question that names how many will be told', async () => {
  const guest = world.stranger('ông Sáu');
  await guest.says('chào em');
  expect((await guest.says('thôn mình bao giờ có lớp')).text).toContain('Mỗi tuần xã, phường mở');
  // A place that is named under what is said of classes is where to look, and no claim of a post.
  expect((await guest.says('xã Tân Hòa')).text).toContain('Các lớp sắp tới ở xã Tân Hòa');
  expect((await guest.says('Tân Hòa')).text).toContain('Các lớp sắp tới ở xã Tân Hòa');
  // Without marks it may be the old Tân Hoa as well.
  expect((await guest.says('tan hoa')).text).toContain('nơi nào trong các nơi này');
  expect((await guest.taps('Xã Tân Hòa')).text).toContain('Các lớp sắp tới ở xã Tân Hòa');
  await guest.says('đăng ký 1');
  const before = guest.person.heard.length;
  expect((await hanh.says('hủy lớp')).text).toContain('1. quên mật khẩu VNeID');
  const sure = await hanh.taps('Lớp 1');
  expect(sure.text).toContain('Đã có 1 người đăng ký');
  const named = async () => (await classes()).find(({ topic }) => topic === 'quên mật khẩu VNeID');
  expect(await named()).toMatchObject({ state: 'open' });
  await hanh.taps('Hủy lớp');
  expect(await named()).toMatchObject({ state: 'cancelled' });
  expect(guest.heardSince(before).bubbles.map(({ text }) => text)).toEqual([
    expect.stringContaining('hủy rồi'),
  ]);
});

it('is recorded after the fact in one line, and told twice it is asked whether it is the same', async () => {
  const heard = await tu.says('buổi học 32 người nhà văn hóa tối qua an toàn mạng');
  expect(heard.text).toContain('1 buổi, 32 người – thôn Đông Lâm, thứ Ba 17/3, nhà văn hóa, an toàn mạng');
  expect(await classes('2026-W12', DONG_LAM)).toContainEqual(
    expect.objectContaining({ state: 'recorded', attended: 32, topic: 'an toàn mạng', place: 'nhà văn hóa' }),
  );
  // What nobody said is asked once the number is written; a name is never kept.
  expect(heard.text).toContain('Ai dạy buổi ấy');
  expect((await tu.taps('Tổ công nghệ số')).text).toContain('ghi thêm rồi');
  expect(await classes('2026-W12', DONG_LAM)).toContainEqual(
    expect.objectContaining({ attended: 32, teacher: 'team' }),
  );
  const again = await tu.says('buổi học tối qua 34 người nhà văn hóa');
  expect(again.buttons).toEqual(['Cùng một buổi', 'Buổi khác']);
  await tu.taps('Cùng một buổi');
  const recorded = (await classes('2026-W12', DONG_LAM)).filter(({ state }) => state === 'recorded');
  expect(recorded.map(({ attended }) => attended)).toEqual([34]);
});

it('refuses more people than the village has adults, and asks about very many', async () => {
  expect((await tu.says('buổi học 9000 người nhà văn hóa hôm nay')).text).toContain('nhiều quá');
  const many = await tu.says('200');
  expect(many.text).toContain('đông lắm');
  expect((await tu.taps('Nhập lại')).text).toContain('bao nhiêu bà con');
  expect((await tu.says('thôi')).text).toContain('chưa ghi gì');
});

it('reads the week’s duty both ways', async () => {
  const heard = await hanh.says('buổi học tuần này');
  expect(heard.text).toContain('2 buổi, 57 lượt');
  expect(heard.text).toMatch(/ít nhất 1 buổi: 1\/\d+/);
  const { duty } = await world.api.get<{ duty: unknown[] }>(`/api/v1/classes?unit=${TAN_HOA}&week=2026-W12`);
  expect(duty).toEqual([
    expect.objectContaining({ unit: TAN_HOA, communes: { held: 1, of: 1 }, sessions: 2, visits: 57 }),
  ]);
});

it('shows a leader what the class book holds for the month’s window, and writes nothing into the report', async () => {
  const recorded = await tu.says('buổi học 28 người ngày 10/3 ở đình làng');
  expect(recorded.text).toContain('dạy nội dung gì');
  // The question holds nobody up.
  const heard = await tu.says('buổi học tuần này');
  expect(heard.text).toContain('từ 15/2 đến 14/3: 1 buổi, 28 lượt');
  expect(await world.api.values(DONG_LAM)).toEqual([]);
});

describe('at the end of a week', () => {
  const dutyOf = async (week: string) =>
    (
      await world.api.get<{ duty: { villages: { held: number }; sessions: number }[] }>(
        `/api/v1/classes?unit=${DONG_LAM}&week=${week}`,
      )
    ).duty[0];

  it('a class at 23:30 on a Sunday is that Sunday’s and that week’s', async () => {
    const heard = await tu.says('mở lớp 23:30 Chủ nhật 22/3 đình làng: mua bán trên mạng');
    expect(heard.text).toContain('23:30 Chủ nhật 22/3');
    const late = (list: readonly ApiClass[]) => list.filter(({ startsAt }) => startsAt.includes('T23:30'));
    expect(late(await classes('2026-W12', DONG_LAM))).toMatchObject([
      { startsAt: '2026-03-22T23:30:00+07:00' },
    ]);
    expect(late(await classes('2026-W13', DONG_LAM))).toEqual([]);
  });

  it('one that is moved into the next week counts where it took place, and is reminded of on its own evening before', async () => {
    const nam = world.stranger('chú Năm');
    await tu.says('mở lớp 19:30 thứ Bảy 21/3 nhà văn hóa: chữ ký số');
    await nam.says('lớp gần tôi');
    await nam.says('xã tân hòa');
    const shown = await nam.taps('Đúng');
    const [line = ''] = /\d+\. .*chữ ký số.*/.exec(shown.text) ?? [];
    const signedUp = await nam.says(`đăng ký lớp ${line.split('.')[0] ?? ''} cho 2 vợ chồng`);
    expect(signedUp.text).toContain('đi cùng 1 người nhà: chữ ký số');
    const before = nam.person.heard.length;
    const which = await tu.says('dời lớp sang 19:30 thứ Ba 24/3: trời mưa');
    const [mine = ''] = /\d+(?=\. chữ ký số)/.exec(which.text) ?? [];
    const moved = await tu.says(mine);
    expect(moved.text).toContain('Đã dời sang 19:30 thứ Ba 24/3');
    expect(nam.heardSince(before).text).toContain('vì trời mưa');
    const signed = (week: string) =>
      classes(week, DONG_LAM).then((found) => found.filter(({ topic }) => topic === 'chữ ký số'));
    expect(await signed('2026-W12')).toEqual([]);
    expect(await signed('2026-W13')).toMatchObject([{ startsAt: '2026-03-24T19:30:00+07:00', signedUp: 2 }]);

    const quiet = nam.person.heard.length;
    await world.clock.to('2026-03-20T18:10:00+07:00');
    expect(nam.heardSince(quiet).bubbles).toEqual([]);
    await world.clock.to('2026-03-23T18:10:00+07:00');
    expect(nam.heardSince(quiet).bubbles.map(({ text }) => text)).toEqual([
      expect.stringContaining('ngày mai có lớp «chữ ký số»'),
    ]);
    await world.clock.to('2026-03-25T08:00:00+07:00');
    const told = await tu.says('buổi học tối qua 21 người nhà văn hóa chữ ký số');
    if (told.buttons.includes('Cùng một buổi')) await tu.taps('Cùng một buổi');
    expect(await dutyOf('2026-W13')).toMatchObject({ villages: { held: 1 }, sessions: 1 });
  }, 60_000);

  it('one that could not be held has its reason: those who signed up are told, the commune sees it', async () => {
    const bay = world.stranger('ông Bảy');
    await tu.says('mở lớp 19:30 thứ Năm 26/3 nhà văn hóa: bán hàng trên mạng');
    await bay.says('lớp gần tôi');
    await bay.says('xã tân hòa');
    await bay.taps('Đúng');
    await bay.says('đăng ký 1');
    const before = bay.person.heard.length;
    await world.clock.to('2026-03-27T08:00:00+07:00');
    const why = await tu.taps('Không dạy được');
    expect(why.buttons).toEqual(['Mất điện, mất mạng', 'Mưa bão', 'Người dạy bận', 'Không có ai đến']);
    const held = async () =>
      (await classes('2026-W13', DONG_LAM)).find(({ topic }) => topic?.startsWith('bán'));
    expect(await held()).toMatchObject({ state: 'held' });
    expect((await tu.says('vì cán bộ dạy bị ốm')).text).toContain('vì cán bộ dạy bị ốm');
    expect(await held()).toMatchObject({ state: 'cancelled', reason: 'cán bộ dạy bị ốm' });
    await world.settle();
    const told = bay.person.heard.slice(before).filter(({ text }) => text.includes('không dạy được'));
    expect(told.map(({ text }) => text)).toEqual([expect.stringContaining('vì cán bộ dạy bị ốm')]);
    expect((await hanh.says('buổi học tuần này')).text).toContain(
      'Không dạy được: thôn Đông Lâm thứ Năm 26/3 (cán bộ dạy bị ốm).',
    );
  }, 60_000);
});
