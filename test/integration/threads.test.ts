import { loadLocales } from '../../src/app/load-locales';
import { ThreadSweep } from '../../src/handover/chat/thread-sweep';
import { Dictionary } from '../../src/kernel/i18n';
import { Threads } from '../../src/handover/threads';
import { createThreadsRepo } from '../../src/handover/threads.repo';
import { newThread, type Thread } from '../../src/handover/thread';
import { answerThread, close, take } from '../../src/handover/thread-acts';
import { threadTimes } from '../../src/handover/thread-times';
import { workCalendar } from '../../src/org/seed/days-off';
import type { NewOutboxMessage } from '../../src/outbox/outbox-row';
import { aTree } from '../unit/reporting/builders';
import { prepareIndexes } from '../../src/app/indexes';
import { freshStore, type TestStore } from '../support/stores';

/** Threads in a document store: a write is done once, one open talk a citizen, two officers at once. */

const times = threadTimes(workCalendar(), { promiseMinutes: 60, silenceMinutes: 30 });
const at = (time: string) => new Date(`2026-03-13T${time}:00+07:00`);
const tree = aTree([
  { code: '24', level: 'province', parent: null },
  { code: '99001', level: 'commune', parent: '24' },
]);

const noted: string[] = [];
const audit = {
  note: async (...notes: readonly { act: string }[]) => void noted.push(...notes.map(({ act }) => act)),
};
const DONE = { by: 'zalo:1', at: at('09:00') };

let store: TestStore;
beforeAll(async () => {
  store = await freshStore();
  createThreadsRepo(store.connection);
  await prepareIndexes(store.connection);
});
afterAll(() => store.stop());

function aProcess(singleProcess = false): Threads {
  const directory = { tree, holdersOf: () => [], officesOf: () => [] };
  return new Threads({ repo: createThreadsRepo(store.connection), times, directory, singleProcess, audit });
}

function aThread(id: string, by: string, kind: Thread['kind'] = 'citizen'): Thread {
  const given = { id, kind, unit: '99001', desk: '99001', by, topic: '', at: at('09:00'), promised: true };
  return newThread(given, times);
}

it('is opened once for one cause, and a citizen has one open talk', async () => {
  const threads = aProcess();
  expect(await threads.commit('e1', null, aThread('a1', 'zalo:1'), DONE)).toBe('saved');
  expect(await threads.commit('e1', null, aThread('a1', 'zalo:1'), DONE)).toBe('already');
  expect(await threads.commit('e2', null, aThread('a2', 'zalo:1'), DONE)).toBe('conflict');
  const [open] = await threads.openOf('zalo:1');
  await threads.commit(
    'e3',
    open as Thread,
    close(open as Thread, 'cancelled', at('09:10'), false) as Thread,
    DONE,
  );
  expect(await threads.openOf('zalo:1')).toEqual([]);
  expect(await threads.commit('e4', null, aThread('a2', 'zalo:1'), DONE)).toBe('saved');
});

it('a leader may have several', async () => {
  const threads = aProcess();
  for (const id of ['b1', 'b2'])
    expect(await threads.commit(id, null, aThread(id, 'zalo:2', 'stuck'), DONE)).toBe('saved');
  expect((await threads.openOf('zalo:2')).map(({ id }) => id)).toEqual(['b1', 'b2']);
});

it('of two officers who take it at the same moment one gets it', async () => {
  const threads = aProcess();
  const fresh = aThread('c1', 'zalo:3');
  await threads.commit('e1', null, fresh, DONE);
  const read = (await threads.get('c1')) as Thread;
  const taken = (user: string) => take(read, { office: user, user }, at('09:05'), times) as Thread;
  const both = await Promise.all(
    ['zalo:hanh', 'zalo:lan'].map((user) => threads.commit(`take:${user}`, read, taken(user), DONE)),
  );
  expect(both.sort()).toEqual(['conflict', 'saved']);
  expect(await threads.held()).toHaveLength(1);
  // What was refused is in no audit; what was done twice stands under one id.
  expect(noted.filter((act) => act === 'thread.taken')).toHaveLength(1);
});

it('the calendar finds what it has to do, and the only process knows without asking', async () => {
  const threads = aProcess(true);
  expect(await threads.openOf('zalo:4')).toEqual([]);
  await threads.commit('e1', null, aThread('d1', 'zalo:4'), DONE);
  expect((await threads.openOf('zalo:4')).map(({ id }) => id)).toEqual(['d1']);
  expect((await threads.due(at('10:00'))).map(({ id }) => id)).toContain('d1');
  expect((await threads.due(at('09:59'))).map(({ id }) => id)).not.toContain('d1');
  expect(await threads.nextDue(at('09:59'))).toEqual(at('10:00'));
});

it('of somebody who is erased no word stays and no talk is open, in memory either', async () => {
  const threads = aProcess(true);
  await threads.commit('g1', null, { ...aThread('g1', 'zalo:gone'), topics: ['quên mật khẩu'] }, DONE);
  await aSweep(threads).erase('zalo:gone', 'erased:person', at('09:30'));
  expect(await threads.openOf('zalo:gone')).toEqual([]);
  expect(await threads.get('g1')).toMatchObject({
    ...{ by: 'erased:person', topics: [], lines: [], closedWhy: 'erased' },
    standing: { state: 'done' },
  });
});

