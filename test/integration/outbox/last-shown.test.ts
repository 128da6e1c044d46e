import type { OutboundMessage } from '../../../src/channels/channel';
import { aMessage, LAN } from '../../unit/outbox/builders';
import { freshWorlds, type World } from './world';

/** What a person last saw of us: the message a digit typed now would answer. */
let world: World;
freshWorlds((fresh) => (world = fresh));

const text = (words: string): OutboundMessage => ({ kind: 'text', text: words });
const say = (id: string, words: string, over: Parameters<typeof aMessage>[0] = {}) =>
  aMessage({ id, cause: id.slice(0, 2), message: text(words), createdAt: world.clock.now(), ...over });
const shown = async (cause = 'e9'): Promise<unknown> => {
  const message = await world.rows.lastShown(LAN, cause, world.clock.now());
  return message && 'text' in message ? message.text : message;
};

it('is the newest that left, the last of several at one instant, and nobody else’s', async () => {
  const outbox = await world.process();
  expect(await shown()).toBeNull();
  await outbox.enqueue([say('e1:r0', 'one'), say('e1:r1', 'two')]);
  await outbox.enqueue([say('e2:r0', 'to another', { to: 'zalo:1002' })]);
  await outbox.settled();
  expect(await shown()).toBe('two');
});

it('is not what answers the event itself, so that a turn played again decides the same', async () => {
  const outbox = await world.process();
  await outbox.enqueue([say('e1:r0', 'welcome')]);
  await outbox.settled();
  await outbox.enqueue([say('e2:r0', 'the answer')]);
  await outbox.settled();
  expect(await shown('e2')).toBe('welcome');
  expect(await shown('e3')).toBe('the answer');
});

it('is what left last, with the words that left, though it was written before', async () => {
  const outbox = await world.process({
    isStillNeeded: async () => ({ now: 'send', message: text('the reminder as it left') }),
  });
  await world.contacts.noteInteraction(LAN, world.clock.now());
  const later = new Date('2026-03-12T09:00:00+07:00');
  const onlyIf = { kind: 'report_owed', form: 'f', period: '2026-03', unit: 'V1' } as const;
  await outbox.enqueue([say('re:r0', 'a reminder', { purpose: 'reminder', notBefore: later, onlyIf })]);
  await outbox.enqueue([say('e1:r0', 'an answer')]);
  await outbox.settled();
  expect(await shown()).toBe('an answer');
  await world.to(outbox, later);
  expect(await shown()).toBe('the reminder as it left');
});

it('is not what was never brought', async () => {
  const outbox = await world.process();
  await outbox.enqueue([say('e1:r0', 'brought')]);
  await outbox.settled();
  world.channel.answer = () => ({ outcome: 'refused', detail: 'wrong' });
  await outbox.enqueue([say('e2:r0', 'refused')]);
  await outbox.settled();
  expect(await shown()).toBe('brought');
});
