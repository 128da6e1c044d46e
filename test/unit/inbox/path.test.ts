import fc from 'fast-check';
import { TurnRunner, type Reply } from '../../../src/conversation/run-turn';
import type { Conversation, Effect, TurnEvent } from '../../../src/conversation/dialog';
import { InboxWorker } from '../../../src/inbox/inbox-worker';
import { createIngest } from '../../../src/inbox/ingest';
import { silentLog } from '../../../src/observability/logger';
import { FrozenClock } from '../../../src/kernel/clock';
import { AppError } from '../../../src/kernel/errors';
import {
  addingEngine,
  memoryConversations,
  memoryInbox,
  plainWords,
  textEvent,
  type AddEffect,
  type MemoryInbox,
} from '../../support/talk';

/** The path from the stored event to the stored reply, on stores in memory, with crashes at every step of the commit. */

class Crash extends Error {
  override readonly name = 'MongoCrash';
}

interface World {
  readonly inbox: MemoryInbox;
  readonly applied: Map<string, number>;
  readonly order: Map<string, string[]>;
  readonly replies: Map<string, Reply>;
  readonly conversations: ReturnType<typeof memoryConversations>;
  drain(): InboxWorker;
  accept(event: ReturnType<typeof textEvent>): Promise<'new' | 'seen'>;
  clock: FrozenClock;
}

interface Options {
  /** Called at each step of a commit; a throw is a crash there. */
  readonly step?: (name: string, id: string) => void;
  readonly singleProcess?: boolean;
  readonly unfinished?: (conversation: Conversation, event: TurnEvent) => boolean;
  readonly poison?: (text: string) => boolean;
}

function world(options: Options = {}): World {
  const clock = new FrozenClock(new Date('2026-03-12T01:00:00Z'));
  const inbox = memoryInbox();
  const conversations = memoryConversations();
  const applied = new Map<string, number>();
  const order = new Map<string, string[]>();
  const replies = new Map<string, Reply>();
  const step = options.step ?? (() => undefined);
  const live = new Set<InboxWorker>();

  const makeInboxWorker = (): InboxWorker => {
    const runner = new TurnRunner({
      repo: {
        ...conversations,
        save: async (conversation, fence, how) => {
          step('before_state', conversation.lastEvents[0] ?? '');
          const saved = await conversations.save(conversation, fence, how);
          step('after_state', conversation.lastEvents[0] ?? '');
          return saved;
        },
      },
      machineClock: clock,
      owner: 'me',
      singleProcess: options.singleProcess ?? true,
      engine: {
        ...addingEngine(),
        first: async (turn) => {
          if (options.poison?.(turn.event.text)) throw new Error('this one cannot be handled');
          return null;
        },
      },
      deps: { total: () => 0 },
      wordsOf: () => plainWords,
      applyEffect: async (effect: Effect) => {
        step('before_effect', effect.id);
        const add = effect as AddEffect;
        if (!applied.has(add.id)) {
          applied.set(add.id, add.value);
          const user = inbox.rows.get(add.id.replace(/:\d+$/, ''))?.user ?? '';
          order.set(user, [...(order.get(user) ?? []), add.id]);
        }
        step('after_effect', effect.id);
        return 'done';
      },
      reply: async (messages) => {
        step('before_reply', messages[0]?.id ?? '');
        for (const message of messages) if (!replies.has(message.id)) replies.set(message.id, message);
        step('after_reply', messages[0]?.id ?? '');
      },
      isUnfinished: options.unfinished ?? (() => false),
      join: (first, second) => ({ ...second, text: `${first.text}${second.text}` }),
    });
    const drain = new InboxWorker({
      repo: {
        ...inbox,
        done: async (id) => {
          step('before_done', id);
          await inbox.done(id);
        },
      },
      clock,
      openSession: (user) => runner.openSession(user),
      note: async () => undefined,
      gatherMs: 40,
      singleProcess: options.singleProcess ?? true,
      log: silentLog,
      pause: async () => undefined,
    });
    live.add(drain);
    return drain;
  };

  let current: InboxWorker | null = null;
  const accept = createIngest({
    repo: inbox,
    clock,
    wake: (row) => current?.wake(row.user, row),
    storing: { begin: (id) => current?.storing.begin(id), end: (id) => current?.storing.end(id) },
  });
  return {
    inbox,
    applied,
    order,
    replies,
    conversations,
    clock,
    accept,
    drain: () => (current = makeInboxWorker()),
  };
}

