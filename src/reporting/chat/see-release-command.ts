import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command } from '../../dialogs/feature';
import { monthName } from '../../kernel/moment';
import type { Person } from '../../org/chat/people';
import { isWaiting, releaseId, type Release } from '../release';
import { monthNamed } from '../period-meant';
import { periodMeant } from './report-facts';
import { waitingReleases } from './release-waiting';
import { holdsSecondKey } from './second-key';
import { noteSeen } from './seen';
import { labelOf, madeAt, personName, releaseVars } from './release-texts';

/** Which release is meant, and what it says. */

export const ofDepartment = ({ offices }: Person): boolean =>
  offices.some(({ role }) => role === 'department');

export interface Month {
  readonly period: string;
}

/** `03/2026-1`, `2026-03-1` of a button; null: none was named. */
function readId(fold: string): string | null {
  const found = /(?:^| )(\d{1,2}) (\d{4}) (\d{1,3})$/.exec(fold);
  return found ? releaseId(`${found[2]}-${(found[1] ?? '').padStart(2, '0')}`, Number(found[3])) : null;
}

interface Named {
  readonly id: string | null;
}

export function named(pattern: RegExp) {
  return ({ fold }: { readonly fold: string }): Named | null =>
    pattern.test(fold) ? { id: readId(fold) } : null;
}

export const tapped = (rest: string): Named => ({ id: rest === '' ? null : rest });
export const RELEASE = '(?:ban chot|so chot)(?: so)?(?: \\d{1,2} \\d{4} \\d{1,3})?';

/** The release named, or the one of this month or the last that waits. */
export async function releaseMeant(turn: Turn<DialogDeps>, id: string | null): Promise<Release | StepResult> {
  const month = monthName(turn.words, periodMeant(turn.at), turn.at);
  const waiting = id ?? (await waitingReleases(turn)).at(-1);
  if (waiting === undefined) return sentence(turn, 'release:none_waiting', { month });
  const found = await turn.deps.releases.get(waiting);
  return found ?? sentence(turn, 'release:unknown', { number: labelOf(turn, waiting).replace(/^\D+/, '') });
}

export const seeRelease = command<DialogDeps, Named & Partial<Month>>({
  id: 'see-release',
  tells: true,
  button: '#XEMCHOT',
  tapped,
  says: [
    'bản chốt tháng 3',
    'xem bản chốt 03/2026-1',
    'xem bản chốt',
    'xem bản chốt tháng 3',
    'bản chốt 03/2026-1',
  ],
  for: ({ overseeing }) => overseeing.length > 0,
  read: ({ fold }) => {
    const found =
      /^(?:(?:cho|toi|em|xem|mo) )*(?:ban chot|so chot)(?: so)?(?: thang (\d{1,2})(?: (\d{4}))?)?$/.exec(
        fold,
      );
    if (found)
      return { id: null, ...(found[1] === undefined ? {} : { period: `${found[1]} ${found[2] ?? ''}` }) };
    return named(new RegExp(`^(?:(?:cho|toi|em|xem|mo) )*${RELEASE}$`))({ fold });
  },
  async run(turn, { person }, { id, period: said }) {
    const [month, year] = said?.split(' ') ?? [];
    const period = monthNamed(turn.at, month, year === '' ? undefined : year);
    const shown = id ?? (await visible(turn, person, period));
    if (shown === undefined)
      return sentence(turn, 'release:none', { month: monthName(turn.words, period, turn.at) });
    return show(turn, person, shown);
  },
});

/** The newest release a person may see: one that waits is for those with a key only. */
async function visible(turn: Turn<DialogDeps>, person: Person, period: string): Promise<string | undefined> {
  const all = await turn.deps.releases.list(period);
  return all.findLast((one) => !isWaiting(one) || holdsSecondKey(person))?.id;
}

export async function show(turn: Turn<DialogDeps>, person: Person, id: string): Promise<StepResult> {
  const found = await turn.deps.releases.get(id);
  const number = labelOf(turn, id).replace(/^\D+/, '');
  if (!found || (isWaiting(found) && !holdsSecondKey(person)))
    return sentence(turn, 'release:unknown', { number });
  const { words } = turn;
  const vars = {
    ...releaseVars(turn, found),
    moment: madeAt(turn, found.at),
    maker: personName(turn, found.by),
    confirmer: personName(turn, found.confirmedBy),
  };
  const seen = { effects: [noteSeen(turn, 'release', null, id)] };
  if (!isWaiting(found)) return { ...sentence(turn, 'release:confirmed_state', vars), ...seen };
  const refuse = { id: 'REFUSE', label: words.t('release:buttons.refuse'), command: `#BOCHOT_${id}` };
  const confirm = { id: 'CONFIRM', label: words.t('release:buttons.confirm'), command: `#DUYETCHOT_${id}` };
  const choices = found.by === turn.user ? [refuse] : [confirm, refuse];
  return { ...sentence(turn, 'release:waiting', vars, choices), ...seen };
}
