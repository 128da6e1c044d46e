import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/**
 * A file of JSON lines, one fact each. A line handed to `append` has left the process when the call returns, so a
 * killed process loses none; `durable` lines have also reached the disk. A torn line is dropped when reading.
 */
export class Journal<T extends object> {
  private fd: number | null;
  private torn = false;

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
    // After a write that failed midway the next line must not be glued to the torn one.
    const line = `${this.torn ? '\n' : ''}${JSON.stringify(fact)}\n`;
    this.torn = true;
    const written = writeSync(this.fd, line);
    if (written < Buffer.byteLength(line))
      throw new Error('the journal of the fake Zalo could not be written');
    this.torn = false;
    if (options.durable) fsyncSync(this.fd);
  }

  close(): void {
    if (this.fd === null) return;
    fsyncSync(this.fd);
    closeSync(this.fd);
    this.fd = null;
  }
}

/** A line that was not written whole was never acknowledged (a kill or a full disk tore it), so it is no fact. */
function readFacts<T>(file: string): T[] {
  const facts: T[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    try {
      facts.push(JSON.parse(line) as T);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return facts;
}
