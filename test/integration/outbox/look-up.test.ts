import type { LookUp } from '../../../src/channels/channel';
import type { Outbox } from '../../../src/outbox/outbox';
import type { OutboxRow } from '../../../src/outbox/outbox-row';
import { perhapsLost } from '../../../src/outbox/send-records';
import { aMessage, aRow, LAN, TEMPLATE, theRules } from '../../unit/outbox/builders';
import { freshWorlds, until, type World } from './world';

/** Sends that may have arrived, on a channel that can be asked. */
let world: World;
let asked: { to: string; since: Date; at: Date }[];
let inChat: (text: string) => LookUp;

freshWorlds((fresh) => {
  world = fresh;
  asked = [];
  world.channel.lookUp = async (to, message, since) => {
    asked.push({ to, since, at: world.clock.now() });
    return inChat('text' in message ? (message.text ?? '') : '');
  };
});

const say = (id: string, text: string, over: Parameters<typeof aMessage>[0] = {}) =>
  aMessage({ id, message: { kind: 'text', text }, ...over });
const after = (ms: number): Date => new Date(world.clock.now().getTime() + ms);
const late = { outcome: 'uncertain', detail: 'timeout' } as const;

it('a message that did arrive is sent, and is not sent again', async () => {
  const outbox = await world.process();
  world.channel.answer = (_, message) =>
    'text' in message && message.text === 'một' ? late : world.channel.ok();
  inChat = () => ({ arrived: 'yes', messageId: 'found' });
  await outbox.enqueue([say('e1:0', 'một'), say('e1:1', 'hai')]);
  await outbox.settled();
  expect(world.channel.texts()).toEqual(['một', 'hai']);
  expect(await world.row('e1:0')).toMatchObject({ state: 'sent', messageId: 'found', attempts: 1 });
  expect(asked).toHaveLength(1);
});

it.each([true, false])(
  'its receipt counts though the process died before it knew its id (alone: %s)',
  async (singleProcess) => {
    const never = (): Promise<never> => new Promise(() => undefined);
    const killed = await world.process({ rows: { ...world.rows, record: never }, singleProcess });
    inChat = () => ({ arrived: 'yes', messageId: 'm1' });
    await killed.enqueue([say('e1:0', 'một')]);
    await until(() => world.channel.sends.length === 1);
    const at = world.clock.now();
    await killed.noteReceipts({ messageIds: ['m1'], kind: 'received', at });
    killed.kill();
    const next = await world.process({ singleProcess });
    await world.to(next, after(20_000));
    expect(await world.row('e1:0')).toMatchObject({ state: 'sent', messageId: 'm1', deliveredAt: at });
  },
);

it('one that certainly did not is sent once more, in its place; absence is believed only after a while', async () => {
  const outbox = await world.process();
  let failing = 1;
  world.channel.answer = () => (failing-- > 0 ? late : world.channel.ok());
  inChat = () => ({ arrived: 'no' });
  await outbox.enqueue([say('e1:0', 'một'), say('e1:1', 'hai'), say('e2:0', 'ai khác', { to: 'zalo:2' })]);
  await outbox.settled();
  // Nobody else waits; those behind it do.
  expect(world.channel.texts()).toEqual(['một', 'ai khác']);
  await world.to(outbox, after(3_000));
  expect(world.channel.texts(LAN)).toEqual(['một', 'một', 'hai']);
  expect(asked).toHaveLength(2);
  expect(await world.rows.counts()).toEqual({ sent: 3 });
});

it('a success that comes late is recognised', async () => {
  const outbox = await world.process();
  world.channel.answer = () => late;
  inChat = () => (asked.length < 2 ? { arrived: 'no' } : { arrived: 'yes', messageId: 'late' });
  await outbox.enqueue([say('e1:0', 'một')]);
  await outbox.settled();
  await world.to(outbox, after(3_000));
  expect(world.channel.texts()).toEqual(['một']);
  expect(await world.row('e1:0')).toMatchObject({ state: 'sent', messageId: 'late' });
});

