import type { Input, StepResult } from '../../conversation/dialog';
import { type Context, HERE, PASS, common, step } from './report-common';
import { readInstead } from '../../understanding/instead';
import { readAnswer, takeValue } from './report-answers';
import { type QueueItem, readQueue } from './answer-queue';
import { goOn, record, takeAll } from './report-record';
import type { Facts } from './report-facts';
import { refusal } from './report-refusals';
import { valuesOf } from '../report-writing';
import { doubts } from '../validation';

/** What all checks of a figure share: the question asked once more, and what its answer leads to. */

/** The item at the head of the queue, and the rest. */
export function head<K extends QueueItem['kind']>(
  context: Context,
  kind: K,
): { item: Extract<QueueItem, { kind: K }>; rest: QueueItem[] } {
  const [first, ...rest] = readQueue(context.slots);
  if (first?.kind !== kind) throw new RangeError(`the queue holds no ${kind}`);
  return { item: first as Extract<QueueItem, { kind: K }>, rest };
}

/** A number typed where a yes or no was asked is a new value of that figure. */
function retyped(
  context: Context,
  found: Facts,
  figure: string,
  rest: readonly QueueItem[],
  text: string,
): StepResult | null {
  const instead = readInstead(text);
  const said = instead === null ? null : readAnswer(found, figure, instead);
  const reading = said?.kind === 'value' ? said : readAnswer(found, figure, text);
  if (reading.kind === 'none') return null;
  return takeAll(context.turn, found, [{ figure, reading }], [], rest);
}

export async function retypedOrCommon(
  context: Context,
  found: Facts,
  figure: string,
  rest: readonly QueueItem[],
  input: Input,
): Promise<StepResult> {
  if (input.choice === 'CONTINUE') return HERE;
  if (input.choice === 'LATER') return step('parked');
  const taken = common(context, found, input);
  if (taken) return taken;
  return retyped(context, found, figure, rest, input.text) ?? PASS;
}

/** Records a value the person has now confirmed; an odd one may still be asked about. */
export function confirmed(
  context: Context,
  found: Facts,
  figure: string,
  value: number,
  rest: readonly QueueItem[],
  sure = false,
): StepResult {
  const taken = takeValue(context.turn, found, figure, value, sure ? { reason: null } : null);
  switch (taken.kind) {
    case 'answer':
      return record(context.turn, found, [taken.answer], { queue: rest });
    case 'queue':
      return { move: goOn(found, { queue: [taken.item, ...rest] }) };
    case 'again':
      return { notes: [taken.text], move: goOn(found, { queue: rest, again: figure }) };
    default:
      return PASS;
  }
}

export function kept(context: Context, found: Facts, reason: string | null): StepResult {
  const { item, rest } = head(context, 'odd');
  const taken = takeValue(context.turn, found, item.figure, item.value, { reason });
  if (taken.kind !== 'answer') return { move: goOn(found, { queue: rest, again: item.figure }) };
  return record(context.turn, found, [taken.answer], { queue: rest });
}

/** Whether the value was asked about because of another figure. */
export function isDoubt(found: Facts, why: string): boolean {
  return found.form.checks.some((check) => check.asks && check.else === why);
}

/** The question about a value that does not go with another one, both named; null for any other question. */
export function doubtText(
  { turn }: Context,
  found: Facts,
  item: Extract<QueueItem, { kind: 'confirm' }>,
): string | null {
  const known = { ...valuesOf(found.report), [item.figure]: item.value };
  const doubt = doubts(found.form, known, item.figure).find(({ check }) => check.else === item.why);
  return doubt ? refusal(turn, found, doubt) : null;
}
