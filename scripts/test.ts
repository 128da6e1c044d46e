/**
 * `npm test`: the whole jest suite, and beside it, giving way to it, formatting, types and lint; everything they say is
 * shown, what the checks say once they are through. Each of the three counts as one test. The last line is
 * `N passed, N failed`; the exit code is 0 only when nothing failed and at least one test ran. `--jest-only` leaves out
 * the checks; further words choose test files. Without words the files of `test/at-length.json` are left out, which
 * `--at-length` runs. Suites of BullMQ start a redis-server of their own, where one is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';

interface Count {
  passed: number;
  failed: number;
}

interface Ran {
  readonly well: boolean;
  /** What it said, when that was not shown at once. */
  readonly said: string;
}

const LIMIT_MS = 25 * 60_000;
/** A little behind the tests, some of which measure time, and still through before them. */
const BEHIND = 2;
const JEST = join('node_modules', 'jest', 'bin', 'jest.js');
/** What repeats other files at length: a phase of `.ci/run` of its own. */
const AT_LENGTH = JSON.parse(readFileSync(join('test', 'at-length.json'), 'utf8')) as readonly string[];
/** In the place of those of `jest.config.cjs`. */
const LEFT_OUT = ['/node_modules/', '/test/simulated/', ...AT_LENGTH].map(
  (path) => `--testPathIgnorePatterns=${path}`,
);
const CHECKS: readonly {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
}[] = [
  { name: 'formatting (mend: npm run format)', script: 'oxfmt/bin/oxfmt', args: ['--check', '.'] },
  { name: 'types', script: 'typescript/bin/tsc', args: ['--noEmit'] },
  { name: 'lint', script: 'oxlint/bin/oxlint', args: ['--type-aware'] },
];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a script to its end. `quiet`: it gives way to others, and what it says is kept. */
function run(script: string, args: readonly string[], quiet: boolean): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      timeout: LIMIT_MS,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', (error) => resolve({ well: false, said: `${script} did not start: ${error.message}` }));
    child.on('close', (code) => resolve({ well: code === 0, said }));
    if (quiet && child.pid !== undefined) setPriority(child.pid, BEHIND);
  });
}

/** Formatting, types, lint, one after the other: three tests. */
async function check(): Promise<Count & { readonly said: string }> {
  let said = '';
  const failed: string[] = [];
  for (const { name, script, args } of CHECKS) {
    const ran = await run(join('node_modules', script), args, true);
    if (ran.well) continue;
    failed.push(`failed  ${name}`);
    said += ran.said;
  }
  return {
    passed: CHECKS.length - failed.length,
    failed: failed.length,
    said: `${said}${failed.join('\n')}`,
  };
}

/** What jest wrote about its run. A file that could not even be loaded counts as one failure. */
async function jest(files: readonly string[]): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'test-'));
  const report = join(folder, 'report.json');
  try {
    const chosen = files.length === 0 ? LEFT_OUT : files;
    const { well } = await run(JEST, ['--json', `--outputFile=${report}`, ...chosen], false);
    const read = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numRuntimeErrorTestSuites: number;
    };
    const failed = read.numFailedTests + read.numRuntimeErrorTestSuites;
    if (!well && failed === 0) say('jest ended with an error although every test passed');
    return { passed: read.numPassedTests, failed: well ? failed : Math.max(1, failed) };
  } catch (error) {
    say(`jest left no report: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The test files that start a redis-server. */
function suitesOfBullMq(): string[] {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.test.ts'),
  );
  return files
    .map((file) => join('test', file))
    .filter((file) => /\bhas(?:Some)?Redis/.test(readFileSync(file, 'utf8')))
    .sort();
}

async function main(words: readonly string[]): Promise<void> {
  const files = words.includes('--at-length') ? AT_LENGTH : words.filter((word) => !word.startsWith('--'));
  const alone = words.includes('--jest-only');
  if (files.length === 0)
    say(`\nleft to .ci/run, since they repeat others at length: ${AT_LENGTH.join(', ')}`);
  say(alone ? '\ntests …' : '\ntests, and beside them formatting, types and lint …');
  if (spawnSync('redis-server', ['--version']).status !== 0)
    say(`no redis-server on the PATH; not run, in whole or in part: ${suitesOfBullMq().join(', ')}`);
  const [tests, checks] = await Promise.all([
    jest(files),
    alone ? { passed: 0, failed: 0, said: '' } : check(),
  ]);
  say(`\n${checks.said}`.trimEnd());
  const passed = tests.passed + checks.passed;
  const failed = tests.failed + checks.failed;
  if (tests.failed > 0) say(`failed  ${tests.failed} tests, named above`);
  if (tests.passed + tests.failed === 0) say('failed  no test ran');
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1;
}

void main(process.argv.slice(process.argv.indexOf('test') + 1));
