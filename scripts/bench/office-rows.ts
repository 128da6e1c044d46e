import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { seedUnitRecords } from '../../src/org/seed/seed';
import { MeasuredProgram } from '../measured/program';
import { median, rounded, type Row } from './numbers';
import type { RoundsOptions } from './webhook-rows';

/**
 * S15 and S16: an officer approves 29 villages in one tap, and the department asks how a province of 2,850 villages stands;
 * each from the words on the telephone to the accepted answer, on the embedded store.
 */
const VILLAGES = 29;
const APPROVED_IN_MS = 300;
const ANSWERED_IN_MS = 150;
const OFFICER = '7000000000009000';
const DEPARTMENT = '7000000000009001';
const run = promisify(execFile);

export async function officeRows({ rounds, say }: RoundsOptions): Promise<Record<string, Row>> {
  // Neither coverage nor the log of commands: only the time counts here.
  const program = await MeasuredProgram.start({ NODE_V8_COVERAGE: '', MONGODB_LOG_COMMAND: 'off' });
  try {
    const communes = seedUnitRecords().filter(({ level }) => level === 'commune');
    const own = communes.at(-1)?.code ?? '';
    const villages = communes.flatMap(({ code }) =>
      Array.from({ length: VILLAGES }, (_, n) => [`${code}-B${n + 1}`, `Thử ${n + 1}`, code] as const),
    );
    await importSheet(program, 'units', [
      'code,level,name,kind,parent_code',
      ...villages.map(([code, name, parent]) => `${code},village,${name},thôn,${parent}`),
    ]);
    const heads = villages.filter(([, , parent]) => parent === own).map(([code]) => code);
    const codes = await importSheet(program, 'members', [
      'unit_code,role,full_name',
      `${own},commune_officer,Trần Thị Thử`,
      ...heads.map((code, n) => `${code},village_head,Nguyễn Văn ${n + 1}`),
    ]);
    await program.claim(OFFICER, codes.get(own));
    for (const [n, code] of heads.entries()) await program.claim(user(n), codes.get(code));
    const [department] = await program.codes('department', '24');
    await program.claim(DEPARTMENT, department);

    for (const n of heads.keys())
      for (const text of ['BC 418 5 121 14', 'gửi']) await program.say(user(n), text);
    // All 29 wait only once.
    const approved = [await timed(() => program.say(OFFICER, 'duyệt hết'))];
    say(`S15: ${rounded(approved[0] ?? 0)} ms`);
    const answered: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const ms = await timed(() => program.say(DEPARTMENT, 'tình hình'));
      if (round > 0) answered.push(ms);
    }
    say(`S16: ${rounded(median(answered))} ms`);
    return {
      S15: limited(
        approved,
        APPROVED_IN_MS,
        `ms until ${VILLAGES} villages are approved and the officer knows`,
      ),
      S16: limited(answered, ANSWERED_IN_MS, `ms until the state of ${villages.length} villages is answered`),
    };
  } finally {
    await program.stop();
  }
}

function user(n: number): string {
  return `70000000000080${String(n).padStart(2, '0')}`;
}

/** Against a limit in milliseconds instead of a yardstick. */
function limited(times: readonly number[], limit: number, unit: string): Row {
  const ours = median([...times]);
  return {
    ...{ value: rounded(ours / limit), goal: 1, ours: rounded(ours), yardstick: limit, unit },
    rounds: times.map(rounded),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

/** Imports a sheet as an operator would; the claim codes by unit, where it gives any. */
async function importSheet(
  program: MeasuredProgram,
  what: 'units' | 'members',
  lines: readonly string[],
): Promise<Map<string, string>> {
  const file = join(program.folder, `${what}.csv`);
  const out = join(program.folder, `${what}-codes.csv`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const tool = join(__dirname, '..', 'import-org.js');
  await run(process.execPath, [tool, what, file, ...(what === 'members' ? ['--codes', out] : [])], {
    env: { PATH: process.env['PATH'], DATA_DIR: program.dataDir },
  });
  if (what === 'units') return new Map();
  const rows = readFileSync(out, 'utf8').trim().split('\n').slice(1);
  return new Map(rows.map((row) => [row.split(',')[0] ?? '', row.split(',').at(-1)?.trim() ?? '']));
}
