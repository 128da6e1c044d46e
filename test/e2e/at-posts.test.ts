import { BotWorld, DONG_LAM, NGOC_TRI, TAN_HOA } from '../support/bot';

/** A post that changes hands while its holder talks: the right to a unit is looked at in every step and again at the write. */

const MEMBERS = 'unit_code,role,full_name,phone,title';

let world: BotWorld;

beforeAll(async () => {
  world = await BotWorld.start({ at: '2026-03-13T19:30:00+07:00' });
  await world.holder(TAN_HOA, 'commune_officer');
}, 60_000);

afterAll(() => world.close());

it('a former holder writes nothing through the question left open, and reads what happened and whom to ask', async () => {
  const former = await world.holder(DONG_LAM);
  expect((await former.says('báo cáo')).text).toContain('Câu 1/4');
  const codes = await world.importSheets({
    members: `${MEMBERS}\n${DONG_LAM},village_head,Phan Văn Mới,,ông`,
  });

  const answer = await former.says('418');
  expect(answer.text).toContain('Việc của thôn Đông Lâm, xã Tân Hòa nay đã giao cho người khác');
  expect(answer.text).toContain('gọi chị Hạnh (xã Tân Hòa)');
  expect(answer.text).not.toContain('chưa hiểu');
  expect(await world.api.values(DONG_LAM)).toEqual([]);
  for (const typed of ['báo cáo', 'BC 418 5 121 14', 'tình hình'])
    expect((await former.says(typed)).text).toContain('nay đã giao cho người khác');
  expect(await world.api.values(DONG_LAM)).toEqual([]);

  const next = world.stranger('Mới');
  await next.says(codes.get(`${DONG_LAM}/village_head`) as string);
  expect((await next.taps('Đúng')).text).toContain('Em đã ghi nhận ông là Trưởng thôn Đông Lâm');
  expect((await next.says('báo cáo')).text).toContain('Câu 1/4');
});

it('«gửi» that arrives after the post was given away sends nothing', async () => {
  const former = await world.holder(NGOC_TRI);
  const shown = await former.says('BC 418 5 121 14');
  expect(shown.buttons).toContain('Gửi');
  await world.importSheets({ members: `${MEMBERS}\n${NGOC_TRI},village_head,Phan Văn Mới,,` });
  expect((await former.taps('Gửi')).text).toContain('nay đã giao cho người khác');
  expect((await world.api.submission(NGOC_TRI))?.submittedAt ?? null).toBeNull();
});
