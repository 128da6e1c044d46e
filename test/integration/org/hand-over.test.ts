import type { Conversation, Say } from '../../../src/conversation/dialog';
import { withCodes } from '../../../src/org/codes';
import { RightsWorld } from '../../support/rights-world';
import { freshStore, type TestStore } from '../../support/stores';

/** People above a village change too: officers, chairs, agencies and the police, each through whoever is above them. */

let store: TestStore;
let world: RightsWorld;
const talks = new Map<string, Conversation>();
const shown = new Map<string, readonly Say[]>();

beforeAll(async () => {
  store = await freshStore();
  world = await RightsWorld.open(store.connection);
}, 60_000);
afterAll(() => store.stop());

const userOf = (who: string): string => (who.startsWith('ai ') ? `zalo:${who}` : world.by(who).user);

/** What the person reads; `[Đúng]` taps a button of the answer, or of a notice. */
async function says(who: string, text: string): Promise<string> {
  const user = userOf(who);
  const label = /^\[(.+)\]$/.exec(text)?.[1];
  const choice = (shown.get(user) ?? [])
    .flatMap(({ choices = [] }) => choices)
    .find((one) => one.label === label);
  const button = world.talk.sent
    .filter(({ to }) => to === user)
    .flatMap(({ message }) => ('buttons' in message ? (message.buttons ?? []) : []))
    .findLast((one) => one.kind === 'reply' && one.label === label);
  const tap = choice?.command ?? choice?.label ?? (button?.kind === 'reply' ? button.payload : undefined);
  const before = talks.get(user) ?? world.talk.begin(user);
  const decided = await world.talk.decide(before, label === undefined ? text : (tap ?? text));
  for (const effect of decided.effects)
    expect([text, await world.talk.apply(effect)]).toEqual([text, 'done']);
  talks.set(user, { ...decided.conversation, turn: before.turn + 1 });
  shown.set(
    user,
    decided.says.map(({ say }) => say),
  );
  return decided.says.map(({ say }) => say.text).join('\n');
}

/** What the person was sent meanwhile. */
async function heard(who: string, act: () => Promise<unknown>): Promise<string> {
  const from = world.talk.sent.length;
  await act();
  return world.talk.sent
    .slice(from)
    .filter(({ to }) => to === userOf(who))
    .map(({ message }) => ('text' in message ? (message.text ?? '') : ''))
    .join('\n');
}

async function goesTo(day: string): Promise<void> {
  world.talk.clock.moveTo(new Date(`${day}T08:00:00+07:00`));
  const { handOvers, service, directory } = world.talk.org;
  await service.endPosts(world.talk.clock.now());
  await handOvers.carryOutDue(world.talk.clock.now());
  await directory.refresh();
}

const postsOf = (who: string): string[] =>
  world.talk.org.directory.officesOf(userOf(who), world.talk.clock.now()).map(({ id }) => id);

it('a commune’s officer hands over through the chair: only the chair and the department can agree, and both hear', async () => {
  await says('Hạnh', 'báo cáo xã');
  await says('Hạnh', '29');
  expect(await says('Hạnh', 'từ mai anh Hùng thay tôi')).toContain('họ và tên đầy đủ');
  await says('Hạnh', 'Trần Quốc Hùng');
  const asked = await heard('Chủ', async () =>
    expect(await says('Hạnh', '0912 000 061')).toContain(
      'Em đã chuyển anh Chủ (xã Tân Hòa): từ ngày 17/3/2026',
    ),
  );
  expect(asked).toContain('anh Hạnh, xã Tân Hòa, xin giao việc cán bộ phụ trách cho Trần Quốc Hùng');
  for (const other of ['Hạnh', 'Thoan', 'Minh', 'Đoàn', 'Tư'])
    expect(await says(other, 'đồng ý anh Hùng')).not.toContain('Hùng làm cán bộ');
  const told = await heard('Hạnh', async () =>
    expect(await says('Chủ', '[Đồng ý]')).toContain('từ 0 giờ ngày 17/3/2026, anh Hùng làm cán bộ phụ trách'),
  );
  expect(told).toContain('Cấp trên đã đồng ý');
  expect(await says('Hạnh', 'từ mai chị Lan thay tôi')).toContain('đã được đồng ý giao cho Trần Quốc Hùng');
  // Until midnight the post is still the old holder's, whoever asks for it.
  expect(await says('ai Hùng', 'tôi là Hùng, cán bộ xã Tân Hòa')).toContain('từ ngày 17/3/2026');
  expect(postsOf('Hạnh')).toEqual(['24001:commune_officer:1']);
});

