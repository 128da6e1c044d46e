import type { Claim } from '../../../src/outbox/outbox.repo';
import { aMessage, LAN } from '../../unit/outbox/builders';
import { freshWorlds, until, type World } from './world';

/** A process is killed at every step of a send; what it leaves is picked up by the next one, or by another that lives. */
let world: World;
freshWorlds((fresh) => (world = fresh));

const say = (id: string, text: string, over: Parameters<typeof aMessage>[0] = {}) =>
  aMessage({ id, message: { kind: 'text', text }, ...over });
const never = (): Promise<never> => new Promise(() => undefined);

it('killed before the send: the next process sends it, once', async () => {
  const killed = await world.process({ rows: { ...world.rows, claim: never } });
  await killed.enqueue([say('e1:0', 'một'), say('e1:1', 'hai')]);
  killed.kill();
  expect(world.channel.sends).toHaveLength(0);
  const next = await world.process();
  await next.settled();
  expect(world.channel.texts()).toEqual(['một', 'hai']);
});

it('killed after the send and before its record: uncertain, recorded, not repeated; the person hears the rest', async () => {
  const killed = await world.process({ rows: { ...world.rows, record: never } });
  await killed.enqueue([say('e1:0', 'một'), say('e1:1', 'hai')]);
  await until(() => world.channel.sends.length === 1);
  killed.kill();
  const next = await world.process();
  await next.settled();
  expect(world.channel.texts()).toEqual(['một', 'hai']);
  expect(await world.row('e1:0')).toMatchObject({ state: 'uncertain', reason: 'process_ended', owner: null });
  expect(await world.row('e1:1')).toMatchObject({ state: 'sent' });
  // The turn is done again after the crash; nothing is sent again.
  await next.enqueue([say('e1:0', 'một'), say('e1:1', 'hai')]);
  await world.to(next, '2026-03-13T08:00:00+07:00');
  expect(world.channel.texts()).toEqual(['một', 'hai']);
});

it('killed in the middle of the sends: what was in flight is uncertain and never more than eight, the rest goes out once', async () => {
  let accepted = 0;
  world.channel.answer = () => {
    accepted += 1;
    return accepted > 20 ? 'never' : world.channel.ok();
  };
  const killed = await world.process();
  await killed.enqueue(Array.from({ length: 100 }, (_, i) => say(`e${i}:0`, `${i}`, { to: `zalo:${i}` })));
  await until(() => world.channel.sends.length === 28);
  killed.kill();
  world.channel.answer = () => world.channel.ok();
  const next = await world.process();
  await next.settled();
  const texts = world.channel.texts();
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts).toHaveLength(100);
  expect(await world.rows.counts()).toEqual({ sent: 92, uncertain: 8 });
});

it('stored as being sent, but the acknowledgement was lost: it was not sent, so it goes out when the turn is done again', async () => {
  let lost = 0;
  const rows = {
    ...world.rows,
    insert: async (item: Parameters<typeof world.rows.insert>[0]) => {
      const result = await world.rows.insert(item);
      if (item.row.id === 'e1:0' && lost++ === 0) throw new Error('connection reset');
      return result;
    },
  };
  const outbox = await world.process({ rows });
  await outbox.enqueue([say('e0:0', 'không')]);
  await outbox.settled();
  await expect(outbox.enqueue([say('e1:0', 'một')])).rejects.toThrow('connection reset');
  expect(await world.row('e1:0')).toMatchObject({ state: 'sending' });
  await outbox.enqueue([say('e1:0', 'một')]);
  await outbox.settled();
  expect(world.channel.texts()).toEqual(['không', 'một']);
});

it('an outcome that cannot be stored is stored later; the person waits, nothing is sent twice', async () => {
  let down = 3;
  const rows = {
    ...world.rows,
    record: (outcome: Parameters<typeof world.rows.record>[0]) =>
      down-- > 0 ? Promise.reject(new Error('store down')) : world.rows.record(outcome),
  };
  const outbox = await world.process({ rows });
  await outbox.enqueue([say('e1:0', 'một'), say('e1:1', 'hai')]);
  await outbox.settled();
  expect(world.channel.texts()).toEqual(['một', 'hai']);
  expect(await world.rows.counts()).toEqual({ sent: 2 });
});

it('a store that cannot be asked for the pace or the claim only delays', async () => {
  let down = 2;
  const rows = {
    ...world.rows,
    claim: (claim: Claim) => (down-- > 0 ? Promise.reject(new Error('store down')) : world.rows.claim(claim)),
  };
  const outbox = await world.process({ rows });
  await outbox.enqueue([say('e1:0', 'một'), say('e2:0', 'hai')]);
  await outbox.settled();
  for (let second = 0; second < 5; second += 1)
    await world.to(outbox, new Date(world.clock.now().getTime() + 1_000));
  expect(world.channel.texts()).toEqual(['một', 'hai']);
});

describe('several processes on one store', () => {
  it('leave the rows of a living one alone and take up those of a dead one', async () => {
    const first = await world.process({ singleProcess: false });
    const second = await world.process({ singleProcess: false });
    world.channel.answer = () => 'never';
    await first.enqueue([say('e1:0', 'một'), say('e1:1', 'hai')]);
    await until(() => world.channel.sends.length === 1);
    await world.to(second, world.clock.now());
    expect(world.channel.texts()).toEqual(['một']);
    first.kill();
    world.channel.answer = () => world.channel.ok();
    await world.to(second, new Date(world.clock.now().getTime() + 13_000));
    expect(world.channel.texts()).toEqual(['một', 'hai']);
    expect(await world.row('e1:0')).toMatchObject({ state: 'uncertain' });
  });

  it('send each row once when all of them sweep at the same instant', async () => {
    const due = new Date('2026-03-12T08:10:00+07:00');
    const all = await Promise.all([1, 2, 3].map(() => world.process({ singleProcess: false })));
    const users = Array.from({ length: 36 }, (_, i) => `zalo:${i % 12}`);
    for (const user of users) await world.contacts.noteInteraction(user, world.clock.now());
    await all[0]?.enqueue(
      users.map((to, i) => say(`n${i}`, `${i}`, { to, purpose: 'notice', notBefore: due })),
    );
    world.clock.moveTo(due);
    for (let round = 0; round < 4; round += 1) {
      await Promise.all(all.map((outbox) => outbox.sweep(world.clock.now())));
      await Promise.all(all.map((outbox) => outbox.settled()));
    }
    const texts = world.channel.texts();
    expect([...texts].sort()).toEqual(users.map((_, i) => `${i}`).sort());
    for (const user of new Set(users)) {
      const own = world.channel.texts(user).map(Number);
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
  });

  it('keep the order of a person whose answers are written by different processes', async () => {
    const [first, second] = [
      await world.process({ singleProcess: false }),
      await world.process({ singleProcess: false }),
    ];
    let failing = true;
    world.channel.answer = () =>
      failing ? { outcome: 'retry', afterMs: 2_000, detail: '-200' } : world.channel.ok();
    await first.enqueue([say('e1:0', 'một')]);
    await until(() => world.channel.sends.length === 1);
    // Shorter than a sign of life lasts, since here only the clock moves.
    failing = false;
    const later = new Date(world.clock.now().getTime() + 50);
    await second.enqueue([say('e2:0', 'hai', { createdAt: later })]);
    for (let step = 0; step < 20; step += 1) {
      world.clock.moveTo(new Date(world.clock.now().getTime() + 500));
      await first.sweep(world.clock.now());
      await second.sweep(world.clock.now());
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(world.channel.texts(LAN)).toEqual(['một', 'một', 'hai']);
  });
});