it.each`
  atAll    | state        | why
  ${true}  | ${'waiting'} | ${'only the money was lacking'}
  ${false} | ${'done'}    | ${'nothing reaches the person any more'}
`('a word that did not arrive leaves the talk $state: $why', async ({ atAll, state }) => {
  const threads = aProcess();
  const id = `f-${String(atAll)}`;
  await threads.commit(id, null, aThread(id, `zalo:${id}`), DONE);
  const sweep = aSweep(threads, atAll === true);
  await sweep.notReached(`zalo:${id}`, at('09:30'));
  const thread = await threads.get(id);
  expect(thread?.standing.state).toBe(state);
  expect(thread?.closedWhy).toBe(atAll === true ? null : 'unreachable');
});

it.each`
  answered | state                | what
  ${false} | ${'talking'}         | ${'owes the answer'}
  ${true}  | ${'waiting_citizen'} | ${'has it as it stands'}
`('a talk goes with the post to whoever holds it by now, who $what', async ({ answered, state }) => {
  const threads = aProcess();
  const id = `h-${String(answered)}`;
  const [fresh, old] = [aThread(id, `zalo:${id}`), { office: '99001:o', user: 'zalo:old' }];
  await threads.commit(id, null, fresh, DONE);
  const taken = take(fresh, old, at('09:05'), times) as Thread;
  const line = { id: 'l1', from: 'office', text: 'chào bác', at: at('09:06') } as const;
  const held = answered === true ? (answerThread(taken, old, line, times) as Thread) : taken;
  await threads.commit(`${id}:held`, await threads.get(id), held, DONE);
  const post = {
    ...{ id: '99001:o', unit: '99001', role: 'commune_officer', user: 'zalo:hung' },
    ...{ fullName: 'Trần Văn Hùng', address: 'anh' },
  };
  const told: { to: string; text: string }[] = [];
  const sweep = aSweep(threads, true, {
    office: (of: string) => (of === post.id ? post : null),
    officesOf: (user: string) => (user === 'zalo:hung' ? [post] : []),
    tell: (rows) =>
      told.push(
        ...rows.map(({ to, message }) => ({ to, text: 'text' in message ? (message.text ?? '') : '' })),
      ),
  });
  await sweep.run(at('09:10'));
  expect((await threads.get(id))?.standing).toEqual({
    state,
    holder: { office: '99001:o', user: 'zalo:hung' },
  });
  expect(told.filter(({ to }) => to === 'zalo:old').map(({ text }) => text)).toEqual([
    expect.stringContaining('nay chuyển sang người thay'),
  ]);
  expect(told.filter(({ to }) => to === 'zalo:hung').map(({ text }) => text)).toEqual([
    expect.stringContaining('nay do anh trả lời'),
  ]);
  // Looked at again it is theirs already.
  await sweep.run(at('09:11'));
  expect(told.filter(({ to }) => ['zalo:old', 'zalo:hung', `zalo:${id}`].includes(to))).toHaveLength(3);
  const now = (await threads.get(id)) as Thread;
  await threads.commit(`${id}:over`, now, close(now, 'done', at('09:12'), false) as Thread, DONE);
});

it('a talk that is owed goes back to the queue while its holder is on leave; one that was answered stays', async () => {
  const threads = aProcess();
  const told: string[] = [];
  const leave = { id: 'e1', from: '2026-03-13', to: '2026-03-20' };
  const post = { id: '99001:l', unit: '99001', role: 'commune_officer', user: 'zalo:away', leave };
  const named = { ...post, fullName: 'Lê Thị Hạnh', address: 'chị' };
  for (const id of ['k1', 'k2']) {
    const fresh = aThread(id, `zalo:${id}`);
    const holder = { office: post.id, user: post.user };
    const taken = take(fresh, holder, at('09:05'), times) as Thread;
    const line = { id: 'l1', from: 'office', text: 'chào bác', at: at('09:06') } as const;
    const held = id === 'k2' ? (answerThread(taken, holder, line, times) as Thread) : taken;
    await threads.commit(`${id}:new`, null, fresh, DONE);
    await threads.commit(`${id}:held`, await threads.get(id), held, DONE);
  }
  const sweep = aSweep(threads, true, {
    office: (id) => (id === post.id ? named : null),
    officesOf: (user) => (user === post.user ? [named] : []),
    tell: (rows) =>
      told.push(...rows.map(({ to, message }) => `${to} ${'text' in message ? (message.text ?? '') : ''}`)),
  });
  await sweep.run(at('09:10'));
  expect((await threads.get('k1'))?.standing).toEqual({ state: 'waiting', holder: null });
  expect((await threads.get('k2'))?.standing.state).toBe('waiting_citizen');
  expect(told.filter((text) => text.startsWith('zalo:away'))).toEqual([
    expect.stringContaining('chị đang nghỉ nên em đưa việc'),
  ]);
  expect(told.filter((text) => text.startsWith('zalo:k1'))).toEqual([
    expect.stringContaining('em đã chuyển lại cho'),
  ]);
});

interface Given {
  readonly office?: (id: string) => unknown;
  readonly officesOf?: (user: string) => readonly unknown[];
  readonly tell?: (rows: readonly NewOutboxMessage[]) => void;
}

function aDirectory({ office = () => null, officesOf = () => [] }: Given) {
  return {
    ...{ tree, office, officesOf },
    ...{ officesIn: () => [], holdersOf: () => [], everHeldBy: () => [] },
    ...{ mayActFor: () => false, lostRight: () => null, refresh: async () => true },
  } as unknown as ConstructorParameters<typeof ThreadSweep>[0]['directory'];
}

function aSweep(threads: Threads, atAll = true, given: Given = {}): ThreadSweep {
  return new ThreadSweep({
    ...{ threads, times, directory: aDirectory(given) },
    enqueue: async (rows) => given.tell?.(rows),
    wordsFor: () => new Dictionary(loadLocales()).in('vi'),
    reachable: async () => ({ byText: atAll, atAll, free: false, freeUntil: null }),
  });
}
