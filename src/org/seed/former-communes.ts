import { readSeed } from './seed';

/** A commune that ended on 30/6/2025, as people still call it, and the one it became part of. */
export interface FormerCommune {
  /** «Xã Đồng Tiến» */
  readonly name: string;
  readonly into: string;
}

/** From the resolution's list in `communes.csv`. A name that two old districts had stands twice. */
export function formerCommunes(): readonly FormerCommune[] {
  return readSeed('communes.csv').flatMap(({ code = '', merged_from: merged = '' }) =>
    merged
      .split(',')
      .map((part) => part.replace(/\(.*\)/, '').trim())
      .filter((name) => name !== '')
      .map((name) => ({ name, into: code })),
  );
}
