import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAppError } from '../../src/kernel/errors';
import { Dictionary } from '../../src/kernel/i18n';
import { OrgDirectory } from '../../src/org/directory';
import { seedHolders } from '../../src/org/seed/demo-holders';
import { importMembers, importUnits, reportLines } from '../../src/org/import/import';
import { createOrgRepo, type OrgRepo } from '../../src/org/org.repo';
import { claimCodeHash, createOrgService } from '../../src/org/org.service';
import { seedUnits } from '../../src/org/seed/seed';
import { freshStore } from '../support/stores';
import { prepareIndexes } from '../../src/app/indexes';
import { xlsx } from '../unit/org/sheets';

const KEY = Buffer.alloc(32, 5);
const AT = new Date('2026-03-12T08:00:00+07:00');
const words = (locale: string) =>
  JSON.parse(readFileSync(join('locales', locale, 'import.json'), 'utf8')) as object;
const dictionary = new Dictionary({ vi: { import: words('vi') }, en: { import: words('en') } });

const BY_HAND = { id: 'sheet:1', at: AT, by: null };
let store: Awaited<ReturnType<typeof freshStore>>;
let repo: OrgRepo;

beforeEach(async () => {
  store = await freshStore();
  repo = createOrgRepo(store.connection);
  await prepareIndexes(store.connection);
});
afterEach(async () => {
  await store.stop();
});

const csv = (...lines: string[]) => Buffer.from(lines.join('\r\n'));
const UNITS = csv(
  '\ufeffParent_Code;Name;Kind;Level;Code;Adults;Ghi chú',
  '24;Tân Hòa;xã;commune;99001;;',
  '99001;Đông Lâm;Thôn;village;99001-07;418;gần sông',
  '99001;"Đồi; Chè";Thôn;village;99001-08;;',
);
const everything = async () => JSON.stringify([await repo.units(), await repo.offices()]);

describe('units', () => {
  beforeEach(async () => {
    await seedUnits(repo);
  });

  it('are read from a sheet with other columns, order and delimiter; a second time nothing changes', async () => {
    const first = await importUnits({ repo, bytes: UNITS, dryRun: false, now: AT });
    expect(first).toMatchObject({
      read: 3,
      created: 3,
      changed: 0,
      unchanged: 0,
      refused: [],
      ignored: ['ghi_chu'],
    });
    const { tree } = await OrgDirectory.load(repo);
    expect(tree.get('99001-07', '2026-03-12')).toMatchObject({
      name: 'Đông Lâm',
      kind: 'thôn',
      parent: '99001',
      adults: 418,
      validFrom: '2025-07-01',
    });
    expect(tree.villagesUnder('99001', '2026-03-12').map(({ name }) => name)).toEqual([
      'Đông Lâm',
      'Đồi; Chè',
    ]);
    const before = [await everything(), await repo.revision()];
    const second = await importUnits({ repo, bytes: UNITS, dryRun: false, now: AT });
    expect(second).toMatchObject({ read: 3, created: 0, changed: 0, unchanged: 3, refused: [] });
    expect([await everything(), await repo.revision()]).toEqual(before);
  });

  it('are read from a workbook, with number cells and dates', async () => {
    const bytes = await xlsx([
      ['valid_from', 'code', 'level', 'name', 'kind', 'parent_code', 'households'],
      [new Date('2026-01-01T00:00:00Z'), '07210-91', 'village', 'Đông Lâm', 'tổ dân phố', 7210, 120],
    ]);
    expect(await importUnits({ repo, bytes, dryRun: false, now: AT })).toMatchObject({
      created: 1,
      refused: [],
    });
    const { tree } = await OrgDirectory.load(repo);
    expect(tree.get('07210-91', '2026-01-01')).toMatchObject({ parent: '07210', households: 120 });
    expect(tree.get('07210-91', '2025-12-31')).toBeNull();
  });

  it('are all refused when one row is, and nothing is written', async () => {
    const before = [await everything(), await repo.revision()];
    const bytes = csv(
      'code,level,name,kind,parent_code',
      '99001,commune,Tân Hòa,xã,24',
      '99002,commune,,xã,24',
      'v1,village,A,thôn,1',
    );
    const report = await importUnits({ repo, bytes, dryRun: false, now: AT });
    expect(report).toMatchObject({ read: 3, created: 0, changed: 0 });
    expect(report.refused.map(({ row, reason }) => [row, reason])).toEqual([
      [3, 'cell_empty'],
      [4, 'parent_unknown'],
    ]);
    expect([await everything(), await repo.revision()]).toEqual(before);
    expect(reportLines(report, dictionary.in('en'))).toEqual([
      'Row 3: the cell name is empty',
      'Row 4: no unit above has the code «1»',
      'Rows read 3, created 0, changed 0, unchanged 0, refused 2.',
      'Nothing was written. Please correct the rows above and import the whole file again.',
    ]);
    expect(reportLines(report, dictionary.in('vi'))[0]).toBe('Dòng 3: ô name đang trống');
  });

  it('of a dry run are counted and not written', async () => {
    const before = await everything();
    const report = await importUnits({ repo, bytes: UNITS, dryRun: true, now: AT });
    expect(report).toMatchObject({ created: 3, dryRun: true });
    expect(reportLines(report, dictionary.in('en')).at(-1)).toBe('This was a dry run: nothing was written.');
    expect(await everything()).toBe(before);
  });

  it('are seen by a directory beside the import', async () => {
    const directory = await OrgDirectory.load(repo);
    await importUnits({ repo, bytes: UNITS, dryRun: false, now: AT });
    expect(directory.tree.get('99001', '2026-03-12')).toBeNull();
    expect(await directory.refresh()).toBe(true);
    expect(directory.tree.get('99001', '2026-03-12')?.name).toBe('Tân Hòa');
  });

  it('that somebody else changed since they were read are not written over', async () => {
    const [doc] = await repo.units();
    if (!doc) throw new Error('no unit');
    const write = {
      record: { code: doc._id, level: doc.level, spans: doc.spans },
      rev: doc.rev,
      was: doc.spans,
    };
    await repo.writeUnits([write], BY_HAND);
    await expect(repo.writeUnits([write], BY_HAND)).rejects.toThrow('changed_meanwhile');
    const fresh = { ...write, rev: null, was: null };
    const error: unknown = await repo.writeUnits([fresh], BY_HAND).catch((thrown: unknown) => thrown);
    expect(isAppError(error, 'import_refused')).toBe(true);
  });

  it('an empty file and a header alone are refused', async () => {
    for (const bytes of [csv(''), csv('code,level,name,kind,parent_code')])
      expect((await importUnits({ repo, bytes, dryRun: false, now: AT })).refused).toMatchObject([
        { row: 0, reason: 'empty_file' },
      ]);
  });
});

