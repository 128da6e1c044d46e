import type { Button } from '../channels/channel';
import { monthName } from '../kernel/moment';
import type { Words } from '../kernel/i18n';
import type { Says } from './duty-kinds';

/** What a duty is called, and the button that opens it. */

/** The word that opens whatever the person owes now; the button of the approved templates says the same. */
export const REPORT_COMMAND = '#BAOCAO';

interface Work {
  /** The id of its kind. */
  readonly form: string;
  readonly says: Says;
  readonly period: string;
}

/** «báo cáo tháng 3», «việc «Danh sách bình chọn»». Null: it is read at another time, so no month is named as this one. */
export function workOf(words: Words, { form, says, period }: Work, at: Date | null): string {
  const month = at === null ? '' : periodOf(words, period, at);
  if (says === 'report') return words.t(`reminders:works.${form}`, { month });
  return words.t(`reminders:task_called`, { title: words.t(`tasks:titles.${form}`, { month }) });
}

/** «tháng 3», with the year when it is not that of `at`; keys of other kinds as they are. */
export function periodOf(words: Words, period: string, at: Date): string {
  return /^\d{2}$/.test(period.split('-')[1] ?? '') ? monthName(words, period, at) : period;
}

type Opened = Work & { readonly unit: string; readonly answered: number };

/** Opens the duty, in the words of its kind. `named`: this one, though the person owes others too. */
export function firstButton(words: Words, line: Opened, named: boolean): Extract<Button, { kind: 'reply' }> {
  const { label, payload } = OPENS[line.says](line, named);
  return { kind: 'reply', label: words.t(label), payload: payload.toUpperCase() };
}

const OPENS: Readonly<
  Record<Says, (line: Opened, named: boolean) => { readonly label: string; readonly payload: string }>
> = {
  report: ({ form, unit, answered }, named) => ({
    label: answered > 0 ? 'reminders:buttons.continue' : 'reminders:buttons.start',
    payload: named ? `${REPORT_COMMAND}_${form}_${unit}` : REPORT_COMMAND,
  }),
  task: ({ form, unit }) => ({ label: 'work:buttons.this', payload: `#XEMVIEC_TASK_${form}_${unit}` }),
  summary: () => ({ label: 'menu:buttons.status', payload: '#TINHHINH' }),
};