let ids = 0;
const message = (w: World, text: string, user = 'zalo:1', at?: Date) =>
  textEvent(`m${++ids}`, text, at ?? w.clock.now(), user);

async function settle(w: World, drain: InboxWorker): Promise<void> {
  await drain.sweep(new Date(w.clock.now().getTime() + 1));
  await drain.settled();
}

it('answers each event once, in order, for each person', async () => {
  const w = world();
  const drain = w.drain();
  for (const user of ['zalo:1', 'zalo:2'])
    for (const text of ['start', '1', '2', '3']) await w.accept(message(w, text, user));
  await drain.settled();
  expect([...w.replies.values()].map((reply) => reply.to).sort()).toEqual([
    ...Array<string>(4).fill('zalo:1'),
    ...Array<string>(4).fill('zalo:2'),
  ]);
  expect([...w.applied.values()]).toHaveLength(6);
  expect([...w.inbox.rows.values()].every((row) => row.state === 'done')).toBe(true);
});

it('knows a second copy, also when both arrive at once', async () => {
  const w = world();
  const drain = w.drain();
  await w.accept(message(w, 'start'));
  const five = message(w, '5');
  const outcomes = await Promise.all([w.accept(five), w.accept(five), w.accept(five)]);
  await drain.settled();
  expect(outcomes.sort()).toEqual(['new', 'seen', 'seen']);
  expect([...w.applied.values()]).toEqual([5]);
  expect(w.replies.size).toBe(2);
});

it('takes rows that wait together by the time the channel gives them, and others as they arrive', async () => {
  const w = world();
  const drain = w.drain();
  const t = (seconds: number): Date => new Date(w.clock.now().getTime() + seconds * 1000);
  drain.pause(true);
  await w.accept(message(w, '7', 'zalo:1', t(2)));
  await w.accept(message(w, 'start', 'zalo:1', t(1)));
  drain.pause(false);
  await drain.settled();
  expect([...w.applied.values()]).toEqual([7]);
});

it('sets a poisoned event aside after three tries, tells the person, and goes on with the next', async () => {
  const w = world({ poison: (text) => text === 'poison' });
  const drain = w.drain();
  for (const text of ['start', '1', 'poison', '2']) await w.accept(message(w, text));
  await drain.settled();
  const bad = [...w.inbox.rows.values()].find((row) => row.event.text === 'poison');
  expect(bad).toMatchObject({ state: 'dead', attempts: 2, reason: 'this one cannot be handled' });
  expect([...w.applied.values()]).toEqual([1, 2]);
  expect(
    [...w.replies.values()].map((reply) => (reply.message.kind === 'text' ? reply.message.text : '')),
  ).toContain('common:could_not_handle');
});

it('waits for the rest of an unfinished message and answers once', async () => {
  const w = world({ unfinished: (_conversation, event) => event.text.endsWith('…') });
  const drain = w.drain();
  await w.accept(message(w, 'start'));
  await drain.settled();
  await w.accept(message(w, '1…'));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(w.replies.size).toBe(1);
  await w.accept(message(w, '5'));
  w.clock.moveTo(new Date(w.clock.now().getTime() + 100));
  await drain.settled();
  // «1…» and «5» were read as one text, which is no number: one reply, nothing recorded.
  expect(w.replies.size).toBe(2);
  expect(w.applied.size).toBe(0);
});

it('closes every part of a joined message before the next turn, also when the store fails just then', async () => {
  let trouble = true;
  const w = world({
    unfinished: (_conversation, event) => event.text.endsWith('…'),
    step: (name, id) => {
      if (name !== 'before_done' || id !== 'part-2' || !trouble) return;
      trouble = false;
      throw new AppError('store_unavailable');
    },
  });
  const drain = w.drain();
  await w.accept(message(w, 'start'));
  await drain.settled();
  drain.pause(true);
  for (const [id, text] of [
    ['part-1', '1…'],
    ['part-2', '5'],
    ['after', '6'],
  ] as const)
    await w.accept(textEvent(id, text, w.clock.now()));
  drain.pause(false);
  await drain.settled();
  expect([...w.inbox.rows.values()].map(({ state, attempts }) => [state, attempts])).toEqual(
    Array<unknown>(4).fill(['done', 0]),
  );
  expect([...w.applied.values()]).toEqual([6]);
  expect(w.replies.size).toBe(3);
  expect(w.conversations.all.get('zalo:1')).toMatchObject({ turn: 3 });
});

it('answers an unfinished message alone when nothing follows', async () => {
  const w = world({ unfinished: (_conversation, event) => event.text === 'hm' });
  const drain = w.drain();
  await w.accept(message(w, 'hm'));
  w.clock.moveTo(new Date(w.clock.now().getTime() + 100));
  await drain.settled();
  expect(w.replies.size).toBe(1);
});

