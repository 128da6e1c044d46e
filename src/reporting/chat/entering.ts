import type { AnyEffect, StepResult, Turn } from '../../conversation/dialog';
import { replyButtons } from '../../channels/reply-buttons';
import { answer } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { capital, formatCount } from '../../kernel/vn-text';
import { personOf } from '../../org/chat/people';
import { unitName } from '../../org/names';
import { placeFirst } from '../../understanding/place-first';
import type { FigureAnswer } from '../report-effect';
import { review } from '../validation';
import { namesOf, refOfKey, villagesBelow } from './approval-facts';
import { noticesTo, reportersOf, together } from './approval-notices';
import { checkVars, commandChoice, figureLine, nameOf, sameNames } from './approval-texts';
import { placesWord } from './places';
import { readFigures } from './report-answers';
import { effectBase, factsOf, numberOf, periodMeant, preview, type Facts } from './report-facts';
import { pairs } from './report-second';
import { refusal } from './report-refusals';

/** Entering on behalf of villages: one line for each, read against the places and figures that exist. */

/** A line read: its village and figures, or `problem`, the sentence about what was not clear. */
export type Row =
  | {
      readonly unit: string;
      readonly figures: readonly FigureAnswer[];
      /** What is unlike the months before, to be looked at before it is entered. */
      readonly odd: readonly string[];
    }
  | { readonly problem: string };

type Read = Exclude<Row, { problem: string }>;

export const isRead = (row: Row): row is Read => 'unit' in row;

/** Every line that is not empty, read. */
export async function readRows(turn: Turn<DialogDeps>, lines: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const line of lines.split(/\n|;(?=\s*\p{L})/u).map((each) => each.trim()))
    if (line !== '') rows.push(await readRow(turn, line));
  const named = rows.filter(isRead).map(({ unit }) => unit);
  const twice = named.find((unit, i) => named.indexOf(unit) !== i);
  if (twice === undefined) return rows;
  const facts = await factsOf(turn, twice, periodMeant(turn.at));
  return [
    ...rows,
    { problem: turn.words.t('approval:enter.twice', { unit: facts ? unitName(facts.unit) : twice }) },
  ];
}

async function readRow(turn: Turn<DialogDeps>, line: string): Promise<Row> {
  const { words } = turn;
  const problem = (key: string, vars = {}): Row => ({
    problem: words.t(`approval:enter.${key}`, { line: line.slice(0, 60), ...vars }),
  });
  const place = placeFirst(line, namesOf(villagesBelow(turn)));
  if (!place) return problem('no_place');
  const [unit = '', ...others] = place.codes;
  if (others.length > 0) return problem('which_place', { names: sameNames(turn, place.codes) });
  const facts = await factsOf(turn, unit, periodMeant(turn.at));
  if (!facts) return problem('no_place');
  const given = readFigures(facts, place.rest) ?? [];
  if (given.length === 0) return problem('no_figures');
  const figures: FigureAnswer[] = [];
  for (const { figure, reading } of given) {
    if (reading.kind !== 'value') return problem('unclear', { number: numberOf(facts, figure) });
    figures.push({ figure, value: reading.value, status: reading.value === 0 ? 'zero' : 'reported' });
  }
  const missing = facts.asked.filter(({ id }) => !figures.some(({ figure }) => figure === id));
  if (missing.length > 0 && !facts.report?.submittedAt)
    return problem('missing', { numbers: missing.map(({ id }) => numberOf(facts, id)).join(', ') });
  return reviewed(turn, facts, figures);
}

/** Each figure held against the limits, the others of the line and the months before. */
function reviewed(turn: Turn<DialogDeps>, facts: Facts, figures: readonly FigureAnswer[]): Row {
  const known = Object.fromEntries(figures.map(({ figure, value }) => [figure, value]));
  const odd: string[] = [];
  for (const { figure, value } of figures) {
    const def = facts.form.figures.find(({ id }) => id === figure);
    if (!def || value === null) continue;
    const asked = { form: facts.form, figure: def, value, unit: facts.unit, known };
    const verdict = review({ ...asked, history: facts.history(figure) });
    if (verdict.verdict === 'refuse')
      return {
        problem: turn.words.t('approval:enter.refused', {
          Unit: capital(unitName(facts.unit)),
          why: whyRefused(turn, facts, verdict.because),
        }),
      };
    if (verdict.verdict === 'odd' && verdict.oddity.tier === 'reason')
      odd.push(
        turn.words.t('approval:enter.odd', {
          number: numberOf(facts, figure),
          name: nameOf(turn, facts, figure),
          value: formatCount(value),
          low: formatCount(verdict.oddity.usual.low),
          high: formatCount(verdict.oddity.usual.high),
        }),
      );
  }
  return { unit: facts.unit.code, figures, odd };
}

/** Two figures that contradict each other are entered anew, all four: what a village would type is nothing here. */
function whyRefused(turn: Turn<DialogDeps>, facts: Facts, because: Parameters<typeof refusal>[2]): string {
  if (because.kind !== 'contradiction') return refusal(turn, facts, because);
  const { check, left, right } = because;
  return turn.words.t('approval:enter.contradicts', {
    ...checkVars(turn, facts),
    ...{ left: formatCount(left), leftName: nameOf(turn, facts, check.left) },
    ...{ right: formatCount(right), rightName: nameOf(turn, facts, check.right) },
  });
}

