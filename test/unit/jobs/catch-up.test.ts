import { z } from 'zod';
import { createCatchUp } from '../../../src/jobs/catch-up';
import { defineJob } from '../../../src/jobs/define-job';
import type { JobContext } from '../../../src/jobs/define-job';

const BEGUN = new Date('2026-03-12T08:00:00+07:00');
const empty = z.object({});
const handle = defineJob({ name: 'inbox.handle', schema: z.object({ user: z.string() }), attempts: 1 });
const plan = defineJob({ name: 'reminders.plan', schema: empty, attempts: 1, schedule: { every: 60_000 } });
const sweep = defineJob({ name: 'outbox.sweep', schema: empty, attempts: 1, schedule: { every: 5_000 } });
const renew = defineJob({ name: 'zalo.renew', schema: empty, attempts: 1, schedule: { every: 900_000 } });
const forget = defineJob({
  name: 'inbox.forget',
  schema: empty,
  attempts: 1,
  schedule: { dailyAt: '03:40' },
});
const DEFINITIONS = [renew, handle, forget, plan, sweep];

function world(failing?: string) {
  const done: string[] = [];
  const handler =
    (name: string) =>
    async (_payload: never, { at }: JobContext) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (name === failing) throw new Error(`${name} failed`);
      done.push(`${name} ${at.toISOString().slice(11, 16)}`);
    };
  const due = (...times: string[]) => {
    const known = times.map((at) => new Date(at));
    return (after: Date): Date | null => known.find((at) => at > after) ?? null;
  };
  const ladder = due('2026-03-12T09:00:00+07:00');
  const catchUp = createCatchUp(
    {
      definitions: DEFINITIONS,
      handlers: Object.fromEntries(DEFINITIONS.map(({ name }) => [name, handler(name)])),
      nextDue: [due('2026-03-12T10:00:00+07:00'), async (after) => ladder(after), () => null],
    },
    BEGUN,
  );
  return { ...catchUp, done };
}

it('stops at the earliest instant that anybody names', async () => {
  const { nextDue } = world();
  const first = await nextDue(BEGUN);
  expect(first).toEqual(new Date('2026-03-12T09:00:00+07:00'));
  const second = await nextDue(first as Date);
  expect(second).toEqual(new Date('2026-03-12T10:00:00+07:00'));
  expect(await nextDue(second as Date)).toBeNull();
});

it('runs what looks each minute at every stop, one after the other, also twice within a minute', async () => {
  const { runDue, done } = world();
  await runDue(new Date(BEGUN.getTime() + 10_000));
  await runDue(new Date(BEGUN.getTime() + 20_000));
  expect(done).toEqual([
    'reminders.plan 01:00',
    'outbox.sweep 01:00',
    'reminders.plan 01:00',
    'outbox.sweep 01:00',
  ]);
});

it('runs what is rarer once when its time was passed over, however often that was', async () => {
  const { runDue, done } = world();
  await runDue(new Date('2026-03-20T08:00:00+07:00'));
  expect(done.map((run) => run.split(' ')[0])).toEqual([
    'zalo.renew',
    'inbox.forget',
    'reminders.plan',
    'outbox.sweep',
  ]);
});

it('fails as the job does, and lets nothing run after it', async () => {
  const { runDue, done } = world('reminders.plan');
  await expect(runDue(BEGUN)).rejects.toThrow('reminders.plan failed');
  expect(done).toEqual([]);
});
