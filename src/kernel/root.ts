import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the repository, from the sources and from their compiled copy alike. */
export function repositoryRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'locales'))) return folder;
    if (folder === dirname(folder)) throw new Error('the folder of the program was not found');
  }
}