/**
 * What the officer typed: entered at once when it is one clear line said to be an entry, shown first when there are several,
 * something is unlike, or no word said what the figures are for (`pasted`).
 */
export async function enterLines(turn: Turn<DialogDeps>, lines: string, pasted = false): Promise<StepResult> {
  const rows = await readRows(turn, lines);
  const [only] = rows;
  if (rows.length === 1 && only) {
    if (!isRead(only)) return answer({ text: only.problem });
    if (only.odd.length === 0 && !pasted) return enterNow(turn, [only]);
  }
  if (!rows.some(isRead)) return answer({ text: problemsOf(rows) });
  return { move: { to: 'dialog', dialog: 'enter-figures', slots: { lines } } };
}

export function problemsOf(rows: readonly Row[]): string {
  return rows.flatMap((row) => (isRead(row) ? [] : [row.problem])).join('\n');
}

/** «Đông Lâm: 418 · 5 · 121 · 14», with what is unlike behind it. */
export async function rowLine(turn: Turn<DialogDeps>, row: Read): Promise<string> {
  const facts = await factsOf(turn, row.unit, periodMeant(turn.at));
  const values = row.figures.map(({ value }) => (value === null ? '–' : formatCount(value))).join(' · ');
  return turn.words.t('approval:enter.row', {
    name: facts ? unitName(facts.unit) : row.unit,
    values,
    odd: row.odd.map((each) => `\n   ${each}`).join(''),
  });
}

/** Enters the rows, tells each village, and says which of them have two values now. */
export async function enterNow(turn: Turn<DialogDeps>, rows: readonly Read[]): Promise<StepResult> {
  const effects: AnyEffect[] = [];
  const done: Facts[] = [];
  const refused: string[] = [];
  const notices = [];
  for (const { unit, figures } of rows) {
    const facts = await factsOf(turn, unit, periodMeant(turn.at));
    if (!facts) continue;
    const effect = {
      ...effectBase(turn, facts),
      ...{ kind: 'report.enter' as const, figures, onBehalf: true },
    };
    const { facts: after, outcome } = preview(turn, facts, effect);
    if (outcome.outcome !== 'applied' && outcome.outcome !== 'already') {
      const why = outcome.outcome === 'refused' ? outcome.why : 'locked';
      const key = ['not_open', 'undecided', 'incomplete', 'needs_reason', 'locked'].includes(why)
        ? why
        : 'bad_value';
      refused.push(turn.words.t(`approval:enter.not_entered.${key}`, checkVars(turn, facts)));
      continue;
    }
    if (after.report?.acts.length === facts.report?.acts.length) {
      refused.push(turn.words.t('approval:enter.same', checkVars(turn, facts)));
      continue;
    }
    effects.push(effect);
    done.push(after);
    notices.push(...villageTold(turn, after));
  }
  const { text, choices } = enteredText(turn, done);
  return {
    ...answer({ text: [text, ...refused].filter((part) => part !== '').join('\n'), choices }),
    effects: [...effects, ...together(turn, notices)],
  };
}

function enteredText(turn: Turn<DialogDeps>, done: readonly Facts[]) {
  const [only] = done;
  if (!only) return { text: '', choices: [] };
  const undecided = done.filter((facts) => pairs(facts).length > 0);
  const [first] = undecided;
  const choices = first
    ? [commandChoice(turn, 'DECIDE', `#CHONSO_${refOfKey(first.key)}`)]
    : [commandChoice(turn, 'WAITING', '#CHODUYET')];
  const told = turn.words.t(
    done.some((facts) => reportersOf(turn, facts).length > 0)
      ? 'approval:enter.told'
      : 'approval:enter.nobody',
    personOf(turn).vars,
  );
  const beside = first ? turn.words.t('approval:enter.beside', checkVars(turn, first)) : '';
  const text =
    done.length === 1
      ? turn.words.t('approval:enter.entered', {
          ...checkVars(turn, only),
          figures: linesOf(turn, only),
          told,
        })
      : turn.words.t('approval:enter.entered_many', {
          ...checkVars(turn, only),
          count: done.length,
          places: placesWord(turn, only.unit.parent ?? only.key.unit),
          names: done.map(({ unit }) => unitName(unit)).join(', '),
          told,
        });
  return { text: [text, beside].filter((part) => part !== '').join('\n'), choices };
}

function linesOf(turn: Turn<DialogDeps>, facts: Facts): string {
  return facts.form.figures
    .filter(({ id }) => facts.report?.figures[id] !== undefined)
    .map(({ id }) => figureLine(turn, facts, id))
    .join('\n');
}

function villageTold(turn: Turn<DialogDeps>, facts: Facts) {
  const ref = refOfKey(facts.key);
  return noticesTo(turn, facts, reportersOf(turn, facts), {
    key: 'entered',
    vars: { figures: linesOf(turn, facts) },
    buttons: replyButtons([
      { label: turn.words.t('approval:buttons.not_right'), payload: `#KHONGDUNG_${ref}` },
    ]),
  });
}
