import type { Connection } from 'mongoose';
import { type Claim, createPaceRepo } from '../../../src/outbox/outbox.repo';
import type { SendResult } from '../../../src/channels/channel';
import { aMessage, LAN, TEMPLATE, theRules } from '../../unit/outbox/builders';
import { freshWorlds, until, type World } from './world';

let world: World;
let store: Connection;
freshWorlds((fresh, its) => {
  world = fresh;
  store = its;
});

const say = (id: string, text: string, over: Parameters<typeof aMessage>[0] = {}) =>
  aMessage({ id, cause: id.split(':')[0] ?? id, message: { kind: 'text', text }, ...over });

it('sends a reply once, records it, and writes nothing when the same turn is done again', async () => {
  const outbox = await world.process();
  await outbox.enqueue([say('e1:0', 'một')]);
  await outbox.settled(LAN);
  await outbox.enqueue([say('e1:0', 'một')]);
  await outbox.settled(LAN);
  expect(world.channel.texts()).toEqual(['một']);
  expect(await world.row('e1:0')).toMatchObject({
    state: 'sent',
    messageId: 'm1',
    attempts: 1,
    sentAt: world.clock.now(),
    owner: null,
  });
});

it('writes a row for each part of a text that is too long, once', async () => {
  const outbox = await world.process();
  const long = say('e1:0', `${'một '.repeat(499)}hết. ${'hai '.repeat(499)}hết.`);
  for (let again = 0; again < 2; again += 1) {
    await outbox.enqueue([long, say('e1:1', 'sau')]);
    await outbox.settled(LAN);
  }
  expect(world.channel.texts().map((text) => text.slice(0, 3))).toEqual(['một', 'hai', 'sau']);
  expect(world.channel.texts().every((text) => [...text].length <= 2000)).toBe(true);
  expect(await world.row('e1:0+1')).toMatchObject({ state: 'sent', cause: 'e1' });
});

it('spares the write of the claim when nothing hinders, and only then', async () => {
  const claims: string[] = [];
  const rows = {
    ...world.rows,
    claim: (claim: Claim) => (claims.push(claim.id), world.rows.claim(claim)),
  };
  const outbox = await world.process({ rows });
  await outbox.enqueue([say('e0:0', 'không')]);
  await outbox.settled();
  claims.length = 0;
  await outbox.enqueue([say('e1:0', 'một'), say('e1:1', 'hai')]);
  await outbox.settled();
  expect(world.channel.texts()).toEqual(['không', 'một', 'hai']);
  expect(claims).toEqual(['e1:1']);
});

it('keeps the order of each person while a send is tried again, and holds up nobody else', async () => {
  const outbox = await world.process();
  let failures = 2;
  world.channel.answer = (to) =>
    to === LAN && failures-- > 0 ? { outcome: 'retry', afterMs: 100, detail: '-200' } : world.channel.ok();
  await outbox.enqueue([say('e1:0', 'một'), say('e1:1', 'hai'), say('e2:0', 'khác', { to: 'zalo:2' })]);
  await outbox.enqueue([say('e3:0', 'ba')]);
  await until(() => world.channel.sends.length >= 2);
  expect(world.channel.texts('zalo:2')).toEqual(['khác']);
  for (let second = 1; second < 9; second += 1) {
    await world.to(outbox, new Date(world.clock.now().getTime() + 1_000));
  }
  expect(world.channel.texts(LAN)).toEqual(['một', 'một', 'một', 'hai', 'ba']);
  expect(await world.row('e1:0')).toMatchObject({ state: 'sent', attempts: 3 });
});

it('sets a message aside after so many certain failures, and goes on with the next', async () => {
  const outbox = await world.process({ maxAttempts: 3 });
  world.channel.answer = (_to, message) =>
    message.kind === 'text' && message.text === 'một'
      ? { outcome: 'retry', afterMs: 10, detail: '-200' }
      : world.channel.ok();
  await outbox.enqueue([say('e1:0', 'một'), say('e2:0', 'hai')]);
  for (let minute = 0; minute < 4; minute += 1)
    await world.to(outbox, new Date(world.clock.now().getTime() + 60_000));
  expect(world.channel.texts()).toEqual(['một', 'một', 'một', 'hai']);
  expect(await world.row('e1:0')).toMatchObject({ state: 'dead', reason: '-200', attempts: 3 });
  expect((await world.rows.dead()).map((row) => row.id)).toEqual(['e1:0']);
  world.channel.answer = () => world.channel.ok();
  expect(await world.rows.requeue('e1:0', world.clock.now())).toBe(true);
  await world.to(outbox, world.clock.now());
  expect(await world.row('e1:0')).toMatchObject({ state: 'sent', reason: null });
  expect(await world.rows.requeue('e1:0', world.clock.now())).toBe(false);
});

