import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command } from '../../dialogs/feature';
import { foldText } from '../../kernel/vn-text';
import { actPayload } from '../directive-words';
import { paper } from './paper';

/** «Xem văn bản 145» in words. */

const THING = '(?:(?:noi dung|tep|file|ban|cong van|van ban|chi dao|cv)(?: kem(?: theo)?)?(?: cua)? )';
const ASKED = new RegExp(
  `^(?:(?:(?:cho|em|toi|minh|bac|anh|chi) )*(?:xem|mo|doc|tai|gui (?:cho )?(?:em|toi|minh|bac))(?: (?:lai|giup|em|toi|minh))* ${THING}+` +
    `|(?:tep|file)(?: kem(?: theo)?)?(?: cua)? ${THING}*)(?:so )?(\\d{1,6})(?:\\/\\S*)?(?: (?:a|nhe|di|voi|dau))*$`,
);

/** Without a number: what is written on the button. */
const BARE = /^(?:cho (?:em |toi |minh |bac )?)?xem (?:van ban|cong van|tep kem)(?: (?:a|nhe|di|voi))*$/;

export const paperOf = command<DialogDeps, string>({
  id: 'directive-paper',
  says: [
    'xem văn bản 145',
    'gửi em văn bản 145',
    'mở tệp công văn 145',
    'cho xem nội dung công văn 145',
    'tệp kèm của 145 đâu',
    'xem file 145',
    'cho xem văn bản với',
  ],
  for: ({ offices }) => offices.length > 0,
  strong: true,
  read({ typed }) {
    const fold = foldText(typed);
    if (BARE.test(fold)) return '';
    const short = ASKED.exec(fold)?.[1];
    return short === undefined ? null : String(Number(short));
  },
  run: async (turn, _message, short) => (short === '' ? ofMine(turn) : called(turn, short)),
});

async function called(turn: Turn<DialogDeps>, short: string): Promise<StepResult | null> {
  const found = await turn.deps.directives.called(short, turn.user);
  for (const directive of found.toReversed()) {
    const shown = await paper(turn, directive);
    if (shown) return shown;
  }
  return found.length > 0 ? sentence(turn, 'directives:not_yours') : null;
}

/** The one that is out at the person's places; which one is asked when several are. */
async function ofMine(turn: Turn<DialogDeps>): Promise<StepResult | null> {
  const mine = await turn.deps.directives.mine(turn.user, turn.at);
  const out = mine.filter(({ directive }) => directive.state === 'issued').map(({ directive }) => directive);
  const [first, ...others] = out;
  if (!first) return null;
  if (others.length === 0) return paper(turn, first);
  const choices = out.slice(-4).map((one, i) => ({
    id: `D${i + 1}`,
    label: one.number.slice(0, 20),
    command: actPayload('TEP', one.id),
  }));
  return sentence(turn, 'directives:annex.which', {}, choices);
}
