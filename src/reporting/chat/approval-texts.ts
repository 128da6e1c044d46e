import type { Choice, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { capital, formatCount } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { momentShort, monthName } from '../../kernel/moment';
import { calledName, contactName, personOf, placeName } from '../../org/chat/people';
import { unitName } from '../../org/names';
import type { Doubt } from '../approval';
import { spanSentence } from '../data-span';
import { isOwed } from '../apply-report';
import { textsOf, titleForAll } from '../form';
import { cadenceOf } from '../periods';
import type { FigureVersion, ReturnReason } from '../report';
import { valueOfKind } from '../values';
import { refOfKey, type Waiting } from './approval-facts';
import { entriesText } from './entry-texts';
import { reasonWords } from './odd-reasons-said';
import { figureOfId, lastValue, numberOf, type Facts } from './report-facts';
import { communeWord } from './places';

/** The sentences of checking: a figure and its value of every kind, what stands against a report, who speaks. */

/** «tháng 3»; «tuần 12/2026»; the title of a one-off. */
export function periodName(
  turn: Turn<DialogDeps>,
  { form, period }: { form: string; period: string },
): string {
  const cadence = cadenceOf(period);
  if (cadence === 'month') return monthName(turn.words, period, turn.at);
  if (cadence !== 'week') return turn.words.t(titleForAll(form), { month: '' });
  const [year = '', week = ''] = period.split('-W');
  return turn.words.t('approval:week', { week: Number(week), year });
}

export function nameOf(turn: Turn<DialogDeps>, facts: Facts, figure: string): string {
  return turn.words.t(`${textsOf(facts.form.id, figure)}.name`);
}

/** The value as people read it: a number, a share with its parts, yes or no, words, how many rows. */
export function shownValue(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figure: string,
  version: Pick<FigureVersion, 'value' | 'detail'> | undefined,
): string {
  const { words } = turn;
  if (!version || version.value === null) return words.t('reports:missing_value');
  const { detail } = version;
  if (detail?.kind === 'ratio')
    return words.t('approval:ratio', {
      share: (Math.round(version.value * 1000) / 10).toString().replace('.', ','),
      numerator: formatCount(detail.numerator ?? 0),
      denominator: formatCount(detail.denominator ?? 0),
    });
  const value = valueOfKind(figureOfId(facts, figure), version);
  if (typeof value === 'boolean') return words.t(value ? 'approval:yes' : 'approval:no');
  if (typeof value === 'string') return value === '' ? words.t('approval:nothing_said') : value;
  return typeof value === 'number'
    ? formatCount(value)
    : words.t('approval:rows', { count: value?.length ?? 0 }) + entriesText(words, value ?? []);
}

/** Variables that every sentence about checking this report may use. */
export function checkVars(turn: Turn<DialogDeps>, facts: Facts) {
  const period = periodName(turn, facts.key);
  const unit = unitName(facts.unit);
  return {
    ...personOf(turn).vars,
    ...{ period, Period: capital(period), unit, Unit: capital(unit) },
    span: spanSentence(turn.words, facts.times.data),
    above: turn.words.t(`approval:above.${facts.form.approvedBy ?? 'department'}`, {
      kind: communeWord(turn, facts.key.unit),
    }),
    receipt: facts.report?.receipt ?? '',
    moment: momentShort(turn.words, facts.report?.submittedAt ?? turn.at),
  };
}

/** «3) Lượt người dự: 121 (tháng trước 96)», with its reason, second value and state behind it. */
export function figureLine(turn: Turn<DialogDeps>, facts: Facts, figure: string): string {
  const { words } = turn;
  const version = facts.report?.figures[figure];
  const second = facts.report?.seconds[figure];
  const last = figureOfId(facts, figure).kind === 'count' ? lastValue(facts, figure) : null;
  const behind = [
    last === null ? '' : words.t('approval:last', { value: formatCount(last) }),
    version?.reason == null ? '' : words.t('approval:reason', { reason: reasonWords(turn, version.reason) }),
    version?.state === 'returned' ? words.t('approval:is_returned') : '',
    second ? words.t('approval:second', { value: shownValue(turn, facts, figure, second) }) : '',
  ];
  const line = words.t('reports:readback_figure', {
    number: numberOf(facts, figure),
    name: nameOf(turn, facts, figure),
    value: shownValue(turn, facts, figure, version),
  });
  return line + behind.join('');
}

/** A line for each figure that was asked or given. */
export function figureLinesOf(turn: Turn<DialogDeps>, facts: Facts): string {
  return facts.form.figures
    .filter(({ id }) => {
      const owed = facts.context.asked.includes(id) && isOwed(facts.form, id, facts.report);
      return owed || facts.report?.figures[id] !== undefined;
    })
    .map(({ id }) => figureLine(turn, facts, id))
    .join('\n');
}

/** «số 3 có lý do: đợt cao điểm»: the first thing that stands against it. */
export function doubtText(turn: Turn<DialogDeps>, facts: Facts, { why, figure }: Doubt): string {
  const version = figure === null ? undefined : facts.report?.figures[figure];
  return turn.words.t(`approval:doubts.${why}`, {
    number: figure === null ? '' : numberOf(facts, figure),
    value: figure === null ? '' : shownValue(turn, facts, figure, version),
    reason: version?.reason == null ? '' : reasonWords(turn, version.reason),
  });
}

/** Who looks at the report next: «chị Hạnh (xã Tân Hòa)», or the department for what communes and agencies send. */
export function aboveName(turn: Turn<DialogDeps>, { form, key }: Pick<Facts, 'form' | 'key'>): string {
  return form.approvedBy === 'commune'
    ? contactName(turn.words, turn.deps, key.unit, turn.at)
    : turn.words.t('officer:baton.department');
}

/** «Ngọc Trì»; with what it is about when it is no village's month. */
export function waitingName(turn: Turn<DialogDeps>, { facts }: Waiting): string {
  return facts.form.id === 'village-month'
    ? /^(?:số |so )?\d/i.test(facts.unit.name)
      ? unitName(facts.unit)
      : facts.unit.name
    : turn.words.t('approval:other_report', {
        unit: unitName(facts.unit),
        period: periodName(turn, facts.key),
      });
}

/** «chị Hạnh» of the person who is talking. */
export function myName(turn: Turn<DialogDeps>): string {
  const office = personOf(turn).offices[0];
  if (!office) return turn.words.t('approval:somebody');
  return calledName(turn.words, office);
}

/** «không khớp ảnh», or the officer's own words. */
export function reasonText(turn: Turn<DialogDeps>, { code, text }: ReturnReason): string {
  return text ?? turn.words.t(`approval:codes.${code}`);
}

/** The unit the person works at, by name: «xã Tân Hòa». */
export function myPlace(turn: Turn<DialogDeps>): string {
  const unit = personOf(turn).overseeing[0]?.unit ?? '';
  return placeName(turn.deps, unit, turn.at);
}

export function commandChoice(turn: Turn<DialogDeps>, id: string, command: string, vars = {}): Choice {
  return { id, label: turn.words.t(`approval:buttons.${id.toLowerCase()}`, vars), command };
}

/** `#DUYET_village-month/2026-03/99001-07`: a button about one report. */
export function aboutReport(
  turn: Turn<DialogDeps>,
  id: string,
  word: string,
  facts: Facts,
  behind = '',
): Choice {
  return commandChoice(turn, id, `${word}_${refOfKey(facts.key)}${behind}`);
}

/** Names of several places that are called the same, with what is above each. */
export function sameNames(turn: Turn<DialogDeps>, codes: readonly string[]): string {
  const { tree } = turn.deps.directory;
  return codes
    .map((code) => {
      const above = tree.getNearest(code, vnDay(turn.at))?.parent;
      const name = placeName(turn.deps, code, turn.at);
      return above ? `${name} (${placeName(turn.deps, above, turn.at)})` : name;
    })
    .join(', ');
}
