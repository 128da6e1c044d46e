import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { inVietnam } from '../../kernel/vn-time';
import { personOf } from '../../org/chat/people';
import { isWaiting } from '../release';
import { adjustmentRows } from './adjust-commands';
import { labelOf } from './release-texts';
import { holdsSecondKey } from './second-key';
import type { WaitingKey } from '../../dialogs/waiting-keys';

/** Releases that wait for their second key, as they stand in the list of what waits. */

/** Ids of the releases of the last three months that wait for a second key, oldest first. */
export async function waitingReleases(turn: Turn<DialogDeps>): Promise<string[]> {
  const seen = inVietnam(turn.at);
  const months = [2, 1, 0].map((back) => seen.minus({ months: back }).toFormat('yyyy-MM'));
  const lists = await Promise.all(months.map((period) => turn.deps.releases.list(period)));
  return lists
    .flat()
    .filter(isWaiting)
    .map(({ id }) => id);
}

/** Of the releases, what stands in the list of whoever holds the key. */
export async function releaseKeys(turn: Turn<DialogDeps>): Promise<readonly WaitingKey[]> {
  if (!holdsSecondKey(personOf(turn))) return [];
  return (await waitingReleases(turn)).map((id) => ({
    line: turn.words.t('release:row', { label: labelOf(turn, id) }),
    choice: { id: 'RELEASE', label: turn.words.t('release:buttons.see'), command: `#XEMCHOT_${id}` },
    opens: `#XEMCHOT_${id}`,
    yes: `#DUYETCHOT_${id}`,
  }));
}

/** The same of the corrections of locked figures. */
export async function correctionKeys(turn: Turn<DialogDeps>): Promise<readonly WaitingKey[]> {
  return holdsSecondKey(personOf(turn)) ? adjustmentRows(turn, await turn.deps.ledger.adjustments()) : [];
}
