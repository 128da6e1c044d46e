import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA } from '../support/bot';
import type { Talker } from '../support/talker';

/** What nobody wrote down: heads and officers wish in words of their own, through the webhook; nothing is done before a tap. */

let world: BotWorld;
let hanh: Talker;
let tu: Talker;
let manh: Talker;

const stateOf = async (unit: string): Promise<string | null> => {
  interface Progress {
    readonly unit: string;
    readonly state: string | null;
    readonly children: readonly Progress[];
  }
  const found = (one: Progress): readonly Progress[] => [one, ...one.children.flatMap(found)];
  const { directives } = await world.api.get<{ directives: readonly { id: string }[] }>('/api/v1/directives');
  const progress = await world.api.get<Progress>(`/api/v1/directives/${directives[0]?.id}/progress`);
  return found(progress).find((one) => one.unit === unit)?.state ?? null;
};

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-16T08:05:00+07:00' });
  hanh = await world.holder(TAN_HOA, 'commune_officer');
  tu = await world.holder(DONG_LAM);
  manh = await world.holder(NGOC_TRI);
  await hanh.says('giao 145/UBND, hạn 20/3, xã Tân Hòa: mỗi thôn mở một buổi học');
  await hanh.says('gửi');
  await world.settle();
}, 60_000);
afterAll(() => world?.close());

it('an order is answered in any words, once the button is tapped', async () => {
  const said = await tu.says('rõ rồi em nhé');
  expect(said.text).toContain('145/UBND');
  expect(said.text).toContain('đã nhận');
  expect(await stateOf(DONG_LAM)).not.toBe('acknowledged');
  await tu.taps('Đã nhận');
  await world.settle();
  expect(await stateOf(DONG_LAM)).toBe('acknowledged');
});

it('what stands in the way of an order goes with the answer as it was typed', async () => {
  const asked = await manh.says('cho bác xem lại cái công văn ấy với');
  expect(asked.text).toContain('mỗi thôn mở một buổi học');
  const said = await manh.says('nhà văn hóa đang sửa chưa có chỗ dạy');
  expect(said.text).toContain('đang vướng');
  await manh.taps('Vướng');
  await world.settle();
  expect(await stateOf(NGOC_TRI)).toBe('stuck');
  expect(hanh.person.heard.map(({ text }) => text).join('\n')).toContain('nhà văn hóa đang sửa');
});

it('a class that was held is noted only once it was tapped', async () => {
  const said = await tu.says('tối qua thôn học được 32 bà con ở nhà văn hóa');
  expect(said.buttons[0]).toBe('Ghi buổi đã học');
  expect((await tu.taps('Ghi buổi đã học')).text).toContain('32 người');
});

it('an officer wishes something of one place: shown or asked, never done', async () => {
  expect((await hanh.says('bảo Đông Lâm xem lại số hộ giúp chị')).text).toContain('chưa gửi báo cáo');
  expect((await hanh.says('bác trưởng thôn Đông Lâm mất máy, cấp lại mã cho bác ấy')).text).toContain('Tư');
  const entering = await hanh.says('chị nhập giùm Ngọc Trì: 418 5 121 14');
  expect(entering.buttons).toEqual(['Nhập', 'Thôi']);
  await hanh.taps('Thôi');
});

it('to be left alone is asked about, since nothing is switched off on a guess', async () => {
  const said = await manh.says('nhắn lắm thế, phiền quá');
  expect(said.buttons).toEqual(['Thôi nhắn tin', 'Vẫn nhắn']);
});
