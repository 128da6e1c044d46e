import type { Turn } from '../../conversation/dialog';
import { readParts, type Part } from '../../understanding/parts';
import { readFigure, type NumberReading } from '../../understanding/number';
import { readLine, type LineFigure } from '../../understanding/line';
import { noneHeld } from '../../understanding/line-none';
import { withoutHold } from '../../understanding/stop';
import { foldText } from '../../kernel/vn-text';
import type { FigureAnswer } from '../report-effect';
import { valuesOf } from '../report-writing';
import { impossible, review, type KnownValues } from '../validation';
import type { DialogDeps } from '../../dialogs/deps';
import { lineTold } from './report-corrected';
import { figureOfId, lastValue, numberOf, type Facts } from './report-facts';
import { figureName } from './report-texts';
import { askBack, refusal } from './report-refusals';
import { hasNumber } from './form-values';
import { FIGURE_WORDS } from './figure-vocabulary';
import type { QueueItem } from './answer-queue';

/** From what a person typed to values of the report: what is clear is recorded, what is not waits in a queue of questions. */

type Taken =
  | { readonly kind: 'answer'; readonly answer: FigureAnswer }
  | { readonly kind: 'queue'; readonly item: QueueItem }
  /** Nothing is recorded; `text` says why and the figure is asked again. */
  | { readonly kind: 'again'; readonly text: string }
  | { readonly kind: 'later' }
  | { readonly kind: 'none' };

/** What one reading means for one figure of this report. */
export function takeReading(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figure: string,
  reading: NumberReading,
  alongside: KnownValues = {},
): Taken {
  const said = (value: number | null, status: FigureAnswer['status']): Taken => ({
    kind: 'answer',
    answer: { figure, value, status },
  });
  const zero: Taken = { kind: 'queue', item: { figure, kind: 'zero', typed: turn.event.text } };
  switch (reading.kind) {
    case 'value':
      return takeValue(turn, facts, figure, reading.value, null, alongside);
    case 'confirm': {
      const { value, why } = reading;
      // What cannot be is refused at once, not asked about first.
      const taken = takeValue(turn, facts, figure, value, { reason: null }, alongside);
      if (taken.kind === 'again') return taken;
      return { kind: 'queue', item: { figure, kind: 'confirm', value, why, typed: turn.event.text } };
    }
    case 'nothing':
      return figureOfId(facts, figure).nature === 'flow'
        ? takeValue(turn, facts, figure, 0, null, alongside)
        : zero;
    case 'zero_or_missing':
      return zero;
    case 'missing':
      return said(null, 'missing');
    case 'same': {
      const last = lastValue(facts, figure);
      if (last === null)
        return {
          kind: 'again',
          text: askBack(turn, facts, figure, { kind: 'ask', why: 'vague', numbers: [] }),
        };
      const cannot = impossible(figureOfId(facts, figure), last, facts.unit);
      if (cannot) return { kind: 'again', text: refusal(turn, facts, cannot) };
      return {
        kind: 'answer',
        answer: { figure, value: last, status: last === 0 ? 'zero' : 'reported', asBefore: true },
      };
    }
    case 'later':
      return { kind: 'later' };
    case 'ask':
      return { kind: 'again', text: askBack(turn, facts, figure, reading) };
    case 'none':
      return { kind: 'none' };
  }
}

/**
 * A number that is clearly meant: taken, refused, or asked about because it is odd or does not go with another figure.
 * `kept` is set once the person has confirmed it. `alongside`: what the same message says of other figures.
 */
export function takeValue(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figure: string,
  value: number,
  kept: { reason: string | null } | null,
  alongside: KnownValues = {},
): Taken {
  const known = { ...valuesOf(facts.report), ...alongside };
  const verdict = review({
    form: facts.form,
    figure: figureOfId(facts, figure),
    value,
    unit: facts.unit,
    known,
    history: facts.history(figure),
  });
  if (verdict.verdict === 'refuse') return { kind: 'again', text: refusal(turn, facts, verdict.because) };
  if (verdict.verdict === 'doubt' && kept === null) {
    const { check } = verdict.because;
    // Of two figures in one message the one that is 0 is asked about, once.
    if (check.right === figure || !(check.right in alongside)) {
      const item = { figure, kind: 'confirm', value, why: check.else, typed: turn.event.text } as const;
      return { kind: 'queue', item };
    }
  }
  if (verdict.verdict === 'odd' && kept === null) {
    const { usual, suggestion, tier, fell } = verdict.oddity;
    return {
      kind: 'queue',
      item: {
        figure,
        kind: 'odd',
        value,
        low: usual.low,
        high: usual.high,
        suggestion,
        needsReason: tier === 'reason',
        ...(fell ? { fell } : {}),
      },
    };
  }
  return {
    kind: 'answer',
    answer: {
      figure,
      value,
      status: value === 0 ? 'zero' : 'reported',
      ...(kept?.reason ? { reason: kept.reason } : {}),
    },
  };
}

