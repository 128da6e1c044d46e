import { aTree, type PlainUnit } from '../../unit/reporting/builders';
import { aDirective, vn } from '../../unit/directives/builders';
import { freshStore, type TestStore } from '../../support/stores';
import { unansweredDirectives } from '../../../src/reminders/other-works';
import { plainWords } from '../../support/talk';
import { newRecipient, type Directive } from '../../../src/directives/directive';
import type { OutboxRow } from '../../../src/outbox/outbox-row';
import { DirectivesWorld, textOf, type Post } from './world';

/** What breaks elsewhere: two answers at once, restarts, recalls in the middle, people who change, silence. */

const UNITS_BEFORE: readonly PlainUnit[] = [
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  { code: '1', level: 'commune', parent: '24', name: 'Tân Hòa' },
  { code: '2', level: 'commune', parent: '24', name: 'Vân Sơn' },
  { code: '1-1', level: 'village', parent: '1', name: 'Đông Lâm' },
  { code: '1-2', level: 'village', parent: '1', name: 'Ngọc Trì' },
  { code: '1-3', level: 'village', parent: '1', name: 'Gò Me' },
];
const tree = aTree(UNITS_BEFORE);
const POSTS: readonly Post[] = [
  { unit: '24', role: 'department', user: 'zalo:dung' },
  { unit: '24', role: 'department', user: 'zalo:nga' },
  { unit: '1', role: 'commune_officer', user: 'zalo:hanh' },
  { unit: '1', role: 'commune_chair', user: 'zalo:chu' },
  { unit: '1-1', role: 'village_head', user: 'zalo:tu' },
  { unit: '1-1', role: 'village_deputy', user: 'zalo:hung' },
  { unit: '1-2', role: 'village_head', user: 'zalo:manh' },
  { unit: '1-3', role: 'village_head', user: null },
];
const UNITS = ['1', '1-1', '1-2', '1-3'];
const AUDIENCE = { audience: { label: 'xã Tân Hòa', units: UNITS } };

let store: TestStore;
let world: DirectivesWorld;

beforeEach(async () => {
  store = await freshStore();
  world = new DirectivesWorld(store.connection, tree, POSTS);
});
afterEach(() => store.stop());

it('the commune has it first; with its word the villages get it, with the deadline it had', async () => {
  await world.issue(AUDIENCE);
  await world.deliver(vn('16T08:01'), { seen: true });
  expect(world.to('zalo:tu')).toEqual([]);
  expect(await world.counts()).toEqual({ waiting: 2, seen: 1, unreachable: 1 });
  await world.answer('zalo:hanh', ['1'], 'acknowledged', vn('16T08:12'));
  const [row] = world.to('zalo:tu');
  expect(textOf(row)).toContain('hạn 17:00 thứ Sáu 27/3');
  expect(await world.counts()).toEqual({ acknowledged: 1, waiting: 2, unreachable: 1 });
});

it('one for the chairs is written to the chair of the commune, whose answer counts', async () => {
  await world.issue({ audience: { label: 'chủ tịch các xã', units: ['1'], first: 'commune_chair' } });
  await world.deliver(vn('16T08:01'), { seen: true });
  expect([world.to('zalo:chu').length, world.to('zalo:hanh').length]).toEqual([1, 0]);
  expect(await world.counts()).toEqual({ seen: 1 });
  await world.answer('zalo:chu', ['1'], 'acknowledged', vn('16T08:12'));
  expect(await world.counts()).toEqual({ acknowledged: 1 });
});

it('without the commune’s word the villages get it after four working hours, counted from the real send', async () => {
  await world.issue(AUDIENCE);
  await world.deliver(vn('16T09:30'));
  const left = await world.passTo('16T14:59', vn('16T09:31'));
  expect(left.map(({ to }) => to)).not.toContain('zalo:tu');
  await world.passTo('16T15:31', vn('16T15:30'));
  expect(world.to('zalo:tu')).toHaveLength(1);
});

it('urgent ones, and a commune officer’s own, go to the villages at once', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  expect(world.to('zalo:tu')).toHaveLength(1);
  const own = {
    id: 'D2',
    number: '12',
    short: '12',
    from: '1',
    by: { user: 'zalo:hanh', office: '1:commune_officer:hanh' },
  };
  await world.issue({ ...own, audience: { label: 'toàn xã', units: ['1-1', '1-2'] } });
  expect(world.to('zalo:manh')).toHaveLength(2);
});

it('network 1.5 case 1: two who answer at the same moment are both kept, and it is one fact', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  await Promise.all([
    world.answer('zalo:tu', ['1-1'], 'acknowledged', vn('16T09:00')),
    world.answer('zalo:hung', ['1-1'], 'acknowledged', vn('16T09:00')),
  ]);
  const one = await world.repo.recipient('D1', '1-1');
  expect(one?.answers.map(({ by }) => by).sort()).toEqual(['zalo:hung', 'zalo:tu']);
  expect(await world.counts()).toMatchObject({ acknowledged: 1 });
});

