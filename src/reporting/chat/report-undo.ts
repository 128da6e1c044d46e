import type { StepResult, Turn } from '../../conversation/dialog';
import { personOf } from '../../org/chat/people';
import type { DialogDeps } from '../../dialogs/deps';
import { undoable } from '../apply-report';
import { nextPeriod } from '../periods';
import type { ReportAct } from '../report';
import {
  effectBase,
  factsOf,
  isSent,
  numberOf,
  ownUnits,
  periodMeant,
  preview,
  type Facts,
} from './report-facts';
import { figureName, reportVars, reportedLines } from './report-texts';
import { lockedText } from './report-refusals';

/** «Hoàn tác»: bound to what the person last did, wherever that was, and it names what it takes back. */

type Done =
  | { readonly kind: 'act'; readonly found: Facts; readonly at: Date }
  | { readonly kind: 'drafted'; readonly found: Facts; readonly at: Date; readonly figure: string };

/** Takes back the last thing the person did to any report of theirs; an answer in a draft is asked again. */
export async function undoMine(turn: Turn<DialogDeps>): Promise<StepResult> {
  const now = periodMeant(turn.at);
  const done: Done[] = [];
  for (const unit of ownUnits(turn))
    for (const period of [now, nextPeriod(now)]) {
      const found = await factsOf(turn, unit, period);
      if (found) done.push(...doneIn(turn, found));
    }
  const [last] = done.sort((a, b) => b.at.getTime() - a.at.getTime());
  if (!last) return say(turn, 'nothing_to_undo');
  if (last.kind === 'act') return undoIn(turn, last.found);
  return askedAgain(turn, last.found, last.figure);
}

function doneIn(turn: Turn<DialogDeps>, found: Facts): Done[] {
  const { report } = found;
  if (!report) return [];
  const act = undoable(report, turn.user);
  const said = isSent(found) ? undefined : report.versions.findLast(({ by }) => by === turn.user);
  return [
    ...(act ? [{ kind: 'act' as const, found, at: act.at }] : []),
    ...(said && report.figures[said.figure] === said
      ? [{ kind: 'drafted' as const, found, at: said.at, figure: said.figure }]
      : []),
  ];
}

function askedAgain(turn: Turn<DialogDeps>, found: Facts, figure: string): StepResult {
  const { unit, period } = found.key;
  const name = figureName(turn, figure);
  return {
    notes: [turn.words.t('reports:undo_draft', { ...reportVars(turn, found), name })],
    move: { to: 'dialog', dialog: 'report', slots: { unit, period, fix: String(numberOf(found, figure)) } },
  };
}

/** Takes back what the person last did to this report as sent; says what stands now, and of which place and month. */
export function undoIn(turn: Turn<DialogDeps>, found: Facts): StepResult {
  const effect = { ...effectBase(turn, found), kind: 'report.undo' as const };
  const act = found.report && undoable(found.report, turn.user);
  const { facts: after, outcome } = preview(turn, found, effect);
  if (outcome.outcome === 'locked') return { move: { to: 'here', say: { text: lockedText(turn, found) } } };
  if (outcome.outcome === 'refused') {
    const expired = outcome.why === 'undo_expired';
    return expired
      ? say(turn, 'undo_expired', { ...reportVars(turn, found), minutes: turn.deps.settings.undoMinutes })
      : say(
          turn,
          outcome.why === 'looked_at' ? 'undo_looked_at' : 'nothing_to_undo',
          reportVars(turn, found),
        );
  }
  if (act?.kind !== 'submit') return { effects: [effect], ...say(turn, 'undone_fix', shown(turn, after)) };
  const { unit, period } = after.key;
  return {
    effects: [effect],
    notes: [turn.words.t('reports:undone', reportVars(turn, after))],
    move: { to: 'dialog', dialog: 'report', slots: { unit, period } },
  };
}

/** The act behind a button «Hoàn tác», if it is still the last that the person did to the report. */
export function undoButtonActs(turn: Turn<DialogDeps>, found: Facts, number: number): ReportAct | null {
  const act = found.report?.acts[number - 1] ?? null;
  const last = found.report && undoable(found.report, turn.user);
  return act && last?.effectId === act.effectId ? act : null;
}

function shown(turn: Turn<DialogDeps>, found: Facts) {
  return { ...reportVars(turn, found), figures: reportedLines(turn, found) };
}

function say(turn: Turn<DialogDeps>, key: string, vars: Record<string, string | number> = {}): StepResult {
  const text = turn.words.t(`reports:${key}`, { ...personOf(turn).vars, ...vars });
  return { move: { to: 'here', say: { text } } };
}
