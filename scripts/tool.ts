import { explain } from '../src/app/explain';

/** Runs a tool of the operator and ends with its code; what went wrong is one sentence and code 1. */
export function runTool(main: () => Promise<number>): void {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(explain(error));
      process.exitCode = 1;
    },
  );
}