it('leaves the row as it is when the floor was lost or the store is away, and does it later', async () => {
  let trouble = 2;
  const w = world({
    step: (name) => {
      if (name === 'before_effect' && trouble-- > 0) throw new AppError('store_unavailable');
    },
  });
  const drain = w.drain();
  await w.accept(message(w, 'start'));
  await w.accept(message(w, '5'));
  await drain.settled();
  expect([...w.inbox.rows.values()].map((row) => [row.state, row.attempts])).toEqual([
    ['done', 0],
    ['done', 0],
  ]);
  expect([...w.applied.values()]).toEqual([5]);
}, 10_000);

const STEPS = [
  'before_effect',
  'after_effect',
  'before_reply',
  'after_reply',
  'before_state',
  'after_state',
  'before_done',
] as const;

it.each(STEPS)('a crash at %s loses nothing and doubles nothing', async (where) => {
  let armed = true;
  const w = world({
    step: (name, id) => {
      if (armed && name === where && /crash/.test(id)) {
        armed = false;
        throw new Crash();
      }
    },
  });
  const first = w.drain();
  await w.accept(message(w, 'start'));
  await first.settled();
  await w.accept(textEvent('crash-1', '5', w.clock.now()));
  // The process that crashed never comes back: its drain is stopped and another takes over.
  while (armed) await new Promise((resolve) => setTimeout(resolve, 2));
  await first.stop();
  const second = w.drain();
  await w.accept(message(w, '6'));
  await settle(w, second);
  expect([...w.applied.values()]).toEqual([5, 6]);
  expect([...w.replies.values()].map((reply) => reply.cause)).toHaveLength(3);
  expect(new Set([...w.replies.values()].map((reply) => reply.cause)).size).toBe(3);
  expect(w.conversations.all.get('zalo:1')).toMatchObject({ turn: 3, stack: [{ slots: { count: 2 } }] });
  expect([...w.inbox.rows.values()].every((row) => row.state === 'done')).toBe(true);
});

it('keeps every promise through random crashes, copies and people (seeded)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ user: fc.integer({ min: 1, max: 3 }), copies: fc.integer({ min: 1, max: 3 }) }), {
        minLength: 1,
        maxLength: 25,
      }),
      fc.array(fc.record({ step: fc.constantFrom(...STEPS), after: fc.integer({ min: 1, max: 12 }) }), {
        maxLength: 5,
      }),
      async (sends, crashes) => {
        const plan = [...crashes];
        let passages = 0;
        let crashed = false;
        const w = world({
          step: (name) => {
            const next = plan[0];
            if (crashed || !next || name !== next.step) return;
            passages += 1;
            if (passages >= next.after) {
              plan.shift();
              passages = 0;
              crashed = true;
              throw new Crash();
            }
          },
        });
        let drain = w.drain();
        const restart = async (): Promise<void> => {
          await drain.stop();
          crashed = false;
          drain = w.drain();
          await drain.sweep(new Date(w.clock.now().getTime() + 1));
        };
        const started = new Set<number>();
        const expected = new Map<string, string[]>();
        for (const [i, { user, copies }] of sends.entries()) {
          if (!started.has(user))
            await w.accept(textEvent(`start-${user}`, 'start', w.clock.now(), `zalo:${user}`));
          started.add(user);
          const event = textEvent(`n-${i}`, String(i), w.clock.now(), `zalo:${user}`);
          await Promise.all(Array.from({ length: copies }, () => w.accept(event)));
          expected.set(`zalo:${user}`, [...(expected.get(`zalo:${user}`) ?? []), `n-${i}:0`]);
          if (crashed) await restart();
        }
        for (let round = 0; round < 20; round += 1) {
          await Promise.race([drain.settled(), new Promise((resolve) => setTimeout(resolve, 5))]);
          if (crashed) await restart();
          if ([...w.inbox.rows.values()].every((row) => row.state === 'done')) break;
        }
        await drain.settled();
        expect([...w.inbox.rows.values()].filter((row) => row.state !== 'done')).toEqual([]);
        for (const [user, order] of expected) expect(w.order.get(user)).toEqual(order);
        expect([...w.replies.keys()].sort()).toEqual([...w.inbox.rows.keys()].map((id) => `${id}:r0`).sort());
        await drain.stop();
      },
    ),
    { seed: 20260312, numRuns: 60 },
  );
}, 60_000);