it.each<[SendResult, string, string | null]>([
  [{ outcome: 'uncertain', detail: 'timeout' }, 'uncertain', 'timeout'],
  [{ outcome: 'refused', detail: '-201' }, 'dropped', 'refused'],
  [{ outcome: 'unreachable', detail: '-227' }, 'unreachable', '-227'],
])('after %j the row is %s and is not tried again', async (result, state, reason) => {
  const outbox = await world.process();
  world.channel.answer = () => result;
  await outbox.enqueue([say('e1:0', 'một')]);
  await outbox.settled();
  await world.to(outbox, '2026-03-14T08:00:00+07:00');
  expect(world.channel.texts()).toEqual(['một']);
  expect(await world.row('e1:0')).toMatchObject({ state, reason });
});

it('writes nothing more of its own to somebody who was refused for good, until they write', async () => {
  const outbox = await world.process();
  await world.contacts.noteInteraction(LAN, new Date('2026-03-12T07:00:00+07:00'));
  world.channel.answer = () => ({ outcome: 'unreachable', detail: '-227' });
  await outbox.enqueue([say('n1', 'một', { purpose: 'notice' }), say('n2', 'hai', { purpose: 'notice' })]);
  await outbox.settled();
  expect(world.channel.texts()).toEqual(['một']);
  expect(await world.row('n2')).toMatchObject({ state: 'unreachable', reason: '-227' });
  world.channel.answer = () => world.channel.ok();
  await world.contacts.noteInteraction(LAN, new Date('2026-03-12T09:00:00+07:00'));
  world.clock.moveTo(new Date('2026-03-12T09:01:00+07:00'));
  await outbox.enqueue([say('n3', 'ba', { purpose: 'notice' })]);
  await outbox.settled();
  expect(world.channel.texts()).toEqual(['một', 'ba']);
});

it('believes the channel when it says the window is closed: then a template, or nobody', async () => {
  const rules = theRules({ ZALO_TEMPLATES: { reminder: 'T1' } });
  const outbox = await world.process({ rules });
  await world.contacts.noteInteraction(LAN, new Date('2026-03-12T07:00:00+07:00'));
  await world.contacts.noteInteraction('zalo:2', new Date('2026-03-12T07:00:00+07:00'));
  world.channel.answer = (_to, message) =>
    message.kind === 'text' ? { outcome: 'closed', detail: '-230' } : world.channel.ok();
  await outbox.enqueue([
    say('r1', 'nhắc', { purpose: 'reminder', template: TEMPLATE }),
    say('d1', 'việc', { purpose: 'directive', template: TEMPLATE, to: 'zalo:2' }),
  ]);
  await outbox.settled();
  expect(world.channel.texts(LAN)).toEqual(['nhắc', 'template T1']);
  expect(await world.row('r1')).toMatchObject({
    state: 'sent',
    message: { kind: 'template', templateId: 'T1', data: TEMPLATE },
  });
  expect(world.channel.texts('zalo:2')).toEqual(['việc']);
  expect(await world.row('d1')).toMatchObject({ state: 'unreachable', reason: 'no_template' });
});

it('gives up when the template is refused too, and when an answer comes too late', async () => {
  const outbox = await world.process({ rules: theRules({ ZALO_TEMPLATES: { reminder: 'T1' } }) });
  world.channel.answer = () => ({ outcome: 'closed', detail: '-230' });
  await outbox.enqueue([
    say('r1', 'nhắc', { purpose: 'reminder', template: TEMPLATE }),
    say('e1:0', 'đáp', { to: 'zalo:2' }),
  ]);
  await outbox.settled();
  expect(world.channel.texts()).toEqual(expect.arrayContaining(['template T1', 'đáp']));
  expect(world.channel.sends).toHaveLength(2);
  expect(await world.row('r1')).toMatchObject({ state: 'unreachable', reason: 'template_refused' });
  expect(await world.row('e1:0')).toMatchObject({ state: 'unreachable', reason: 'window_closed' });
});

