import type { mongo } from 'mongoose';
import { FrozenClock, MovableClock } from '../../../src/kernel/clock';
import { createMetrics } from '../../../src/observability/metrics';
import { openOrg } from '../../../src/org/org.module';
import { WRONG_CODES_CAP } from '../../../src/org/wrong-codes';
import { createDemoCodes, seedHolders } from '../../../src/org/seed/demo-holders';
import { OrgDirectory } from '../../../src/org/directory';
import { importMembers } from '../../../src/org/import/import';
import { createOrgRepo, type OrgRepo } from '../../../src/org/org.repo';
import { claimCodeHash, createOrgService, phoneHash } from '../../../src/org/org.service';
import { seedUnits, seedUnitRecords } from '../../../src/org/seed/seed';
import { prepareIndexes } from '../../../src/app/indexes';
import { freshStore } from '../../support/stores';

const KEY = Buffer.alloc(32, 3);
const AT = new Date('2026-03-12T08:00:00+07:00');
const later = (minutes: number) => new Date(AT.getTime() + minutes * 60_000);
const clock = new FrozenClock(AT);

let store: Awaited<ReturnType<typeof freshStore>>;
let repo: OrgRepo;

/** One store, emptied between the tests: its start and its indexes cost more than what a test does with it. */
beforeAll(async () => {
  store = await freshStore();
  repo = createOrgRepo(store.connection);
  await prepareIndexes(store.connection);
});
afterAll(async () => {
  await store.stop();
});
beforeEach(async () => {
  for (const name of await names()) await store.connection.collection(name).deleteMany({});
});
async function names(): Promise<string[]> {
  return (await store.connection.listCollections()).map(({ name }) => name);
}

/** What the first start stores, by collection; written as it is from the second time on. */
let seeded: Map<string, mongo.WithId<mongo.Document>[]> | null = null;

async function seed(): Promise<void> {
  if (seeded === null) {
    await seedUnits(repo);
    await seedHolders(repo, KEY);
    seeded = new Map();
    for (const name of await names())
      seeded.set(name, await store.connection.collection(name).find().toArray());
    return;
  }
  for (const [name, documents] of seeded)
    if (documents.length > 0) await store.connection.collection(name).insertMany(documents);
}

/** The store as after a first start in simulator mode. */
async function aProvince() {
  await seed();
  const directory = await OrgDirectory.load(repo);
  const limits = { tries: 3, withinMinutes: 60, blockMinutes: 30 };
  const org = createOrgService({ repo, directory, key: KEY, limits });
  const demoCodes = createDemoCodes({ repo, directory, key: KEY, clock });
  return { directory, org, demoCodes };
}
async function aCode(demoCodes: () => Promise<{ unit: string; role: string; code: string }[]>, post: string) {
  const shown = (await demoCodes()).find(({ unit, role }) => `${unit}:${role}` === post);
  if (!shown) throw new Error(`no code for ${post}`);
  return {
    officeId: `${post}:1`,
    codeHash: claimCodeHash(KEY, shown.code.replace(' ', '')),
    code: shown.code,
  };
}
const HEAD = '07795-01:village_head';