it('the same effect done twice is done once', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  for (let n = 0; n < 2; n += 1)
    await world.answer('zalo:manh', ['1-2'], 'stuck', vn('16T09:00'), { id: 'ev:0' });
  expect((await world.repo.recipient('D1', '1-2'))?.answers).toHaveLength(1);
  expect(world.to('zalo:hanh').filter((row) => textOf(row).includes('đang vướng'))).toHaveLength(1);
});

it('nobody answers for an office that is not theirs', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  expect(await world.answer('zalo:manh', ['1-1'], 'done', vn('16T09:00'))).toBe('conflict');
  expect((await world.repo.recipient('D1', '1-1'))?.answer).toBe('none');
});

it('silence: the head first, with the nudge the deputy, then one list to the officer, then the province', async () => {
  await world.issue(AUDIENCE);
  await world.deliver(vn('16T08:00'));
  await world.answer('zalo:hanh', ['1'], 'done', vn('16T08:00'));
  const left = await world.passTo('20T18:00', vn('16T08:00'));
  const told = left.map((row) => [row.id.split(':')[3], row.to, row.sentAt?.toISOString().slice(0, 16)]);
  expect(told.filter(([step]) => step === 'nudge')).toEqual(
    [
      ['nudge', 'zalo', '2026-03-17T01:05'],
      ['nudge', 'zalo', '2026-03-17T01:05'],
      ['nudge', 'zalo', '2026-03-17T01:05'],
    ].map(([step, , at], i) => [step, ['zalo:tu', 'zalo:hung', 'zalo:manh'][i], at]),
  );
  const lists = world.to('zalo:hanh').filter(({ id }) => id.includes(':officer-'));
  expect(lists).toHaveLength(1);
  expect(textOf(lists[0])).toContain('còn 3/3 nơi chưa trả lời 145/UBND-VX: ');
  expect(textOf(lists[0])).toContain('Gò Me (chưa có người nhận việc)');
  const province = world.to('zalo:dung').filter(({ id }) => id.includes(':province-'));
  expect(textOf(province[0])).toContain('còn 3/3 thôn, tổ dân phố chưa trả lời');
});

it('an answer stops what was written but has not left', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  await world.deliver(vn('16T08:00'));
  await world.directives.timers.run(vn('16T10:00'));
  expect(world.to('zalo:hung')).toHaveLength(1);
  await world.answer('zalo:tu', ['1-1'], 'acknowledged', vn('16T10:01'));
  const left = await world.deliver(vn('16T10:02'));
  expect(left.map(({ to }) => to)).not.toContain('zalo:hung');
});

it('network 1.5 case 10: a recall in the middle: what has not left is dropped, who was told hears of the end, nobody else', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  await world.deliver(vn('16T08:00'));
  const back = world.to('zalo:manh')[0] as OutboxRow;
  world.rows.set(back.id, { ...back, state: 'queued' });
  await world.directives.issuing.recall({
    id: 'D1',
    by: { user: 'zalo:nga', office: '24:department:nga' },
    reason: 'nhầm',
    at: vn('16T08:05'),
  });
  const left = await world.deliver(vn('16T08:06'));
  expect(left.filter((row) => textOf(row).includes('📌'))).toEqual([]);
  expect(left.map(textOf).filter((text) => text.includes('145/UBND-VX đã thu hồi'))).toHaveLength(3);
  expect(await world.passTo('31T17:00', vn('16T08:07'))).toEqual([]);
});

it('a new holder hears once what is open; who had it cannot answer any more', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  await world.deliver(vn('16T08:00'));
  await world.answer('zalo:tu', ['1-1'], 'acknowledged', vn('16T08:30'));
  world.hand('1-1', 'village_head', 'zalo:moi');
  for (const minute of ['31', '32']) await world.directives.timers.run(vn(`16T08:${minute}`));
  const told = world.to('zalo:moi');
  expect(told).toHaveLength(1);
  expect(textOf(told[0])).toContain('việc này đang mở ở chỗ bác vừa nhận: thôn Đông Lâm');
  expect(await world.answer('zalo:tu', ['1-1'], 'done', vn('16T09:00'))).toBe('conflict');
});

it('a post that is taken later begins its own ladder then', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  expect((await world.counts())['unreachable']).toBe(1);
  world.hand('1-3', 'village_head', 'zalo:lam');
  await world.directives.timers.run(vn('17T09:00'));
  expect(textOf(world.to('zalo:lam')[0])).toContain('📌');
  await world.deliver(vn('17T09:00'));
  expect((await world.counts())['unreachable']).toBeUndefined();
  expect((await world.repo.recipient('D1', '1-3'))?.nextAt).toEqual(vn('17T11:00'));
});

it('what nobody holds is unreachable from the beginning, in the draft too, and waits once somebody holds it', async () => {
  const draft = aDirective({ ...AUDIENCE, id: 'D9', state: 'draft', issuedAt: null });
  const drafted = await world.directives.view.progress(draft);
  expect(drafted.counts).toMatchObject({ unreachable: 1, waiting: 3 });
  await world.issue(AUDIENCE);
  expect(await world.counts()).toEqual({ unreachable: 1, waiting: 3 });
  world.hand('1-3', 'village_head', 'zalo:moi');
  expect(await world.counts()).toEqual({ waiting: 4 });
});

