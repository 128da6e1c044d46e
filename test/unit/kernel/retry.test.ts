import { inTime } from '../../../src/kernel/retry';

const late = (): Error => new Error('late');

it('settles as the promise does when that is soon enough', async () => {
  expect(await inTime(Promise.resolve(7), 1_000, late)).toBe(7);
  await expect(inTime(Promise.reject(new Error('broken')), 1_000, late)).rejects.toThrow('broken');
});

it('rejects when the promise takes longer, and does not mind how that ends', async () => {
  let fail: (error: Error) => void = () => undefined;
  const slow = new Promise<never>((_resolve, reject) => (fail = reject));
  await expect(inTime(slow, 20, late)).rejects.toThrow('late');
  fail(new Error('broken after all'));
  await new Promise(setImmediate);
});

it('leaves no timer behind', async () => {
  const timers = jest.spyOn(global, 'setTimeout');
  const cleared = jest.spyOn(global, 'clearTimeout');
  await inTime(Promise.resolve(), 60_000, late);
  expect(cleared).toHaveBeenCalledWith(timers.mock.results[0]?.value);
});