/** Figures of a line such as «BC 418 5 121 14» or «2=5 va 3 = 121»; null when the text is not one. */
export function readFigures(
  facts: Facts,
  text: string,
  open?: string,
): { figure: string; reading: NumberReading }[] | null {
  const { text: wholes, parts } = readParts(text);
  const figures: LineFigure[] = facts.form.figures.map((figure) => ({
    id: figure.id,
    number: numberOf(facts, figure.id),
    measure: figure.measure,
    nature: figure.nature,
    words: FIGURE_WORDS[figure.id] ?? [],
    last: lastValue(facts, figure.id),
    asked: facts.asked.includes(figure),
    given: (facts.report?.figures[figure.id]?.value ?? null) !== null,
  }));
  const context = { month: monthNumber(facts), ...(open === undefined ? {} : { open }) };
  const line =
    readLine(withoutHold(wholes), figures, context) ??
    openAndOther(facts, wholes, open) ??
    (open === undefined ? noneHeld(wholes, figures) : null) ??
    lineTold(facts, wholes);
  return line && line.map(({ figure, reading }) => ({ figure, reading: withoutLargerPart(reading, parts) }));
}

/** «420 nhé, 6 buổi»: the open figure first, and one other by what is counted. Null: nothing of the kind. */
function openAndOther(
  facts: Facts,
  text: string,
  open: string | undefined,
): { figure: string; reading: NumberReading }[] | null {
  const [head = '', tail = '', ...more] = text.split(/[,;\n]|\s(?:và|va)\s/u).map((part) => part.trim());
  if (open === undefined || more.length > 0 || !/\d/.test(tail) || !/\p{L}{2}/u.test(tail)) return null;
  const first = readAnswer(facts, open, head);
  if (first.kind !== 'value') return null;
  const others = facts.asked.flatMap(({ id }) => {
    const reading = id === open ? null : readAnswer(facts, id, tail);
    return reading?.kind === 'value' ? [{ figure: id, reading }] : [];
  });
  return others.length === 1 ? [{ figure: open, reading: first }, ...others] : null;
}

/** The figure that a number or a name stands for; null when none, or more than one could be meant. */
export function figureNamed(turn: Turn<DialogDeps>, facts: Facts, target: string): string | null {
  const typed = foldText(target)
    .replace(/[.:=\s]+$/u, '')
    .trim();
  if (/^\d+$/.test(typed)) return facts.form.figures[Number(typed) - 1]?.id ?? null;
  if (typed.length < 3) return null;
  const hits = facts.form.figures.filter((figure) =>
    [figureName(turn, figure.id), ...(FIGURE_WORDS[figure.id] ?? [])].some((name) => {
      const folded = foldText(name);
      return ` ${folded} `.includes(` ${typed} `) || ` ${typed} `.includes(` ${folded} `);
    }),
  );
  return hits.length === 1 ? (hits[0]?.id ?? null) : null;
}

/** A part larger than its whole: neither is believed. A part is never stored. */
function withoutLargerPart(reading: NumberReading, parts: readonly Part[]): NumberReading {
  const larger = parts.find(
    ({ whole, part }) =>
      part > whole && (reading.kind === 'value' || reading.kind === 'confirm') && reading.value === whole,
  );
  return larger ? { kind: 'ask', why: 'part_exceeds', numbers: [larger.part, larger.whole] } : reading;
}

/** 1-12: «tháng 3: 5 buổi» is believed only when it is this month. */
function monthNumber(facts: Facts): number {
  return Number(facts.key.period.slice(5, 7));
}

/** How a number typed as the answer to one figure is read. */
export function readAnswer(facts: Facts, figure: string, text: string): NumberReading {
  const { measure, nature } = figureOfId(facts, figure);
  const { text: wholes, parts } = readParts(text);
  const month = monthNumber(facts);
  const reading = readFigure(wholes, { measure, nature, last: lastValue(facts, figure), month });
  if (reading.kind === 'missing' && hasNumber(text)) return { kind: 'none' };
  return withoutLargerPart(reading, parts);
}
