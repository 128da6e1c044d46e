import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import type { Office } from '../office';
import { mayReport } from '../roles';
import { fullPlaceName, isThon } from './people';

/** How a post is called in a sentence. */

/** «Trưởng thôn», «Tổ trưởng», «cán bộ phụ trách» — as the kind of the unit has it on that day. */
export function roleName(turn: Turn<DialogDeps>, office: Office): string {
  const key = `onboarding:roles.${office.role}`;
  if (!mayReport(office.role)) return turn.words.t(key);
  const kind = turn.deps.directory.tree.getNearest(office.unit, vnDay(turn.at))?.kind ?? '';
  return turn.words.t(`${key}.${isThon(kind) ? 'thon' : 'other'}`);
}

/** «Đông Lâm, xã Tân Hòa» after «Trưởng thôn»; the kind is already in the role. */
export function placeOf(turn: Turn<DialogDeps>, office: Office): string {
  const full = fullPlaceName(turn.deps, office.unit, turn.at);
  const unit = turn.deps.directory.tree.getNearest(office.unit, vnDay(turn.at));
  if (!unit || !mayReport(office.role)) return full;
  const head = foldText(unit.kind) === 'thon' && turn.words.locale === 'vi' ? `${unit.kind} ` : '';
  return head !== '' && full.startsWith(head) ? full.slice(head.length) : full;
}