it('keeps our own messages for the morning and says when', async () => {
  world.clock.moveTo(new Date('2026-03-12T22:00:00+07:00'));
  const outbox = await world.process();
  await world.contacts.noteInteraction(LAN, new Date('2026-03-12T20:00:00+07:00'));
  const createdAt = world.clock.now();
  await outbox.enqueue([
    say('n1', 'việc', { purpose: 'notice', createdAt }),
    say('e1:0', 'đáp', { createdAt }),
  ]);
  await outbox.settled();
  expect(world.channel.texts()).toEqual(['đáp']);
  expect(await outbox.nextDue(world.clock.now())).toEqual(new Date('2026-03-13T06:30:00+07:00'));
  await world.to(outbox, '2026-03-13T06:29:59+07:00');
  expect(world.channel.sends).toHaveLength(1);
  await world.to(outbox, '2026-03-13T06:30:00+07:00');
  expect(world.channel.texts()).toEqual(['đáp', 'việc']);
  expect(await outbox.nextDue(world.clock.now())).toBeNull();
});

it('asks at the moment of sending whether it still holds, and sends the words of that moment', async () => {
  const answers = new Map<
    string,
    Awaited<
      ReturnType<
        Parameters<typeof world.process>[0] extends undefined
          ? never
          : NonNullable<NonNullable<Parameters<typeof world.process>[0]>['isStillNeeded']>
      >
    >
  >([
    ['r1', { now: 'drop' }],
    ['r2', { now: 'send', message: { kind: 'text', text: 'còn 1 câu' } }],
    ['r3', { now: 'wait', until: new Date('2026-03-12T08:30:00+07:00') }],
  ]);
  const outbox = await world.process({
    isStillNeeded: async (row) => answers.get(row.id) ?? { now: 'send' },
  });
  const onlyIf = { kind: 'report_owed', form: 'village-month', period: '2026-03', unit: 'V1' } as const;
  for (const user of ['zalo:1', 'zalo:2', 'zalo:3'])
    await world.contacts.noteInteraction(user, world.clock.now());
  await outbox.enqueue(
    [1, 2, 3].map((n) => say(`r${n}`, 'chưa gửi', { purpose: 'reminder', to: `zalo:${n}`, onlyIf })),
  );
  await outbox.settled();
  expect(world.channel.texts()).toEqual(['còn 1 câu']);
  expect(await world.row('r1')).toMatchObject({ state: 'dropped', reason: 'no_longer_true' });
  expect(await world.row('r2')).toMatchObject({ state: 'sent', message: { text: 'còn 1 câu' } });
  answers.set('r3', { now: 'send' });
  expect(await outbox.nextDue(world.clock.now())).toEqual(new Date('2026-03-12T08:30:00+07:00'));
  await world.to(outbox, '2026-03-12T08:30:00+07:00');
  expect(world.channel.texts('zalo:3')).toEqual(['chưa gửi']);
});

it('waits with everything that only an operator can mend, and loses none of it', async () => {
  const outbox = await world.process();
  world.channel.answer = () => ({ outcome: 'alert', afterMs: 60_000, detail: 'dead token' });
  await outbox.enqueue(['1', '2', '3'].map((n) => say(`e${n}:0`, n, { to: `zalo:${n}` })));
  await outbox.settled();
  expect(world.channel.sends).toHaveLength(3);
  expect(world.errors).toContainEqual(
    expect.objectContaining({ message: 'a message waits for an operator' }),
  );
  world.channel.answer = () => world.channel.ok();
  await world.to(outbox, new Date(world.clock.now().getTime() + 60_000));
  expect([...world.channel.texts()].sort()).toEqual(['1', '1', '2', '2', '3', '3']);
});

it('asks a channel that is down about once a second, not with every message', async () => {
  const outbox = await world.process({ maxAttempts: 5 });
  const down = world.clock.now().getTime() + 60_000;
  world.channel.answer = () =>
    world.clock.now().getTime() < down
      ? { outcome: 'retry', afterMs: 500, detail: '500' }
      : world.channel.ok();
  const people = Array.from({ length: 40 }, (_, i) => `zalo:${i}`);
  await outbox.enqueue(people.map((to, i) => say(`e${i}:0`, 'đáp', { to })));
  while (world.clock.now().getTime() < down + 30_000)
    await world.to(outbox, new Date(world.clock.now().getTime() + 500));
  const during = world.channel.sends.filter(({ at }) => at.getTime() < down);
  expect(during.length).toBeLessThanOrEqual(60 + 16);
  const counts = await world.rows.counts();
  expect(counts).toEqual({ sent: 40 });
});