it('a person with several places reads one message that names them', async () => {
  world.hand('1-2', 'village_head', 'zalo:tu');
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  expect(world.to('zalo:tu')).toHaveLength(1);
  expect(textOf(world.to('zalo:tu')[0])).toContain('Cho: thôn Đông Lâm, thôn Ngọc Trì');
  await world.answer('zalo:tu', ['1-1', '1-2'], 'acknowledged', vn('16T09:00'));
  expect(await world.counts()).toMatchObject({ acknowledged: 2 });
});

it('two keys: not by the one who sent it, out only after the other, back with a reason otherwise', async () => {
  const both = { audience: { label: 'hai xã', units: ['1', '2', '1-1'] } };
  const { issuing, view } = world.directives;
  const by = { user: 'zalo:dung', office: '24:department:dung' };
  const draft = aDirective({ ...both, state: 'draft', issuedAt: null, by });
  await issuing.draft(draft, vn('16T08:00'));
  await issuing.send({ id: 'D1', by, at: vn('16T08:00') });
  expect((await view.get('D1'))?.state).toBe('waiting');
  expect(await view.waitingFor('zalo:dung', vn('16T08:00'))).toEqual([]);
  expect(await issuing.confirm({ id: 'D1', by, at: vn('16T08:01') })).toBe('conflict');
  const nga = { user: 'zalo:nga', office: '24:department:nga' };
  await issuing.refuse({ id: 'D1', by: nga, reason: 'sai hạn', at: vn('16T08:02') });
  expect(await view.get('D1')).toMatchObject({ state: 'draft', reason: 'sai hạn' });
  expect(world.to('zalo:hanh')).toEqual([]);
  await issuing.send({ id: 'D1', by, at: vn('16T08:03') });
  await issuing.confirm({ id: 'D1', by: nga, at: vn('16T08:04') });
  expect(world.to('zalo:hanh')).toHaveLength(1);
  expect(world.notes).toEqual(
    ['sent', 'refused', 'sent', 'issued', 'confirmed'].map((act) => `directive.${act}`),
  );
});

it('asks nobody for a second key that was turned, refused or taken from them meanwhile', async () => {
  const both = { audience: { label: 'hai xã', units: ['1', '2', '1-1'] } };
  const { issuing } = world.directives;
  const by = { user: 'zalo:dung', office: '24:department:dung' };
  await issuing.draft(aDirective({ ...both, state: 'draft', issuedAt: null, by }), vn('16T08:00'));
  await issuing.send({ id: 'D1', by, at: vn('16T08:00') });
  const [asked] = world.to('zalo:nga');
  if (!asked) throw new Error('nobody was asked');
  const still = async () => (await world.directives.isStillNeeded(asked, vn('16T13:30'))).now;
  expect(await still()).toBe('send');
  world.hand('24', 'department', 'zalo:moi');
  expect(await still()).toBe('drop');
  world.hand('24', 'department', 'zalo:nga');
  expect(await still()).toBe('send');
  await issuing.confirm({
    id: 'D1',
    by: { user: 'zalo:nga', office: '24:department:nga' },
    at: vn('16T08:04'),
  });
  expect(await still()).toBe('drop');
});

it('a critical one inside a commune is its chair’s second key, and leaves at any hour', async () => {
  const { issuing, view } = world.directives;
  await world.issue({ ...AUDIENCE, urgency: 'critical' }, vn('16T22:30'));
  expect((await view.get('D1'))?.state).toBe('waiting');
  expect((await view.waitingFor('zalo:chu', vn('16T22:30'))).map(({ id }) => id)).toEqual(['D1']);
  await issuing.confirm({
    id: 'D1',
    by: { user: 'zalo:chu', office: '1:commune_chair:chu' },
    at: vn('16T22:31'),
  });
  expect(world.to('zalo:tu')[0]).toMatchObject({ anyHour: true, notBefore: vn('16T22:31') });
});

it('when all have answered whoever gave it reads one line, and it ends by itself after its end date', async () => {
  await world.issue({ audience: { label: 'hai thôn', units: ['1', '1-1'] }, deadline: vn('17T17:00') });
  await world.answer('zalo:hanh', ['1'], 'done', vn('16T09:00'));
  await world.answer('zalo:tu', ['1-1'], 'done', vn('16T09:10'));
  expect(
    world
      .to('zalo:dung')
      .map(textOf)
      .filter((text) => text.includes('cả 2 nơi đã trả lời')),
  ).toHaveLength(1);
  await world.passTo('31T17:00', vn('16T09:11'));
  expect((await world.directives.view.get('D1'))?.state).toBe('closed');
});

