import type { SendResult } from '../../../src/channels/channel';
import { readQuota } from '../../../src/channels/zalo/send-results';
import { trackingId } from '../../../src/outbox/policy';
import { aMessage, LAN, TEMPLATE, theRules } from '../../unit/outbox/builders';
import { freshWorlds, until, type World } from './world';

/** What messages cost, what they may cost, and which way is left when one is refused. */
let world: World;
freshWorlds((fresh) => (world = fresh));

const PHONE = 'zalo-phone:post-1';
const rules = (over: Parameters<typeof theRules>[0] = {}) =>
  theRules({ ZALO_TEMPLATES: { reminder: 'T1' }, ...over });
const remind = (id: string, to = LAN) => aMessage({ id, to, purpose: 'reminder', template: TEMPLATE });
const paidBy = readQuota;

it('records what each message cost: nothing when the answer says what paid, else the price', async () => {
  const outbox = await world.process({ rules: rules(), paidBy });
  const quota = { quota_type: 'sub_quota', remain: '411', total: '500' };
  world.channel.answer = (to) =>
    to === 'zalo:allowed' ? { outcome: 'sent', messageId: to, quota } : { outcome: 'sent', messageId: to };
  const old = new Date(world.clock.now().getTime() - 100 * 3_600_000);
  for (const user of ['zalo:allowed', 'zalo:paid']) await world.contacts.noteInteraction(user, old);
  await outbox.enqueue([remind('r2', 'zalo:paid'), remind('r3', 'zalo:silent')]);
  await outbox.settled();
  await outbox.enqueue([remind('r1', 'zalo:allowed')]);
  await outbox.settled();
  expect(await world.row('r1')).toMatchObject({ state: 'sent', cost: 0, quota });
  expect(await world.row('r2')).toMatchObject({ state: 'sent', cost: 55 });
  expect(await world.row('r3')).toMatchObject({ state: 'sent', cost: 200 });
  const view = await outbox.budget(world.clock.now());
  expect(view).toMatchObject({ month: '2026-03', budget: 0, spent: 255, messages: 2, queued: 0 });
  // On 12 March, at 8 in the morning, eleven days and a third have passed.
  expect(Math.abs(view.forecast - 255 / ((11 * 24 + 8) / (31 * 24)))).toBeLessThan(3);
});

it('stops at the budget and says why; answers go on; the next month begins anew', async () => {
  const limited = rules({ ZALO_MONTHLY_BUDGET_VND: 500 });
  const outbox = await world.process({ rules: limited, paidBy });
  await outbox.enqueue(['a', 'b', 'c'].map((id) => remind(id, `zalo:${id}`)));
  await outbox.settled();
  const states = await world.rows.counts();
  expect(states).toEqual({ sent: 2, unreachable: 1 });
  const refused = (await world.rows.byIds(['a', 'b', 'c'])).find(({ state }) => state === 'unreachable');
  expect(refused).toMatchObject({ reason: 'budget' });
  const ways = await outbox.reachOf(['zalo:x'], 'reminder', world.clock.now());
  expect(ways.get('zalo:x')).toMatchObject({ by: 'nothing', reason: 'budget' });
  // Another process reads the same ledger.
  const other = await world.process({ rules: limited, paidBy });
  expect(await other.budget(world.clock.now())).toMatchObject({ spent: 400, budget: 500 });
  await other.enqueue([aMessage({ id: 'answer', to: 'zalo:a' })]);
  await other.settled();
  expect(await world.row('answer')).toMatchObject({ state: 'sent' });
  world.clock.moveTo(new Date('2026-04-01T08:00:00+07:00'));
  await other.enqueue([{ ...remind('d', 'zalo:d'), createdAt: world.clock.now() }]);
  await other.settled();
  expect(await world.row('d')).toMatchObject({ state: 'sent', cost: 200 });
  expect(await other.budget(world.clock.now())).toMatchObject({ month: '2026-04', spent: 200 });
});

it('does not pass the budget with many sends under way at once', async () => {
  const outbox = await world.process({ rules: rules({ ZALO_MONTHLY_BUDGET_VND: 4_000 }), paidBy });
  world.channel.answer = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return world.channel.ok();
  };
  await outbox.enqueue(Array.from({ length: 40 }, (_, i) => remind(`r${i}`, `zalo:${i}`)));
  await outbox.settled();
  expect(await world.rows.counts()).toEqual({ sent: 20, unreachable: 20 });
});

it('forecasts what waits', async () => {
  const outbox = await world.process({ rules: rules() });
  const notBefore = new Date('2026-03-15T08:00:00+07:00');
  await outbox.enqueue(['a', 'b'].map((id) => ({ ...remind(id, `zalo:${id}`), notBefore })));
  expect(await outbox.budget(world.clock.now())).toMatchObject({ spent: 0, queued: 400, forecast: 400 });
});

it('goes by phone when the template is refused by user id, also after a crash in between', async () => {
  const phoneOf = (user: string): string | null => (user === LAN ? PHONE : null);
  world.channel.answer = (to) =>
    to === LAN ? { outcome: 'closed', detail: '-249' } : { outcome: 'sent', messageId: 'p1' };
  const never = (): Promise<never> => new Promise(() => undefined);
  const dying = await world.process({ rules: rules(), phoneOf, rows: { ...world.rows, claim: never } });
  await dying.enqueue([remind('r1')]);
  dying.kill();
  const outbox = await world.process({ rules: rules(), phoneOf });
  await outbox.settled();
  expect(world.channel.sends.map(({ to }) => to)).toEqual([LAN, PHONE]);
  expect(world.channel.texts()).toEqual(['template T1', 'template T1 by phone']);
  expect(await world.row('r1')).toMatchObject({ state: 'sent', messageId: 'p1', cost: 300, to: LAN });
});

