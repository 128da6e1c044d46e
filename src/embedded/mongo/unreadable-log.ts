/**
 * Why the files of the store are left as they are: `log_damaged` (bytes are not what was written), `log_incomplete`
 * (something acknowledged is not there), `log_newer` (a later program wrote them), `folder_gone` (the files are no longer
 * where they were opened). `found` says where, for the operator.
 */
export type LogProblem = 'log_damaged' | 'log_incomplete' | 'log_newer' | 'folder_gone';

export class UnreadableLog extends Error {
  constructor(
    readonly code: LogProblem,
    found: string,
  ) {
    super(found);
    this.name = 'UnreadableLog';
  }
}

/** What an operator is told of a fault: a sentence where the files are at fault, else where in the program it happened. */
export function faultText(error: unknown): string {
  if (error instanceof UnreadableLog) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export function codeOf(error: unknown): string | null {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? null;
}