it('who never answered ends with it as one who did not respond, by itself or by a person; whoever gave it reads how it ended', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent', deadline: vn('17T17:00') });
  await world.deliver(vn('16T08:00'));
  await world.answer('zalo:hanh', ['1'], 'done', vn('16T09:00'));
  await world.answer('zalo:tu', ['1-1'], 'acknowledged', vn('16T09:10'));
  await world.passTo('31T17:00', vn('16T09:11'));
  expect(await world.counts()).toEqual({ done: 1, acknowledged: 1, unreachable: 1, no_response: 1 });
  const told = world.to('zalo:dung').filter(({ id }) => id === 'directive:D1:closed');
  expect(told.map(textOf)).toEqual([
    '145/UBND-VX đã hết thời gian theo dõi nên em đóng lại: đã nhận 1 · xong 1 · không tới được 1 · không phản hồi đến khi đóng 1 (tất cả 4 nơi). Em không hỏi thêm nơi nào nữa ạ.',
  ]);
  // What comes afterwards is kept as that, and is an answer.
  await world.answer('zalo:manh', ['1-2'], 'done', vn('31T18:00'));
  expect(await world.counts()).toEqual({ done: 2, acknowledged: 1, unreachable: 1 });
  expect((await world.repo.recipient('D1', '1-2'))?.answers[0]?.when).toBe('after_closed');
  await world.issue(
    { ...AUDIENCE, urgency: 'urgent', id: 'D2', number: '146', short: '146' },
    vn('31T08:00'),
  );
  await world.deliver(vn('31T08:00'));
  const by = { user: 'zalo:dung', office: '24:department:dung' };
  expect(await world.directives.issuing.close({ id: 'D2', by, reason: 'đã đủ', at: vn('31T09:00') })).toBe(
    'done',
  );
  expect(await world.counts('D2')).toEqual({ unreachable: 1, no_response: 3 });
});

it('network 1.5 case 4: what was replaced keeps its answers and takes more of them as late; the new one begins as «chưa nhận»', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  await world.deliver(vn('16T08:00'));
  await world.answer('zalo:manh', ['1-2'], 'acknowledged', vn('16T08:12'));
  await world.issue(
    { ...AUDIENCE, urgency: 'urgent', id: 'D2', number: '151/UBND-VX', short: '151', supersedes: 'D1' },
    vn('18T09:00'),
  );
  expect(await world.directives.view.get('D1')).toMatchObject({ state: 'superseded', supersededBy: 'D2' });
  await world.answer('zalo:tu', ['1-1'], 'acknowledged', vn('19T08:00'));
  expect((await world.repo.recipient('D1', '1-1'))?.answers).toMatchObject([{ when: 'after_superseded' }]);
  expect(await world.counts()).toMatchObject({ acknowledged: 2 });
  expect(await world.counts('D2')).toEqual({ waiting: 3, unreachable: 1 });
  const told = world.to('zalo:manh').at(-1);
  expect(textOf(told)).toContain(
    '145/UBND-VX đã được thay bằng 151/UBND-VX. Lần trả lời 145/UBND-VX lúc 08:12 thứ Hai 16/3 vẫn được ghi.',
  );
});

it('what is unanswered is what a reminder would name out of everything: out, told to the person, not answered', async () => {
  const { view } = world.directives;
  const urgent = { urgency: 'urgent' as const };
  await world.issue({ ...AUDIENCE, ...urgent });
  for (const short of ['146', '147'])
    await world.issue({ ...AUDIENCE, ...urgent, id: `D${short}`, number: short, short });
  const at = vn('16T09:00');
  const by = { user: 'zalo:dung', office: '24:department:dung' };
  await world.directives.issuing.recall({ id: 'D146', by, reason: 'sai', at });
  await world.answer('zalo:tu', ['1-1'], 'acknowledged', at, { directive: 'D147' });
  for (const user of ['zalo:tu', 'zalo:hung', 'zalo:manh', 'zalo:hanh', 'zalo:dung'])
    expect(unansweredDirectives(await view.unanswered(user, at), user, plainWords)).toEqual(
      unansweredDirectives(await view.mine(user, at), user, plainWords),
    );
  const ids = async (user: string) => (await view.unanswered(user, at)).map(({ directive }) => directive.id);
  expect(await ids('zalo:tu')).toEqual(['D1']);
  expect(await ids('zalo:hung')).toEqual([]);
  expect(await ids('zalo:manh')).toEqual(['D1', 'D147']);
});

const MOVED = { directive: 'D1', by: 'zalo:dung' } as const;

it('network 1.5 case 5: a deadline moved earlier: told once, the step that now lies in the past is not sent after the fact, and one reminder a day', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'normal', deadline: vn('27T17:00') });
  await world.deliver(vn('16T08:01'));
  await world.answer('zalo:hanh', ['1'], 'acknowledged', vn('16T08:05'));
  await world.deliver(vn('16T08:06'));
  await world.answer('zalo:tu', ['1-1'], 'doing', vn('16T08:10'));
  const move = { ...MOVED, deadline: vn('17T12:00'), at: vn('16T15:00') };
  expect(await world.directives.issuing.moveDeadline(move)).toBe('done');
  expect(await world.directives.issuing.moveDeadline(move)).toBe('done');
  const heard = (await world.deliver(vn('16T15:00'))).filter(({ to }) => to === 'zalo:tu');
  expect(heard.map(textOf)).toEqual([
    '⏰ 145/UBND-VX: hạn sớm hơn, từ 17:00 thứ Sáu 27/3 lên 12:00 thứ Ba 17/3, còn 21 giờ.\nmở lớp',
  ]);
  const later = (await world.passTo('17T12:00', vn('16T15:00'))).filter(({ to }) => to === 'zalo:tu');
  expect(later.map(({ id, sentAt }) => [id.split(':')[3]?.replace(/-\d+$/, ''), sentAt])).toEqual([
    // Two hours before the deadline they were asked about it that day already.
    ['check', vn('17T08:10')],
  ]);
});

