import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { capital, contactName, fullPlaceName, personOf, placeName } from './people';

/** What somebody reads who may no longer act for a unit: what happened to the post or the place, and whom to ask. */

/** Why the person may not go on for the unit; null when they may. One who never could reads that the post is not theirs. */
export function rightLost(turn: Turn<DialogDeps>, unit: string): string | null {
  const { directory } = turn.deps;
  if (directory.mayActFor(turn.user, unit, turn.at)) return null;
  const lost = directory.lostRight(turn.user, unit, turn.at);
  const { words } = turn;
  const place = fullPlaceName(turn.deps, unit, turn.at);
  return words.t(`onboarding:lost.${lost?.why ?? 'ended'}`, {
    ...personOf(turn).vars,
    unit: place,
    Unit: capital(place),
    contact: contactName(words, turn.deps, unit, turn.at),
    since: lost && 'since' in lost ? dayIn(lost.since) : '',
    into:
      lost && 'into' in lost ? lost.into.map((code) => placeName(turn.deps, code, turn.at)).join(', ') : '',
  });
}

/** `2026-04-01` → «1/4/2026» */
function dayIn(day: string): string {
  return day.split('-').map(Number).reverse().join('/');
}

/** The same for the last post that somebody without any once held; null for a stranger, and for who holds one. */
export function formerHolderAnswer(turn: Turn<DialogDeps>): string | null {
  const { directory } = turn.deps;
  if (directory.officesOf(turn.user, turn.at).length > 0) return null;
  const last = directory.everHeldBy(turn.user).at(-1);
  return last ? rightLost(turn, last.unit) : null;
}