it('what nobody can tell stays uncertain and on record, and those behind it go on', async () => {
  const outbox = await world.process();
  world.channel.answer = (_, message) =>
    'text' in message && message.text === 'một' ? late : world.channel.ok();
  inChat = () => ({ arrived: 'unknown' });
  await outbox.enqueue([say('e1:0', 'một'), say('e1:1', 'hai')]);
  await outbox.settled();
  for (const pause of [3_000, 10_000, 30_000]) await world.to(outbox, after(pause));
  expect(await world.row('e1:0')).toMatchObject({ state: 'uncertain', reason: 'timeout' });
  expect(world.channel.texts()).toEqual(['một', 'hai']);
  expect(asked).toHaveLength(4);
});

describe('an answer of which nobody can tell', () => {
  const toldBy = (process: () => Outbox) => async (row: OutboxRow) => {
    const word = perhapsLost(row, () => 'có thể chưa tới');
    if (word) await process().enqueue([word]);
  };

  it('is told of within a minute, once for its cause, and never for the word itself', async () => {
    const outbox: Outbox = await world.process({ onUncertain: toldBy(() => outbox) });
    world.channel.answer = () => late;
    inChat = () => ({ arrived: 'unknown' });
    const begun = world.clock.now();
    await outbox.enqueue([say('e1:0', 'một'), say('e1:1', 'hai')]);
    await outbox.settled();
    const told = () => world.channel.texts().filter((text) => text === 'có thể chưa tới').length;
    for (const pause of [3_000, 10_000, 30_000]) await world.to(outbox, after(pause));
    expect(await world.row('e1:0')).toMatchObject({ state: 'uncertain' });
    expect(world.clock.now().getTime() - begun.getTime()).toBeLessThan(60_000);
    for (let i = 0; i < 12; i += 1) await world.to(outbox, after(30_000));
    expect(told()).toBe(1);
    expect(await world.rows.counts()).toEqual({ uncertain: 3 });
    expect(world.metrics.counts()).toMatchObject({ outbox_uncertain_total: 3 });
  });

  it.each([
    ['a reminder', { purpose: 'reminder' }],
    ['a word in a group', { to: 'zalo-group:9' }],
    ['a member known by phone', { to: 'zalo-phone:9' }],
    ['such a word itself', { id: 'e1:perhaps-lost' }],
  ] as const)('is not told of for %s', (_what, over) => {
    expect(perhapsLost(aRow(over), () => 'x')).toBeNull();
    expect(perhapsLost(aRow(), () => 'x')).toMatchObject({ id: 'e1:perhaps-lost', to: LAN });
  });

  it('is told of after a kill, also on a channel that cannot be asked at all', async () => {
    delete world.channel.lookUp;
    const never = (): Promise<never> => new Promise(() => undefined);
    const killed = await world.process({ rows: { ...world.rows, record: never } });
    await killed.enqueue([say('e1:0', 'một')]);
    await until(() => world.channel.sends.length === 1);
    killed.kill();
    const told: OutboxRow[] = [];
    const second = await world.process({ onUncertain: async (row) => void told.push(row) });
    await world.to(second, after(20_000));
    expect(await world.row('e1:0')).toMatchObject({ state: 'uncertain', reason: 'process_ended' });
    expect(told.map(({ id }) => id)).toEqual(['e1:0']);
  });
});

it('is sent again at most twice, however often it fails', async () => {
  const outbox = await world.process();
  world.channel.answer = () => late;
  inChat = () => ({ arrived: 'no' });
  await outbox.enqueue([say('e1:0', 'một')]);
  await outbox.settled();
  for (let i = 0; i < 10; i += 1) await world.to(outbox, after(3_000));
  expect(world.channel.texts()).toEqual(['một', 'một', 'một']);
  expect(await world.row('e1:0')).toMatchObject({ state: 'uncertain' });
});