it('network 1.5 case 5: moved later, what was written for the old deadline does not leave, and the steps before it come again', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent', deadline: vn('17T17:00') });
  await world.deliver(vn('16T08:01'));
  await world.answer('zalo:tu', ['1-1'], 'doing', vn('17T14:00'));
  await world.directives.timers.run(vn('17T15:00'));
  await world.directives.issuing.moveDeadline({ ...MOVED, deadline: vn('20T17:00'), at: vn('17T15:00') });
  const heard = (await world.deliver(vn('17T15:01'))).filter(({ to }) => to === 'zalo:tu');
  expect(heard.map(textOf)).toEqual([
    '145/UBND-VX: hạn được lùi từ 17:00 thứ Ba 17/3 sang 17:00 thứ Sáu 20/3.\nmở lớp',
  ]);
  const before = (await world.passTo('20T17:00', vn('17T15:01'))).filter(({ id }) =>
    id.includes('hours_before'),
  );
  expect(before.map(({ to, sentAt }) => [to, sentAt])).toContainEqual(['zalo:tu', vn('20T15:00')]);
  expect(before.filter(({ to }) => to === 'zalo:tu')).toHaveLength(1);
});

it('moved twice before anybody could read it: only where it stands now is said; not by another office', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  await world.deliver(vn('16T08:01'));
  const { issuing } = world.directives;
  await issuing.moveDeadline({ ...MOVED, deadline: vn('30T17:00'), at: vn('16T20:00') });
  await issuing.moveDeadline({ ...MOVED, deadline: vn('31T17:00'), at: vn('16T20:01') });
  const heard = (await world.deliver(vn('17T07:30'))).filter(({ to }) => to === 'zalo:tu').map(textOf);
  expect(heard.filter((text) => text.includes('hạn được lùi'))).toEqual([
    '145/UBND-VX: hạn được lùi từ 17:00 thứ Hai 30/3 sang 17:00 thứ Ba 31/3.\nmở lớp',
  ]);
  expect(
    await issuing.moveDeadline({ ...MOVED, by: 'zalo:hanh', deadline: vn('20T17:00'), at: vn('17T08:00') }),
  ).toBe('conflict');
});

it('two villages that become one while it is open: what they had closes as moved, the new one has one, told where it came from', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  await world.deliver(vn('16T08:01'));
  await world.answer('zalo:tu', ['1-1'], 'done', vn('16T09:00'));
  world.become(
    aTree([
      ...UNITS_BEFORE.map((unit) =>
        ['1-1', '1-2'].includes(unit.code) ? { ...unit, validTo: '2026-03-17', mergedInto: ['1-4'] } : unit,
      ),
      { code: '1-4', level: 'village', parent: '1', name: 'Lâm Trì', validFrom: '2026-03-18' },
    ]),
  );
  world.opens({ unit: '1-4', role: 'village_head', user: 'zalo:lam' });
  await world.directives.timers.run(vn('17T16:00'));
  expect((await world.directives.view.get('D1'))?.audience.units).toEqual(UNITS);
  for (const minute of ['00', '01']) await world.directives.timers.run(vn(`18T08:${minute}`));
  expect((await world.directives.view.get('D1'))?.audience.units).toEqual(['1', '1-4', '1-3']);
  expect((await world.repo.recipient('D1', '1-1'))?.movedTo).toEqual(['1-4']);
  expect((await world.repo.recipient('D1', '1-1'))?.answers).toHaveLength(1);
  expect(world.to('zalo:lam').map(textOf)).toEqual([
    'Việc này trước giao thôn Đông Lâm, thôn Ngọc Trì, nay chuyển sang thôn Lâm Trì.\n📌 GẤP – 145/UBND-VX – hạn 17:00 thứ Sáu 27/3\nmở lớp',
  ]);
  expect(await world.counts()).toEqual({ waiting: 2, unreachable: 1 });
  expect(await world.answer('zalo:tu', ['1-1'], 'stuck', vn('18T09:00'))).toBe('conflict');
  await world.answer('zalo:lam', ['1-4'], 'done', vn('18T09:01'));
  expect(await world.counts()).toEqual({ waiting: 1, done: 1, unreachable: 1 });
});

it('one that becomes part of another that was asked too leaves it its own answer; one that is divided gives each part its own', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'urgent' });
  await world.deliver(vn('16T08:01'));
  await world.answer('zalo:tu', ['1-1'], 'acknowledged', vn('16T09:00'));
  world.become(
    aTree([
      ...UNITS_BEFORE.map((unit) => {
        if (unit.code === '1-2') return { ...unit, validTo: '2026-03-17', mergedInto: ['1-1'] };
        return unit.code === '1-3' ? { ...unit, validTo: '2026-03-17', mergedInto: ['1-4', '1-5'] } : unit;
      }),
      { code: '1-4', level: 'village', parent: '1', name: 'Gò Me 1', validFrom: '2026-03-18' },
      { code: '1-5', level: 'village', parent: '1', name: 'Gò Me 2', validFrom: '2026-03-18' },
    ]),
  );
  await world.directives.timers.run(vn('18T08:00'));
  expect((await world.directives.view.get('D1'))?.audience.units).toEqual(['1', '1-1', '1-4', '1-5']);
  expect(await world.counts()).toEqual({ waiting: 1, acknowledged: 1, unreachable: 2 });
});

