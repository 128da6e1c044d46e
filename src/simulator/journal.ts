import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/**
 * A file of JSON lines, one fact each. A line handed to `append` has left the process when the call returns, so a
 * killed process loses none; `durable` lines have also reached the disk. A torn last line is dropped when reading.
 */
export class Journal<T extends object> {
  private fd: number | null;

  private constructor(fd: number) {
    this.fd = fd;
  }

  /** Reads what is there, then rewrites it as `snapshot(facts)` in one step, so that the file does not grow for ever. */
  static open<T extends object>(file: string, snapshot: (facts: T[]) => T[]): Journal<T> {
    const facts = snapshot(existsSync(file) ? readFacts<T>(file) : []);
    const draft = `${file}.new`;
    const fd = openSync(draft, 'w');
    writeSync(fd, facts.map((fact) => `${JSON.stringify(fact)}\n`).join(''));
    fsyncSync(fd);
    renameSync(draft, file);
    return new Journal<T>(fd);
  }

  append(fact: T, options: { readonly durable?: boolean } = {}): void {
    if (this.fd === null) return;
    writeSync(this.fd, `${JSON.stringify(fact)}\n`);
    if (options.durable) fsyncSync(this.fd);
  }

  close(): void {
    if (this.fd === null) return;
    fsyncSync(this.fd);
    closeSync(this.fd);
    this.fd = null;
  }
}

function readFacts<T>(file: string): T[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const torn = lines.pop();
  const facts = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T);
  if (torn) {
    // The process was killed inside its last write; a whole line that only lacks its end still counts.
    try {
      facts.push(JSON.parse(torn) as T);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return facts;
}
