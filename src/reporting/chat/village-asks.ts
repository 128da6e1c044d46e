import { moment } from '../../kernel/moment';
import type { AnyEffect, StepResult, Turn } from '../../conversation/dialog';
import { replyButtons } from '../../channels/reply-buttons';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { contactName, personOf } from '../../org/chat/people';
import { beyondQuota } from '../approvers';
import { holdsAbove } from '../../org/rights';
import { EXTENSIONS_A_MONTH } from '../extension';
import { lockOf } from '../report';
import { refOfKey } from './approval-facts';
import { approversOf, noticesTo, reportersOf, together } from './approval-notices';
import { checkVars } from './approval-texts';
import { effectBase, factsOf, ownUnits, periodMeant, preview, type Facts } from './report-facts';
import { mayApprove } from '../approvers';

/** What a village asks of its commune: more time. And what the commune answers. */

/** The person's own reports of the present month. */
export async function ownReports(turn: Turn<DialogDeps>): Promise<Facts[]> {
  const units = ownUnits(turn);
  const all = await Promise.all(units.map((unit) => factsOf(turn, unit, periodMeant(turn.at))));
  return all.filter((facts) => facts !== null);
}

/** Variables of a sentence about the lock of a report and whoever is above it. */
export function lockVars(turn: Turn<DialogDeps>, facts: Facts) {
  const until = facts.context.extendTo;
  return {
    ...checkVars(turn, facts),
    lock: moment(turn.words, lockOf(facts.report, facts.context.lockAt)),
    until: until ? moment(turn.words, until) : '',
    superior: contactName(turn.words, turn.deps, facts.key.unit, turn.at),
  };
}

/** «Xin thêm nửa ngày»: asked of the commune, which answers with one tap. */
export async function askMoreTime(turn: Turn<DialogDeps>): Promise<StepResult> {
  const [facts, ...others] = await ownReports(turn);
  if (!facts) return sentence(turn, 'reports:not_reporter_unknown');
  const meant = [facts, ...others].find(({ report }) => !report?.submittedAt) ?? facts;
  const vars = lockVars(turn, meant);
  const until = meant.context.extendTo;
  if (meant.report?.extendedTo) return sentence(turn, 'approval:time.already', vars);
  if (until === null || turn.at >= until) return sentence(turn, 'approval:time.too_late', vars);
  if (turn.at < meant.times.opensAt) return sentence(turn, 'approval:time.not_open', vars);
  const notices = noticesTo(turn, meant, approversOf(turn, meant), {
    key: 'time_asked',
    vars: { until: vars.until, lock: vars.lock },
    buttons: replyButtons([
      { label: turn.words.t('approval:buttons.grant'), payload: `#GIAHAN_${refOfKey(meant.key)}` },
    ]),
  });
  if (notices.length === 0) return sentence(turn, 'approval:time.nobody', vars);
  return { ...sentence(turn, 'approval:time.asked', vars), effects: together(turn, notices) };
}

/** The officer grants it: the unit's own lock is moved, or the quota is used up and the department is asked. */
export async function grantTime(turn: Turn<DialogDeps>, facts: Facts): Promise<StepResult> {
  const { offices } = personOf(turn);
  const { tree } = turn.deps.directory;
  const vars = lockVars(turn, facts);
  const byDepartment = holdsAbove(offices, tree, facts.key.unit, beyondQuota(), turn.at);
  if (!byDepartment && !mayApprove(offices, tree, facts.form, facts.key.unit, turn.at))
    return sentence(turn, 'officer:no_right');
  const granted = await turn.deps.reports.extensions(facts.key);
  const effect = {
    ...effectBase(turn, facts),
    ...{ kind: 'report.extend' as const, byDepartment },
  };
  const within = { ...facts, context: { ...facts.context, extensions: granted } };
  const { facts: after, outcome } = preview(turn, within, effect);
  if (outcome.outcome === 'locked') return sentence(turn, 'approval:time.officer_late', vars);
  if (outcome.outcome === 'refused') return refusedTime(turn, facts, outcome.why, vars);
  const notices = noticesTo(turn, after, reportersOf(turn, after), {
    key: 'time_granted',
    vars: { until: vars.until },
    buttons: replyButtons([{ label: turn.words.t('officer:buttons.start'), payload: '#BAOCAO' }]),
  });
  const left = Math.max(0, EXTENSIONS_A_MONTH - granted - 1);
  const key = byDepartment ? 'granted_department' : 'granted';
  const text = turn.words.t(`approval:time.${key}`, { ...vars, left });
  const effects: AnyEffect[] = [effect, ...together(turn, notices)];
  return { ...answer({ text }), effects };
}

function refusedTime(
  turn: Turn<DialogDeps>,
  facts: Facts,
  why: string,
  vars: Readonly<Record<string, string | number>>,
): StepResult {
  if (why === 'already_extended') {
    const until = moment(turn.words, facts.report?.extendedTo ?? turn.at);
    return sentence(turn, 'approval:time.officer_already', { ...vars, until });
  }
  if (why !== 'quota') return sentence(turn, 'approval:time.not_possible', vars);
  const { tree } = turn.deps.directory;
  const commune = facts.unit.parent ?? facts.key.unit;
  const province = tree.ancestors(commune, facts.unit.validFrom).at(-1)?.code ?? '';
  const department = turn.deps.directory.holdersOf(province, beyondQuota());
  const notices = noticesTo(turn, facts, department, {
    key: 'time_beyond',
    vars: { count: EXTENSIONS_A_MONTH, until: vars['until'] ?? '' },
    buttons: replyButtons([
      { label: turn.words.t('approval:buttons.grant'), payload: `#GIAHAN_${refOfKey(facts.key)}` },
    ]),
  });
  const asked = sentence(turn, 'approval:time.quota', { ...vars, count: EXTENSIONS_A_MONTH });
  return { ...asked, effects: together(turn, notices) };
}
