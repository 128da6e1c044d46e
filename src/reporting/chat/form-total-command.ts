import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { capital, foldText, formatCount } from '../../kernel/vn-text';
import { placeName, type Person } from '../../org/chat/people';
import { textsOf, titleForAll, type Form } from '../form';
import { formOf } from '../forms';
import { monthNamed, periodNow } from '../period-meant';
import type { IndicatorTotal } from '../totals';
import { periodName } from './approval-texts';
import { shareText } from './form-values';
import { joinWithin } from './places';

/** «tổng Tỉnh đoàn tháng 3», «tổng báo cáo xã»: the sums of a form other than the villages', with coverage and how many were on time. */

/** What people call the forms, without marks. */
const CALLED: readonly (readonly [string, RegExp])[] = [
  ['commune-month', /^bao cao (?:cua )?(?:cac |cap |thang )*(?:xa|phuong|xa phuong)$/],
  ['police-month', /^(?:bao cao )?(?:cua )?(?:cong an(?: tinh)?|hai ty le vneid|ty le vneid|vneid)$/],
  ['youth-month', /^(?:bao cao )?(?:cua )?(?:tinh doan|doan thanh nien|thanh nien)$/],
  ['education-month', /^(?:bao cao )?(?:cua )?(?:so giao duc(?: va dao tao)?|so gd|giao duc)$/],
  ['press-week', /^(?:bao cao )?(?:cua )?(?:bao chi|bao va dai|bao dai|bao va dai pttth?)$/],
  ['baseline-2025', /^(?:so lieu )?(?:nam 2025|nam chi tieu)$/],
  ['equipment-survey', /^(?:khao sat )?(?:trang )?thiet bi(?: nha van hoa)?$/],
];
const TOTAL =
  /^(?:(?:xem|cho|em|toi|lay) )*(?:bang )?(?:tong hop|tong so|tong) (.+?)(?: (?:thang|thg|t) ?(\d{1,2})(?:(?: ?[/-] ?| nam )(20\d\d))?)?(?: (?:a|nhe|di))*$/;

interface FormTotalAsked {
  readonly form: string;
  readonly month: number | null;
  readonly year: number | null;
}

function readFormTotal(typed: string): FormTotalAsked | null {
  const fold = foldText(typed.replace(/[^\p{L}\p{M}\p{N}\s/-]/gu, ' '));
  const found = TOTAL.exec(fold);
  const form = found && CALLED.find(([, words]) => words.test(found[1] ?? ''))?.[0];
  if (!found || !form) return null;
  const month = found[2] === undefined ? null : Number(found[2]);
  if (month !== null && (month < 1 || month > 12)) return null;
  return { form, month, year: found[3] === undefined ? null : Number(found[3]) };
}

export const totalOfForm: Command<DialogDeps> = command<DialogDeps, FormTotalAsked>({
  id: 'total-of-form',
  says: [
    'tổng Tỉnh đoàn tháng 3',
    'tổng báo cáo các xã tháng 3',
    'tổng hợp công an tỉnh',
    'tong giao duc thang 3',
    'tổng báo cáo xã',
    'tổng hợp Báo và Đài',
  ],
  for: ({ offices }) => offices.length > 0,
  strong: true,
  owns: ({ typed }) => readFormTotal(typed) !== null,
  read: ({ typed }) => readFormTotal(typed),
  run: (turn, { person }, asked) => formTotal(turn, person, asked),
});

/** The unit whose sums of the form the person may see: what they oversee, or where they report it; null: none. */
function unitSeen(person: Person, form: Form): string | null {
  const above = person.overseeing[0]?.unit;
  return above ?? person.offices.find(({ role }) => form.reporters.includes(role))?.unit ?? null;
}

async function formTotal(turn: Turn<DialogDeps>, person: Person, asked: FormTotalAsked): Promise<StepResult> {
  const { words, deps } = turn;
  const form = formOf(asked.form);
  const unit = unitSeen(person, form);
  if (unit === null) return sentence(turn, 'officer:no_right');
  const period =
    form.cadence === 'month'
      ? monthNamed(turn.at, asked.month, asked.year)
      : (periodNow(form, turn.at) ?? form.id);
  const totals = await deps.rollup.totals(form.id, period, unit);
  const vars = {
    Title: capital(words.t(titleForAll(form.id), { month: periodName(turn, { form: form.id, period }) })),
    Unit: capital(placeName(deps, unit, turn.at)),
  };
  if (!totals || totals.expected === 0) return sentence(turn, 'officer:not_your_place');
  const silent = await deps.rollup.notSent(form.id, period, unit);
  const names = joinWithin(
    turn,
    silent.map((code) => placeName(deps, code, turn.at)),
    90,
  );
  return answer({
    text: words.t('officer:form_total', {
      ...vars,
      lines: totals.indicators.map((one) => line(turn, form, one)).join('\n'),
      missing: silent.length > 0 ? words.t('officer:total_missing', { names }) : '',
      onTime: totals.onTime,
      expected: totals.expected,
      late: totals.late > 0 ? words.t('officer:total_late', { late: totals.late }) : '',
    }),
  });
}

/** «Đội nòng cốt: 120 – từ 1/1 nơi»; a share with its parts, of yes and no how many have it. */
function line(turn: Turn<DialogDeps>, form: Form, one: IndicatorTotal): string {
  const { words } = turn;
  const figure = form.figures.find(({ id }) => id === one.id);
  const name = words.t(`${textsOf(form.id, one.id)}.name`);
  const { covered, expected, value } = one;
  const shown =
    value === null
      ? words.t('reports:missing_value')
      : figure?.kind === 'ratio'
        ? shareText(turn, value, {
            numerator: one.numerator ?? null,
            denominator: one.denominator ?? null,
            asOf: null,
          })
        : figure?.kind === 'yes_no'
          ? words.t('officer:form_total_yes', { value: formatCount(value) })
          : formatCount(value);
  return words.t('officer:form_total_line', { name, shown, covered, expected });
}
