import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { capital, formatCount } from '../../kernel/vn-text';
import { monthName } from '../../kernel/moment';
import { placeName } from '../../org/chat/people';
import { previousPeriod } from '../periods';
import { placesWord } from './places';
import { periodMeant, VILLAGE_FORM } from './report-facts';
import { figureName } from './report-texts';

/** «so với tháng trước»: the sums of this month beside those of the last, each with how much of it is there. */

const COMPARE =
  /^(?:(?:cho|toi|em|xem|hay) )*(?:so (?:sanh )?voi|doi chieu voi|so sanh) (?:cac so )?thang truoc(?: (?:thi sao|the nao|nhe|a))*$/;

export const compareMonths: Command<DialogDeps> = command({
  id: 'compare-months',
  tells: true,
  says: [
    'so với tháng trước',
    'so sánh với tháng trước',
    'xem so với tháng trước',
    'so voi thang truoc',
    'so sánh tháng trước',
  ],
  help: 55,
  for: ({ overseeing }) => overseeing.length > 0,
  read: ({ fold }) => (COMPARE.test(fold) ? true : null),
  async run(turn, { person }) {
    const { words, deps } = turn;
    const unit = person.overseeing[0]?.unit;
    if (unit === undefined) return null;
    const period = periodMeant(turn.at);
    const before = previousPeriod(period);
    const Unit = capital(placeName(deps, unit, turn.at));
    const places = placesWord(turn, unit);
    const [now, then] = await Promise.all(
      [period, before].map((month) => deps.rollup.totals(VILLAGE_FORM, month, unit)),
    );
    if (!now || now.expected === 0) return sentence(turn, 'officer:no_village_here', { Unit, places });
    const lines = now.indicators.map((one) => {
      const old = then?.indicators.find(({ id }) => id === one.id);
      const vars = {
        name: figureName(turn, one.id),
        now: one.value === null ? words.t('ledger:no_value') : formatCount(one.value),
        covered: one.covered,
        expected: one.expected,
        then: old?.value == null ? words.t('ledger:no_value') : formatCount(old.value),
        oldCovered: old?.covered ?? 0,
        oldExpected: old?.expected ?? 0,
        places,
      };
      // Two sums of which different parts are missing are no rise and no fall.
      const comparable = one.value !== null && old?.value != null && one.covered === old.covered;
      const more = comparable ? one.value - (old.value ?? 0) : 0;
      const change = comparable ? ` (${more > 0 ? '+' : ''}${formatCount(more)})` : '';
      return words.t('ledger:month_line', { ...vars, change });
    });
    return answer({
      text: words.t('ledger:months', {
        Unit,
        month: monthName(words, period, turn.at),
        before: monthName(words, before, turn.at),
        lines: lines.join('\n'),
      }),
    });
  },
});
