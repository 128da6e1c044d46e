import type { Choice, Say, Turn } from '../../conversation/dialog';
import { capital, formatCount } from '../../kernel/vn-text';
import { moment, momentShort, monthName } from '../../kernel/moment';
import { unitName } from '../../org/names';
import type { FigureVersion } from '../report';
import type { DialogDeps } from '../../dialogs/deps';
import { spanSentence } from '../data-span';
import { previousPeriod } from '../periods';
import { impossible } from '../validation';
import { bookChoices, bookSentence, offeredByBook, type ClassBook } from './class-book';
import { figureOfId, lastOf, lastValue, numberOf, numbersOf, type Facts } from './report-facts';
import { personOf } from '../../org/chat/people';

/** The sentences of the report talk. Every screen numbers its figures the same way. */

const VARS = 'report vars';
type ReportVars = ReturnType<typeof readVars>;

/** Variables that every sentence about this report may use, worked out once in a turn. */
export function reportVars(turn: Turn<DialogDeps>, facts: Facts): ReportVars {
  const known = turn.memo.get(VARS) as { readonly of: Facts; readonly vars: ReportVars } | undefined;
  if (known?.of.key === facts.key && known.of.times === facts.times) return known.vars;
  const vars = readVars(turn, facts);
  turn.memo.set(VARS, { of: facts, vars });
  return vars;
}

function readVars(turn: Turn<DialogDeps>, facts: Facts) {
  const month = monthName(turn.words, facts.key.period, turn.at);
  const unit = unitName(facts.unit);
  const { address, Address } = personOf(turn).vars;
  return {
    address,
    Address,
    month,
    Month: capital(month),
    unit,
    Unit: capital(unit),
    count: facts.asked.length,
    deadline: moment(turn.words, facts.times.deadline),
    lock: momentShort(turn.words, facts.times.lockAt),
    opens: momentShort(turn.words, facts.times.opensAt),
    span: spanSentence(turn.words, facts.times.data),
  };
}

export function figureName(turn: Turn<DialogDeps>, figure: string): string {
  return turn.words.t(`reports:figures.${figure}.name`);
}

export function valueText(turn: Turn<DialogDeps>, version: Pick<FigureVersion, 'value'> | undefined): string {
  return version === undefined || version.value === null
    ? turn.words.t('reports:missing_value')
    : formatCount(version.value);
}

/** One line for each asked figure (and each further one that was given): «1. Người lớn có kỹ năng số: 412». */
export function figureLines(
  turn: Turn<DialogDeps>,
  facts: Facts,
  values: (figure: string) => Pick<FigureVersion, 'value'> | undefined,
  behind: (figure: string) => string = () => '',
): string {
  return facts.form.figures
    .filter((figure) => facts.asked.includes(figure) || values(figure.id) !== undefined)
    .map(
      (figure) =>
        turn.words.t('reports:line', {
          number: numberOf(facts, figure.id),
          name: figureName(turn, figure.id),
          value: valueText(turn, values(figure.id)),
        }) + behind(figure.id),
    )
    .join('\n');
}

export function reportedLines(turn: Turn<DialogDeps>, facts: Facts): string {
  return figureLines(turn, facts, (figure) => facts.report?.figures[figure]);
}

/** Last month's: every asked figure, and what else was given then. */
export function lastLines(turn: Turn<DialogDeps>, facts: Facts): string {
  const month = lastPeriod(facts);
  return figureLines(
    turn,
    facts,
    (figure) => lastOf(facts, figure) ?? undefined,
    (figure) => {
      const period = lastOf(facts, figure)?.period;
      return period === undefined || period === month
        ? ''
        : turn.words.t('reports:of_month', { month: monthName(turn.words, period, turn.at) });
    },
  );
}

/** The latest month that any of the figures shown is of; null when none has a value. */
function lastPeriod(facts: Facts): string | null {
  const periods = facts.form.figures.flatMap(({ id }) => lastOf(facts, id)?.period ?? []);
  return periods.sort().at(-1) ?? null;
}

/** «tháng trước», or by its name when it is not the month before: «tháng 1». */
export function lastMonthName(turn: Turn<DialogDeps>, facts: Facts, period: string | null): string {
  return period === null || period === previousPeriod(facts.key.period)
    ? turn.words.t('reports:month_before')
    : monthName(turn.words, period, turn.at);
}