it('from the day on the post, its draft and what waits are the new holder’s, who claims through the chair', async () => {
  await goesTo('2026-03-17');
  expect(postsOf('Hạnh')).toEqual([]);
  expect(await says('Hạnh', 'duyệt hết')).not.toContain('Đã duyệt');
  const asked = await heard('Chủ', async () =>
    expect(await says('ai Hùng', 'tôi là Hùng, cán bộ xã Tân Hòa')).toContain('Em đã nhờ anh Chủ'),
  );
  expect(asked).toContain('cán bộ phụ trách xã Tân Hòa (trong danh sách: Trần Quốc Hùng)');
  const vouched = await heard('ai Hùng', () => says('Chủ', '[Đúng người]'));
  expect(vouched).toContain('Cấp trên đã xác nhận');
  await says('ai Hùng', '[Nhận việc]');
  expect(await says('ai Hùng', '[Đúng]')).toContain('Em đã ghi nhận anh là cán bộ phụ trách');
  expect(await says('ai Hùng', 'báo cáo xã')).toContain('Câu 2/8');
  expect(await says('ai Hùng', 'đã nhận 145')).toContain('xã Tân Hòa đã nhận 145');
  expect(await says('Hạnh', 'đã nhận 145')).not.toContain('Em ghi');
  expect(await says('ai Hùng', 'hàng chờ')).toContain('thiếu máy chiếu');
});

it.each`
  who       | role                  | by        | place
  ${'Chủ'}  | ${'Chủ tịch UBND'}    | ${'Dũng'} | ${'xã Tân Hòa'}
  ${'Đoàn'} | ${'cán bộ'}           | ${'Dũng'} | ${'Tỉnh đoàn'}
  ${'Minh'} | ${'cán bộ Công an'}   | ${'Dũng'} | ${'Bắc Ninh'}
  ${'Nga'}  | ${'cán bộ Sở KH&CN,'} | ${'Dũng'} | ${'Bắc Ninh'}
`('$who ($role) hands over through the department', async ({ who, role, by, place }) => {
  await says(who as string, 'từ ngày 25/3 đồng chí Quý thay tôi');
  await says(who as string, 'Đinh Xuân Quý');
  const asked = await heard(by as string, async () =>
    expect(await says(who as string, '0912 000 062')).toContain('Dũng (Sở Khoa học và Công nghệ)'),
  );
  expect(asked).toContain(`xin giao việc ${role as string} cho Đinh Xuân Quý`);
  expect(asked).toContain(place);
  expect(await says(who as string, 'đồng ý đồng chí Quý')).not.toContain('Em đã ghi');
  expect(await says(by as string, '[Đồng ý]')).toContain('từ 0 giờ ngày 25/3/2026');
  expect(await says(who as string, 'hủy bàn giao')).toContain('Em đã hủy');
});

