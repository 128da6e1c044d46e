import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { WaitingKey } from '../../dialogs/waiting-keys';
import { DAY } from '../../kernel/vn-time';
import { placeName, personOf } from '../../org/chat/people';
import { holdsAbove } from '../../org/rights';
import { beyondQuota, mayApprove } from '../approvers';
import { EXTENSIONS_A_MONTH } from '../extension';
import { factsOfRef } from './approval-facts';
import { approvesSomething } from './approval-wishes';
import type { Facts } from './report-facts';
import { lockVars } from './village-asks';

/** Wishes of villages for more time that wait for this person, as they stand in the list of what waits. */

export const GRANT = '#GIAHAN';
/** A wish is older than this only when its lock has long passed. */
const LOOKED_BACK = 10 * DAY;

/** One for each report whose wish this person was shown and that may still be granted, the oldest first. */
export async function timeKeys(turn: Turn<DialogDeps>): Promise<readonly WaitingKey[]> {
  if (!approvesSomething(personOf(turn))) return [];
  const since = new Date(turn.at.getTime() - LOOKED_BACK);
  const offered = await turn.deps.offered(turn.user, `${GRANT}_`, since);
  const keys: WaitingKey[] = [];
  for (const command of new Set(offered)) {
    const facts = await factsOfRef(turn, command.slice(GRANT.length + 1));
    if (facts && (await isGrantable(turn, facts))) keys.push(keyOf(turn, facts, command));
  }
  return keys;
}

async function isGrantable(turn: Turn<DialogDeps>, facts: Facts): Promise<boolean> {
  const { extendTo } = facts.context;
  if (facts.report?.extendedTo || extendTo === null || turn.at >= extendTo) return false;
  const { offices } = personOf(turn);
  const { tree } = turn.deps.directory;
  if (holdsAbove(offices, tree, facts.key.unit, beyondQuota(), turn.at)) return true;
  if (!mayApprove(offices, tree, facts.form, facts.key.unit, turn.at)) return false;
  return (await turn.deps.reports.extensions(facts.key)) < EXTENSIONS_A_MONTH;
}

function keyOf(turn: Turn<DialogDeps>, facts: Facts, command: string): WaitingKey {
  const label = turn.words.t('approval:buttons.grant_to', {
    unit: placeName(turn.deps, facts.key.unit, turn.at),
  });
  return {
    line: turn.words.t('approval:time_row', lockVars(turn, facts)),
    choice: { id: 'MORE_TIME', label, command },
  };
}
