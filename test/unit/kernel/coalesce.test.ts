import { Coalescer, lookUps } from '../../../src/kernel/coalesce';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('makes one write of what comes while another is under way, in order, and answers each', async () => {
  const batches: number[][] = [];
  let finish: () => void = () => undefined;
  const coalescer = new Coalescer<number, number>(
    async (items) => {
      batches.push(items);
      await new Promise<void>((resolve) => (finish = resolve));
      return items.map((item) => item * 10);
    },
    { max: 3 },
  );
  const answers = [1, 2].map((item) => coalescer.add(item));
  await turn();
  answers.push(...[3, 4, 5, 6].map((item) => coalescer.add(item)));
  for (let n = 0; n < 3; n += 1) {
    await turn();
    finish();
    await turn();
  }
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50, 60]);
  expect(batches).toEqual([[1, 2], [3, 4, 5], [6]]);
});

it('rejects the one item whose result is an error, and all when the write throws', async () => {
  const picky = new Coalescer<number, number>(
    async (items) => items.map((item) => (item === 2 ? new Error('two') : item)),
    { max: 10 },
  );
  const settled = await Promise.allSettled([picky.add(1), picky.add(2), picky.add(3)]);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const broken = new Coalescer<number, number>(() => Promise.reject(new Error('away')), { max: 10 });
  await expect(Promise.all([broken.add(1), broken.add(2)])).rejects.toThrow('away');
  expect(broken.pending).toBe(0);
});

it('gives a write up that never settles, and goes on with what waited behind it', async () => {
  let lost = true;
  const coalescer = new Coalescer<number, number>(
    (items) => {
      if (!lost) return Promise.resolve(items);
      lost = false;
      return new Promise(() => undefined);
    },
    { max: 10, limitMs: 30 },
  );
  const first = coalescer.add(1);
  await turn();
  const second = coalescer.add(2);
  await expect(first).rejects.toMatchObject({ code: 'store_unavailable' });
  expect(await second).toBe(2);
  expect(coalescer.pending).toBe(0);
});

it('with everyMs: the first goes at once, those that follow closely go together', async () => {
  const batches: number[][] = [];
  const paced = new Coalescer<number, void>(
    async (items) => {
      batches.push(items);
      return items.map(() => undefined);
    },
    { max: 10, everyMs: 200 },
  );
  await paced.add(1);
  const others: Promise<void>[] = [];
  for (const item of [2, 3, 4]) {
    others.push(paced.add(item));
    await turn();
  }
  expect(batches).toEqual([[1]]);
  await Promise.all(others);
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

it('looks up what is asked for in the same moment with one query that names each id once', async () => {
  const asked: string[][] = [];
  const reader = lookUps(
    async (ids) => {
      asked.push(ids);
      return ids.filter((id) => id !== 'gone').map((_id) => ({ _id }));
    },
    ({ _id }) => _id.toUpperCase(),
    1,
  );
  const found = ['a', 'gone', 'a', 'b'].map((id) => reader.add(id));
  expect(await Promise.all(found)).toEqual(['A', null, 'A', 'B']);
  expect(asked).toEqual([['a', 'gone', 'b']]);
});
