import fc from 'fast-check';
import { prepareIndexes } from '../../../src/app/indexes';
import { createAuditRepo } from '../../../src/audit/audit.repo';
import { AuditService, verifyChain } from '../../../src/audit/audit.service';
import type { AuditEntry } from '../../../src/audit/entry';
import { postSource } from '../../../src/audit/post-notes';
import { unitSource } from '../../../src/audit/unit-notes';
import { FrozenClock } from '../../../src/kernel/clock';
import { OrgDirectory } from '../../../src/org/directory';
import { createHandOverRepo } from '../../../src/org/hand-over.repo';
import { createHandOvers } from '../../../src/org/hand-over.service';
import { importUnits } from '../../../src/org/import/import';
import type { OfficeDoc } from '../../../src/org/org.model';
import { createOrgRepo } from '../../../src/org/org.repo';
import { SEED_UNITS_MARK } from '../../../src/org/seed/seed';
import { recompute } from '../../../src/reporting/recompute';
import { formOf } from '../../../src/reporting/forms';
import { reportSource } from '../../../src/reporting/report-audit';
import { createReportsRepo } from '../../../src/reporting/reports.repo';
import { ReportsService } from '../../../src/reporting/reports.service';
import { Rollup } from '../../../src/reporting/rollup';
import { UnitTree } from '../../../src/org/units';
import { reportsOutOf } from '../../support/audit-reports';
import { unitsOutOf } from '../../support/audit-units';
import { Random } from '../../support/random';
import { freshStore, type TestStore } from '../../support/stores';
import { calendars, vn } from '../../unit/reporting/builders';
import { aDeed, effectOf, type Deed } from '../../unit/reporting/deeds';

/**
 * Reports, posts and units change hands and figures in any order while the process dies anywhere: the store then holds the
 * same chain as without a death, and the totals are those that the chain alone would give.
 */

const PERIOD = '2026-03';
const FORM = formOf('village-month');
const VILLAGES = ['99001-01', '99001-02', '99001-03', '99002-01'] as const;
const UNITS = 'code,level,name,kind,parent_code,valid_from,valid_to,merged_into';
const FIRST_UNITS = [
  UNITS,
  '24,province,Bắc Ninh,tỉnh,,2025-07-01,,',
  '99001,commune,Tân Hòa,xã,24,2025-07-01,,',
  '99002,commune,Vân Sơn,xã,24,2025-07-01,,',
  ...VILLAGES.map((code) => `${code},village,${code},thôn,${code.slice(0, 5)},2025-07-01,,`),
];
/** The second village of the first commune becomes part of the first one in the middle of the month. */
const MERGER = [
  UNITS,
  `${VILLAGES[1]},village,${VILLAGES[1]},thôn,99001,2025-07-01,2026-03-15,${VILLAGES[0]}`,
];

type Step =
  | { readonly does: 'deed'; readonly deed: Deed }
  | { readonly does: 'handover'; readonly village: number; readonly gap: number }
  | { readonly does: 'merge'; readonly gap: number };

/** Something that happens at an instant, with the id of its event. */
interface Happening {
  readonly id: string;
  readonly at: Date;
  readonly step: Step;
}

let store: TestStore;
beforeAll(async () => {
  store = await freshStore();
  await prepareIndexes(store.connection);
});
afterAll(() => store.stop());

class Killed extends Error {}

/** Where a life ends: at its `calls`th call of the store, before it, half through it or right after it. */
interface Fate {
  calls: number;
  readonly when: 'before' | 'half' | 'after';
}

/** The repository as long as the life lasts. */
function mortal<T extends object>(repo: T, fate: Fate): T {
  return new Proxy(repo, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || name === 'machineNow') return method;
      return async (...args: unknown[]) => {
        fate.calls -= 1;
        if (fate.calls < 0 || (fate.calls === 0 && fate.when === 'before')) throw new Killed();
        const [list] = args;
        const half = fate.calls === 0 && fate.when === 'half' && Array.isArray(list);
        const given = half ? [list.slice(0, Math.ceil(list.length / 2)), ...args.slice(1)] : args;
        const result: unknown = await Reflect.apply(method, target, given);
        if (fate.calls === 0) throw new Killed();
        return result;
      };
    },
  });
}

/** One life of the program, as far as reports, posts and the audit go. */
async function live(fate: Fate, heldFrom: () => Date | null) {
  const { connection } = store;
  const clock = new FrozenClock(vn('24T18:00'));
  const reportsRepo = mortal(createReportsRepo(connection), fate);
  const orgRepo = mortal(createOrgRepo(connection), fate);
  const directory = await OrgDirectory.load(orgRepo);
  const units = () => directory.tree;
  const deps = { repo: reportsRepo, units, calendars, optionalFigures: {} };
  const reports = new ReportsService({ ...deps, undoMs: 600_000, clock });
  const rollup = new Rollup(deps);
  reports.onChange((report) => rollup.note(report));
  const handOvers = createHandOvers({
    ...{ repo: mortal(createHandOverRepo(connection), fate), orgRepo, directory },
    ...{ org: { mayDo: async () => true, leave: async () => 'already' as const }, key: Buffer.alloc(32, 3) },
  });
  const audit = new AuditService({
    // Ids of people by name, so that two runs can be held side by side.
    repo: mortal({ ...createAuditRepo(connection), personOf: async (user: string) => `p:${user}` }, fate),
    sources: [
      reportSource(reportsRepo, (unit, at) => directory.holderAt(unit, at)),
      postSource(orgRepo, () => clock.now()),
      unitSource(orgRepo),
    ],
    heldFrom: async () => heldFrom(),
  });
  return { reports, rollup, directory, orgRepo, handOvers, audit };
}
type Life = Awaited<ReturnType<typeof live>>;