it('«tuần sau chị Mai làm thay tôi»: a second officer from Monday to Sunday, who then is none any more', async () => {
  await says('Thoan', 'tuần sau chị Mai làm thay tôi');
  await says('Thoan', 'Ngô Thị Mai');
  expect(await says('Thoan', '0912 000 063')).toContain(
    'từ ngày 23/3/2026 đến hết ngày 29/3/2026, chị Mai cùng làm',
  );
  expect(await says('Thịnh', '[Đồng ý]')).toContain(
    'từ ngày 23/3/2026 đến hết ngày 29/3/2026, chị Mai làm thay',
  );
  const standIn = () =>
    world.talk.org.directory.officesIn('24002').filter(({ fullName }) => fullName === 'Ngô Thị Mai');
  // Not before its day.
  expect(standIn()).toEqual([]);
  await goesTo('2026-03-23');
  expect(standIn()).toMatchObject([{ role: 'commune_officer', ends: '2026-03-29' }]);
  await says('ai Mai', 'tôi là Mai, cán bộ xã Vân Sơn');
  await says('Thịnh', '[Đúng người]');
  await says('ai Mai', '[Nhận việc]');
  await says('ai Mai', '[Đúng]');
  expect(postsOf('ai Mai')).toHaveLength(1);
  expect(postsOf('Thoan')).toEqual(['24002:commune_officer:1']);
  await goesTo('2026-03-30');
  expect([postsOf('ai Mai'), standIn()]).toEqual([[], []]);
  expect(postsOf('Thoan')).toEqual(['24002:commune_officer:1']);
});

it('whoever holds several posts is asked which one, and a number or a button says it', async () => {
  const { repo, directory } = world.talk.org;
  const doc = (await repo.office('24002:commune_chair:1')) as NonNullable<
    Awaited<ReturnType<typeof repo.office>>
  >;
  await repo.addOffices([
    { ...doc, _id: '24002-03:village_deputy:2', unit: '24002-03', role: 'village_deputy', phoneHash: null },
  ]);
  await repo.bump('offices');
  await directory.refresh();
  expect(await says('Thịnh', 'từ mai anh Lực thay tôi')).toContain('giao việc nào cho Lực');
  expect(await says('Thịnh', '2')).toContain('họ và tên đầy đủ');
  await says('Thịnh', 'Vi Văn Lực');
  expect(await says('Thịnh', '0912 000 064')).toContain('anh Lực làm Chủ tịch UBND');
});

it('an officer on leave: whoever is above hears, «tình hình» shows it, and the same word takes it back', async () => {
  const told = await heard('Thịnh', async () =>
    expect(await says('Thoan', 'tôi nghỉ phép từ 30/3 đến 3/4')).toContain('tin mới em chuyển anh Thịnh'),
  );
  expect(told).toContain('anh Thoan (xã Vân Sơn) báo nghỉ từ ngày 30/3/2026 đến hết ngày 3/4/2026');
  expect(await says('Thoan', 'tình hình')).toContain('đang nghỉ đến hết ngày 3/4/2026');
  expect(await says('Dũng', 'tình hình')).toContain('Đang nghỉ: anh Thoan (xã Vân Sơn) đến hết 3/4/2026');
  expect(await says('Chủ', 'tình hình')).not.toContain('Đang nghỉ');
  expect(await says('Thoan', 'tôi nghỉ phép từ mai')).toContain('đến hết ngày nào');
  await says('Sểnh', 'phản ánh: loa hỏng');
  expect(
    world.talk.sent
      .filter(({ message }) => 'text' in message && message.text?.includes('loa hỏng'))
      .map(({ to }) => to),
  ).toEqual([userOf('Thịnh')]);
  await says('Thoan', 'hàng chờ');
  expect(await says('Thoan', 'nhận 1')).toContain('đang báo nghỉ đến hết ngày 3/4/2026');
  expect(await says('Hoạch', 'tôi nghỉ phép từ 30/3 đến 3/4')).not.toContain('Em đã ghi');
  const again = await heard('Thịnh', async () =>
    expect(await says('Thoan', 'tôi đi làm lại')).toContain('Em đã ghi'),
  );
  expect(again).toContain('đã đi làm lại');
  expect(await says('Dũng', 'tình hình')).not.toContain('Đang nghỉ');
  expect(await says('Thoan', 'tôi đi làm lại')).toContain('không thấy ngày nghỉ');
});

