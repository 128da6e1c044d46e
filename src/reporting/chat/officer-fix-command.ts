import { command, type Command } from '../../dialogs/feature';
import type { DialogDeps } from '../../dialogs/deps';
import { monthTimes } from '../deadlines';
import { approvesSomething } from './approval-wishes';
import { adjust } from './adjust-commands';
import { readAdjust, valueAndWhy } from '../../understanding/adjust-asked';
import { enterLines } from './entering';
import { periodMeant } from './report-facts';

/**
 * «Sửa số 3 thôn Đông Lâm = 102» of a commune's officer. Until the commune's own lock it is an entry on behalf of the
 * village, whose own lock does not bind the commune; after it an adjustment, which needs a reason and the department.
 */
export const fixForVillage: Command<DialogDeps> = command({
  id: 'fix-for-village',
  says: [
    'sửa số 3 thôn Đông Lâm = 102',
    'sửa số 3 thôn Đông Lâm thành 102',
    'sửa lại câu 2 của thôn Ngọc Trì là 5',
    'sua so 1 thon Gò Me = 410: đếm trùng',
    'đổi số 4 tổ dân phố số 2 thành 15',
  ],
  for: approvesSomething,
  strong: true,
  read: ({ typed }) => {
    const said = readAdjust(typed, 'fix');
    const counted = said !== null && valueAndWhy({ kind: 'count', measure: 'none' }, said.rest).value;
    return counted && said?.place !== '' && /^[\d.]+$/.test(counted) ? said : null;
  },
  async run(turn, { person }, said) {
    const { lockAt } = monthTimes(turn.deps.settings.calendars, periodMeant(turn.at)).commune;
    if (turn.at >= lockAt) return adjust(turn, person, said);
    const { value } = valueAndWhy({ kind: 'count', measure: 'none' }, said.rest);
    return enterLines(turn, `${said.place}: ${said.number} = ${value.replaceAll('.', '')}`, true);
  },
});
