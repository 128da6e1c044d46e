import type { OutboxRow, StillTrueAnswer } from '../outbox/outbox-row';
import type { Ledger } from '../reporting/ledger';
import { isWaiting } from '../reporting/release';
import type { ReleasesService } from '../reporting/releases.service';

/** Whether a release, or a correction after the lock, still waits for its second key at the moment the request would leave. */
export function secondKeys(deps: {
  readonly releases: Pick<ReleasesService, 'get'>;
  readonly ledger: Pick<Ledger, 'adjustment'>;
}) {
  return {
    async isStillNeeded({ onlyIf }: OutboxRow): Promise<StillTrueAnswer> {
      return (await waits(onlyIf)) ? { now: 'send' } : { now: 'drop' };
    },
  };

  async function waits(onlyIf: OutboxRow['onlyIf']): Promise<boolean> {
    if (onlyIf?.kind === 'adjustment_key') return (await deps.ledger.adjustment(onlyIf.ref)) !== null;
    const release = onlyIf?.kind === 'release_key' ? await deps.releases.get(onlyIf.ref) : null;
    return release !== null && isWaiting(release);
  }
}
