import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { openStore } from '../../src/embedded/data-dir';
import { OrgDirectory } from '../../src/org/directory';
import { importUnits } from '../../src/org/import/import';
import { createOrgRepo, type OrgRepo } from '../../src/org/org.repo';
import { seedUnits } from '../../src/org/seed/seed';

/** The command itself, as an operator runs it: on a folder nobody has open, and beside a program that has. */
const DATABASE = 'binh_dan_hoc_vu_so';
let folder: string;
let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
  dataDir = join(folder, 'data');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function sheet(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

async function run(...args: string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'script', 'import-org', ...args], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out };
}

/** The store of the folder, opened in this process. */
async function withStore<T>(use: (repo: OrgRepo) => Promise<T>): Promise<T> {
  const store = await openStore({ dir: dataDir });
  const connection = await mongoose.createConnection(store.uri, { dbName: DATABASE }).asPromise();
  try {
    return await use(createOrgRepo(connection));
  } finally {
    await connection.close();
    await store.stop();
  }
}

/** The organisation as kept in the folder. */
const stored = (): Promise<OrgDirectory> => withStore((repo) => OrgDirectory.load(repo));

const UNITS = [
  'code,level,name,kind,parent_code',
  '99001,commune,Tân Hòa,xã,24',
  '99001-07,village,Đông Lâm,thôn,99001',
];
const MEMBERS = ['unit_code,role,full_name,phone', '99001-07,village_head,Nguyễn Văn Tư,0900000123'];

it('reads units, then members with their codes, on a folder nobody has open', async () => {
  const units = await run('units', sheet('units.csv', ...UNITS));
  expect(units).toMatchObject({ code: 0 });
  expect(units.out).toContain('Đã đọc 2 dòng: tạo mới 2, thay đổi 0, giữ nguyên 0, từ chối 0.');
  expect(units.out).toContain('Rows read 2, created 2, changed 0, unchanged 0, refused 0.');

  const codes = join(folder, 'codes.csv');
  const members = await run('members', sheet('members.csv', ...MEMBERS), '--codes', codes);
  expect(members).toMatchObject({ code: 0 });
  expect(readFileSync(codes, 'utf8')).toMatch(
    /^unit_code,role,full_name,code\r\n99001-07,village_head,Nguyễn Văn Tư,[1-9]\d{3} [1-9]\d{3}\r\n$/,
  );
  expect(statSync(codes).mode & 0o777).toBe(0o600);

  const directory = await stored();
  expect(directory.tree.size).toBe(205 + 2);
  expect(directory.officesIn('99001-07')).toMatchObject([{ fullName: 'Nguyễn Văn Tư', hasPhone: true }]);
}, 120_000);

it('ends with 1 and writes nothing when a row is refused, and with 0 on a dry run', async () => {
  const dry = await run('units', sheet('units.csv', ...UNITS), '--dry-run');
  expect(dry).toMatchObject({ code: 0 });
  expect(dry.out).toContain('This was a dry run: nothing was written.');

  const bad = await run('units', sheet('bad.csv', ...UNITS, 'v1,village,Đồi Chè,thôn,1'));
  expect(bad).toMatchObject({ code: 1 });
  expect(bad.out).toContain('Dòng 4: không có đơn vị cấp trên nào mang mã «1»');
  expect(bad.out).toContain('Row 4: no unit above has the code «1»');
  expect((await stored()).tree.get('99001', '2026-03-12')).toBeNull();

  expect(await run('units', join(folder, 'none.csv'))).toMatchObject({ code: 1 });
  expect(await run('villages', 'x')).toMatchObject({ code: 1 });
}, 120_000);

it('ends the post of the person it is told, and nobody else’s', async () => {
  await run('units', sheet('units.csv', ...UNITS));
  await run('members', sheet('members.csv', ...MEMBERS));
  const end = (name: string, ...more: string[]) => run('end', '99001-07', 'village_head', name, ...more);
  expect(await end('Nguyễn Văn Tú', '--on', '31/3/2026')).toMatchObject({ code: 1 });
  expect(await end('Nguyễn Văn Tư')).toMatchObject({ code: 1 });
  const ended = await end('Nguyễn Văn Tư', '--on', '31/3/2026');
  expect([ended.code, ended.out]).toEqual([0, expect.stringContaining('changed 1')]);
  expect((await stored()).all()).toMatchObject([{ fullName: 'Nguyễn Văn Tư', ends: '2026-03-31' }]);
}, 120_000);

it('stores nobody when the file of codes cannot be written', async () => {
  await withStore(async (repo) => {
    await seedUnits(repo);
    await importUnits({
      repo,
      bytes: Buffer.from(UNITS.join('\n')),
      dryRun: false,
      now: new Date('2026-03-12T08:00:00+07:00'),
    });
  });
  const codes = join(folder, 'no such folder', 'codes.csv');
  const failed = await run('members', sheet('members.csv', ...MEMBERS), '--codes', codes);
  expect(failed).toMatchObject({ code: 1 });
  expect(failed.out).toContain('Nothing was stored.');
  expect((await stored()).all()).toEqual([]);
}, 120_000);

it('writes beside a program that has the folder open, which sees it within two seconds', async () => {
  const store = await openStore({ dir: dataDir });
  const connection = await mongoose.createConnection(store.uri, { dbName: DATABASE }).asPromise();
  const directory = await OrgDirectory.load(createOrgRepo(connection));
  directory.watch(500, (error) => {
    throw error;
  });
  try {
    expect(await run('units', sheet('units.csv', ...UNITS))).toMatchObject({ code: 0 });
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(directory.tree.get('99001-07', '2026-03-12')?.name).toBe('Đông Lâm');
  } finally {
    directory.stop();
    await connection.close();
    await store.stop();
  }
}, 120_000);