describe('«nhận thay»', () => {
  const takes = (by: string, unit: string, at: Date, id = `${by}@${at.getTime()}`) =>
    world.directives.answers.answerOnBehalf({
      ...{ id, directive: 'D1', unit, reason: 'gọi điện, bác đã nắm', by, at },
    });

  it('a silent village is answered for once, marked in the tree, told, and not nudged; its own word takes the place', async () => {
    await world.issue({ ...AUDIENCE, urgency: 'urgent' });
    await world.deliver(vn('16T08:00'));
    for (let n = 0; n < 2; n += 1)
      expect(await takes('zalo:hanh', '1-1', vn('16T09:00'), 'ev:0')).toBe('done');
    expect((await world.repo.recipient('D1', '1-1'))?.answers).toHaveLength(1);
    const root = await world.directives.view.progress((await world.directives.view.get('D1')) as Directive);
    const [commune] = root.children;
    const village = commune?.children.find(({ unit }) => unit === '1-1');
    expect([root.onBehalf, commune?.onBehalf, village?.onBehalf, village?.state]).toEqual([
      ...[1, 1, 1],
      'acknowledged',
    ]);
    const told = (await world.deliver(vn('16T09:01'))).filter(({ to }) => to === 'zalo:tu');
    expect(told.map(textOf)).toEqual([
      [
        'Xã Tân Hòa đã nhận thay 145/UBND-VX (hạn 17:00 thứ Sáu 27/3) cho thôn Đông Lâm: gọi điện, bác đã nắm. Nội dung:',
        'mở lớp',
        'Bác xem giúp em, và tự báo lại thì em lấy lời của bác nhé?',
      ].join('\n'),
    ]);
    await world.passTo('16T16:00', vn('16T09:01'));
    expect(world.to('zalo:hung')).toEqual([]);
    await world.answer('zalo:tu', ['1-1'], 'acknowledged', vn('17T08:00'));
    expect(await world.repo.recipient('D1', '1-1')).toMatchObject({ answer: 'acknowledged', onBehalf: null });
    expect(await takes('zalo:hanh', '1-1', vn('17T09:00'))).toBe('conflict');
    expect((await world.repo.recipient('D1', '1-1'))?.answers).toHaveLength(2);
  });

  it('by nobody who does not stand over the village, and for no village that has not got it yet', async () => {
    await world.issue(AUDIENCE);
    for (const by of ['zalo:tu', 'zalo:manh', 'zalo:nobody'])
      expect([by, await takes(by, '1-1', vn('16T09:00'))]).toEqual([by, 'conflict']);
    expect(await takes('zalo:hanh', '1-1', vn('16T09:00'))).toBe('conflict');
    expect(await world.counts()).toEqual({ waiting: 3, unreachable: 1 });
    expect(world.notes).not.toContain('directive.acknowledged_on_behalf');
  });

  it('what waits for a village nobody holds is taken on all the same, and told to whoever takes the post', async () => {
    await world.issue({ ...AUDIENCE, urgency: 'urgent' });
    await takes('zalo:chu', '1-3', vn('16T09:00'));
    expect(await world.counts()).toMatchObject({ acknowledged: 1 });
    world.hand('1-3', 'village_head', 'zalo:hoach');
    await world.directives.timers.run(vn('16T10:00'));
    expect(world.to('zalo:hoach').map(textOf)[0]).toContain('việc này đang mở ở chỗ bác vừa nhận');
  });
});

