import { presentDirective, progressFor } from '../../../src/api/directives';
import type { Directive } from '../../../src/directives/directive';
import { progressOf, type ProgressNode } from '../../../src/directives/progress';
import { aTree } from '../reporting/builders';
import { aDirective, aRecipient } from '../directives/builders';

/** Whose token sees which part of a directive. */

const tree = aTree([
  { code: '24', level: 'province', parent: null },
  { code: '1', level: 'commune', parent: '24' },
  { code: '2', level: 'commune', parent: '24' },
  { code: '1-1', level: 'village', parent: '1' },
  { code: '1-2', level: 'village', parent: '1' },
]);
const recipients = [
  aRecipient({ unit: '1', through: null, answer: 'acknowledged' }),
  aRecipient({ unit: '1-1', answer: 'done' }),
  aRecipient({ unit: '1-2' }),
];
const view = {
  get: async (id: string): Promise<Directive | null> => (id === 'D1' ? aDirective() : null),
  progress: async (directive: Directive, root?: string): Promise<ProgressNode> =>
    progressOf(directive, recipients, tree, '2026-03-16', root),
};
const as = (unit: string | null) => progressFor(view, tree, { name: 'token', unit }, 'D1');

it('an unlimited token sees the whole, one of a subtree its own part with the same state at its root', async () => {
  expect(await as(null)).toMatchObject({
    unit: '24',
    state: 'issued',
    counts: { acknowledged: 1, done: 1, waiting: 1 },
  });
  expect(await as('24')).toMatchObject({ unit: '24' });
  expect(await as('1')).toMatchObject({
    unit: '1',
    state: 'issued',
    counts: { acknowledged: 1, done: 1, waiting: 1 },
  });
  expect(await as('1-1')).toMatchObject({
    unit: '1-1',
    counts: { acknowledged: 0, done: 1, waiting: 0 },
    children: [],
  });
});

it('a token of a commune that has no part in it is refused, an unknown id is not found', async () => {
  await expect(as('2')).rejects.toMatchObject({ code: 'outside_subtree' });
  await expect(progressFor(view, tree, { name: 'token', unit: null }, 'D9')).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('a directive leaves with instants that carry their offset, and posts in the place of names', () => {
  expect(presentDirective(aDirective())).toEqual({
    ...{
      id: 'D1',
      number: '145/UBND-VX',
      text: 'mở lớp',
      urgency: 'normal',
      deadline: '2026-03-27T17:00:00+07:00',
    },
    ...{ issuedAt: '2026-03-16T08:00:00+07:00', by: '24:department:1', confirmedBy: null, supersedes: null },
    ...{ audience: { label: 'xã Tân Hòa', offices: 3 }, practice: false, sendAt: null, state: 'issued' },
  });
});