it.each`
  arrived  | texts                    | why
  ${'yes'} | ${['một', 'hai']}        | ${'it had arrived'}
  ${'no'}  | ${['một', 'một', 'hai']} | ${'it had not'}
`(
  'killed between a send and its record: $texts, for $why',
  async ({ arrived, texts }: { arrived: 'yes' | 'no'; texts: string[] }) => {
    const never = (): Promise<never> => new Promise(() => undefined);
    const killed = await world.process({ rows: { ...world.rows, record: never } });
    const begun = world.clock.now();
    await killed.enqueue([say('e1:0', 'một'), say('e1:1', 'hai')]);
    await until(() => world.channel.sends.length === 1);
    killed.kill();
    world.clock.moveTo(after(1_500));
    inChat = () => (arrived === 'yes' ? { arrived, messageId: 'found' } : { arrived });
    // The second process dies while it asks.
    const second = await world.process();
    await until(() => asked.length > 0);
    if (arrived === 'no') second.kill();
    const third = arrived === 'no' ? await world.process() : second;
    await third.settled();
    await world.to(third, after(3_000));
    expect(world.channel.texts()).toEqual(texts);
    expect(asked.every(({ since }) => since.getTime() === begun.getTime())).toBe(true);
    expect(await world.rows.counts()).toEqual({ sent: 2 });
  },
);

it('asks about the template that left, not about the words that did not, and only once', async () => {
  const kinds: string[] = [];
  world.channel.lookUp = async (_, message) => (kinds.push(message.kind), { arrived: 'unknown' });
  world.channel.answer = () => late;
  const outbox = await world.process({ rules: theRules({ ZALO_TEMPLATES: { reminder: 'T1' } }) });
  await outbox.enqueue([say('r1', 'còn 4 câu', { purpose: 'reminder', template: TEMPLATE })]);
  await outbox.settled();
  expect(kinds).toEqual(['template']);
  expect(await world.row('r1')).toMatchObject({ state: 'uncertain', cost: 200 });
  expect(world.channel.sends).toHaveLength(1);
});

it('a message like it that another row has sent already is not taken for it', async () => {
  const outbox = await world.process();
  inChat = () => ({ arrived: 'yes', messageId: 'm1' });
  await outbox.enqueue([say('e1:0', 'một')]);
  await outbox.settled();
  world.channel.answer = () => late;
  await outbox.enqueue([say('e2:0', 'một')]);
  await outbox.settled();
  for (const pause of [3_000, 10_000, 30_000]) await world.to(outbox, after(pause));
  expect(await world.row('e1:0')).toMatchObject({ state: 'sent', messageId: 'm1' });
  expect(await world.row('e2:0')).toMatchObject({ state: 'uncertain', messageId: null });
});

it('asks about the words that really left', async () => {
  const sent: string[] = [];
  world.channel.lookUp = async (_, message) => {
    sent.push('text' in message ? (message.text ?? '') : '');
    return { arrived: 'yes', messageId: 'found' };
  };
  const isStillNeeded = async () => ({ now: 'send', message: { kind: 'text', text: 'còn 1 câu' } }) as const;
  const onlyIf = { kind: 'report_owed', form: 'f', period: '2026-03', unit: 'V1' } as const;
  const never = (): Promise<never> => new Promise(() => undefined);
  await world.contacts.noteInteraction(LAN, world.clock.now());
  const killed = await world.process({ isStillNeeded, rows: { ...world.rows, record: never } });
  await killed.enqueue([say('r1', 'còn 4 câu', { purpose: 'reminder', onlyIf })]);
  await until(() => world.channel.sends.length === 1);
  killed.kill();
  const next = await world.process();
  await next.settled();
  expect(sent).toEqual(['còn 1 câu']);
  expect(await world.row('r1')).toMatchObject({
    state: 'sent',
    messageId: 'found',
    message: { text: 'còn 1 câu' },
  });
});