describe('an order for a set time', () => {
  const by = { user: 'zalo:dung', office: '24:department:dung' };
  const nga = { user: 'zalo:nga', office: '24:department:nga' };
  const TIMED = { ...AUDIENCE, urgency: 'urgent' as const, sendAt: vn('17T08:00') };
  const moves = (sendAt: Date | null, at: Date, user = 'zalo:dung') =>
    world.directives.issuing.moveSending({ directive: 'D1', sendAt, by: user, at });
  const stateOf = async () => (await world.directives.view.get('D1'))?.state;

  it('is kept through a restart, leaves at its time once, and whoever gave it is told', async () => {
    const before = await world.issue(TIMED);
    expect(before.state).toBe('scheduled');
    expect(await world.directives.view.recipients(before)).toEqual([]);
    world = new DirectivesWorld(store.connection, tree, POSTS);
    await world.directives.timers.run(vn('17T07:59'));
    expect([await stateOf(), world.rows.size]).toEqual(['scheduled', 0]);
    expect(await world.directives.timers.nextDue(vn('17T07:59'))).toEqual(vn('17T08:00'));
    for (let n = 0; n < 2; n += 1) await world.directives.timers.run(vn('17T08:00'));
    expect([await stateOf(), (await world.directives.view.get('D1'))?.issuedAt]).toEqual([
      'issued',
      vn('17T08:00'),
    ]);
    expect(world.to('zalo:tu').map(({ createdAt }) => createdAt)).toEqual([vn('17T08:00')]);
    expect(world.to('zalo:dung').map(textOf)).toEqual([
      '145/UBND-VX đã đến giờ hẹn, em vừa phát tới 4 nơi. Theo dõi: «tiến độ 145».',
    ]);
  });

  it('broken off while its offices are written down, it goes on where it was', async () => {
    const before = await world.issue(TIMED);
    // As a process leaves it that is killed in between.
    await world.repo.addRecipients(
      [newRecipient('D1', '1-1', { through: '1', reached: 'queued' })],
      vn('17T08:00'),
    );
    await world.directives.timers.run(vn('17T07:30'));
    await world.directives.timers.run(vn('17T08:00'));
    expect(before.state).toBe('scheduled');
    expect(world.to('zalo:tu')).toHaveLength(1);
    expect(await world.counts()).toEqual({ waiting: 3, unreachable: 1 });
  });

  it('recalled before its time it goes to nobody, and nobody hears of a recall', async () => {
    await world.issue(TIMED);
    expect(await world.directives.issuing.recall({ id: 'D1', by, reason: 'nhầm', at: vn('16T10:00') })).toBe(
      'done',
    );
    await world.passTo('18T08:00', vn('16T10:00'));
    expect([await stateOf(), world.rows.size]).toEqual(['recalled', 0]);
  });

  it('moved, it leaves at the new time and not at the old one; at once, when that is said; by nobody else', async () => {
    await world.issue(TIMED);
    expect(await moves(vn('18T09:00'), vn('16T10:00'), 'zalo:hanh')).toBe('conflict');
    expect(await moves(vn('28T09:00'), vn('16T10:00'))).toBe('conflict');
    for (let n = 0; n < 2; n += 1) expect(await moves(vn('18T09:00'), vn('16T10:00'))).toBe('done');
    await world.directives.timers.run(vn('17T08:00'));
    expect([await stateOf(), world.to('zalo:tu').length]).toEqual(['scheduled', 0]);
    for (let n = 0; n < 2; n += 1) expect(await moves(null, vn('17T09:00'))).toBe('done');
    expect([await stateOf(), world.to('zalo:tu').length]).toEqual(['issued', 1]);
    expect(await moves(vn('18T09:00'), vn('17T09:01'))).toBe('conflict');
    await world.directives.timers.run(vn('18T09:00'));
    expect(world.to('zalo:tu').filter(({ id }) => id.includes(':first'))).toHaveLength(1);
  });

  it('the second key comes before the time; where it does not, nothing leaves until it does, and that is said', async () => {
    const { issuing } = world.directives;
    const wide = { ...TIMED, audience: { label: 'hai xã', units: [...UNITS, '2'] } };
    const draft = aDirective({ by, state: 'draft', issuedAt: null, ...wide });
    await issuing.draft(draft, vn('16T08:00'));
    await issuing.send({ id: 'D1', by, at: vn('16T08:00') });
    expect(textOf(world.to('zalo:nga')[0])).toContain('hẹn phát lúc 08:00 thứ Ba 17/3');
    await world.directives.timers.run(vn('17T08:00'));
    expect([await stateOf(), world.to('zalo:hanh').length]).toEqual(['waiting', 0]);
    expect(world.to('zalo:dung').map(textOf)).toEqual([
      expect.stringContaining('chưa có người thứ hai duyệt'),
    ]);
    await issuing.confirm({ id: 'D1', by: nga, at: vn('17T08:30') });
    expect([await stateOf(), world.to('zalo:hanh').length]).toEqual(['issued', 1]);

    await issuing.draft({ ...draft, id: 'D2', number: '146', short: '146' }, vn('16T08:00'));
    await issuing.send({ id: 'D2', by, at: vn('16T08:00') });
    for (let n = 0; n < 2; n += 1)
      expect(await issuing.confirm({ id: 'D2', by: nga, at: vn('16T09:00') })).toBe('done');
    expect((await world.directives.view.get('D2'))?.state).toBe('scheduled');
    await issuing.moveSending({ directive: 'D2', sendAt: vn('18T08:00'), by: by.user, at: vn('16T10:00') });
    expect(world.to('zalo:nga').map(textOf).at(-1)).toBe(
      '146 bác đã duyệt được dời giờ gửi sang 08:00 thứ Tư 18/3 ạ.',
    );
  });

  it('at a quiet hour it leaves, and is read when people are written to again; a critical one at once', async () => {
    const preview = async (over: Partial<Directive>) =>
      (await world.directives.view.preview(aDirective({ by, ...AUDIENCE, ...over }), vn('16T10:00'))).sending;
    const sendAt = vn('16T22:00');
    expect(await preview({ sendAt, urgency: 'normal' })).toEqual({ at: sendAt, reads: vn('17T06:30') });
    expect(await preview({ sendAt, urgency: 'urgent' })).toEqual({ at: sendAt, reads: vn('17T07:30') });
    expect(await preview({ sendAt, urgency: 'critical' })).toEqual({ at: sendAt, reads: sendAt });
    expect(await preview({})).toBeNull();
  });
});

