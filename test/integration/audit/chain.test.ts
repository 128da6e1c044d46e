import fc from 'fast-check';
import { createAuditRepo, type AuditRepo } from '../../../src/audit/audit.repo';
import { AuditService, verifyChain, type AuditSource } from '../../../src/audit/audit.service';
import type { AuditNote } from '../../../src/audit/entry';
import { prepareIndexes } from '../../../src/app/indexes';
import { freshStore, type TestStore } from '../../support/stores';

let store: TestStore;
let repo: AuditRepo;
beforeAll(async () => {
  store = await freshStore();
  repo = createAuditRepo(store.connection);
  await prepareIndexes(store.connection);
});
beforeEach(async () => {
  for (const name of ['audit', 'audit_people', 'audit_marks'])
    await store.connection.collection(name).deleteMany({});
});
afterAll(() => store.stop());

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 12, 1, minute));

function aNote(n: number, over: Partial<AuditNote> = {}): AuditNote {
  return {
    ...{ id: `n${String(n).padStart(3, '0')}`, at: at(n), act: 'report.sent', by: `zalo:${n % 3}` },
    ...{ unit: `u${n % 2}`, subject: `s${n}`, after: { n } },
    ...over,
  };
}

/** People's ids that do not hang on chance, so that two runs can be held side by side. */
function aService(sources: readonly AuditSource[] = []): AuditService {
  let people = 0;
  return new AuditService({ repo, sources, freshPerson: () => `p-${(people += 1)}` });
}

async function chain(service = aService()): Promise<string[]> {
  return (await service.page(1, null)).entries.map(({ subject }) => subject);
}

it('links what was noted in the order in which it happened, each once', async () => {
  const service = aService();
  await service.note(aNote(2), aNote(1));
  await aService().note(aNote(1));
  expect(await chain(service)).toEqual(['s1', 's2']);
  await service.note(aNote(3));
  const { entries, head } = await service.page(2, null);
  expect(entries.map(({ seq }) => seq)).toEqual([2, 3]);
  expect(head).toEqual({ seq: 3, digest: entries[1]?.digest });
  expect(await verifyChain(repo)).toMatchObject({ holds: true, checked: 3 });
  expect(await verifyChain(repo, 3)).toMatchObject({ holds: true, checked: 1 });
});

it('shows a part of the units their own, with gaps', async () => {
  const service = aService();
  await service.note(aNote(1), aNote(2), aNote(3));
  expect((await service.page(1, ['u1'])).entries.map(({ seq }) => seq)).toEqual([1, 3]);
});

it('several writers at once make one chain', async () => {
  const all = Array.from({ length: 60 }, (_, n) => aNote(n));
  const services = [aService(), aService(), aService()];
  await Promise.all(
    all.map(async (note, n) => {
      const service = services[n % 3] as AuditService;
      await service.note(note);
      await service.catchUp();
    }),
  );
  await aService().catchUp();
  expect(await verifyChain(repo)).toMatchObject({ holds: true, checked: 60 });
});

it.each`
  tampering                           | why         | what
  ${{ $set: { 'words.after.n': 5 } }} | ${'digest'} | ${'a changed value'}
  ${{ $set: { 'words.by': 'p-9' } }}  | ${'digest'} | ${'another person'}
  ${null}                             | ${'gap'}    | ${'a removed entry'}
`('finds $what', async ({ tampering, why }: { tampering: object | null; why: string }) => {
  const service = aService();
  await service.note(aNote(1), aNote(2), aNote(3));
  await service.catchUp();
  const entries = store.connection.collection('audit');
  if (tampering) await entries.updateOne({ seq: 2 }, tampering);
  else await entries.deleteOne({ seq: 2 });
  expect(await verifyChain(repo)).toMatchObject({ holds: false, why, at: tampering ? 2 : 3 });
});

it('forgets whom an id stands for and changes no entry', async () => {
  const service = aService();
  await service.note(aNote(1));
  const before = (await service.page(1, null)).entries;
  await service.forget('zalo:1');
  expect(await store.connection.collection('audit_people').countDocuments({})).toBe(0);
  expect((await aService().page(1, null)).entries).toEqual(before);
  expect(await verifyChain(repo)).toMatchObject({ holds: true });
});

it('holds back what came after a message still in hand', async () => {
  let held: Date | null = at(2);
  const service = new AuditService({ repo, heldFrom: async () => held });
  await service.note(aNote(1), aNote(3));
  expect(await chain(service)).toEqual(['s1']);
  await service.note(aNote(2));
  held = null;
  expect(await chain(service)).toEqual(['s1', 's2', 's3']);
});

/** A store whose process dies after so many writes; what was written stays. */
function dying(writes: number): AuditRepo {
  let left = writes;
  const write = (): void => {
    if (left <= 0) throw new Error('killed');
    left -= 1;
  };
  return {
    ...repo,
    add: async (notes) => {
      write();
      await repo.add(notes);
    },
    setMark: async (source, mark) => {
      write();
      await repo.setMark(source, mark);
    },
    link: async (all) => {
      for (const one of all) {
        write();
        await repo.link([one]);
      }
      return true;
    },
  };
}

it('killed anywhere and played again, it is the same chain', async () => {
  const deeds = Array.from({ length: 12 }, (_, n) => aNote(n));
  const source = (from: readonly AuditNote[]): AuditSource => ({
    name: 'deeds',
    since: async (mark) => {
      const start = Number(mark ?? 0);
      const notes = from.slice(start, start + 3);
      return { notes, mark: start + notes.length, more: notes.length === 3 };
    },
  });
  await aService([source(deeds)]).catchUp();
  const whole = (await repo.page(1, null, 100)).map(({ subject, digest: _d, previous: _p, ...rest }) => ({
    subject,
    seq: rest.seq,
  }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(16), { maxLength: 6 }), async (kills) => {
      for (const name of ['audit', 'audit_marks']) await store.connection.collection(name).deleteMany({});
      for (const writes of kills)
        await new AuditService({ repo: dying(writes), sources: [source(deeds)] })
          .catchUp()
          .catch((error: Error) => expect(error.message).toBe('killed'));
      await aService([source(deeds)]).catchUp();
      const again = await repo.page(1, null, 100);
      expect(again.map(({ subject, seq }) => ({ subject, seq }))).toEqual(whole);
      expect(await verifyChain(repo)).toMatchObject({ holds: true, checked: deeds.length });
    }),
    { numRuns: 15 },
  );
});