async function handle({ reports, directory, orgRepo, handOvers }: Life, { id, at, step }: Happening) {
  if (step.does === 'merge') {
    await importUnits({ repo: orgRepo, bytes: Buffer.from(MERGER.join('\n')), dryRun: false, now: at });
    await directory.refresh();
    return;
  }
  const unit = VILLAGES[step.does === 'deed' ? step.deed.village : step.village] as string;
  if (step.does === 'handover') {
    const officeId = `${unit}:village_head:1`;
    const user = `zalo:${id}`;
    await orgRepo.changeOffices([{ id: officeId, set: { invited: user } }]);
    const notice = { version: '2026-1', eventId: id };
    await handOvers.accept({ officeId, user, effectId: `${id}:0`, at, notice });
    return;
  }
  const key = { form: FORM.id, period: PERIOD, unit };
  const effect = effectOf(step.deed, await reports.get(key), at, key, id);
  // A unit that is there no more has nothing to say.
  if (effect && directory.tree.get(unit, '2026-03-31')) await reports.apply(effect);
}

/** What is left of a run in the store. */
interface Outcome {
  readonly entries: readonly AuditEntry[];
  readonly kills: number;
  readonly totals: readonly unknown[];
  readonly reckoned: readonly unknown[];
}

/** Plays everything. With `random` the process dies now and then and links at any time; without, it lives and links at the end. */
async function play(happenings: readonly Happening[], random: Random | null): Promise<Outcome> {
  await beginAnew();
  const open = new Set(happenings);
  const oldest = (): Date | null => [...open].find(() => true)?.at ?? null;
  const fateOf = (): Fate => ({
    calls: random ? random.between(1, 60) : Infinity,
    when: random?.pick(['before', 'half', 'after']) ?? 'after',
  });
  let kills = 0;
  const alive = async (): Promise<Life> => live(fateOf(), oldest);
  let life: Life | null = null;
  const surviving = async (work: (now: Life) => Promise<unknown>): Promise<void> => {
    for (;;)
      try {
        life ??= await alive();
        await work(life);
        return;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        kills += 1;
        life = null;
      }
  };
  for (const happening of happenings) {
    await surviving((now) => handle(now, happening));
    open.delete(happening);
    if (random?.chance(0.4)) await surviving((now) => now.audit.catchUp());
  }
  await surviving((now) => now.audit.catchUp());
  // What died at last is looked at by one that lives on.
  const last = await live({ calls: Infinity, when: 'after' }, () => null);
  const entries = await createAuditRepo(store.connection).page(1, null, 10_000);
  // The merger too is known from the chain alone.
  const tree = new UnitTree(unitsOutOf(entries));
  expect(tree.records).toEqual(last.directory.tree.records);
  const asked = last.reports.asked(FORM.id, PERIOD);
  const reckoned = [...recompute(FORM, PERIOD, asked, tree, reportsOutOf(entries)).values()];
  const totals = await Promise.all(reckoned.map(({ unit }) => last.rollup.totals(FORM.id, PERIOD, unit)));
  expect(await verifyChain(createAuditRepo(store.connection))).toMatchObject({ holds: true });
  return { entries, kills, totals, reckoned };
}

async function beginAnew(): Promise<void> {
  const { connection } = store;
  for (const { name } of await connection.listCollections()) await connection.collection(name).deleteMany({});
  const repo = createOrgRepo(connection);
  await repo.mark(SEED_UNITS_MARK);
  const read = await importUnits({
    ...{ repo, bytes: Buffer.from(FIRST_UNITS.join('\n')), dryRun: false },
    now: vn('10T07:00'),
  });
  expect(read.refused).toEqual([]);
  await repo.addOffices(VILLAGES.map(anOffice));
  await repo.bump('offices');
}

function anOffice(unit: string): OfficeDoc {
  const at = vn('10T08:00');
  return {
    ...{
      _id: `${unit}:village_head:1`,
      unit,
      role: 'village_head',
      fullName: 'Nguyễn Văn Tư',
      address: 'bác',
    },
    ...{ title: null, user: `zalo:${unit}`, claimedAt: at, claimEffect: `begin-${unit}:0` },
    ...{ consent: null, phone: null, phoneHash: null, demo: false, former: [] },
  };
}

const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: aDeed(VILLAGES.length).map((deed) => ({ does: 'deed' as const, deed })) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('handover' as const),
      village: fc.nat(VILLAGES.length - 1),
      gap: fc.nat(120),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('merge' as const), gap: fc.nat(120) }) },
);

/** In order of time, no two at one instant. */
function timed(steps: readonly Step[]): Happening[] {
  let at = vn('14T08:00').getTime();
  return steps.map((step, n) => {
    at += (step.does === 'deed' ? step.deed.gap : step.gap) * 60_000 + 1_000;
    return { id: `e${String(n).padStart(3, '0')}`, at: new Date(at), step };
  });
}

it('deaths anywhere leave the chain as it would be without, and the chain gives the totals', async () => {
  let [kills, entries] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 10, maxLength: 30 }), fc.nat(), async (steps, seed) => {
      const happenings = timed(steps);
      const whole = await play(happenings, null);
      const killed = await play(happenings, new Random(seed));
      expect(killed.entries).toEqual(whole.entries);
      expect(whole.totals).toEqual(whole.reckoned);
      expect(killed.totals).toEqual(whole.totals);
      kills += killed.kills;
      entries += whole.entries.length;
    }),
    { seed: 15, numRuns: 20, endOnFailure: true },
  );
  expect(kills).toBeGreaterThan(60);
  expect(entries).toBeGreaterThan(200);
}, 180_000);