describe('wrong codes of all people together', () => {
  /** The parts as the program joins them, with every demo post. */
  async function wholeOrg(fresh = true) {
    if (fresh) await seed();
    const metrics = createMetrics();
    const said: string[] = [];
    const log = {
      info: (_facts: object, message: string) => void said.push(message),
      error: (_facts: object, message: string) => void said.push(message),
    };
    const clock = MovableClock.startingAt(AT);
    const org = openOrg({ connection: store.connection, key: KEY, clock, log, metrics });
    await org.directory.refresh();
    return { org, metrics, said, clock };
  }

  it('stop every code at the cap: the look-up, the metric, the health and the log say so, for an hour', async () => {
    const { org, metrics, said, clock } = await wholeOrg();
    const good = await aCode(org.demoCodes, HEAD);
    const looks = (user: string, at: Date) =>
      org.service.lookUp({ codeHash: good.codeHash, user, effectId: `look:${user}`, at });
    const wrong = async (n: number, at: Date) =>
      org.service.noteWrongCode({ user: `zalo:9${n}`, effectId: `wrong:${n}`, at });
    for (let n = 1; n < WRONG_CODES_CAP; n += 1) await wrong(n, AT);
    expect(await looks('zalo:1', AT)).toMatchObject({ outcome: 'office' });
    expect(org.claimCodes()).toEqual({ ok: true });
    await wrong(WRONG_CODES_CAP, AT);
    // Of somebody who has never typed a code, and with a good one.
    expect(await looks('zalo:2', AT)).toEqual({ outcome: 'blocked', until: later(60) });
    expect(await metrics.text()).toContain(`claim_codes_wrong_in_hour ${WRONG_CODES_CAP}\n`);
    expect(org.claimCodes()).toEqual({ ok: false, detail: 'too many wrong claim codes' });
    expect(said).toEqual(['too many wrong claim codes: no code is taken']);
    clock.moveTo(later(61));
    expect(await looks('zalo:2', later(61))).toMatchObject({ outcome: 'office' });
    expect(await metrics.text()).toContain('claim_codes_wrong_in_hour 0\n');
    expect(org.claimCodes()).toEqual({ ok: true });
    expect(said).toHaveLength(2);
  });

  it('are counted by whoever looks next, in another process too', async () => {
    const { org } = await wholeOrg();
    const other = await wholeOrg(false);
    for (let n = 1; n <= WRONG_CODES_CAP; n += 1)
      await org.service.noteWrongCode({ user: `zalo:9${n}`, effectId: `wrong:${n}`, at: AT });
    const look = { codeHash: 'h', user: 'zalo:1', effectId: 'look', at: AT };
    expect(await other.org.service.lookUp(look)).toMatchObject({ outcome: 'blocked' });
    expect(other.org.claimCodes()).toMatchObject({ ok: false });
  });
});

describe('the first start', () => {
  it('loads units and invented holders once, quickly', async () => {
    expect([await seedUnits(repo), await seedHolders(repo, KEY)]).toEqual([true, true]);
    expect([await seedUnits(repo), await seedHolders(repo, KEY)]).toEqual([false, false]);
    const directory = await OrgDirectory.load(repo);
    expect(directory.tree.size).toBe(205);
    expect(directory.all()).toHaveLength(98 * 2 + 99 * 2 + 7 + 5);
  });

  it('completes a load that was cut short, and leaves what is there as it is', async () => {
    const [province, ...others] = seedUnitRecords();
    if (!province) throw new Error('no province');
    await repo.addUnits([{ ...province, spans: province.spans.slice(0, 1) }, ...others.slice(0, 30)]);
    await seedUnits(repo);
    const { tree } = await OrgDirectory.load(repo);
    expect(tree.size).toBe(205);
    expect(tree.spansOf('24')).toHaveLength(1);
  });

  it('adds the agencies and their holders to a folder of an earlier version, and touches nothing else there', async () => {
    await seed();
    const early = (code: string) => !code.startsWith('24-') && !code.endsWith(':2');
    for (const name of ['org_units', 'org_offices']) {
      const ids = await store.connection.collection<{ _id: string }>(name).find().toArray();
      const late = ids.map(({ _id }) => _id).filter((id) => !early(id));
      await store.connection.collection<{ _id: string }>(name).deleteMany({ _id: { $in: late } });
    }
    const marks = store.connection.collection<{ _id: string; n: number }>('org_meta');
    await marks.deleteMany({ _id: /^seed:/ });
    await marks.insertMany([
      { _id: 'seed:units', n: 1 },
      { _id: 'seed:holders', n: 1 },
    ]);
    const before = await OrgDirectory.load(repo);
    expect([before.tree.size, before.all().length]).toEqual([198, 397]);
    const user = 'zalo:7';
    await store.connection
      .collection<{ _id: string }>('org_offices')
      .updateOne({ _id: '24:department:1' }, { $set: { user, fullName: 'Phan Thị Thật', demo: false } });

    expect([await seedUnits(repo), await seedHolders(repo, KEY)]).toEqual([true, true]);
    const after = await OrgDirectory.load(repo);
    expect(after.tree.children('24', '2026-03-12').filter(({ level }) => level === 'agency')).toHaveLength(7);
    expect(after.officesIn('24-GDDT').map(({ role }) => role)).toEqual(['agency_officer']);
    expect(after.officesIn('24').map(({ id }) => id)).toEqual([
      // A real holder of the department is there, so nobody invented joins them.
      '24:department:1',
      '24:police:1',
      '24:province:1',
      '24:province:2',
    ]);
    expect(after.officesActingFor('24-KHCN').map(({ id }) => id)).toEqual([
      '24-KHCN:agency_officer:1',
      '24:department:1',
    ]);
    expect(after.office('24:department:1')).toMatchObject({ user, fullName: 'Phan Thị Thật' });
  });

  it('shows a code for each invented post that only its hash is stored of, different under another key', async () => {
    const { demoCodes, directory } = await aProvince();
    const shown = await demoCodes();
    expect(shown).toHaveLength(406);
    expect(new Set(shown.map(({ code }) => code)).size).toBe(406);
    expect(shown.every(({ code }) => /^[1-9]\d{3} [1-9]\d{3}$/.test(code))).toBe(true);
    expect(shown.find(({ unit, role }) => `${unit}:${role}` === HEAD)).toMatchObject({
      unitName: 'tổ dân phố Chu Xá',
      communeName: 'phường Nếnh',
      claimed: false,
    });
    const raw = JSON.stringify(await repo.offices());
    expect(shown.filter(({ code }) => raw.includes(code.replace(' ', '')) || raw.includes(code))).toEqual([]);
    const others = createDemoCodes({ repo, directory, key: Buffer.alloc(32, 4), clock });
    expect(await others()).toEqual([]);
  });
});

