import { startProgram } from './app/program';

void startProgram(process.argv.slice(2)).then((code) => {
  // Nothing that was half opened may keep a program alive that could not start.
  if (code !== 0) process.exit(code);
});
