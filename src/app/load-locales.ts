import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../kernel/root';
import type { LocaleResources } from '../kernel/i18n';

/** Every `locales/<locale>/<namespace>.json`. Throws when a file is not JSON. */
export function loadLocales(root = join(repositoryRoot(), 'locales')): LocaleResources {
  const out: Record<string, Record<string, object>> = {};
  for (const locale of readdirSync(root, { withFileTypes: true })) {
    if (!locale.isDirectory()) continue;
    const spaces: Record<string, object> = {};
    for (const file of readdirSync(join(root, locale.name)))
      if (file.endsWith('.json'))
        spaces[file.slice(0, -5)] = JSON.parse(readFileSync(join(root, locale.name, file), 'utf8')) as object;
    out[locale.name] = spaces;
  }
  return out;
}