describe('a practice', () => {
  const PRACTICE = {
    ...{ ...AUDIENCE, urgency: 'urgent' as const, practice: true, deadline: vn('17T17:00') },
    ...{ number: '326/DT (diễn tập)', short: '326' },
  };

  it('is called one in every message, opens no talk, and ends with who answered within how long', async () => {
    await world.issue(PRACTICE);
    await world.deliver(vn('16T08:00'));
    expect(textOf(world.to('zalo:tu')[0])).toMatch(
      /^🟡 Diễn tập, không phải việc thật; .*\n📌 GẤP – 326\/DT \(diễn tập\)/,
    );
    await world.answer('zalo:hanh', ['1'], 'acknowledged', vn('16T08:20'));
    await world.answer('zalo:tu', ['1-1'], 'stuck', vn('16T11:00'));
    expect(world.to('zalo:hanh').map(textOf).at(-1)).toContain('thôn Đông Lâm đang vướng 326/DT (diễn tập)');
    await world.passTo('18T17:01', vn('16T11:00'));
    for (const row of world.rows.values()) expect(textOf(row)).toContain('(diễn tập)');
    expect((await world.directives.view.get('D1'))?.state).toBe('closed');
    const results = [...world.rows.values()].filter(({ id }) => id.includes(':practice:'));
    expect(results.map((row) => [row.to, textOf(row)])).toEqual([
      [
        'zalo:dung',
        'Kết quả 326/DT (diễn tập) ở xã Bắc Ninh, 4 nơi: tự trả lời trong 1 giờ 1, trong 1 ngày 1, muộn hơn 0; không trả lời 1, không tới được 1.\nChưa trả lời: thôn Ngọc Trì.',
      ],
      [
        'zalo:hanh',
        'Kết quả 326/DT (diễn tập) ở xã Tân Hòa, 4 nơi: tự trả lời trong 1 giờ 1, trong 1 ngày 1, muộn hơn 0; không trả lời 1, không tới được 1.\nChưa trả lời: thôn Ngọc Trì.',
      ],
    ]);
  });

  it('stands in no reminder of real work', async () => {
    await world.issue(PRACTICE);
    await world.issue({ ...AUDIENCE, urgency: 'urgent', id: 'D2' });
    await world.deliver(vn('16T08:00'));
    const mine = await world.directives.view.unanswered('zalo:tu', vn('16T09:00'));
    expect(mine).toHaveLength(2);
    expect(unansweredDirectives(mine, 'zalo:tu', plainWords)).toHaveLength(1);
  });

  it('is proposed to the department on the first working day of a month that has none, once', async () => {
    const proposed = () => [...world.rows.keys()].filter((id) => id.startsWith('directive:practice:'));
    expect(await world.directives.timers.nextDue(vn('16T08:00'))).toEqual(
      new Date('2026-04-01T09:00:00+07:00'),
    );
    await world.directives.timers.run(vn('31T09:00'));
    expect(proposed()).toEqual([]);
    for (const minute of ['00', '01'])
      await world.directives.timers.run(new Date(`2026-04-01T09:${minute}:00+07:00`));
    expect(proposed()).toEqual(['zalo:dung', 'zalo:nga'].map((to) => `directive:practice:2026-04:${to}`));
    expect(textOf(world.to('zalo:nga')[0])).toContain('Tháng 4 chưa diễn tập mạng lưới');
    await world.issue(
      { ...PRACTICE, createdAt: new Date('2026-05-01T08:00:00+07:00') },
      new Date('2026-05-01T08:00:00+07:00'),
    );
    await world.directives.timers.run(new Date('2026-05-01T09:00:00+07:00'));
    expect(proposed()).toHaveLength(2);
  });
});

it('of a critical order whoever gave it hears at once how it goes, at any hour; answers close together are one line', async () => {
  await world.issue({ ...AUDIENCE, urgency: 'critical' }, vn('16T22:00'));
  const chu = { user: 'zalo:chu', office: '1:commune_chair:chu' };
  await world.directives.issuing.confirm({ id: 'D1', by: chu, at: vn('16T22:01') });
  await world.deliver(vn('16T22:01'));
  await world.answer('zalo:hanh', ['1'], 'acknowledged', vn('16T22:06'));
  await world.answer('zalo:tu', ['1-1'], 'doing', vn('16T22:08'));
  const live = () => world.to('zalo:dung').filter(({ id }) => id.includes(':live-'));
  expect(live()).toHaveLength(1);
  await world.answer('zalo:tu', ['1-1'], 'done', vn('16T22:09'));
  const left = (await world.deliver(vn('16T22:10'))).filter(({ id }) => id.includes(':live-'));
  expect(left.map(textOf)).toEqual([
    'KHẨN – 145/UBND-VX lúc 22:10: chưa tới 1 · đã nhận 1 · xong 1 · không tới được 1 (tất cả 4 nơi).',
  ]);
  await world.answer('zalo:manh', ['1-2'], 'acknowledged', vn('16T22:11'));
  expect(live()).toHaveLength(2);
  // Of others there is the day's summary alone.
  await world.issue({ ...AUDIENCE, urgency: 'urgent', id: 'D2', number: '146', short: '146' });
  await world.answer('zalo:manh', ['1-2'], 'acknowledged', vn('16T22:12'), { directive: 'D2' });
  expect(live()).toHaveLength(2);
});
