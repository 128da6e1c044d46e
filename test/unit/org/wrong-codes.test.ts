import { WrongCodes } from '../../../src/org/wrong-codes';

const AT = new Date('2026-03-12T08:00:00+07:00');
const minutes = (n: number) => new Date(AT.getTime() + n * 60_000);

/** Wrong tries in memory, as the store keeps them; what the log said. */
function aWatch(cap: number) {
  let noted: { id: string; at: Date }[] = [];
  const said: string[] = [];
  const repo = {
    attempts: async () => noted,
    addAttempt: async (_user: string, id: string, at: Date, keep = 20) => {
      if (!noted.some((one) => one.id === id)) noted = [...noted, { id, at }].slice(-keep);
    },
  };
  const log = {
    error: (_facts: object, message: string) => void said.push(message),
    info: (_facts: object, message: string) => void said.push(message),
  };
  return { watch: new WrongCodes(repo, log, cap), said };
}

it('stops all codes at the cap within an hour, says so once, and ends by itself', async () => {
  const { watch, said } = aWatch(3);
  for (const n of [0, 10, 20]) {
    expect(await watch.blockedUntil(minutes(n), `e${n}`)).toBeNull();
    await watch.note(`e${n}`, minutes(n));
  }
  expect(await watch.blockedUntil(minutes(21), 'other')).toEqual(minutes(60));
  expect([watch.standing(minutes(30)), watch.inTheHour(minutes(30))]).toEqual([true, 3]);
  expect(said).toEqual(['too many wrong claim codes: no code is taken']);
  expect(watch.standing(minutes(60))).toBe(false);
  expect(await watch.blockedUntil(minutes(61), 'other')).toBeNull();
  expect(said.slice(1)).toEqual(['claim codes are taken again']);
});

it('the turn that reached the cap decides the same when it is played again, and counts once', async () => {
  const { watch } = aWatch(2);
  await watch.note('e1', minutes(0));
  await watch.note('e2', minutes(1));
  await watch.note('e2', minutes(1));
  expect(watch.inTheHour(minutes(2))).toBe(2);
  expect(await watch.blockedUntil(minutes(1), 'e2')).toBeNull();
});

it('tries more than an hour apart do not add up', async () => {
  const { watch, said } = aWatch(2);
  await watch.note('e1', minutes(0));
  await watch.note('e2', minutes(61));
  expect(await watch.blockedUntil(minutes(62), 'other')).toBeNull();
  expect(said).toEqual([]);
});
