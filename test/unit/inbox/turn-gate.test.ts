import { TurnGate } from '../../../src/inbox/attempts';

const soon = (ms = 5): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('lets turns go side by side, and lone ones with nothing else in hand', async () => {
  const gate = new TurnGate();
  let inside = 0;
  let most = 0;
  const seen: number[] = [];
  const turn = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await soon();
    inside -= 1;
  };
  const lone = async (): Promise<void> => {
    seen.push(inside);
    await turn();
    seen.push(inside);
  };
  await Promise.all([
    ...Array.from({ length: 5 }, () => gate.beside(turn)),
    gate.alone(lone),
    ...Array.from({ length: 5 }, () => gate.beside(turn)),
    gate.alone(lone),
    gate.beside(turn),
  ]);
  expect(seen).toEqual([0, 0, 0, 0]);
  expect(most).toBeGreaterThan(1);
});

it('goes on after a turn that failed, alone or not', async () => {
  const gate = new TurnGate();
  const fails = async (): Promise<void> => {
    await soon(1);
    throw new Error('no');
  };
  const results = await Promise.allSettled([
    gate.alone(fails),
    gate.beside(fails),
    gate.alone(soon),
    gate.beside(soon),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
});

it('does not wait for ever for a turn that hangs', async () => {
  const gate = new TurnGate(20);
  void gate.beside(() => new Promise(() => undefined));
  let done = false;
  await gate.alone(async () => void (done = true));
  expect(done).toBe(true);
});
