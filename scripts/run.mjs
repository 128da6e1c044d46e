/**
 * The one door of `npm start`, `npm test` and the tools: checks Node, installs what is missing, builds what is stale,
 * then runs what was asked. Plain JavaScript on purpose: it must speak clearly on any Node and with nothing installed.
 * package.json starts it with `exec`, so that npm's signals reach it and not a shell between; where the shell has no such
 * word (Windows), the second half of the line runs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const [task = 'start', ...args] = process.argv.slice(2);

const PROGRAM = join('dist', 'program.js');
/** Made into one file each, with what they begin with; the program last, since it stands for the whole build. */
const BUNDLES = {
  [join('dist', 'store-thread.js')]: join('dist', 'src', 'embedded', 'mongo', 'worker.js'),
  [PROGRAM]: join('dist', 'src', 'main.js'),
};

/** What was learned from texts (`src/kernel/kept.ts`). */
const LEARNED = join('dist', 'learned');

function say(line) {
  process.stderr.write(`${line}\n`);
}

function stop(line) {
  say(line);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(
    `This program needs Node.js 20.19 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org and run the command again.\n` +
      `Chương trình cần Node.js từ 20.19 trở lên; máy đang có ${process.versions.node}.`,
  );
}

/** Installs when node_modules does not match the lock file. The stamp is written only after npm has succeeded. */
function install() {
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  const stamp = join('node_modules', '.installed-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('Installing the libraries (once; about half a minute) …');
  const npm = process.env.npm_execpath;
  const command = npm && /\.[cm]?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  const done = spawnSync(command[0], [...command[1], 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && command[0] === 'npm',
  });
  if (done.status !== 0)
    stop(
      'The libraries could not be installed. Check the network connection to the npm registry, then run the command again.',
    );
  // It holds the libraries of before.
  rmSync(PROGRAM, { force: true });
  writeFileSync(stamp, lock);
}

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

/** Compiles each TypeScript file of src and scripts that is newer than its output, and forgets outputs whose source is gone. */
async function build() {
  const jobs = [];
  const expected = new Set(Object.keys(BUNDLES));
  for (const folder of ['src', 'scripts']) {
    if (!existsSync(folder)) continue;
    for (const source of walk(folder)) {
      if (!source.endsWith('.ts') || source.endsWith('.d.ts')) continue;
      const target = join('dist', source.replace(/\.ts$/, '.js'));
      expected.add(target);
      if (!existsSync(target) || statSync(target).mtimeMs < statSync(source).mtimeMs)
        jobs.push([source, target]);
    }
  }
  const old = existsSync('dist') ? [...walk('dist')].filter((file) => !file.startsWith(LEARNED)) : [];
  const gone = old.filter((file) => !expected.has(file));
  if (jobs.length === 0 && gone.length === 0 && existsSync(PROGRAM)) return;
  if (task === 'start' || task === 'dev') {
    // In a process of its own: the compilers would stay in the memory of the program as long as it runs.
    const done = spawnSync(process.execPath, [fileURLToPath(import.meta.url), 'build'], { stdio: 'inherit' });
    if (done.status !== 0) process.exit(done.status ?? 1);
    return;
  }
  // Half a build must not pass for a whole one.
  rmSync(PROGRAM, { force: true });
  for (const file of gone) unlinkSync(file);
  rmSync(LEARNED, { recursive: true, force: true });
  const { transformFileSync } = await import('@swc/core');
  for (const [source, target] of jobs) {
    const { code } = transformFileSync(source, {
      filename: source,
      sourceFileName: relative(dirname(target), source),
      // One letter beyond ASCII doubles the memory of the whole program's text.
      jsc: { output: { charset: 'ascii' } },
    });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  const { bundle } = await import('./bundle.mjs');
  await bundle(BUNDLES);
  const learned = spawnSync(process.execPath, [join('dist', 'scripts', 'learn.js')], { stdio: 'inherit' });
  if (learned.status !== 0) {
    rmSync(PROGRAM, { force: true });
    process.exit(learned.status ?? 1);
  }
}

function tool(script, ...rest) {
  const done = spawnSync(process.execPath, [join('node_modules', script), ...rest], { stdio: 'inherit' });
  return done.status ?? 1;
}

const tools = {
  typecheck: () => tool('typescript/bin/tsc', '--noEmit'),
  lint: () => tool('oxlint/bin/oxlint', '--type-aware', ...args),
  format: () => tool('oxfmt/bin/oxfmt', '.'),
  jest: (...rest) => tool('jest/bin/jest.js', ...rest),
};

async function load(file) {
  await import(pathToFileURL(join(root, 'dist', file)).href);
}

checkNode();
install();
await build();
switch (task) {
  case 'build':
    break;
  case 'start':
  case 'dev':
    // Loaded as what it is: read as a module it would stand in memory twice.
    createRequire(import.meta.url)(join(root, PROGRAM));
    break;
  case 'script': {
    const [name = '', ...rest] = args;
    process.argv = [process.argv[0], join('scripts', name), ...rest];
    await load(join('scripts', `${name}.js`));
    break;
  }
  case 'typecheck':
  case 'lint':
  case 'format':
    process.exit(tools[task]());
    break;
  case 'jest':
    process.exit(tools.jest(...args));
    break;
  case 'test':
    await load('scripts/test.js');
    break;
  default:
    stop(`Unknown task ${task}.`);
}
