import { armFailpoint, failpoint } from '../../../src/kernel/failpoint';

/** Where the process would have died. */
let deaths: string[] = [];
beforeEach(() => {
  deaths = [];
  jest.spyOn(process, 'kill').mockImplementation((_pid, signal) => {
    deaths.push(String(signal));
    return true;
  });
});
afterEach(() => {
  armFailpoint('');
  jest.restoreAllMocks();
});

it('dies at the passage that was named, and nowhere else', () => {
  armFailpoint('after_store:2');
  failpoint('before_store');
  failpoint('after_store');
  expect(deaths).toEqual([]);
  failpoint('after_store');
  expect(deaths).toEqual(['SIGKILL']);
});

it('counts from the signal on when it is meant for later', () => {
  armFailpoint('after_store:1:later');
  failpoint('after_store');
  expect(deaths).toEqual([]);
  process.emit('SIGUSR2', 'SIGUSR2');
  failpoint('after_store');
  expect(deaths).toEqual(['SIGKILL']);
});

it('no longer listens once it is disarmed', () => {
  const before = process.listenerCount('SIGUSR2');
  armFailpoint('after_store:1:later');
  expect(process.listenerCount('SIGUSR2')).toBe(before + 1);
  armFailpoint('');
  expect(process.listenerCount('SIGUSR2')).toBe(before);
});

it.each(['after_store', 'after_store:0', 'after_store:1:now', 'poison_sings:x'])('refuses «%s»', (spec) => {
  expect(() => armFailpoint(spec)).toThrow(RangeError);
});
