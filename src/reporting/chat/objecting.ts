import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { replyButtons } from '../../channels/reply-buttons';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { momentShort } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import { objectable, openObjection } from '../approval';
import { lockOf, type ReportAct } from '../report';
import { factsOfRef, refOfKey } from './approval-facts';
import { approversOf, noticesTo, reportersOf, together } from './approval-notices';
import { commandChoice } from './approval-texts';
import { effectBase, ownUnits, preview, type Facts } from './report-facts';
import type { SendNotice } from '../../outbox/enqueue';
import { speakerName } from './report-second';
import { lockVars, ownReports } from './village-asks';

/**
 * A village objects to what was entered on its behalf, within a day of it; whoever entered is told, looks at it anew, and the
 * village hears what came of it. Its own figures it can give at any time before its lock: they stand beside.
 */

/** When somebody else last said figures of the unit; null: nobody did. */
function lastEntered({ report }: Facts): ReportAct | null {
  return report?.acts.findLast(({ kind }) => kind === 'enter' || kind === 'import') ?? null;
}

/** «Không đúng». Null: nothing was entered on behalf of the person's places, so something else is meant. */
export async function objectToEntry(turn: Turn<DialogDeps>, ref: string): Promise<StepResult | null> {
  const named = ref === '' ? null : await factsOfRef(turn, ref);
  if (ref !== '' && (!named || !ownUnits(turn).includes(named.key.unit)))
    return sentence(turn, 'approval:object.not_yours');
  const facts = named ?? (await meant(turn));
  const entered = facts && lastEntered(facts);
  if (!facts || !entered) return named ? sentence(turn, 'approval:object.not_yours') : null;
  const vars = {
    ...lockVars(turn, facts),
    who: speakerName(turn, facts, entered.by),
    moment: momentShort(turn.words, entered.at),
  };
  const open = turn.at < lockOf(facts.report, facts.context.lockAt);
  const say = (key: string): StepResult => {
    const next = turn.words.t(`approval:object.${open ? 'own_figure' : 'locked'}`, vars);
    return sentence(turn, `approval:object.${key}`, { ...vars, next }, nextChoices(turn, facts, open));
  };
  if (!facts.report || !objectable(facts.report, turn.at))
    return say(facts.report && openObjection(facts.report) ? 'already' : 'over');
  const effect = { ...effectBase(turn, facts), kind: 'report.object' as const };
  const { facts: after, outcome } = preview(turn, facts, effect);
  if (outcome.outcome !== 'applied' && outcome.outcome !== 'already') return say('over');
  const notices = noticesTo(turn, after, approversOf(turn, after), {
    key: 'objected',
    vars: { moment: vars.moment },
    buttons: replyButtons([
      { label: turn.words.t('approval:buttons.report'), payload: `#XEMBC_${refOfKey(after.key)}` },
    ]),
  });
  return { ...say('noted'), effects: [effect, ...together(turn, notices)] };
}

/** The report a word alone is about: one that may still be objected to, otherwise one with figures entered on behalf. */
async function meant(turn: Turn<DialogDeps>): Promise<Facts | undefined> {
  const mine = await ownReports(turn);
  return (
    mine.find(({ report }) => report && objectable(report, turn.at)) ??
    mine.find(({ report }) => Object.values(report?.figures ?? {}).some(({ onBehalf }) => onBehalf))
  );
}

function nextChoices(turn: Turn<DialogDeps>, facts: Facts, open: boolean): Choice[] {
  const until = facts.context.extendTo;
  const more = !open && until !== null && turn.at < until && !facts.report?.extendedTo;
  return [
    commandChoice(turn, 'REPORT', '#BAOCAO'),
    ...(more ? [commandChoice(turn, 'MORE_TIME', '#XINGIAHAN')] : []),
  ];
}

/** Under a report that the officer looks at: who objected to what was entered, and what can be done; empty: nobody did. */
export function objectionLine(turn: Turn<DialogDeps>, facts: Facts): string {
  const act = facts.report && openObjection(facts.report);
  if (!act) return '';
  return turn.words.t('approval:objection', {
    ...lockVars(turn, facts),
    Who: capital(speakerName(turn, facts, act.by)),
    moment: momentShort(turn.words, act.at),
  });
}

/** To whoever objected: the figures were looked at again and are approved as they were entered. */
export function keptNotices(turn: Turn<DialogDeps>, facts: Facts): SendNotice[] {
  const act = facts.report && openObjection(facts.report);
  if (!act) return [];
  const open = turn.at < lockOf(facts.report, facts.context.lockAt);
  const objectors = reportersOf(turn, facts).filter(({ user }) => user === act.by);
  return noticesTo(turn, facts, objectors, { key: open ? 'objection_kept' : 'objection_kept_locked' });
}
