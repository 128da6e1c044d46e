/**
 * `npm test`: formatting, lint, types, then the whole jest suite, with everything they say shown as it comes. Each of the
 * first three counts as one test. The last line is `N passed, N failed`; the exit code is 0 only when nothing failed and
 * at least one test ran. `--jest-only` leaves out the first three; further words choose test files.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Step {
  readonly name: string;
  readonly tool: string;
  readonly args: readonly string[];
  readonly mend: string;
}

const LIMIT_MS = 25 * 60_000;
const CHECKS: readonly Step[] = [
  {
    name: 'formatting',
    tool: 'prettier/bin/prettier.cjs',
    args: ['--check', '--log-level=warn', '.'],
    mend: 'run: npm run format',
  },
  { name: 'lint', tool: 'eslint/bin/eslint.js', args: ['.'], mend: 'see the lines above' },
  { name: 'types', tool: 'typescript/bin/tsc', args: ['--noEmit'], mend: 'see the lines above' },
];

interface Count {
  passed: number;
  failed: number;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a tool of node_modules with its output shown; true when it ended well and in time. */
function run(tool: string, args: readonly string[]): boolean {
  const done = spawnSync(process.execPath, [join('node_modules', tool), ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: LIMIT_MS,
  });
  if (done.error) say(`${tool} did not end well: ${done.error.message}`);
  return done.status === 0;
}

/** The same without waiting for it, so that tools that do not need each other run side by side. */
function runBeside(tool: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join('node_modules', tool), ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: LIMIT_MS,
    });
    child.on('error', (error) => {
      say(`${tool} did not start: ${error.message}`);
      resolve(false);
    });
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** What jest wrote about its run. A file that could not even be loaded counts as one failure. */
function jest(files: readonly string[]): Count {
  const folder = mkdtempSync(join(tmpdir(), 'test-'));
  const report = join(folder, 'report.json');
  try {
    const well = run('jest/bin/jest.js', ['--json', `--outputFile=${report}`, ...files]);
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

async function main(words: readonly string[]): Promise<void> {
  const files = words.filter((word) => word !== '--jest-only' && word !== '--');
  const checks = words.includes('--jest-only') ? [] : CHECKS;
  const total: Count = { passed: 0, failed: 0 };
  const bad: string[] = [];
  if (checks.length > 0) say(`\n(1/2) ${checks.map(({ name }) => name).join(', ')} …`);
  await Promise.all(
    checks.map(async (step) => {
      if (await runBeside(step.tool, step.args)) {
        total.passed += 1;
        say(`${step.name}: good`);
      } else {
        total.failed += 1;
        bad.push(`${step.name}: ${step.mend}`);
      }
    }),
  );
  say(checks.length > 0 ? '\n(2/2) tests …' : '\ntests …');
  const counted = jest(files);
  if (counted.failed > 0) bad.push(`tests: ${counted.failed} failed, named above`);
  if (counted.passed + counted.failed === 0) bad.push('tests: none ran');
  total.passed += counted.passed;
  total.failed += counted.failed;
  say('');
  for (const line of bad) say(`failed  ${line}`);
  say(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = bad.length === 0 ? 0 : 1;
}

const words = process.argv.slice(process.argv.indexOf('test') + 1);
void main(words);
