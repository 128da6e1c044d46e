import { capital } from '../../kernel/vn-text';
import { type Context, step } from './report-common';
import { nothing } from './report-nothing';
import { askSecond } from './report-choosing';
import { toDecide } from './report-second';
import { notThisPlace, placeSaid } from './report-places';
import { askReturned, returnedFigure, returnedPastLock } from './returned';
import { textIn, type Json, type StepResult, type Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf } from '../../org/chat/people';
import { formerHolderAnswer } from '../../org/chat/lost-right';
import { figureNamed, readAnswer, readFigures } from './report-answers';
import { probablyCorrected, readCorrected } from './report-corrected';
import { goOn, takeAll } from './report-record';
import {
  type Facts,
  answeredCount,
  asLastMonth,
  factsOf,
  isSent,
  ownUnits,
  periodMeant,
} from './report-facts';
import { reportVars } from './report-texts';

/** Where a report begins: whose and of which month it is, and what the person has typed or sent already. */

export async function start(context: Context): Promise<StepResult> {
  const { turn, slots } = context;
  const person = personOf(turn);
  const units = ownUnits(turn);
  if (units.length === 0) {
    const key = person.offices.length > 0 ? 'not_reporter' : 'not_reporter_unknown';
    const text = formerHolderAnswer(turn) ?? turn.words.t(`reports:${key}`, person.vars);
    return { move: { to: 'end', say: { text } } };
  }
  const typed = textIn(slots, 'line');
  const place = typed === '' ? null : placeSaid(turn, typed);
  if (place && place.mine === null) return { move: { to: 'end', say: { text: notThisPlace(turn, place) } } };
  const wanted =
    place?.mine ?? (textIn(slots, 'unit') || undefined) ?? (units.length === 1 ? units[0] : undefined);
  if (wanted === undefined) return step('unit');
  const unit = units.includes(wanted) ? wanted : (units[0] as string);
  const period = textIn(slots, 'period') || periodMeant(turn.at);
  const found = await factsOf(turn, unit, period);
  const known = { unit, period, queue: [], line: '', fix: '', none: false, early: null };
  if (!found)
    return {
      move: {
        to: 'end',
        say: { text: turn.words.t('reports:unit_gone', { ...person.vars, Unit: capital(unit) }) },
      },
    };
  if (turn.at >= found.times.lockAt)
    return returnedPastLock(turn, found, place?.rest ?? typed) ?? step('locked', known);
  // What was sent back is the one thing that is asked, however the report is begun.
  const back = returnedFigure(found);
  const bare = typed === '' && textIn(slots, 'fix') === '' && slots['none'] !== true;
  if (back && bare)
    return { move: { ...askReturned(found, back).move, instead: true } as StepResult['move'] };
  const result = await open(
    turn,
    found,
    place?.rest ?? typed,
    textIn(slots, 'fix'),
    slots['none'] === true,
    slots['early'] ?? null,
  );
  const { move } = result;
  if (move.to !== 'step') return result;
  // A month that people do not mean of themselves is named before its first question.
  const named =
    turn.at < found.times.opensAt && move.step === 'question' && (result.notes ?? []).length === 0
      ? [turn.words.t('reports:early_month', reportVars(turn, found))]
      : [];
  return {
    ...result,
    notes: [...named, ...(result.notes ?? [])],
    move: { ...move, slots: { ...known, ...move.slots } },
  };
}

/** What a line corrects of a report that is sent. */
function changesOf(found: Facts, line: string): ReturnType<typeof readCorrected> {
  return isSent(found) ? (readCorrected(found, line) ?? probablyCorrected(found, line, false)) : null;
}

/** «Đổi số người thành 420»: a correction, where its name alone could mean two figures. */
function sentCorrected(found: Facts, line: string): ReturnType<typeof readCorrected> {
  const read = isSent(found) ? readFigures(found, line) : null;
  return read?.length === 1 && read[0]?.reading.kind === 'ask' ? readCorrected(found, line) : null;
}

/** Where a report begins: at what the person already typed, at what is sent, where they left off, at last month's figures, or at the first question. */
async function open(
  turn: Turn<DialogDeps>,
  found: Facts,
  line: string,
  fix: string,
  none: boolean,
  early: Json,
): Promise<StepResult> {
  if (none) return nothing(turn, found);
  const typed =
    line === '' ? null : (sentCorrected(found, line) ?? readFigures(found, line) ?? changesOf(found, line));
  if (typed) return takeAll(turn, found, typed);
  const figure = fix === '' ? null : figureNamed(turn, found, fix);
  if (figure) return step('question', { figure });
  if (fix !== '') return step('which');
  const undecided = isSent(found) ? toDecide(turn, found) : null;
  if (undecided !== null) return { move: askSecond(found, undecided) };
  if (isSent(found)) return step('sent');
  if (answeredCount(found) > 0) {
    const resumed = turn.words.t('reports:resumed', {
      ...reportVars(turn, found),
      done: answeredCount(found),
    });
    return { move: goOn(found), notes: answeredCount(found) < found.asked.length ? [resumed] : [] };
  }
  if (asLastMonth(found).length > 0) return step('thumb');
  // A number that came before its question, and was kept, is the answer to it.
  const firstAsked = found.asked[0]?.id;
  if (typeof early === 'number' && firstAsked)
    return takeAll(turn, found, [
      { figure: firstAsked, reading: readAnswer(found, firstAsked, String(early)) },
    ]);
  return { move: goOn(found) };
}
