import { monthName } from '../kernel/moment';
import {
  type Dialog,
  type Step,
  type StepResult,
  type Turn,
  type TurnEvent,
  textIn,
} from '../conversation/dialog';
import type { DialogDeps } from './deps';
import { keeping, PIECES } from '../evidence/chat/keeping';
import type { KeepEvidence } from '../evidence/chat/evidence-effects';
import { ofTask } from '../evidence/evidence';
import { personOf } from '../org/chat/people';
import { HERE, step, type Context } from '../reporting/chat/report-common';
import { answeredCount, factsOf, isSent, ownUnits, periodMeant } from '../reporting/chat/report-facts';

/**
 * Photos, files and voice notes: acknowledged in a sentence, with the open question after it, and kept as evidence
 * where a report is open. Nobody is made to feel that sending a picture was wrong; nobody is led to think that a
 * picture was read.
 */

/** Things that are no words and no evidence; they are taken for a friendly nod. */
const NODS: ReadonlySet<TurnEvent['kind']> = new Set(['sticker', 'gif']);

/** A message that is not words, whatever it is. */
export function isWordless(event: TurnEvent): boolean {
  return event.kind !== 'text';
}

/** What is said of a message that is not words, when nothing of it is kept. */
export function wordlessNote(turn: Turn<DialogDeps>, open: boolean): string {
  const { words, event } = turn;
  const { vars, reporting } = personOf(turn);
  if (NODS.has(event.kind)) return words.t('common:nod', vars);
  if (event.kind === 'audio') return words.t('common:voice', vars);
  if (event.kind === 'not_shown') return words.t('common:not_shown', vars);
  const piece = PIECES[event.kind];
  if (!open && piece && reporting.length > 0) return words.t(`common:not_kept.${piece}`, vars);
  return words.t(open ? 'common:only_text_open' : 'common:only_text', vars);
}

/** A message that is not words while no report is on the screen: kept beside a report that was begun this month, if there is one. */
export async function wordless(turn: Turn<DialogDeps>, open: boolean): Promise<StepResult> {
  const units = ownUnits(turn);
  const found =
    PIECES[turn.event.kind] && units.length === 1
      ? await factsOf(turn, units[0] as string, periodMeant(turn.at))
      : null;
  const begun = found !== null && found.report !== null && turn.at < found.times.lockAt;
  const kept = begun ? keeping(turn, [found.key]) : null;
  if (!kept || !found) return { move: { to: 'here' }, notes: [wordlessNote(turn, open)] };
  const left = isSent(found) ? 0 : found.asked.length - answeredCount(found);
  const text = keptNote(turn, found.key.period);
  if (open || isSent(found)) return { move: { to: 'here' }, notes: [text], effects: [kept] };
  const next = turn.words.t(left > 0 ? 'common:kept_go_on' : 'common:kept_send', {
    ...personOf(turn).vars,
    left,
  });
  const label = turn.words.t('officer:buttons.start');
  return {
    move: {
      to: 'here',
      say: { text: `${text} ${next}`, choices: [{ id: 'REPORT', label, command: '#BAOCAO' }] },
    },
    effects: [kept],
  };
}

/** The steps of the report, each of which also takes what is not words: acknowledged, kept, and the question asked again. */
export function takingMedia(steps: Dialog<DialogDeps>['steps']): Dialog<DialogDeps>['steps'] {
  return Object.fromEntries(Object.entries(steps).map(([name, each]) => [name, taking(each)]));
}

function taking(each: Step<DialogDeps>): Step<DialogDeps> {
  if (!each.receive) return each;
  const receive = each.receive.bind(each);
  return {
    ...each,
    async receive(context, input) {
      if (!isWordless(input.event)) return receive(context, input);
      const taken = await kept(context, each);
      if (taken.move.to !== 'here' || input.text.trim() === '') return taken;
      // Words under a picture are read too; only when they say nothing for the question is it asked again.
      const read = await receive(context, input);
      if (read.move.to === 'pass' || (read.move.to === 'here' && read.move.miss)) return taken;
      return {
        ...read,
        notes: [...(taken.notes ?? []), ...(read.notes ?? [])],
        effects: [...(taken.effects ?? []), ...(read.effects ?? [])],
      };
    },
  };
}

async function kept(context: Context, at: Step<DialogDeps>): Promise<StepResult> {
  const { turn, slots, frame } = context;
  const unit = textIn(slots, 'unit');
  const found = unit === '' ? null : await factsOf(turn, unit, textIn(slots, 'period'));
  const locked = found !== null && turn.at >= found.times.lockAt;
  if (locked && frame.step !== 'locked' && at.to.includes('locked'))
    return { ...step('locked'), notes: [wordlessNote(turn, false)] };
  const figure = frame.step === 'question' ? textIn(slots, 'figure') : '';
  const effect = found && !locked ? keeping(turn, [found.key], figure === '' ? null : figure) : null;
  if (!effect || !found) return { ...HERE, notes: [wordlessNote(turn, true)] };
  const asking = frame.step === 'question' || frame.step === 'thumb';
  return { ...HERE, notes: [keptNote(turn, found.key.period, asking)], effects: [effect] };
}

/** `asking`: a figure is wanted right now, and may be in the picture. */
function keptNote(turn: Turn<DialogDeps>, period: string, asking = false): string {
  const { words, event } = turn;
  const vars = { ...personOf(turn).vars, month: monthName(words, period, turn.at) };
  const piece = PIECES[event.kind] ?? 'file';
  const told = words.t(`common:kept.${piece}`, vars);
  return asking && piece !== 'audio' ? `${told} ${words.t(`common:unread.${piece}`, vars)}` : told;
}

/** What came with this message, kept as what shows that a task of the plan is done; null: nothing came. */
export function keptForTask(turn: Turn<DialogDeps>, task: string, unit: string): KeepEvidence | null {
  return keeping(turn, [ofTask(task, unit)]);
}
