import { holdReports, type ReportsRepo } from '../../../src/reporting/reports.repo';
import type { Report } from '../../../src/reporting/report';

const key = { form: 'village-month', period: '2026-03', unit: '99001-07' };
const report = (rev: number): Report =>
  ({
    ...key,
    id: 'village-month:2026-03:99001-07',
    rev,
    figures: {},
    versions: [],
    acts: [],
    applied: [],
  }) as unknown as Report;

function store() {
  const state = {
    stored: null as Report | null,
    reads: 0,
    save: async () => true as boolean,
    gate: Promise.resolve(),
  };
  const repo = {
    get: async () => {
      state.reads += 1;
      const found = state.stored;
      await state.gate;
      return found;
    },
    getMany: async () => [],
    save: async (_before: Report | null, after: Report) => {
      const saved = await state.save();
      if (saved) state.stored = after;
      return saved;
    },
  } as unknown as ReportsRepo;
  return { state, held: holdReports(repo, 2) };
}

it('asks the store once, also for a report that is not there', async () => {
  const { state, held } = store();
  expect([await held.get(key), await held.get(key)]).toEqual([null, null]);
  expect(state.reads).toBe(1);
});

it('knows what it wrote', async () => {
  const { state, held } = store();
  await held.save(null, report(1));
  expect((await held.get(key))?.rev).toBe(1);
  expect(await held.getMany([key])).toHaveLength(1);
  expect(state.reads).toBe(0);
});

it('looks again after a write that was refused, and after one that failed', async () => {
  const { state, held } = store();
  await held.save(null, report(1));
  state.stored = report(7);
  state.save = async () => false;
  expect(await held.save(report(1), report(2))).toBe(false);
  expect((await held.get(key))?.rev).toBe(7);
  state.save = async () => {
    throw new Error('away');
  };
  await expect(held.save(report(7), report(8))).rejects.toThrow('away');
  state.stored = report(8);
  expect((await held.get(key))?.rev).toBe(8);
});

it('does not let a read that began earlier hide a write', async () => {
  const { state, held } = store();
  let open: () => void = () => undefined;
  state.gate = new Promise<void>((resolve) => (open = resolve));
  const reading = held.get(key);
  await held.save(null, report(1));
  open();
  expect((await reading)?.rev).toBe(1);
  expect((await held.get(key))?.rev).toBe(1);
});

it('holds only so many', async () => {
  const { state, held } = store();
  const other = (unit: string) => ({ ...key, unit });
  for (const unit of ['a', 'b', 'c', 'a']) await held.get(other(unit));
  expect(state.reads).toBe(4);
  await held.get(other('c'));
  expect(state.reads).toBe(4);
});
