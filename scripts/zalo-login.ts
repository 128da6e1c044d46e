/**
 * `npm run zalo:login`: an operator lets the program write in the name of the Official Account. Prints the link, takes
 * the address the browser was sent back to, and stores the first pair of tokens, encrypted. Works beside a running
 * server, which takes the new pair up by itself. Run again at any time: the newest consent counts.
 */
import { createInterface } from 'node:readline';
import { configFromEnvironment } from '../src/app/program';
import { zaloLogin } from '../src/app/zalo-login';
import { runTool } from './tool';

/** The line the operator types; empty when the input ends without one. */
function ask(question: string): Promise<string> {
  const input = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve) => {
    input.once('close', () => resolve(''));
    input.question(question, (line) => {
      resolve(line);
      input.close();
    });
  });
}

async function main(): Promise<number> {
  return zaloLogin(configFromEnvironment(), { say: (line) => console.log(line), ask });
}

runTool(main);
