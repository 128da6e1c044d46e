import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { Words } from '../../kernel/i18n';
import { dayIn } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import type { Office } from '../office';
import type { LostRight } from '../rights';
import { addressVars, contactName, fullPlaceName, placeName, type OrgView } from './people';

/** What somebody reads who may no longer act for a unit: what happened to the post or the place, and whom to ask. */

/** Why the person may not go on for the unit; null when they may. One who never could reads that the post is not theirs. */
export function rightLost(turn: Turn<DialogDeps>, unit: string): string | null {
  const { directory } = turn.deps;
  if (directory.mayActFor(turn.user, unit, turn.at)) return null;
  const lost = directory.lostRight(turn.user, unit, turn.at) ?? { why: 'ended' };
  const office = directory.officesOf(turn.user, turn.at)[0] ?? null;
  return lostText(turn.words, turn.deps, { unit, office, lost, at: turn.at });
}

/** The same for the last post that somebody without any once held; null for a stranger, and for who holds one. */
export function formerHolderAnswer(turn: Turn<DialogDeps>): string | null {
  const { directory } = turn.deps;
  if (directory.officesOf(turn.user, turn.at).length > 0) return null;
  const last = directory.everHeldBy(turn.user).at(-1);
  return last ? rightLost(turn, last.unit) : null;
}

/** The sentence itself. `office` tells how the person is addressed; null: as anybody. */
export function lostText(
  words: Words,
  deps: OrgView,
  what: {
    readonly unit: string;
    readonly office: Office | null;
    readonly lost: LostRight;
    readonly at: Date;
  },
): string {
  const { unit, office, lost, at } = what;
  const place = fullPlaceName(deps, unit, at);
  return words.t(`onboarding:lost.${lost.why}`, {
    ...addressVars(words, office),
    unit: place,
    Unit: capital(place),
    contact: contactName(words, deps, unit, at),
    since: 'since' in lost ? dayIn(lost.since) : '',
    into: 'into' in lost ? lost.into.map((code) => placeName(deps, code, at)).join(', ') : '',
  });
}
