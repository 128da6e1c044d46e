import type { Choice, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { inVietnam } from '../../kernel/vn-time';
import type { Person } from '../../org/chat/people';
import { isWaiting } from '../release';
import { adjustmentRows } from './adjust-commands';
import { labelOf } from './release-texts';
import { holdsSecondKey } from './second-key';

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

/** What of them stands in a person's list: a line and a button each; nothing for whoever has no key. */
export async function releasesWaiting(
  turn: Turn<DialogDeps>,
  person: Pick<Person, 'offices'>,
): Promise<{ readonly lines: readonly string[]; readonly choices: readonly Choice[] }> {
  if (!holdsSecondKey(person)) return { lines: [], choices: [] };
  const ids = await waitingReleases(turn);
  const adjusted = adjustmentRows(turn, await turn.deps.ledger.adjustments());
  return {
    lines: [...ids.map((id) => turn.words.t('release:row', { label: labelOf(turn, id) })), ...adjusted.lines],
    choices: [
      ...ids.slice(0, 1).map((id) => ({
        id: 'RELEASE',
        label: turn.words.t('release:buttons.see'),
        command: `#XEMCHOT_${id}`,
      })),
      ...adjusted.choices.slice(0, 1),
    ],
  };
}
