import type { Channel, SendResult } from '../../../src/channels/channel';
import type { OutboxDeps } from '../../../src/outbox/outbox';
import { aMessage, LAN } from '../../unit/outbox/builders';
import { freshWorlds, until, type Process, type World } from './world';

/** Processes that share a store, one of which stands still for a while and then goes on where it was. */
let world: World;
freshWorlds((fresh) => {
  world = fresh;
  world.channel.lookUp = async (_, message) => {
    const text = 'text' in message ? message.text : undefined;
    const at = arrived.indexOf(text ?? '');
    return at < 0 ? { arrived: 'no' } : { arrived: 'yes', messageId: `m${at + 1}` };
  };
  arrived = [];
  world.channel.answer = (_, message) => {
    arrived.push('text' in message ? (message.text ?? '') : '');
    return world.channel.ok();
  };
});

/** What people have got. */
let arrived: string[];
const say = (id: string, text: string, over: Parameters<typeof aMessage>[0] = {}) =>
  aMessage({ id, message: { kind: 'text', text }, ...over });

/** A process whose time ends where the store has answered this call, until it is thawed. */
async function freezing(call: 'claim' | 'insert', over: Partial<OutboxDeps>) {
  let elapsed = 0;
  let thaw = (): void => undefined;
  let frozen = false;
  const gate = new Promise<void>((resolve) => (thaw = resolve));
  const freezes =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const result = await work(...args);
      if (!frozen && JSON.stringify(args).includes('e1:0')) {
        frozen = true;
        await gate;
      }
      return result;
    };
  const rows = {
    ...world.rows,
    [call]: freezes(world.rows[call] as (...args: unknown[]) => Promise<unknown>),
    beat: (owner: string, alive: Date) => (frozen ? Promise.resolve() : world.rows.beat(owner, alive)),
  };
  const stopwatch = () => {
    const begun = elapsed;
    return () => elapsed - begun;
  };
  const process = await world.process({ ...over, rows, stopwatch });
  return {
    process,
    isFrozen: () => frozen,
    thaw(ms: number): void {
      elapsed += ms;
      thaw();
    },
  };
}

async function seconds(count: number, ...awake: Process[]): Promise<void> {
  for (let i = 0; i < count; i += 1)
    for (const each of awake) await world.to(each, new Date(world.clock.now().getTime() + 1_000));
}

it.each`
  call        | singleProcess | claimed
  ${'claim'}  | ${false}      | ${'by a write of its own'}
  ${'insert'} | ${true}       | ${'as it was stored'}
`(
  'frozen right after a row was claimed $claimed: whoever takes it over sends it, and it is not sent again',
  async ({ call, singleProcess }: { call: 'claim' | 'insert'; singleProcess: boolean }) => {
    const slow = await freezing(call, { singleProcess });
    // With a slot in hand, so that a reply can leave as it is stored.
    await slow.process.enqueue([say('e0:0', 'không', { to: 'zalo:0' })]);
    await slow.process.settled();
    arrived = [];
    void slow.process.enqueue([say('e1:0', 'một')]);
    await until(slow.isFrozen);
    const other = await world.process({ singleProcess: false });
    expect(await world.row('e1:0')).toMatchObject({ state: 'sending' });
    await seconds(11, other);
    // Until now what the frozen one had begun might still arrive.
    expect(await world.row('e1:0')).toMatchObject({ state: 'sending' });
    expect(arrived).toEqual([]);
    await seconds(6, other);
    expect(arrived).toEqual(['một']);
    slow.thaw(60_000);
    await slow.process.settled();
    await seconds(3, other);
    expect(arrived).toEqual(['một']);
    expect(await world.row('e1:0')).toMatchObject({ state: 'sent', messageId: 'm2' });
  },
);

it('frozen between an upload and its message: whoever takes it over sends it, and it is not sent again', async () => {
  const slow = await freezing('claim', { singleProcess: false });
  slow.thaw(0);
  let wake = (): void => undefined;
  const asleep = new Promise<void>((resolve) => (wake = resolve));
  let begun = false;
  const channel: Channel = world.channel;
  const ordinary = world.channel.send.bind(world.channel);
  channel.send = async (to, message, still) => {
    if (!begun) {
      begun = true;
      await asleep;
      if (still && !(await still())) return { outcome: 'retry', afterMs: 0, detail: 'sent by another' };
    }
    return ordinary(to, message);
  };
  void slow.process.enqueue([say('e1:0', 'một')]);
  await until(() => begun);
  const other = await world.process({ singleProcess: false });
  await seconds(17, other);
  expect(arrived).toEqual(['một']);
  slow.thaw(60_000);
  wake();
  await slow.process.settled();
  await seconds(3, other);
  expect(arrived).toEqual(['một']);
  expect(await world.row('e1:0')).toMatchObject({ state: 'sent' });
});