/** D2: last month's figures on one screen. */
export function thumbScreen(turn: Turn<DialogDeps>, facts: Facts, known: ClassBook | null): Say {
  const { words } = turn;
  const book = offeredByBook(facts, known);
  return {
    text: words.t('reports:thumb', {
      ...reportVars(turn, facts),
      last: lastMonthName(turn, facts, lastPeriod(facts)),
      figures: lastLines(turn, facts),
      book: bookSentence(turn, book),
    }),
    choices: [
      { id: 'ALL_SAME', label: words.t('reports:buttons.all_same'), exact: true },
      ...bookChoices(turn, book),
      { id: 'ONE_BY_ONE', label: words.t('reports:buttons.one_by_one') },
      laterChoice(turn),
    ],
  };
}

/** The same in one line, for who has just read it. */
export function thumbShort(turn: Turn<DialogDeps>, facts: Facts): string {
  const figures = facts.form.figures
    .filter((figure) => facts.asked.includes(figure))
    .map(({ id }) => `${numberOf(facts, id)}) ${valueText(turn, lastOf(facts, id) ?? undefined)}`)
    .join(' ');
  const last = lastMonthName(turn, facts, lastPeriod(facts));
  return turn.words.t('reports:thumb_short', { ...reportVars(turn, facts), last, figures });
}

/** A screen asked again, under what is to be said of the answer that was given. */
export function underNote(note: string, screen: Say): Say {
  return { ...screen, text: `${note}\n\n${screen.text}` };
}

/** D3: one question. */
export function questionScreen(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figure: string,
  book: ClassBook | null,
): Say {
  const { words } = turn;
  const now = facts.report?.figures[figure];
  const correcting = now !== undefined;
  const last = lastOf(facts, figure);
  const vars = {
    ...reportVars(turn, facts),
    number: numberOf(facts, figure),
    count: numbersOf(facts),
    book: bookSentence(turn, offeredByBook(facts, book, figure)),
    example: words.t(`reports:figures.${figure}.example`),
    last: correcting
      ? words.t('reports:now', { value: valueText(turn, now) })
      : last === null
        ? ''
        : words.t('reports:last', {
            last: lastMonthName(turn, facts, last.period),
            value: formatCount(last.value),
          }),
  };
  return {
    text: words.t(correcting ? 'reports:fix_question' : 'reports:question', {
      ...vars,
      question: words.t(`reports:figures.${figure}.question`, vars),
    }),
    choices: questionChoices(turn, facts, figure, book),
  };
}

/** Where the class book offers a number, «none» would be beside the point and gives it its place. */
export function questionChoices(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figure: string,
  known: ClassBook | null,
): Choice[] {
  const { words } = turn;
  // What a correction keeps is what stands now, not what stood last month.
  const kept = facts.report?.figures[figure]?.value ?? lastValue(facts, figure);
  const asked = figureOfId(facts, figure);
  const { nature, measure } = asked;
  const keep: Choice[] =
    kept === null || impossible(asked, kept, facts.unit)
      ? []
      : [{ id: 'KEEP', label: words.t('reports:buttons.keep', { value: formatCount(kept) }) }];
  const book = bookChoices(turn, offeredByBook(facts, known, figure));
  const none: Choice[] =
    nature === 'flow' && book.length === 0
      ? [{ id: 'NONE', label: words.t(`reports:buttons.none.${measure}`) }]
      : [];
  // Without it «none» would be the nearest button for whoever does not know yet.
  const notYet: Choice = { id: 'NOT_YET', label: words.t('reports:buttons.not_yet') };
  return [...book, ...keep, ...none, notYet, laterChoice(turn)];
}

/** D6: everything once, before it is sent. */
export function readbackScreen(turn: Turn<DialogDeps>, facts: Facts): Say {
  const { words } = turn;
  const vars = reportVars(turn, facts);
  const figures = facts.form.figures
    .filter((figure) => facts.report?.figures[figure.id] !== undefined)
    .map((figure) =>
      words.t('reports:readback_figure', {
        number: numberOf(facts, figure.id),
        name: figureName(turn, figure.id),
        value: valueText(turn, facts.report?.figures[figure.id]),
      }),
    )
    .join('\n');
  const head = words.t('reports:readback', { ...vars, figures });
  if (turn.at < facts.times.opensAt)
    return {
      text: `${head}\n${words.t(`reports:${turn.deps.isMuted(turn.user) ? 'readback_not_open_muted' : 'readback_not_open'}`, vars)}`,
      choices: [{ id: 'FIX', label: words.t('reports:buttons.fix') }],
    };
  return {
    text: `${head}\n${words.t('reports:readback_hint', vars)}`,
    choices: [
      { id: 'SEND', label: words.t('reports:buttons.send'), exact: true },
      { id: 'FIX', label: words.t('reports:buttons.fix') },
      laterChoice(turn),
    ],
  };
}

export function laterChoice(turn: Turn<DialogDeps>): Choice {
  return { id: 'LATER', label: turn.words.t('reports:buttons.later') };
}
