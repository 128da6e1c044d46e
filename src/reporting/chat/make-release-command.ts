import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { monthName } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import type { SendNotice } from '../../outbox/enqueue';
import { addressVars, type Person } from '../../org/chat/people';
import { isPeriodOf, monthTimes } from '../deadlines';
import { isWaiting } from '../release';
import type { MakeRelease } from '../releases.service';
import { monthNamed } from '../period-meant';
import { madeAt, personName, releaseVars } from './release-texts';
import { ofDepartment, show } from './see-release-command';
import { otherKeyHolders } from './second-key';

/** «Chốt số tháng 3»: the department freezes a month, and those who hold the second key hear of it. */

const MAKE =
  /^(?:chot|khoa) so(?: lieu)?(?: (?:cua |trong )?thang (\d{1,2})(?: (?:nam )?(\d{4}))?)?(?: (?:toan tinh|a|nhe|di))*$/;

export const makeRelease: Command<DialogDeps> = command({
  id: 'make-release',
  says: [
    'chốt số tháng 3',
    'chốt số liệu tháng 3',
    'chốt số tháng 3/2026',
    'chốt số tháng 3 toàn tỉnh',
    'chot so thang 3',
  ],
  help: 56,
  for: ofDepartment,
  read: ({ fold, person }) => {
    const found = MAKE.exec(fold);
    return found && (found[1] !== undefined || ofDepartment(person)) ? found : null;
  },
  async run(turn, { person }, [, month, year]) {
    const period = monthNamed(turn.at, month, year);
    const named = {
      month: monthName(turn.words, period, turn.at),
      Month: capital(monthName(turn.words, period, turn.at)),
    };
    if (!isPeriodOf({ id: 'village-month', cadence: 'month' }, period)) return null;
    if (turn.at < monthTimes(turn.deps.settings.calendars, period).village.opensAt)
      return sentence(turn, 'release:not_yet', named);
    const waiting = (await turn.deps.releases.list(period)).find(isWaiting);
    return waiting ? show(turn, person, waiting.id) : make(turn, person, period);
  },
});

async function make(turn: Turn<DialogDeps>, person: Person, period: string): Promise<StepResult> {
  const { words } = turn;
  const draft = await turn.deps.releases.draft(period);
  const effect: MakeRelease = {
    ...{ kind: 'release.make', id: turn.effectId(), period, number: draft.number, digest: draft.digest },
    ...{ by: turn.user, at: turn.at, eventId: turn.event.id },
  };
  const told = otherKeyHolders(turn);
  const shown = releaseVars(turn, { ...draft, period });
  const names = told.map(({ user }) => personName(turn, user)).join(', ');
  const text = words.t('release:made', {
    ...person.vars,
    ...shown,
    moment: madeAt(turn, turn.at),
    asked: names === '' ? '' : words.t('release:asked', { names }),
  });
  const notices = told.map(({ user, office }) => ({
    onlyIf: { kind: 'release_key', ref: draft.id } as const,
    ...notice(
      turn,
      user,
      'release:please_confirm',
      {
        ...addressVars(words, office),
        ...shown,
        maker: capital(personName(turn, turn.user)),
      },
      [{ kind: 'reply', label: words.t('release:buttons.see'), payload: `#XEMCHOT_${draft.id}` }],
    ),
  }));
  return { ...answer({ text }), effects: [effect, ...notices] };
}

export function notice(
  turn: Turn<DialogDeps>,
  to: string,
  key: string,
  vars: Readonly<Record<string, string | number>>,
  buttons: NonNullable<SendNotice['buttons']> = [],
): SendNotice {
  const text = turn.words.t(key, vars);
  return {
    kind: 'notice.send',
    id: turn.effectId(),
    to,
    text,
    at: turn.at,
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}
