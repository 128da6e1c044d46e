import { startProgram } from './runtime/program';

void startProgram(process.argv.slice(2)).then((code) => {
  if (code !== 0) process.exitCode = code;
});
