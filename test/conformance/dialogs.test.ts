import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURES } from '../../src/app/features';

/** Dialogs people stand in across deploys: no dead step, an upgrade for every one that holds the floor, and a talk that shows it. */

const DIALOGS = FEATURES.flatMap((feature) => feature.dialogs);
const TRANSCRIPTS = join(__dirname, '..', 'transcripts');
const talks = readdirSync(TRANSCRIPTS)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => readFileSync(join(TRANSCRIPTS, file), 'utf8'));

it('have ids of their own', () => {
  const ids = DIALOGS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(3);
});

describe.each(DIALOGS.map((dialog) => [dialog.id, dialog] as const))('%s', (_id, dialog) => {
  it('has no step that cannot be reached', () => {
    const reached = new Set([dialog.first]);
    for (const name of reached) for (const next of dialog.steps[name]?.to ?? []) reached.add(next);
    expect(Object.keys(dialog.steps).filter((name) => !reached.has(name))).toEqual([]);
  });

  it('says how a talk of an older version goes on, or holds nothing worth keeping', () => {
    expect(dialog.light === true || dialog.upgrade !== undefined).toBe(true);
  });
});

it('are shown by transcripts that a reader can judge', () => {
  expect(talks.length).toBeGreaterThanOrEqual(7);
  const all = talks.join('\n');
  // One sentence of each dialog, as people read it.
  for (const sentence of ['Bác là Trưởng thôn', 'Em ghi –', 'Đã gửi', 'Câu 1/4', 'trong 29 thôn'])
    expect(all).toContain(sentence);
});
