import type { Input, StepResult } from '../../conversation/dialog';
import { itemsIn } from '../../understanding/items';
import { wished } from '../../understanding/wished';
import { figureAskedOf, goBack, startOver } from './report-acts';
import { heldBack, HERE, step, type Context } from './report-common';
import { answeredCount, isSent, type Facts } from './report-facts';
import { reportVars } from './report-texts';

/**
 * What is wanted of the report in words that no rule knows, learned from many ways of saying it (`wished.ts`). It leads to
 * a screen, asks, or keeps what there is; nothing is sent, stored or taken back by it.
 */

/** So far ahead of every other wish; what is said for it is done where it changes nothing of the screen. */
const RATHER = 0.12;
/** The same for what leaves the screen. */
const SURELY = 0.25;

/** In fewer words than these anything may be an answer. */
const FEW = 4;

/** Null: nothing of the report is clearly wished, or the text has a number in it. */
export function wishedHere(context: Context, found: Facts, { text, choice }: Input): StepResult | null {
  if (choice !== null || saysNumber(text)) return null;
  const [first] = wished(text);
  if (!first || first.ahead < RATHER) return null;
  const surely = first.ahead >= SURELY;
  const { frame } = context;
  switch (first.id) {
    case 'act-not-send':
      return isSent(found) ? null : heldBack(context, found);
    case 'act-send':
      return frame.step === 'readback' ? asked(context, found, 'readback.send') : null;
    case 'act-all-same':
      return frame.step === 'thumb' ? asked(context, found, 'thumb.same') : null;
    case 'act-wrong':
      return wrong(context, found, text);
    case 'act-back':
      return surely && frame.step !== 'thumb' ? goBack(context, found, null) : null;
    case 'act-start-over':
      return surely && !isSent(found) && answeredCount(found) > 0 ? startOver(context, found) : null;
    case 'later':
      return surely && !isSent(found) ? step('parked') : null;
    default:
      return null;
  }
}

/** What a text without a number surely speaks of when it is no answer: another wish, a question, talk. */
export function speaksOfElse(text: string): boolean {
  if (saysNumber(text) || text.trim().split(/\s+/).length < FEW) return false;
  const [first] = wished(text);
  return (
    first !== undefined &&
    first.ahead >= SURELY &&
    !/^(?:answer|nothing-happened|act-(?:unknown|unsure|all-same))$/.test(first.id)
  );
}

function saysNumber(text: string): boolean {
  return /\d/.test(text) || itemsIn(text).some(({ type }) => type === 'number');
}

function asked({ turn }: Context, found: Facts, key: string): StepResult {
  return { ...HERE, notes: [turn.words.t(`reports:perhaps.${key}`, reportVars(turn, found))] };
}

/** The figure that is named is asked again; where none is, which one. */
function wrong({ frame }: Context, found: Facts, text: string): StepResult | null {
  const figure = figureAskedOf(found, text);
  if (figure !== null && found.report?.figures[figure] !== undefined) return step('question', { figure });
  return ['readback', 'sent', 'question'].includes(frame.step) && answeredCount(found) > 0
    ? step('which')
    : null;
}
