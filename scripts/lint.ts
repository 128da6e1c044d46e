/**
 * Types and lint in one process, since both need the same program of the compiler: two thirds of the time of the two
 * one by one. Says what it found and how each went; ends with 1 when either did not go well. `npm run typecheck` and
 * `npm run lint` run each alone.
 */
import { ESLint } from 'eslint';
import ts from 'typescript';

const formatHost: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => process.cwd(),
  getCanonicalFileName: (name) => name,
  getNewLine: () => '\n',
};

/** What `tsc` would work on; nodes know their parents, which the rules need. */
function openProgram(): ts.Program {
  const read = ts.getParsedCommandLineOfConfigFile('tsconfig.json', undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (fault) => {
      throw new Error(ts.formatDiagnostic(fault, formatHost));
    },
  });
  if (!read) throw new Error('tsconfig.json cannot be read');
  return ts.createProgram(read.fileNames, read.options, ts.createCompilerHost(read.options, true));
}

function typesAreGood(program: ts.Program): boolean {
  const faults = ts.getPreEmitDiagnostics(program);
  if (faults.length > 0) process.stdout.write(ts.formatDiagnosticsWithColorAndContext(faults, formatHost));
  return faults.length === 0;
}

async function lintIsGood(program: ts.Program): Promise<boolean> {
  const eslint = new ESLint({
    overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions: { programs: [program] } } },
  });
  const results = await eslint.lintFiles(['.']);
  const formatter = await eslint.loadFormatter('stylish');
  process.stdout.write(await formatter.format(results));
  return results.every(({ errorCount }) => errorCount === 0);
}

async function main(): Promise<void> {
  const program = openProgram();
  const good = { types: typesAreGood(program), lint: await lintIsGood(program) };
  for (const [name, well] of Object.entries(good))
    console.log(`${name}: ${well ? 'good' : 'see the lines above'}`);
  process.exitCode = Object.values(good).every(Boolean) ? 0 : 1;
}

void main();
