import type { Say, Turn } from '../../conversation/dialog';
import { moment, momentShort, monthName } from '../../kernel/moment';
import type { Office } from '../office';
import { mayOversee } from '../roles';
import { spanSentence } from '../../reporting/data-span';
import { timesOf } from '../../reporting/deadlines';
import { nextPeriod } from '../../reporting/periods';
import { formOf, askedFigures } from '../../reporting/forms';
import type { DialogDeps } from '../../dialogs/deps';
import type { SendNotice } from '../../outbox/enqueue';
import { addressVars, contactName, fullPlaceName } from './people';
import { periodMeant, VILLAGE_FORM } from '../../reporting/chat/report-facts';

/** A post was taken: the account it was taken from hears of it, and the first duty is begun. */

/** Who held the post on another account hears that it moved, so that a stolen code does not stay unnoticed. */
export function tellOldAccount(turn: Turn<DialogDeps>, office: Office): SendNotice[] {
  if (office.user === null || office.user === turn.user) return [];
  const text = turn.words.t('onboarding:moved_away', {
    ...addressVars(turn.words, office),
    unit: fullPlaceName(turn.deps, office.unit, turn.at),
    contact: contactName(turn.words, turn.deps, office.unit, turn.at),
  });
  return [{ kind: 'notice.send', id: turn.effectId(), to: office.user, text, at: turn.at }];
}

/** What a new leader owes now, or when it will be. */
export function firstDuty(turn: Turn<DialogDeps>, vars: ReturnType<typeof addressVars>): Say {
  const { words, deps } = turn;
  const form = formOf(VILLAGE_FORM);
  const period = periodMeant(turn.at);
  const times = timesOf(form, deps.settings.calendars, period);
  if (turn.at >= times.lockAt) {
    const next = timesOf(form, deps.settings.calendars, nextPeriod(period));
    return {
      text: words.t('onboarding:claimed_locked', { ...vars, opens: momentShort(words, next.opensAt) }),
    };
  }
  const all = {
    ...vars,
    month: monthName(words, period, turn.at),
    count: askedFigures(form, period, deps.settings.optionalFigures).length,
    deadline: moment(words, times.deadline),
    opens: momentShort(words, times.opensAt),
    span: spanSentence(words, times.data).trim(),
  };
  if (turn.at < times.opensAt) return { text: words.t('onboarding:claimed_not_open', all) };
  return {
    text: words.t('onboarding:claimed_duty', all),
    choices: [
      { id: 'START', label: words.t('onboarding:buttons.start'), command: '#BAOCAO' },
      { id: 'PRACTICE', label: words.t('onboarding:buttons.practice'), command: '#TAPTHU' },
      { id: 'LATER', label: words.t('onboarding:buttons.later'), command: '#DESAU' },
    ],
  };
}

/** What somebody who sends no village's report can do first, each by its button too. */
export function firstActs(
  turn: Turn<DialogDeps>,
  { role }: Office,
  vars: Readonly<Record<string, string>>,
): Say {
  const { words } = turn;
  const work = { id: 'WORK', label: words.t('menu:buttons.work'), command: '#VIEC' };
  return mayOversee(role)
    ? {
        text: words.t('onboarding:claimed_officer', vars),
        choices: [work, { id: 'STATUS', label: words.t('menu:buttons.status'), command: '#TINHHINH' }],
      }
    : {
        text: words.t('onboarding:claimed_agency', vars),
        choices: [work, { id: 'REPORT', label: words.t('menu:buttons.report_any'), command: '#BAOCAO' }],
      };
}
