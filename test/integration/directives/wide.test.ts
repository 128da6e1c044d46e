import { aTree, type PlainUnit } from '../../unit/reporting/builders';
import { vn } from '../../unit/directives/builders';
import { freshStore, type TestStore } from '../../support/stores';
import { DirectivesWorld, type Post } from './world';

/** A directive to the whole province: 99 communes, 2,214 villages. */

const COMMUNES = 99;
const VILLAGES = 2_214;

const communes: PlainUnit[] = Array.from({ length: COMMUNES }, (_, i) => ({
  code: `${i + 1}`,
  level: 'commune',
  parent: '24',
  name: `Xã ${i + 1}`,
}));
const villages: PlainUnit[] = Array.from({ length: VILLAGES }, (_, i) => ({
  code: `${(i % COMMUNES) + 1}-${Math.floor(i / COMMUNES) + 1}`,
  level: 'village',
  parent: `${(i % COMMUNES) + 1}`,
  name: `Thôn ${i + 1}`,
}));
const tree = aTree([
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  ...communes,
  ...villages,
]);
const posts: Post[] = [
  { unit: '24', role: 'department', user: 'zalo:dung' },
  { unit: '24', role: 'department', user: 'zalo:nga' },
  ...communes.map(({ code }): Post => ({ unit: code, role: 'commune_officer', user: `zalo:c${code}` })),
  ...villages.map(({ code }): Post => ({ unit: code, role: 'village_head', user: `zalo:v${code}` })),
];
const units = [...communes, ...villages].map(({ code }) => code);

let store: TestStore;
beforeAll(async () => {
  store = await freshStore();
});
afterAll(() => store.stop());

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);

it('network 1.5 case 9: 2,313 offices: broken off in the middle it goes on and doubles none; the tree is there within 200 ms', async () => {
  const before = new DirectivesWorld(store.connection, tree, posts);
  before.breakAfter(700);
  await expect(before.issue({ urgency: 'urgent', audience: { label: 'toàn tỉnh', units } })).rejects.toThrow(
    'broken off',
  );
  expect(before.rows.size).toBe(700);

  const after = new DirectivesWorld(store.connection, tree, posts);
  for (const [id, row] of before.rows) after.rows.set(id, row);
  await after.directives.timers.run(vn('16T08:01'));
  expect(after.rows.size).toBe(COMMUNES + VILLAGES + 1);
  expect(new Set([...after.rows.values()].map(({ to }) => to)).size).toBe(COMMUNES + VILLAGES + 1);

  // The request for the second key, which was turned, is none of those that leave.
  await after.deliver(vn('16T08:02'), { seen: true, most: 100 });
  const directive = await after.directives.view.get('D1');
  if (!directive) throw new Error('it is gone');
  const took: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    // The work of this process and the store in it; how busy the machine is with other things is not ours to test.
    const since = process.cpuUsage();
    const { counts } = await after.directives.view.progress(directive);
    const { user, system } = process.cpuUsage(since);
    took.push((user + system) / 1_000);
    expect(sum(counts)).toBe(COMMUNES + VILLAGES);
    expect(counts.seen).toBe(100);
  }
  expect(Math.min(...took)).toBeLessThan(200);

  await after.answer('zalo:v1-1', ['1-1'], 'done', vn('16T08:03'));
  expect((await after.counts())['done']).toBe(1);
}, 60_000);