it('the department lists communes, agencies and its own colleagues, a chair their commune, an officer villages; each ends posts there', async () => {
  const first = async (who: string, text = 'danh sách người phụ trách'): Promise<string[]> => {
    const lines = (await says(who, text)).split('\n');
    for (
      let page = '';
      (shown.get(userOf(who)) ?? []).at(-1)?.choices?.some(({ label }) => label === 'Xem tiếp');
    ) {
      page = await says(who, '[Xem tiếp]');
      lines.push(...page.split('\n'));
    }
    return lines;
  };
  const department = await first('Dũng');
  expect(department.join('\n')).toMatch(
    /xã Vân Sơn: anh Thoan, cán bộ phụ trách \(đã nhận, chưa nhắn lần nào\)/,
  );
  expect(department.join('\n')).toContain('Tỉnh đoàn: anh Đoàn, cán bộ');
  expect(department.join('\n')).toContain('cán bộ Công an');
  expect((await first('Dũng', 'danh sách cán bộ các xã')).join('\n')).toContain('xã Vân Sơn: anh Thoan');
  expect(department.join('\n')).not.toMatch(/thôn|anh Dũng/);
  const chair = (await first('Chủ')).join('\n');
  expect(chair).toContain('xã Tân Hòa: anh Hùng, cán bộ phụ trách');
  expect(chair).toContain('thôn Đông Lâm: anh Tư, Trưởng thôn');
  expect((await first('Thoan')).join('\n')).not.toMatch(/Chủ tịch|cán bộ phụ trách|xã Tân Hòa/);
  expect(await says('Dũng', 'ai chưa nhận việc')).toContain('đều đã có người nhận');
  expect(await says('Thoan', 'ai chưa nhận việc')).toContain('2 việc chưa có người nhận');
  expect(await says('Thoan', 'kết thúc việc của anh Thịnh xã Vân Sơn')).toContain('không tìm thấy ai');
  expect(await says('Dũng', 'kết thúc việc của anh Đoàn Tỉnh đoàn')).toContain('đến hết ngày 30/3/2026');
  await goesTo('2026-03-31');
  expect(postsOf('Đoàn')).toEqual([]);
});

it('a code is given in chat to one post, stands in no store, opens the post once, and only by whoever is above', async () => {
  const key = Buffer.alloc(32, 7);
  const given = await says('Thoan', 'cấp mã cho chị Vắng thôn Suối Mỏ');
  expect(given).toContain('Mã nhận việc của');
  const read = withCodes(key, given);
  const [, code = ''] = /(\d{4} \d{4})/.exec(read) ?? [];
  expect(code).not.toBe('');
  expect(given).not.toMatch(/\d{4} \d{4}/);
  expect(JSON.stringify(await world.talk.org.repo.offices())).not.toContain(code.replace(' ', ''));
  expect(await says('Hạnh', 'cấp mã cho chị Vắng thôn Suối Mỏ')).not.toContain('Mã nhận việc của');
  expect(await says('Chủ', 'cấp mã cho chị Vắng thôn Suối Mỏ')).toContain('không tìm thấy ai');
  expect(await says('Dũng', 'cấp mã cho cán bộ xã Vân Sơn')).toContain('đang có người giữ');
  // A second one takes the place of the first.
  const again = withCodes(key, await says('Thoan', 'cấp mã mới cho chị Sùng Thị Vắng thôn Suối Mỏ'));
  expect(await says('ai Vắng', code)).not.toContain('phải không');
  const [, second = ''] = /(\d{4} \d{4})/.exec(again) ?? [];
  expect(await says('ai Vắng', second)).toContain('phải không ạ');
  await says('ai Vắng', '[Đúng]');
  expect(postsOf('ai Vắng')).toEqual(['24002-03:village_deputy:1']);
  expect(await says('ai khác', second)).not.toContain('phải không ạ');
});