it('takes the receipt of a message to a phone for its proof, when the answer to the send was lost', async () => {
  const outbox = await world.process({ rules: rules(), phoneOf: () => PHONE });
  world.channel.answer = (to) =>
    to === PHONE ? { outcome: 'uncertain', detail: 'timeout' } : { outcome: 'closed', detail: '-230' };
  await outbox.enqueue([remind('r1')]);
  await outbox.settled();
  expect(await world.row('r1')).toMatchObject({ state: 'uncertain', cost: 300 });
  const at = new Date(world.clock.now().getTime() + 5_000);
  const receipt = { messageIds: ['zns-1'], kind: 'received', at } as const;
  await outbox.noteReceipts({ ...receipt, trackingId: trackingId('of another') });
  expect(await world.row('r1')).toMatchObject({ state: 'uncertain' });
  await outbox.noteReceipts({ ...receipt, trackingId: trackingId('r1') });
  const sent = { state: 'sent', reason: null, messageId: 'zns-1', deliveredAt: at, sentAt: at, cost: 300 };
  expect(await world.row('r1')).toMatchObject(sent);
});

it('takes it also when it comes before the send is given up', async () => {
  let giveUp = (_: SendResult): void => undefined;
  world.channel.answer = (to) =>
    to === PHONE
      ? new Promise<SendResult>((resolve) => (giveUp = resolve))
      : { outcome: 'closed', detail: '-230' };
  const outbox = await world.process({ rules: rules(), phoneOf: () => PHONE });
  await outbox.enqueue([remind('r1')]);
  await until(() => world.channel.sends.length === 2);
  const at = world.clock.now();
  await outbox.noteReceipts({
    ...{ messageIds: ['zns-1'], kind: 'received', at },
    trackingId: trackingId('r1'),
  });
  giveUp({ outcome: 'uncertain', detail: 'timeout' });
  await outbox.settled();
  expect(await world.row('r1')).toMatchObject({ state: 'sent', messageId: 'zns-1', cost: 300 });
});

it('says nobody can be reached when the phone is refused too, and does not ask it again soon', async () => {
  const phoneOf = (): string => PHONE;
  world.channel.answer = () => ({ outcome: 'unreachable', detail: 'cannot' });
  const outbox = await world.process({ rules: rules(), phoneOf });
  await outbox.enqueue([remind('r1')]);
  await outbox.settled();
  expect(world.channel.sends.map(({ to }) => to)).toEqual([LAN, PHONE]);
  expect(await world.row('r1')).toMatchObject({ state: 'unreachable', reason: 'cannot' });
  await outbox.enqueue([remind('r2')]);
  await outbox.settled();
  expect(world.channel.sends).toHaveLength(2);
  expect(await world.row('r2')).toMatchObject({ state: 'unreachable', reason: 'cannot' });
});

it('tells who could be told instead before the row ends', async () => {
  const told: string[] = [];
  const outbox = await world.process({
    rules: theRules(),
    onUnreachable: async (row) => {
      told.push(`${row.id} ${(await world.row(row.id)).state}`);
    },
  });
  await outbox.enqueue([remind('r1')]);
  await outbox.settled();
  expect(told).toEqual(['r1 queued']);
  expect(await world.row('r1')).toMatchObject({ state: 'unreachable', reason: 'no_template' });
});

it('shows the money and the allowance as metrics', async () => {
  world.channel.answer = () => ({
    outcome: 'sent',
    messageId: 'm',
    quota: { quota_type: 'sub_quota', remain: '411' },
  });
  const outbox = await world.process({ rules: rules({ ZALO_MONTHLY_BUDGET_VND: 500 }), paidBy });
  await outbox.enqueue([remind('r1')]);
  await outbox.settled();
  const text = await world.metrics.text();
  expect(text).toContain('outbox_spent_vnd 0');
  expect(text).toContain('outbox_budget_vnd 500');
  expect(text).toContain('outbox_quota_sub_quota_remaining 411');
});

it('forgets what ended long ago, and nothing that still waits', async () => {
  const keepMs = 400 * 24 * 3_600_000;
  const outbox = await world.process({ rules: rules(), keepMs });
  const notBefore = new Date('2028-03-12T08:00:00+07:00');
  await outbox.enqueue([remind('r1'), { ...remind('r2', 'zalo:2'), notBefore }]);
  await outbox.settled();
  await world.to(outbox, new Date(world.clock.now().getTime() + keepMs - 60_000));
  expect(await world.rows.byIds(['r1', 'r2'])).toHaveLength(2);
  await world.to(outbox, new Date(world.clock.now().getTime() + 180_000));
  expect((await world.rows.byIds(['r1', 'r2'])).map(({ id }) => id)).toEqual(['r2']);
});

it('begins nothing while somebody of the office answers by hand', async () => {
  const outbox = await world.process({ rules: rules() });
  const until = new Date(world.clock.now().getTime() + 30 * 60_000);
  await world.contacts.noteInteraction(LAN, world.clock.now());
  await world.contacts.noteHuman(LAN, until);
  await world.contacts.noteHuman(LAN, new Date(until.getTime() - 60_000));
  await outbox.enqueue([remind('r1')]);
  await outbox.settled();
  expect(await world.row('r1')).toMatchObject({ state: 'queued', notBefore: until });
  await world.to(outbox, until);
  expect(await world.row('r1')).toMatchObject({ state: 'sent' });
});
