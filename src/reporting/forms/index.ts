import { AppError } from '../../kernel/errors';
import type { FigureAnswer } from '../report-effect';
import type { FigureDef, Form } from '../form';
import awards from './awards-2026.form';
import baseline from './baseline-2025.form';
import communeMonth from './commune-month.form';
import educationMonth from './education-month.form';
import equipmentSurvey from './equipment-survey.form';
import policeMonth from './police-month.form';
import pressWeek from './press-week.form';
import villageMonth from './village-month.form';
import youthMonth from './youth-month.form';

/** Every form there is, by id. A new form is a file beside this one and a line here. */
export const FORMS: ReadonlyMap<string, Form> = new Map(
  [
    villageMonth,
    communeMonth,
    policeMonth,
    pressWeek,
    youthMonth,
    educationMonth,
    baseline,
    equipmentSurvey,
    awards,
  ].map((form) => [form.id, form]),
);

/** The form of an id; throws `not_found` for one that does not exist. */
export function formOf(id: string): Form {
  const form = FORMS.get(id);
  if (!form) throw new AppError('not_found', { form: id });
  return form;
}

/** Period → ids of the further figures asked in it, as in the configuration. */
export type OptionalFigures = Readonly<Record<string, readonly string[]>>;

/**
 * The figures that are asked in a period, in the order of the form: the standing ones, then those the province
 * switched on. The rest may be given unasked and are never missing. An id switched on that the form does not have is
 * left out: it belongs to another form.
 */
export function askedFigures(form: Form, period: string, switchedOn: OptionalFigures): FigureDef[] {
  const on = switchedOn[period] ?? [];
  return form.figures.filter((figure) => !figure.optional || on.includes(figure.id));
}

/** «Nothing happened»: every figure of the month that is asked is a true zero. Stocks are left as they are. */
export function nothingHappened(asked: readonly FigureDef[]): FigureAnswer[] {
  return asked
    .filter((figure) => figure.nature === 'flow' && figure.kind === 'count')
    .map((figure) => ({ figure: figure.id, value: 0, status: 'zero' }));
}