describe('claiming', () => {
  it('gives the post once; the code is spent and the same effect answers the same', async () => {
    const { org, demoCodes, directory } = await aProvince();
    const { officeId, codeHash } = await aCode(demoCodes, HEAD);
    expect(await org.findByCode(codeHash)).toMatchObject({
      id: officeId,
      unit: '07795-01',
      role: 'village_head',
    });
    const claim = { officeId, codeHash, user: 'zalo:1', effectId: 'e1:0', at: AT };
    expect(await org.claim(claim)).toBe('claimed');
    expect(org.officesOf('zalo:1', AT).map(({ id }) => id)).toEqual([officeId]);
    expect(await org.claim(claim)).toBe('claimed');
    expect(await org.claim({ ...claim, effectId: 'e2:0' })).toBe('already');
    expect(await org.claim({ ...claim, user: 'zalo:2', effectId: 'e3:0' })).toBe('taken');
    expect(await org.findByCode(codeHash)).toBeNull();
    expect(directory.office(officeId)).toMatchObject({ user: 'zalo:1', claimedAt: AT, claimEffect: 'e1:0' });
    expect(org.holdersOf('07795-01', ['village_head']).map(({ user }) => user)).toEqual(['zalo:1']);
    expect(org.holdersOf('07795-01', ['village_deputy'])).toEqual([]);
    expect((await demoCodes()).find(({ unit, role }) => `${unit}:${role}` === HEAD)?.claimed).toBe(true);
  });

  it('of many people at once exactly one gets it', async () => {
    const { org, demoCodes } = await aProvince();
    const { officeId, codeHash } = await aCode(demoCodes, HEAD);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        org.claim({ officeId, codeHash, user: `zalo:${i}`, effectId: `e${i}:0`, at: AT }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(7);
  });

  it('lets one person hold several posts, leading ones first, and only in units that hold that day', async () => {
    const { org, demoCodes, directory } = await aProvince();
    for (const post of ['07795-02:village_deputy', HEAD]) {
      const { officeId, codeHash } = await aCode(demoCodes, post);
      await org.claim({ officeId, codeHash, user: 'zalo:1', effectId: post, at: AT });
    }
    expect(org.officesOf('zalo:1', AT).map(({ id }) => id)).toEqual([
      `${HEAD}:1`,
      '07795-02:village_deputy:1',
    ]);
    const [doc] = (await repo.units()).filter(({ _id }) => _id === '07795-01');
    const [span] = doc?.spans ?? [];
    if (!doc || !span) throw new Error('no village');
    const ended = { code: doc._id, level: doc.level, spans: [{ ...span, validTo: '2026-03-31' }] };
    await repo.writeUnits([{ record: ended, rev: doc.rev, was: doc.spans }], {
      id: 'sheet:1',
      at: new Date('2026-03-12T08:00:00+07:00'),
      by: null,
    });
    await repo.bump('units');
    await directory.refresh();
    expect(org.officesOf('zalo:1', AT)).toHaveLength(2);
    expect(org.officesOf('zalo:1', new Date('2026-04-01T00:00:00+07:00')).map(({ unit }) => unit)).toEqual([
      '07795-02',
    ]);
  });

  it('blocks after the third wrong code, right ones included, and says nothing of which exist', async () => {
    const { org, demoCodes } = await aProvince();
    const { codeHash } = await aCode(demoCodes, HEAD);
    const wrong = claimCodeHash(KEY, '000000');
    const user = 'zalo:1';
    for (const [i, left] of [2, 1, 0].entries()) {
      const turn = { user, effectId: `e${i}`, at: later(i) };
      const seen = await org.lookUp({ ...turn, codeHash: wrong });
      expect(seen).toMatchObject({ outcome: 'wrong', left });
      await org.noteWrongCode(turn);
      await org.noteWrongCode(turn);
      // The turn is replayed after its effect was stored: the same answer.
      expect(await org.lookUp({ ...turn, codeHash: wrong })).toEqual(seen);
    }
    const next = { user, effectId: 'e9', at: later(5) };
    expect(await org.lookUp({ ...next, codeHash })).toEqual({ outcome: 'blocked', until: later(32) });
    expect(await org.lookUp({ ...next, codeHash: wrong })).toEqual({ outcome: 'blocked', until: later(32) });
    expect(await org.blockedUntil(user, later(5))).toEqual(later(32));
    expect(await org.lookUp({ ...next, user: 'zalo:2', codeHash })).toMatchObject({ outcome: 'office' });
    expect(await org.lookUp({ ...next, at: later(32), codeHash })).toMatchObject({ outcome: 'office' });
  });

  it('counts wrong codes that arrive at the same moment, each once', async () => {
    const { org } = await aProvince();
    await Promise.all(
      ['a', 'b', 'c', 'a', 'b', 'c'].map((effectId) =>
        org.noteWrongCode({ user: 'zalo:7', effectId, at: AT }),
      ),
    );
    expect((await repo.attempts('zalo:7')).map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
  });

  it('forgets wrong codes once a post was claimed', async () => {
    const { org, demoCodes } = await aProvince();
    const { officeId, codeHash } = await aCode(demoCodes, HEAD);
    for (const effectId of ['a', 'b']) await org.noteWrongCode({ user: 'zalo:1', effectId, at: AT });
    await org.claim({ officeId, codeHash, user: 'zalo:1', effectId: 'c', at: AT });
    expect(await repo.attempts('zalo:1')).toEqual([]);
  });
});

describe('consent and leaving', () => {
  it('keeps each confirmation, shows the newest on every post, also on one claimed afterwards', async () => {
    const { org, demoCodes } = await aProvince();
    const user = 'zalo:1';
    const first = await aCode(demoCodes, HEAD);
    await org.claim({ ...first, user, effectId: 'e1', at: AT });
    expect(org.officesOf(user, AT)[0]?.consent).toBeNull();
    const two = { version: '2', at: later(2), eventId: 'ev2' };
    await org.recordConsent({ user, ...two });
    await org.recordConsent({ user, ...two });
    await org.recordConsent({ user, version: '1', at: later(1), eventId: 'ev1' });
    expect(org.officesOf(user, AT)[0]?.consent).toEqual(two);
    expect(await org.consentOf(user)).toEqual(two);
    expect(await org.consentOf('zalo:2')).toBeNull();
    const second = await aCode(demoCodes, '07795-02:village_deputy');
    await org.claim({ ...second, user, effectId: 'e3', at: later(3) });
    expect(org.officesOf(user, AT).map(({ consent }) => consent)).toEqual([two, two]);
  });

  it('takes the person off, keeps the post and its history, and asks for a new code', async () => {
    const { org, demoCodes, directory } = await aProvince();
    const { officeId, codeHash } = await aCode(demoCodes, HEAD);
    await org.claim({ officeId, codeHash, user: 'zalo:1', effectId: 'e1', at: AT });
    const leave = { officeId, user: 'zalo:1', effectId: 'e2', at: later(9) };
    expect(await org.leave({ ...leave, user: 'zalo:2' })).toBe('already');
    expect(await org.leave(leave)).toBe('left');
    expect(await org.leave(leave)).toBe('left');
    expect(await org.leave({ ...leave, effectId: 'e3' })).toBe('already');
    expect(await org.leave({ ...leave, officeId: 'none' })).toBe('already');
    expect(directory.office(officeId)).toMatchObject({ user: null, claimedAt: null });
    expect(org.officesOf('zalo:1', AT)).toEqual([]);
    expect((await repo.office(officeId))?.former).toMatchObject([{ user: 'zalo:1', from: AT, to: later(9) }]);
    expect(await org.findByCode(codeHash)).toBeNull();
    expect((await demoCodes()).some(({ unit, role }) => `${unit}:${role}` === HEAD)).toBe(false);
  });
});

describe('phone numbers', () => {
  it('are unreadable in the store, and found by the number', async () => {
    const { org, directory } = await aProvince();
    const bytes = Buffer.from(
      'unit_code,role,full_name,phone\n07795-03,village_head,Nguyễn Văn Tư,0900 000 123\n',
    );
    await importMembers({ repo, now: AT, bytes, dryRun: false, key: KEY });
    await directory.refresh();
    const id = '07795-03:village_head:1';
    expect(directory.office(id)).toMatchObject({ fullName: 'Nguyễn Văn Tư', hasPhone: true });
    expect(await org.phoneOf(id)).toBe('84900000123');
    expect(await org.phoneOf(`${HEAD}:1`)).toBeNull();
    expect((await org.findByPhone(phoneHash(KEY, '84900000123'))).map((office) => office.id)).toEqual([id]);
    expect(JSON.stringify(await repo.offices())).not.toContain('900000123');
  });
});

describe('codes and ends', () => {
  it('an invented post that still waits gets a code of eight digits in the place of its old one', async () => {
    await seed();
    const old = claimCodeHash(KEY, '482913');
    const offices = store.connection.collection<{ _id: string }>('org_offices');
    await offices.updateOne({ _id: `${HEAD}:1` }, { $set: { codeHash: old } });
    await store.connection.collection<{ _id: string }>('org_meta').deleteOne({ _id: 'seed:holders:3' });
    expect(await seedHolders(repo, KEY)).toBe(true);
    const directory = await OrgDirectory.load(repo);
    const demoCodes = createDemoCodes({ repo, directory, key: KEY, clock });
    const { codeHash } = await aCode(demoCodes, HEAD);
    expect((await repo.office(`${HEAD}:1`))?.codeHash).toBe(codeHash);
  });

  it('a code of a unit that ended is refused with the reason', async () => {
    const { org, demoCodes, directory } = await aProvince();
    const { codeHash } = await aCode(demoCodes, HEAD);
    const doc = (await repo.units()).find(({ _id }) => _id === '07795-01');
    const span = doc?.spans[0];
    if (!doc || !span) throw new Error('no village');
    const spans = [{ ...span, validTo: '2026-03-10', mergedInto: ['07795-02'] }];
    await repo.writeUnits(
      [{ record: { code: doc._id, level: doc.level, spans }, rev: doc.rev, was: doc.spans }],
      { id: 'sheet:2', at: new Date('2026-03-12T08:00:00+07:00'), by: null },
    );
    await repo.bump('units');
    await directory.refresh();
    expect(await org.lookUp({ codeHash, user: 'zalo:1', effectId: 'e:0', at: AT })).toEqual({
      outcome: 'ended',
      unit: '07795-01',
      since: '2026-03-11',
      into: ['07795-02'],
    });
  });

  it('a code for a new phone moves the post once, and remembers from whom', async () => {
    const { org, demoCodes, directory } = await aProvince();
    const first = await aCode(demoCodes, HEAD);
    await org.claim({ ...first, user: 'zalo:1', effectId: 'e1:0', at: AT });
    const codeHash = claimCodeHash(KEY, '48279135');
    await repo.changeOffices([{ id: first.officeId, set: { codeHash } }]);
    const claim = { officeId: first.officeId, codeHash, user: 'zalo:2', effectId: 'e2:0', at: later(5) };
    expect([await org.claim(claim), await org.claim(claim)]).toEqual(['claimed', 'claimed']);
    expect(await org.claim({ ...claim, user: 'zalo:3', effectId: 'e3:0' })).toBe('taken');
    expect(directory.office(first.officeId)).toMatchObject({
      user: 'zalo:2',
      former: [{ user: 'zalo:1', why: 'moved' }],
    });
    expect(directory.lostRight('zalo:1', '07795-01', later(6))).toEqual({ why: 'moved' });
  });

  it('a post ends after its last day, once; its code and number are gone, and it is no post of the unit', async () => {
    const { org, demoCodes, directory } = await aProvince();
    const post = await aCode(demoCodes, '07795:commune_officer');
    await org.claim({ ...post, user: 'zalo:5', effectId: 'e1:0', at: AT });
    await repo.changeOffices([{ id: post.officeId, set: { ends: '2026-03-12' } }]);
    await repo.bump('offices');
    await directory.refresh();
    await org.endPosts(AT);
    expect(directory.mayActFor('zalo:5', '07795', AT)).toBe(true);
    const next = new Date('2026-03-13T00:00:00+07:00');
    expect(directory.mayActFor('zalo:5', '07795', next)).toBe(false);
    await org.endPosts(next);
    await org.endPosts(later(9999));
    expect(await repo.office(post.officeId)).toMatchObject({ user: null, closed: true, phone: null });
    expect(directory.officesIn('07795').map(({ role }) => role)).toEqual(['commune_chair']);
    expect(directory.office(post.officeId)?.former).toMatchObject([{ user: 'zalo:5', why: 'ended' }]);
  });
});

describe('the right to write for a unit', () => {
  it('is asked of the store: a post given away by another process a moment ago gives none', async () => {
    const { org, demoCodes, directory } = await aProvince();
    const { officeId, codeHash } = await aCode(demoCodes, HEAD);
    await org.claim({ officeId, codeHash, user: 'zalo:1', effectId: 'e1:0', at: AT });
    const asked = { user: 'zalo:1', unit: '07795-01', onBehalf: false, at: later(1) };
    expect(await org.mayWriteFor(asked)).toBe(true);
    const bytes = Buffer.from('unit_code,role,full_name\n07795-01,village_head,Phan Văn Mới\n');
    await importMembers({ repo, now: AT, bytes, dryRun: false, key: KEY });
    expect(directory.mayActFor('zalo:1', '07795-01', later(1))).toBe(true);
    expect(await org.mayWriteFor(asked)).toBe(false);
    // What this process knows has caught up, so that the talk decided anew closes.
    expect(directory.mayActFor('zalo:1', '07795-01', later(1))).toBe(false);
    expect(directory.lostRight('zalo:1', '07795-01', later(1))).toEqual({ why: 'replaced' });
  });

  it('on behalf is that of the commune, not of the village', async () => {
    const { org, demoCodes } = await aProvince();
    const { officeId, codeHash } = await aCode(demoCodes, '07795:commune_officer');
    await org.claim({ officeId, codeHash, user: 'zalo:5', effectId: 'e1:0', at: AT });
    const asked = { user: 'zalo:5', unit: '07795-01', at: AT };
    expect(await org.mayWriteFor({ ...asked, onBehalf: true })).toBe(true);
    expect(await org.mayWriteFor({ ...asked, onBehalf: false })).toBe(false);
  });
});

describe('the directory of a second process', () => {
  it(
    'sees what another wrote within two seconds, and says so',
    async () => {
      const { org, demoCodes } = await aProvince();
      const other = await OrgDirectory.load(repo);
      const seen = new Promise<void>((resolve) => {
        other.onChange(resolve);
      });
      const faults: unknown[] = [];
      other.watch(200, (error) => faults.push(error));
      try {
        const { officeId, codeHash } = await aCode(demoCodes, HEAD);
        await org.claim({ officeId, codeHash, user: 'zalo:1', effectId: 'e1', at: AT });
        await seen;
        expect(other.office(officeId)?.user).toBe('zalo:1');
        expect(faults).toEqual([]);
      } finally {
        other.stop();
      }
    },
    2000 + 5000,
  );

  it('reads nothing again while nothing changed, and after its own writes', async () => {
    const { org, demoCodes, directory } = await aProvince();
    const { officeId, codeHash } = await aCode(demoCodes, HEAD);
    await org.claim({ officeId, codeHash, user: 'zalo:1', effectId: 'e1', at: AT });
    expect(await directory.refresh()).toBe(false);
    await repo.bump('units');
    expect(await directory.refresh()).toBe(true);
  });

  it('does not lose an own write to a reading that was under way', async () => {
    const { org, demoCodes, directory } = await aProvince();
    const { officeId, codeHash } = await aCode(demoCodes, HEAD);
    await repo.bump('offices');
    const [, outcome] = await Promise.all([
      directory.refresh(),
      org.claim({ officeId, codeHash, user: 'zalo:1', effectId: 'e1', at: AT }),
    ]);
    expect(outcome).toBe('claimed');
    expect(directory.office(officeId)?.user).toBe('zalo:1');
  });
});
