import { z } from 'zod';
import type { JobDefinition } from '../../../src/jobs/define-job';
import { checkCatalogue, defineJob } from '../../../src/jobs/define-job';

const sound = { name: 'inbox.handle', schema: z.object({ user: z.string().optional() }), attempts: 3 };

it.each`
  change                                                                 | fault              | why
  ${{ name: 'drain' }}                                                   | ${'feature.verb'}  | ${'nobody would know whose job it is'}
  ${{ name: 'inbox:drain' }}                                             | ${'feature.verb'}  | ${'the queue reserves the colon'}
  ${{ attempts: 0 }}                                                     | ${'attempts'}      | ${'it would never run'}
  ${{ schedule: { every: 10 } }}                                         | ${'every'}         | ${'seconds meant as milliseconds'}
  ${{ schedule: { dailyAt: '3:40' } }}                                   | ${'dailyAt'}       | ${'no time of day as clocks show it'}
  ${{ schedule: { dailyAt: '24:00' } }}                                  | ${'dailyAt'}       | ${'no such time of day'}
  ${{ schedule: { every: 5000 }, schema: z.object({ id: z.string() }) }} | ${'empty payload'} | ${'a schedule has no ids to give'}
`('refuses $change: $why', ({ change, fault }: { change: Partial<JobDefinition>; fault: string }) => {
  expect(() => defineJob({ ...sound, ...change })).toThrow(fault);
});

it('takes a sound definition as it is, and freezes it', () => {
  const job = defineJob({ ...sound, schedule: { dailyAt: '08:00' } });
  expect(job).toEqual({ ...sound, schedule: { dailyAt: '08:00' } });
  expect(Object.isFrozen(job)).toBe(true);
});

describe('the catalogue', () => {
  const job = defineJob(sound);
  const handler = async (): Promise<void> => undefined;

  it.each`
    definitions   | handlers                                       | fault
    ${[job, job]} | ${{ 'inbox.handle': handler }}                 | ${'defined twice'}
    ${[job]}      | ${{}}                                          | ${'no handler'}
    ${[job]}      | ${{ 'inbox.handle': handler, 'x.y': handler }} | ${'not in the catalogue'}
  `('is refused when something is $fault', ({ definitions, handlers, fault }) => {
    expect(() => checkCatalogue({ definitions, handlers })).toThrow(fault);
  });

  it('is taken when names and handlers meet', () => {
    expect(() => checkCatalogue({ definitions: [job], handlers: { 'inbox.handle': handler } })).not.toThrow();
  });
});