it('a dry run before the first start knows the units that start will load', async () => {
  expect(await importUnits({ repo, bytes: UNITS, dryRun: true, now: AT })).toMatchObject({
    created: 3,
    refused: [],
  });
  expect(await repo.units()).toEqual([]);
});

describe('members', () => {
  const MEMBERS = csv(
    'unit_code,role,full_name,phone,title',
    '07795-01,village_head,Nguyễn Văn Tư,0900 000 123,',
    '07795-01,village_deputy,=Trần Thị Hoa,,Bà',
    '07795,commune_officer,Lê Thị Hạnh,+84900000124,Chị',
  );
  let written: string[];
  const writeCodes = async (text: string) => {
    written.push(text);
  };
  const given = (): string[][] =>
    (written.at(-1) ?? '')
      .split('\r\n')
      .slice(1, -1)
      .map((l) => l.split(','));
  const service = async () => createOrgService({ repo, directory: await OrgDirectory.load(repo), key: KEY });
  const officeOf = async (code: string) => (await service()).findByCode(hashOf(code));
  const hashOf = (code: string) => claimCodeHash(KEY, code.replace(' ', ''));

  beforeEach(async () => {
    written = [];
    await seedUnits(repo);
  });

  it('get one-time codes that open their posts, written where nothing runs as a formula', async () => {
    const report = await importMembers({
      repo,
      now: AT,
      bytes: MEMBERS,
      dryRun: false,
      key: KEY,
      writeCodes,
    });
    expect(report).toMatchObject({ read: 3, created: 3, codes: 3, withoutCode: 0, refused: [] });
    expect(written[0]).toMatch(/^unit_code,role,full_name,code\r\n/);
    expect(written[0]).toContain("'=Trần Thị Hoa");
    expect(given().map(([unit, role]) => [unit, role])).toEqual([
      ['07795-01', 'village_head'],
      ['07795-01', 'village_deputy'],
      ['07795', 'commune_officer'],
    ]);
    const org = await service();
    for (const [unit, role, , code] of given()) {
      expect(code).toMatch(/^[1-9]\d{3} [1-9]\d{3}$/);
      const codeHash = hashOf(code ?? '');
      const office = await org.findByCode(codeHash);
      expect(office).toMatchObject({ unit, role });
      const claim = { officeId: office?.id ?? '', codeHash, user: `zalo:${code}`, effectId: 'e', at: AT };
      expect(await org.claim(claim)).toBe('claimed');
    }
    for (const [, , , code] of given()) expect(await everything()).not.toContain(`"${code}"`);
  });

  it('keep their codes when imported again without asking for codes, and lose them when asking', async () => {
    await importMembers({ repo, now: AT, bytes: MEMBERS, dryRun: false, key: KEY, writeCodes });
    const first = given().map((cells) => cells[3] ?? '');
    const before = [await everything(), await repo.revision()];
    const silent = await importMembers({ repo, now: AT, bytes: MEMBERS, dryRun: false, key: KEY });
    expect(silent).toMatchObject({ created: 0, changed: 0, unchanged: 3, codes: 0, withoutCode: 0 });
    expect([await everything(), await repo.revision()]).toEqual(before);
    const again = await importMembers({ repo, now: AT, bytes: MEMBERS, dryRun: false, key: KEY, writeCodes });
    expect(again).toMatchObject({ created: 0, changed: 0, unchanged: 3, codes: 3 });
    const second = given().map((cells) => cells[3] ?? '');
    for (const code of first) expect(await officeOf(code)).toBeNull();
    for (const code of second) expect(await officeOf(code)).not.toBeNull();
  });

  it('of a dry run get no codes and are not stored', async () => {
    const before = await everything();
    const report = await importMembers({ repo, now: AT, bytes: MEMBERS, dryRun: true, key: KEY, writeCodes });
    expect(report).toMatchObject({ created: 3, refused: [] });
    expect(written).toEqual([]);
    expect(await everything()).toBe(before);
  });

  it('are all refused when one row is, and the file of codes stays unwritten', async () => {
    const bytes = csv(
      'unit_code,role,full_name,phone',
      '07795-01,village_head,Nguyễn Văn Tư,',
      '07795-99,village_head,Lê Văn Sơn,',
      '07795,village_head,Lê Văn Hải,12',
    );
    const report = await importMembers({ repo, now: AT, bytes, dryRun: false, key: KEY, writeCodes });
    expect(report.refused.map(({ row, reason }) => [row, reason])).toEqual([
      [3, 'unit_unknown'],
      [4, 'role_level'],
      [4, 'phone_bad'],
    ]);
    expect(written).toEqual([]);
    expect(await repo.offices()).toEqual([]);
    const lines = reportLines(report, dictionary.in('vi'));
    expect(lines).toContain('Đã đọc 3 dòng: tạo mới 0, thay đổi 0, giữ nguyên 0, từ chối 2.');
  });

  it('are not stored when the file of codes cannot be written', async () => {
    const full = async () => {
      throw new Error('ENOSPC');
    };
    const failed = importMembers({
      repo,
      now: AT,
      bytes: MEMBERS,
      dryRun: false,
      key: KEY,
      writeCodes: full,
    });
    await expect(failed).rejects.toThrow('ENOSPC');
    expect(await repo.offices()).toEqual([]);
  });

  it('take the place of the invented holders, whose codes open nothing any more', async () => {
    await seedHolders(repo, KEY);
    const [before] = (await repo.offices()).filter(({ _id }) => _id === '07795-01:village_head:1');
    const report = await importMembers({
      repo,
      now: AT,
      bytes: MEMBERS,
      dryRun: false,
      key: KEY,
      writeCodes,
    });
    expect(report).toMatchObject({ created: 0, changed: 3 });
    expect(await (await service()).findByCode(before?.codeHash ?? '')).toBeNull();
    expect((await officeOf(given()[0]?.[3] ?? ''))?.fullName).toBe('Nguyễn Văn Tư');
  });

  it('imported before the first start are not doubled by invented ones', async () => {
    await importMembers({ repo, now: AT, bytes: MEMBERS, dryRun: false, key: KEY });
    await seedHolders(repo, KEY);
    const heads = (await repo.offices()).filter(
      ({ unit, role }) => unit === '07795-01' && role === 'village_head',
    );
    expect(heads.map(({ fullName, demo }) => [fullName, demo])).toEqual([['Nguyễn Văn Tư', false]]);
  });

  it('who claim during the import are left as they are, and the report names the post', async () => {
    await importMembers({ repo, now: AT, bytes: MEMBERS, dryRun: false, key: KEY, writeCodes });
    const code = given()[0]?.[3] ?? '';
    const org = await service();
    const claimNow = async () => {
      await org.claim({
        officeId: '07795-01:village_head:1',
        codeHash: hashOf(code),
        user: 'zalo:1',
        effectId: 'e',
        at: AT,
      });
    };
    const report = await importMembers({
      now: AT,
      repo,
      bytes: MEMBERS,
      dryRun: false,
      key: KEY,
      writeCodes: claimNow,
    });
    expect(report.leftAlone).toEqual(['07795-01:village_head:1']);
    const office = await repo.office('07795-01:village_head:1');
    expect(office?.user).toBe('zalo:1');
    expect(office && 'codeHash' in office).toBe(false);
    expect(reportLines(report, dictionary.in('en')).at(-1)).toContain('07795-01:village_head:1');
  });
});
