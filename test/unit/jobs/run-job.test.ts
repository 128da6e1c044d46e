import { z } from 'zod';
import { FrozenClock } from '../../../src/kernel/clock';
import { AppError } from '../../../src/kernel/errors';
import { defineJob, type JobHandlers } from '../../../src/jobs/define-job';
import { createRunJob } from '../../../src/jobs/run-job';
import { currentEventId, withEventId } from '../../../src/observability/logger';

const NOW = new Date('2026-03-12T01:00:00Z');
const deliver = defineJob({ name: 'outbox.deliver', schema: z.object({ id: z.string() }), attempts: 3 });
const sweep = defineJob({
  name: 'outbox.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 5_000 },
});

function world(handlers: JobHandlers) {
  const logged: { level: string; facts: object; message: string }[] = [];
  const log = (level: string) => (facts: object, message: string) =>
    void logged.push({ level, facts, message });
  const run = createRunJob(
    { definitions: [deliver, sweep], handlers },
    {
      logger: { info: log('info'), warn: log('warn'), error: log('error') },
      clock: new FrozenClock(NOW),
    },
  );
  return { run, logged };
}

it('hands the parsed payload, the time and the number of the try to the handler', async () => {
  const handler = jest.fn(async () => undefined);
  const { run } = world({ 'outbox.deliver': handler });
  expect(await run('outbox.deliver', { id: 'm1', more: 'dropped' }, 2)).toEqual({ outcome: 'done' });
  expect(handler).toHaveBeenCalledWith({ id: 'm1' }, { at: NOW, attempt: 2 });
});

it.each`
  thrown                               | attempt | again    | code                   | why
  ${new AppError('store_unavailable')} | ${1}    | ${true}  | ${'store_unavailable'} | ${'the store will come back'}
  ${new AppError('store_unavailable')} | ${3}    | ${false} | ${'store_unavailable'} | ${'three tries were allowed'}
  ${new AppError('zalo_refused')}      | ${1}    | ${false} | ${'zalo_refused'}      | ${'trying again cannot help'}
  ${new TypeError('Lan 84900000123')}  | ${1}    | ${true}  | ${'internal'}          | ${'an unknown failure may pass'}
`('after $code on try $attempt tries again: $again, since $why', async ({ thrown, attempt, again, code }) => {
  const { run, logged } = world({ 'outbox.deliver': () => Promise.reject(thrown as Error) });
  const result = await run('outbox.deliver', { id: 'm1' }, attempt as number);
  expect(result).toEqual({ outcome: again ? 'again' : 'failed', code });
  expect(logged).toMatchObject([{ level: again ? 'warn' : 'error', facts: { code, job: 'outbox.deliver' } }]);
  expect(JSON.stringify(logged)).not.toContain('84900000123');
});

it('sets a payload that does not fit aside at once, without quoting it', async () => {
  const handler = jest.fn(async () => undefined);
  const { run, logged } = world({ 'outbox.deliver': handler });
  const result = await run('outbox.deliver', { id: 84900000123 }, 1);
  expect(result).toEqual({ outcome: 'failed', code: 'bad_request' });
  expect(handler).not.toHaveBeenCalled();
  expect(JSON.stringify(logged)).not.toContain('84900000123');
});

it('drops a job that an older version left behind', async () => {
  const { run } = world({});
  expect(await run('old.kind', {}, 1)).toEqual({ outcome: 'failed', code: 'unknown_job' });
});

it('never runs a scheduled job beside itself, and runs it again afterwards', async () => {
  let end: () => void = () => undefined;
  const handler = jest.fn(() => new Promise<void>((resolve) => (end = resolve)));
  const { run } = world({ 'outbox.sweep': handler });
  const first = run('outbox.sweep', {}, 1);
  expect(await run('outbox.sweep', {}, 1)).toEqual({ outcome: 'skipped' });
  end();
  expect(await first).toEqual({ outcome: 'done' });
  const second = run('outbox.sweep', {}, 1);
  end();
  await second;
  expect(handler).toHaveBeenCalledTimes(2);
});

it('runs each job under an id of its own, which every log line of it carries', async () => {
  const seen: (string | undefined)[] = [];
  const { run } = world({ 'outbox.deliver': async () => void seen.push(currentEventId()) });
  await withEventId('an event', () => run('outbox.deliver', { id: 'm1' }, 1, '41'));
  await run('outbox.deliver', { id: 'm1' }, 1);
  expect(seen).toEqual(['job:outbox.deliver:41', `job:outbox.deliver:${NOW.toISOString()}`]);
  expect(currentEventId()).toBeUndefined();
});
