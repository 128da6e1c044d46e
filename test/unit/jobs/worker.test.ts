import type { Job } from 'bullmq';
import { UnrecoverableError } from 'bullmq';
import { z } from 'zod';
import { FrozenClock } from '../../../src/kernel/clock';
import { AppError } from '../../../src/kernel/errors';
import { defineJob } from '../../../src/jobs/define-job';
import { createProcessor } from '../../../src/jobs/worker';
import type { JobHandlers } from '../../../src/jobs/define-job';
import { currentEventId, withEventId } from '../../../src/observability/trace';

const NOW = new Date('2026-03-12T01:00:00Z');
const deliver = defineJob({ name: 'outbox.deliver', schema: z.object({ id: z.string() }), attempts: 3 });
const sweep = defineJob({
  name: 'outbox.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 5_000 },
});

function processor(handlers: JobHandlers) {
  const logged: { level: string; facts: object; message: string }[] = [];
  const measured: string[] = [];
  const log = (level: string) => (facts: object, message: string) =>
    void logged.push({ level, facts, message });
  const run = createProcessor([deliver, sweep], handlers, {
    logger: { info: log('info'), warn: log('warn'), error: log('error') },
    clock: new FrozenClock(NOW),
    observe: (job, outcome) => void measured.push(`${job} ${outcome}`),
  });
  return { run, logged, measured };
}

const aJob = (change: Partial<Job> = {}): Job =>
  ({ name: 'outbox.deliver', data: { id: 'm1' }, attemptsMade: 0, ...change }) as Job;

it('hands the parsed payload, the time and the number of the try to the handler', async () => {
  const handler = jest.fn(async () => undefined);
  const { run, measured } = processor({ 'outbox.deliver': handler });
  await run(aJob({ data: { id: 'm1', more: 'dropped' }, attemptsMade: 1 }));
  expect(handler).toHaveBeenCalledWith({ id: 'm1' }, { at: NOW, attempt: 2 });
  expect(measured).toEqual(['outbox.deliver done']);
});

it.each`
  thrown                               | attemptsMade | again    | code                   | why
  ${new AppError('store_unavailable')} | ${0}         | ${true}  | ${'store_unavailable'} | ${'the store will come back'}
  ${new AppError('store_unavailable')} | ${2}         | ${false} | ${'store_unavailable'} | ${'three tries were allowed'}
  ${new AppError('zalo_refused')}      | ${0}         | ${false} | ${'zalo_refused'}      | ${'trying again cannot help'}
  ${new TypeError('Lan 84900000123')}  | ${0}         | ${true}  | ${'internal'}          | ${'an unknown failure may pass'}
`(
  'after $code on try $attemptsMade tries again: $again, since $why',
  async ({ thrown, attemptsMade, again, code }) => {
    const { run, logged, measured } = processor({ 'outbox.deliver': () => Promise.reject(thrown as Error) });
    const failure: unknown = await run(aJob({ attemptsMade: attemptsMade as number })).catch(
      (e: unknown) => e,
    );
    expect(failure instanceof UnrecoverableError).toBe(!again);
    expect((failure as Error).message).toBe(code);
    expect(measured).toEqual([`outbox.deliver ${again ? 'again' : 'failed'}`]);
    expect(logged).toMatchObject([
      { level: again ? 'warn' : 'error', facts: { code, job: 'outbox.deliver' } },
    ]);
    expect(JSON.stringify(logged)).not.toContain('84900000123');
  },
);

it('sets a payload that does not fit aside at once, without quoting it', async () => {
  const handler = jest.fn(async () => undefined);
  const { run, logged } = processor({ 'outbox.deliver': handler });
  await expect(run(aJob({ data: { id: 84900000123 } }))).rejects.toBeInstanceOf(UnrecoverableError);
  expect(handler).not.toHaveBeenCalled();
  expect(JSON.stringify(logged)).not.toContain('84900000123');
});

it('drops a job that an older version left behind', async () => {
  const { run, measured } = processor({});
  await expect(run(aJob({ name: 'old.kind' }))).rejects.toBeInstanceOf(UnrecoverableError);
  expect(measured).toEqual(['old.kind failed']);
});

it('never runs a scheduled job beside itself, and runs it again afterwards', async () => {
  let end: () => void = () => undefined;
  const handler = jest.fn(() => new Promise<void>((resolve) => (end = resolve)));
  const { run, measured } = processor({ 'outbox.sweep': handler });
  const tick = aJob({ name: 'outbox.sweep', data: {} });
  const first = run(tick);
  await run(tick);
  expect(measured).toEqual(['outbox.sweep skipped']);
  end();
  await first;
  const second = run(tick);
  end();
  await second;
  expect(handler).toHaveBeenCalledTimes(2);
});

it('runs each job under an id of its own, which every log line of it carries', async () => {
  const seen: (string | undefined)[] = [];
  const { run } = processor({ 'outbox.deliver': async () => void seen.push(currentEventId()) });
  await withEventId('an event', () => run(aJob({ id: '41' })));
  await run(aJob());
  expect(seen).toEqual(['job:outbox.deliver:41', `job:outbox.deliver:${NOW.toISOString()}`]);
  expect(currentEventId()).toBeUndefined();
});
