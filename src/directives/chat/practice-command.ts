import type { DialogDeps } from '../../dialogs/deps';
import { command } from '../../dialogs/feature';
import { foldInPlace } from '../../kernel/vn-text';
import { inVietnam, vnDay } from '../../kernel/vn-time';
import { instantOf, nextDay } from '../../kernel/work-calendar';
import { orderSlots, partsOf } from './order-draft';
import { isIssuer } from './order-commands';

/** «Diễn tập toàn tỉnh»: an order that only tries the network, written ready; its giver reads it and sends it. */

const ASKED =
  /^(?:(?:cho|toi|em|chi|anh|xin|muon|giao|to chuc|bat dau|chay) )*dien tap(?: mang luoi)?(?: (?:voi|cho|o|tai))?(?: (.{2,120}?))?(?: (?:a|nhe|di|em))*$/d;
/** 17:00 of the next working day. */
const DUE = 17 * 60;

export const practise = command<DialogDeps, string>({
  id: 'directive-practice',
  button: '#DIENTAP',
  says: [
    'diễn tập toàn tỉnh',
    'diễn tập',
    'giao diễn tập xã Tân Hòa',
    'diễn tập mạng lưới toàn xã',
    'tổ chức diễn tập các xã miền núi',
    'dien tap thon dong lam',
  ],
  for: isIssuer,
  strong: true,
  read({ typed }) {
    const found = ASKED.exec(foldInPlace(typed).replace(/\s/g, ' '));
    if (!found) return null;
    // The places as they were typed.
    const [from, to] = found.indices?.[1] ?? [0, 0];
    return typed.slice(from, to);
  },
  tapped: () => 'toàn tỉnh',
  async run(turn, _message, places) {
    const { at, words, deps } = turn;
    const day = deps.settings.calendars.work.workingDay(nextDay(vnDay(at), 1), 1);
    const { month, year } = inVietnam(at);
    const said = {
      ...{ number: `${month}${String(year % 100).padStart(2, '0')}/DT`, audience: partsOf(places) },
      ...{ text: words.t('directives:practice.text'), practice: true },
      deadline: { kind: 'at' as const, at: instantOf(day, DUE) },
    };
    return { move: { to: 'dialog', dialog: 'directive', slots: orderSlots(turn, said) } };
  },
});
