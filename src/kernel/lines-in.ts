import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The lines of each `.txt` of a folder by its name, in the order of the names; a blank line is none. Throws where there is no such folder. */
export function linesIn(folder: string): ReadonlyMap<string, readonly string[]> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return new Map(names.sort().map((name) => [name.slice(0, -'.txt'.length), lines(join(folder, name))]));
}

function lines(file: string): string[] {
  const all = readFileSync(file, 'utf8').normalize('NFC').split('\n');
  return all.map((line) => line.trim()).filter((line) => line !== '');
}
