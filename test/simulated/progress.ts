import type { Province } from './province';

/** What the JSON API tells of directives. */

export interface Progress {
  readonly unit: string;
  readonly state: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly children: readonly Progress[];
}

export interface Listed {
  readonly id: string;
  readonly number: string;
  readonly audience: { readonly label: string; readonly offices: number };
  readonly supersedes: string | null;
}

export async function listed(province: Province): Promise<readonly Listed[]> {
  return (await province.api<{ directives: Listed[] }>('/api/v1/directives')).directives;
}

export async function issued(province: Province, number: string): Promise<Listed> {
  const found = (await listed(province)).find((one) => one.number === number);
  if (!found) throw new Error(`no directive ${number}`);
  return found;
}

export function sumOf({ counts }: Progress): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Units whose counts are not those of their own office and of all below. */
export function treeFaults(tree: Progress): string[] {
  const own = tree.state === null || tree.unit === '24' ? 0 : 1;
  const below = tree.children.reduce((sum, child) => sum + sumOf(child), 0);
  const here = sumOf(tree) === own + below ? [] : [tree.unit];
  return [...here, ...tree.children.flatMap(treeFaults)];
}
