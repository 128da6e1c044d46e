import type { MovableClock } from '../../src/kernel/clock';

/** Two clocks of one story, that of the program and that of the world around it, which are moved together. */

/**
 * Moves the program's clock to that of the test, or so much ahead of it, and waits until everything due by then is out. A
 * request takes longer on its way than the clocks differ, so the instant asked for lies a little ahead. False when the
 * program's clock is already later. Throws when the program does not take it, or dies over it.
 */
async function postClock(url: string, token: string, time: MovableClock, aheadMs: number): Promise<boolean> {
  const now = new Date(time.now().getTime() + aheadMs);
  const ask = (): Promise<Response> =>
    fetch(`${url}/simulator/clock`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ now: now.toISOString() }),
    });
  // A kept line may just have been closed for idleness; the same instant asked for again changes nothing.
  const answer = await ask().catch(ask);
  if (answer.status === 409) return false;
  if (answer.status !== 200) throw new Error(`the clock was refused: ${await answer.text()}`);
  if (now > time.now()) time.moveTo(now);
  return true;
}

/** Brings the program up to the time of the test; resolves once everything due is out. */
export async function bringUp(url: string, token: string, time: MovableClock): Promise<void> {
  for (let ahead = 20; !(await postClock(url, token, time, ahead)); ahead *= 2)
    if (ahead > 5_000) throw new Error('the clocks of the program and of the test have come apart');
}