it('stops for everybody when the channel has had enough, not for a single refusal', async () => {
  const outbox = await world.process();
  let refusals = 1;
  world.channel.answer = () => {
    if (refusals-- <= 0) return world.channel.ok();
    return { outcome: 'retry', afterMs: 20_000, detail: '-32', throttled: true };
  };
  await outbox.enqueue([say('e1:0', 'một')]);
  await outbox.settled();
  const first = world.clock.now();
  await outbox.enqueue([say('e2:0', 'hai', { to: 'zalo:2' })]);
  await outbox.settled();
  expect(world.channel.texts()).toEqual(['một', 'hai']);
  refusals = 3;
  await outbox.enqueue(['3', '4', '5', '6'].map((id) => say(`e${id}:0`, id, { to: `zalo:${id}` })));
  await outbox.settled();
  // The fourth was under way already.
  expect(world.channel.texts().slice(2)).toEqual(['3', '4', '5', '6']);
  await world.to(outbox, new Date(first.getTime() + 21_000));
  await world.to(outbox, new Date(first.getTime() + 45_000));
  const again = world.channel.sends.slice(6);
  expect(again.map(({ to }) => to).sort()).toEqual([LAN, 'zalo:3', 'zalo:4', 'zalo:5'].sort());
  for (const { at } of again) expect(at.getTime() - first.getTime()).toBeGreaterThanOrEqual(20_000);
});

it('keeps to a lower limit that the channel tells, and writes it down once', async () => {
  let saves = 0;
  const pace = createPaceRepo(store, 'told');
  const counted = {
    ...pace,
    save: (...args: Parameters<typeof pace.save>) => ((saves += 1), pace.save(...args)),
  };
  const outbox = await world.process({ pace: counted });
  for (let i = 0; i < 5; i += 1) outbox.noteRate({ limit: 100, remain: 60 });
  await until(async () => (await pace.load()).state.learned?.limit === 100);
  expect(saves).toBe(1);
});

it('records delivery and seen events, also one that overtakes its own send', async () => {
  const outbox = await world.process();
  const seen = new Date('2026-03-12T08:05:00+07:00');
  world.channel.answer = async () => {
    await outbox.noteReceipts({ messageIds: ['m1'], kind: 'received', at: seen });
    return world.channel.ok();
  };
  await outbox.enqueue([say('e1:0', 'một')]);
  await outbox.settled();
  expect(await world.row('e1:0')).toMatchObject({ deliveredAt: seen, seenAt: null });
  await outbox.noteReceipts({
    messageIds: ['m1', 'unknown'],
    kind: 'seen',
    at: new Date(seen.getTime() + 1),
  });
  await outbox.noteReceipts({ messageIds: ['m1'], kind: 'seen', at: new Date(seen.getTime() + 9) });
  expect(await world.row('e1:0')).toMatchObject({ deliveredAt: seen, seenAt: new Date(seen.getTime() + 1) });
});

it('a receipt that comes before the answer to its send counts, however many of others came before it', async () => {
  const outbox = await world.process();
  const at = world.clock.now();
  const others = Array.from({ length: 1_200 }, (_, i) => `other ${i}`);
  world.channel.answer = async () => {
    await outbox.noteReceipts({ messageIds: others, kind: 'received', at });
    await outbox.noteReceipts({ messageIds: ['overtaken'], kind: 'received', at });
    return { outcome: 'sent', messageId: 'overtaken' };
  };
  await outbox.enqueue([say('e1:0', 'một')]);
  await outbox.settled();
  expect(await world.row('e1:0')).toMatchObject({ state: 'sent', deliveredAt: at });
});

it('finishes what is in hand when it is stopped, and begins nothing more', async () => {
  const outbox = await world.process();
  let answerNow: (result: SendResult) => void = () => undefined;
  world.channel.answer = () => new Promise<SendResult>((resolve) => (answerNow = resolve));
  await outbox.enqueue([say('e1:0', 'một'), say('e1:1', 'hai')]);
  await until(() => world.channel.sends.length === 1);
  const stopped = outbox.stop(5_000);
  answerNow({ outcome: 'sent', messageId: 'm1' });
  expect(await stopped).toBe(true);
  await outbox.enqueue([say('e2:0', 'ba')]);
  expect(world.channel.texts()).toEqual(['một']);
  expect(await world.rows.counts()).toEqual({ sent: 1, queued: 2 });
  const next = await world.process();
  world.channel.answer = () => world.channel.ok();
  await next.settled();
  expect(world.channel.texts()).toEqual(['một', 'hai', 'ba']);
});
