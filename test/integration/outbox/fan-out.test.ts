import { aMessage, TEMPLATE, theRules } from '../../unit/outbox/builders';
import { realFiles } from '../../../src/embedded/mongo/log-files';
import { embeddedStore, type TestStore } from '../../support/stores';
import { outboxWorld, until } from './world';

let store: TestStore;
beforeAll(async () => {
  // Thousands of writes one after the other: here the pace is proven, not the disk.
  store = await embeddedStore({ files: { ...realFiles, syncData: async () => undefined } });
});
afterAll(async () => {
  await store.stop();
});

const PEOPLE = 300;

/** The most sends that any minute holds, wherever it begins. */
function mostInAMinute(instants: readonly Date[]): number {
  const sorted = instants.map((at) => at.getTime()).sort((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < sorted.length; last += 1) {
    while ((sorted[last] as number) - (sorted[first] as number) >= 60_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

it('writes to 300 people at 100 a minute, killed three times: each once, never faster, nothing lost', async () => {
  const world = outboxWorld(store.connection);
  const deps = { perMinute: 100, rules: theRules({ ZALO_TEMPLATES: { reminder: 'T1' } }) };
  const begun = world.clock.now();
  let outbox = await world.process(deps);
  const messages = Array.from({ length: PEOPLE }, (_, i) =>
    aMessage({ id: `reminder:x:${i}`, to: `zalo:${i}`, purpose: 'reminder', template: TEMPLATE }),
  );
  await outbox.enqueue(messages);
  for (const kill of [50, 125, 200]) {
    await until(() => world.channel.sends.length >= kill, 60_000);
    outbox.kill();
    outbox = await world.process(deps);
    await outbox.enqueue(messages);
    // The answer to somebody who writes meanwhile does not wait for the campaign.
    const asked = world.clock.now();
    await outbox.enqueue([aMessage({ id: `e${kill}:0`, to: 'zalo:asks', createdAt: asked })]);
    await outbox.settled('zalo:asks');
    expect(world.clock.now().getTime() - asked.getTime()).toBeLessThan(5_000);
  }
  await outbox.settled();
  const campaign = world.channel.sends.filter(({ to }) => to !== 'zalo:asks');
  expect(new Set(campaign.map(({ to }) => to)).size).toBe(campaign.length);
  const counts = await world.rows.counts();
  expect((counts['sent'] ?? 0) + (counts['uncertain'] ?? 0)).toBe(PEOPLE + 3);
  expect(counts['uncertain'] ?? 0).toBeLessThanOrEqual(3 * 8);
  expect(mostInAMinute(world.channel.sends.map(({ at }) => at))).toBeLessThanOrEqual(100);
  const minutes = (world.clock.now().getTime() - begun.getTime()) / 60_000;
  expect(world.channel.sends.length / minutes / 100).toBeGreaterThanOrEqual(0.96);
  world.stopAll();
}, 120_000);