it('a send of many requests that nobody has missed goes on, however long it takes', async () => {
  const slow = await freezing('claim', { singleProcess: false });
  slow.thaw(0);
  const channel: Channel = world.channel;
  const ordinary = world.channel.send.bind(world.channel);
  channel.send = async (to, message, still) => {
    slow.thaw(30_000);
    return still && !(await still())
      ? { outcome: 'retry', afterMs: 0, detail: 'sent by another' }
      : ordinary(to, message);
  };
  await slow.process.enqueue([say('e1:0', 'một')]);
  await slow.process.settled();
  expect(arrived).toEqual(['một']);
  expect(await world.row('e1:0')).toMatchObject({ state: 'sent' });
});

it('frozen for a moment longer than a claim holds, and missed by nobody: it claims again and sends', async () => {
  const slow = await freezing('claim', { singleProcess: false });
  void slow.process.enqueue([say('e1:0', 'một')]);
  await until(slow.isFrozen);
  slow.thaw(2_500);
  await until(() => arrived.length === 1);
  await slow.process.settled();
  expect(await world.row('e1:0')).toMatchObject({ state: 'sent' });
});

it('what a resumed one says of a send that another has made good meanwhile is refused', async () => {
  let answer = (_: SendResult): void => undefined;
  const ordinary = world.channel.answer;
  const slow = await freezing('insert', { singleProcess: false });
  slow.thaw(0);
  world.channel.answer = () => new Promise<SendResult>((resolve) => (answer = resolve));
  await slow.process.enqueue([say('e1:0', 'một')]);
  await until(() => world.channel.sends.length === 1);
  world.channel.answer = ordinary;
  const other = await world.process({ singleProcess: false });
  await seconds(17, other);
  expect(arrived).toEqual(['một']);
  answer({ outcome: 'retry', afterMs: 0, detail: 'not connected' });
  await slow.process.settled();
  await seconds(3, other, slow.process);
  expect(arrived).toEqual(['một']);
  expect(await world.row('e1:0')).toMatchObject({ state: 'sent' });
});

it('the next row of a person does not leave before that of a silent process', async () => {
  const slow = await freezing('claim', { singleProcess: false });
  void slow.process.enqueue([say('e1:0', 'một')]);
  await until(slow.isFrozen);
  const other = await world.process({ singleProcess: false });
  await seconds(5, other);
  await other.enqueue([say('e2:0', 'hai', { createdAt: world.clock.now() })]);
  await seconds(15, other);
  expect(arrived).toEqual(['một', 'hai']);
});

it('a row that another process has sent takes nothing else of the person out of hand', async () => {
  const claim: typeof world.rows.claim = async (wanted) => {
    const sent = { state: 'sent', at: world.clock.now(), attempts: 1, owner: null } as const;
    if (wanted.id === 'e1:0') await world.rows.record({ ...sent, id: wanted.id, messageId: 'by another' });
    return world.rows.claim(wanted);
  };
  const outbox = await world.process({ singleProcess: false, rows: { ...world.rows, claim } });
  await outbox.enqueue([say('e1:0', 'một'), say('e1:1', 'hai')]);
  await outbox.settled();
  expect(arrived).toEqual(['hai']);
});

it('a row that a sweep left behind that of another process leaves soon after it, without a further sweep', async () => {
  let answer = (_: SendResult): void => undefined;
  const ordinary = world.channel.answer;
  world.channel.answer = () => new Promise<SendResult>((resolve) => (answer = resolve));
  const first = await world.process({ singleProcess: false });
  await first.enqueue([say('e1:0', 'một')]);
  await until(() => world.channel.sends.length === 1);
  const row = say('e2:0', 'hai', { createdAt: world.clock.now() });
  await world.rows.insert({ row, order: 2, state: 'queued', owner: null, notBefore: row.createdAt });
  await world.process({ singleProcess: false });
  world.channel.answer = ordinary;
  answer(world.channel.ok());
  await until(() => world.channel.texts(LAN).includes('hai'), 2_000);
  expect(world.channel.texts(LAN)).toEqual(['một', 'hai']);
});
