import type { Choice, Listed, Say, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { capital, formatCount } from '../../kernel/vn-text';
import { inVietnam } from '../../kernel/vn-time';
import { moment, momentShort, monthName } from '../../kernel/moment';
import { unitName } from '../../org/names';
import { personOf } from '../../org/chat/people';
import { spanSaid, spanSentence } from '../data-span';
import { textsOf, titleOf, type FigureDef } from '../form';
import { impossible } from '../validation';
import { cadenceOf } from '../periods';
import type { Report } from '../report';
import { reportWord } from './form-duties';
import { figureOfId, isSent, numberOf, owedFigures, type Facts } from './report-facts';
import { formValueText } from './form-values';
import { laterChoice } from './report-texts';
import { communeWord, placesWord } from './places';

/** The sentences of every form but the villages' month, which has its own. */

/** «tháng 3», «tuần 12», or nothing for a one-off, whose title says it. */
export function periodName(turn: Turn<DialogDeps>, period: string): string {
  if (cadenceOf(period) === 'month') return monthName(turn.words, period, turn.at);
  const week = /W(\d\d)$/.exec(period)?.[1];
  return week === undefined ? '' : turn.words.t('reports:form.week', { week: Number(week) });
}

export function formVars(turn: Turn<DialogDeps>, facts: Facts) {
  const month = periodName(turn, facts.key.period);
  const unit = unitName(facts.unit);
  const numbered = facts.form.figures.filter(({ after }) => after === undefined);
  const title = turn.words.t(titleOf(facts.form.id), { month, unit });
  return {
    ...personOf(turn).vars,
    month,
    unit,
    Unit: capital(unit),
    title,
    Title: capital(title),
    places: placesWord(turn, facts.key.unit),
    kind: communeWord(turn, facts.key.unit),
    count: numbered.length,
    done: numbered.filter(({ id }) => facts.report?.figures[id] !== undefined).length,
    deadline: moment(turn.words, facts.times.deadline),
    opens: momentShort(turn.words, facts.times.opensAt),
    lock: momentShort(turn.words, facts.times.lockAt),
    span: spanSentence(turn.words, facts.times.data),
    of: spanSaid(turn.words, facts.times.data),
  };
}

export function formFigureName(turn: Turn<DialogDeps>, facts: Facts, figure: string): string {
  return turn.words.t(`${textsOf(facts.form.id, figure)}.name`);
}

/** One question, with what stands or stood last time and an example. */
export function formQuestion(turn: Turn<DialogDeps>, facts: Facts, id: string, offer: number | null): Say {
  const { words } = turn;
  const figure = figureOfId(facts, id);
  const vars = formVars(turn, facts);
  const key = textsOf(facts.form.id, id);
  const now = facts.report?.figures[id];
  const last = lastVersion(facts, id);
  const known = now ?? last;
  const shown = known ? formValueText(turn, figure, known) : '';
  const numbered = facts.form.figures.filter(({ after }) => after === undefined).length;
  const text = words.t('reports:form.question', {
    ...vars,
    number: numberOf(facts, id),
    total: numbered,
    question: words.t(`${key}.question`, vars),
    known: shown === '' ? '' : words.t(now ? 'reports:form.now' : 'reports:form.last', { value: shown }),
    example: words.t(`${key}.example`),
  });
  return { text, choices: questionChoices(turn, facts, figure, offer) };
}

function questionChoices(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figure: FigureDef,
  offer: number | null,
): Choice[] {
  const { words } = turn;
  const known = facts.report?.figures[figure.id] ?? lastVersion(facts, figure.id);
  const keeps =
    known !== undefined &&
    known.value !== null &&
    figure.nature === 'stock' &&
    figure.kind !== 'yes_no' &&
    !impossible(figure, known.value, facts.unit, known.detail);
  const value = keeps && figure.kind === 'count' ? formatCount(known.value ?? 0) : '';
  return [
    ...(figure.kind === 'yes_no'
      ? [
          { id: 'YES', label: words.t('reports:form.buttons.yes') },
          { id: 'NO', label: words.t('reports:form.buttons.no') },
        ]
      : []),
    ...(keeps
      ? [
          {
            id: 'KEEP',
            label:
              value === ''
                ? words.t('reports:form.buttons.keep')
                : words.t('reports:buttons.keep', { value }),
          },
        ]
      : []),
    ...(offer !== null && !keeps
      ? [{ id: 'OFFER', label: words.t('reports:form.buttons.offer', { value: formatCount(offer) }) }]
      : []),
    ...(figure.mayBeEmpty ? [{ id: 'NOTHING', label: words.t('reports:form.buttons.nothing') }] : []),
    ...(figure.kind === 'count' || figure.kind === 'ratio'
      ? [{ id: 'NOT_YET', label: words.t('reports:buttons.not_yet') }]
      : []),
    laterChoice(turn),
  ].slice(0, 4);
}

/** The value of the last period that has one. */
export function lastVersion(facts: Facts, figure: string) {
  return lastReport(facts, figure)?.figures[figure];
}

/** The report of the last earlier period in which the figure has a value that was sent; null: none. */
export function lastReport(facts: Facts, figure: string): Report | null {
  const has = ({ figures }: Report): boolean =>
    figures[figure] !== undefined && figures[figure].value !== null && figures[figure].state !== 'draft';
  return facts.earlier.find(has) ?? null;
}

/** Every owed figure with its value, numbered as on every screen. */
export function formLines(turn: Turn<DialogDeps>, facts: Facts): string {
  return owedFigures(facts)
    .map((figure) =>
      turn.words.t('reports:line', {
        number: numberOf(facts, figure.id),
        name: formFigureName(turn, facts, figure.id),
        value: formValueText(turn, figure, facts.report?.figures[figure.id]),
      }),
    )
    .join('\n');
}

/** A number of the list that shows how one is corrected: this one, or the last of a shorter list. */
function numberToShow(facts: Facts, place: number): number {
  const owed = owedFigures(facts);
  const figure = owed[place - 1] ?? owed.at(-1);
  return figure ? numberOf(facts, figure.id) : place;
}

export function formReadback(turn: Turn<DialogDeps>, facts: Facts): Say {
  const { words } = turn;
  const figures = formLines(turn, facts);
  const vars = { ...formVars(turn, facts), figures, number: numberToShow(facts, 3) };
  const open = turn.at >= facts.times.opensAt;
  return {
    text: words.t(open ? 'reports:form.readback' : 'reports:form.readback_early', vars),
    choices: [
      ...(open ? [{ id: 'SEND', label: words.t('reports:buttons.send'), exact: true }] : []),
      { id: 'FIX', label: words.t('reports:buttons.fix') },
      laterChoice(turn),
    ],
  };
}

export function formReceipt(turn: Turn<DialogDeps>, facts: Facts): string {
  const { words } = turn;
  const { report, form } = facts;
  return words.t('reports:form.sent', {
    ...formVars(turn, facts),
    moment: momentShort(words, report?.submittedAt ?? turn.at),
    receipt: report?.receipt ?? '',
    late: report?.late ? words.t('reports:form.sent_late', formVars(turn, facts)) : '',
    next: words.t(`reports:form.next.${form.approvedBy ?? 'nobody'}`, {
      until: momentShort(words, facts.times.lockAt),
    }),
  });
}

export function formSent(turn: Turn<DialogDeps>, facts: Facts): Say {
  const { words } = turn;
  if (!isSent(facts)) return { text: words.t('reports:form.nothing_sent', formVars(turn, facts)) };
  return {
    text: words.t('reports:form.already_sent', {
      ...formVars(turn, facts),
      moment: momentShort(words, facts.report?.submittedAt ?? turn.at),
      receipt: facts.report?.receipt ?? '',
      figures: formLines(turn, facts),
      number: numberToShow(facts, 2),
    }),
    choices: [{ id: 'FIX', label: words.t('reports:buttons.fix'), command: fixWord(facts) }],
  };
}

function fixWord({ key }: Facts): string {
  return `#SUA_${reportWord(key)}`;
}

/** The figures of a sent report as a list: a number alone under it corrects that figure. */
export function formListed(facts: Facts): Listed {
  return {
    kind: 'form',
    ids: [reportWord(facts.key)],
    picks: owedFigures(facts).map(({ id }) => `${fixWord(facts)}.${numberOf(facts, id)}`),
  };
}

/** «16/3/2026», the day of an instant. */
export function dayText(at: Date): string {
  return inVietnam(at).toFormat('d/M/yyyy');
}
