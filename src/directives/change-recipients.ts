import type { DirectivesRepo, StoredRecipient } from './directives.repo';

/** How often recipients that somebody else changes at the same moment are read again. */
const TRIES = 6;

/**
 * Writes a change of recipients of one directive, decided anew from what is stored for each that somebody else was quicker
 * with; answers those written. `to`: null leaves the recipient as it is. Throws when they keep changing.
 */
export async function changeRecipients(
  repo: Pick<DirectivesRepo, 'some' | 'save'>,
  directive: string,
  known: readonly StoredRecipient[],
  to: (one: StoredRecipient) => StoredRecipient | null,
): Promise<StoredRecipient[]> {
  const written: StoredRecipient[] = [];
  let open = known;
  for (let tries = 0; open.length > 0; tries += 1) {
    if (tries >= TRIES) throw new Error(`the recipients of ${directive} keep changing`);
    const changed = open.flatMap((one) => to(one) ?? []);
    const lost = new Set((await repo.save(changed)).map(({ unit }) => unit));
    written.push(...changed.filter(({ unit }) => !lost.has(unit)));
    open = await repo.some(directive, [...lost]);
  }
  return written;
}
