import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { answer as answerText, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { formatCount } from '../../kernel/vn-text';
import { personOf, placeName, type Person } from '../../org/chat/people';
import type { SendNotice } from '../../outbox/enqueue';
import { readAdjust, valueAndWhy, type AdjustSaid } from '../../understanding/adjust-asked';
import { textsOf, type FigureDef } from '../form';
import { formOf } from '../forms';
import { adjustmentId, type Adjustment, type AskAdjustment, type SettleAdjustment } from '../ledger';
import type { FigureDetail } from '../report';
import type { FigureAnswer } from '../report-effect';
import { valuesOf } from '../report-writing';
import { contradictions } from '../validation';
import { adjustedTo, mayAdjust, reportsAdjusted } from './adjust-meant';
import { periodName, sameNames } from './approval-texts';
import { impossibleText } from './form-refusals';
import { formFigureName } from './form-texts';
import { formValueText } from './form-values';
import { effectBase, isSent, type Facts } from './report-facts';
import { holdsSecondKey, otherKeyHolders } from './second-key';

/** «điều chỉnh số 1 = 102: ghi nhầm»: a correction after the lock, with a reason, approved by the department. */

export const askAdjustment: Command<DialogDeps> = command({
  id: 'ask-adjustment',
  says: [
    'điều chỉnh số 1 = 102: ghi nhầm',
    'điều chỉnh số 3 thôn Đông Lâm = 102: ghi nhầm',
    'xin điều chỉnh số 1 = 102, lý do: ghi nhầm',
    'điều chỉnh số 1 = 1.790.000 trên 2.507.000 đến 15/3: đếm trùng',
    'điều chỉnh số 1 thành 102: đếm trùng',
    'dieu chinh so 2 = 5: đếm thiếu một buổi',
  ],
  help: 18,
  for: mayAdjust,
  strong: true,
  read: ({ typed }) => readAdjust(typed, 'adjust'),
  run: (turn, { person }, said) => adjust(turn, person, said),
});

/** Asks the department for the correction; says what is missing for it. */
export async function adjust(turn: Turn<DialogDeps>, person: Person, said: AdjustSaid): Promise<StepResult> {
  const meant = await reportsAdjusted(turn, person, said.place);
  const [one, ...others] = meant;
  if (!one) return sentence(turn, 'officer:not_your_place');
  if (others.length > 0)
    return sentence(turn, 'adjust:which_place', { names: sameNames(turn, meant.map(unitOf)) });
  const { facts, own } = one;
  const numbered = facts.form.figures.filter(({ after }) => after === undefined);
  const figure = numbered[said.number - 1];
  const vars = {
    ...{ unit: placeName(turn.deps, facts.key.unit, turn.at), period: periodName(turn, facts.key) },
    number: said.number,
  };
  if (!isSent(facts)) return sentence(turn, 'adjust:not_sent', vars);
  if (!figure || figure.kind === 'entries') return sentence(turn, 'adjust:no_such', vars);
  const { value, reason } = valueAndWhy(figure, said.rest);
  const answer = adjustedTo(turn, facts, figure, value);
  if (!answer) return sentence(turn, `adjust:unclear.${figure.kind}`, { ...vars, value });
  if (reason === '') return sentence(turn, 'adjust:why', { ...vars, value });
  const fault = faultText(turn, facts, figure, answer);
  if (fault !== null) return answerText({ text: fault });
  const from = facts.report?.figures[figure.id];
  const { id, by, at, eventId } = effectBase(turn, facts);
  const effect: AskAdjustment = {
    ...{ kind: 'adjustment.ask', id, by, at, eventId, ...facts.key, figure: figure.id },
    ...{ from: from?.value ?? null, to: answer.value ?? 0, reason, onBehalf: !own },
    ...(from?.detail ? { fromDetail: from.detail } : {}),
    ...(answer.detail ? { toDetail: answer.detail } : {}),
  };
  const asked = { ...effect, id: adjustmentId(id) };
  const told = otherKeyHolders(turn).map(({ user }): SendNotice => ({
    ...{ kind: 'notice.send', id: turn.effectId(), to: user, at: turn.at },
    onlyIf: { kind: 'adjustment_key', ref: asked.id },
    text: turn.words.t('adjust:please', { line: adjustmentLine(turn, asked) }),
    buttons: [
      { kind: 'reply', label: turn.words.t('adjust:buttons.approve'), payload: `#DIEUCHINH_${asked.id}` },
    ],
  }));
  return {
    ...sentence(turn, 'adjust:asked', { line: adjustmentLine(turn, asked) }),
    effects: [effect, ...told],
  };
}

const unitOf = ({ facts }: { readonly facts: Facts }): string => facts.key.unit;

/** Why the corrected report could not be, both numbers named; null: it could. */
function faultText(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figure: FigureDef,
  answer: FigureAnswer,
): string | null {
  const cannot = impossibleText(turn, facts, figure, answer);
  if (cannot !== null) return cannot;
  const known = { ...valuesOf(facts.report), [figure.id]: answer.value };
  const [against] = contradictions(facts.form, known, figure.id);
  if (!against) return null;
  return turn.words.t('adjust:contradiction', {
    ...personOf(turn).vars,
    ...{ left: formatCount(against.left), leftName: formFigureName(turn, facts, against.check.left) },
    ...{ right: formatCount(against.right), rightName: formFigureName(turn, facts, against.check.right) },
  });
}

export function adjustmentLine(turn: Turn<DialogDeps>, one: Omit<Adjustment, 'id'>): string {
  const { words } = turn;
  const figure = formOf(one.form).figures.find(({ id }) => id === one.figure);
  const shown = (value: number | null, detail: FigureDetail | undefined): string =>
    value === null || !figure
      ? words.t('release:nothing')
      : formValueText(turn, figure, { value, status: 'reported', ...(detail ? { detail } : {}) });
  return words.t('adjust:line', {
    unit: placeName(turn.deps, one.unit, turn.at),
    period: periodName(turn, one),
    figure: words.t(`${textsOf(one.form, one.figure)}.name`),
    from: shown(one.from, one.fromDetail),
    to: shown(one.to, one.toDetail),
    reason: one.reason,
  });
}

interface Named {
  readonly id: string | null;
}

function settling(approves: boolean, pattern: RegExp) {
  return {
    for: holdsSecondKey,
    strong: true,
    read: ({ fold }: { readonly fold: string }): Named | null => (pattern.test(fold) ? { id: null } : null),
    tapped: (rest: string): Named => ({ id: rest === '' ? null : rest.toUpperCase() }),
    run: (turn: Turn<DialogDeps>, _message: unknown, { id }: Named) => settle(turn, id, approves),
  };
}

export const approveAdjustment: Command<DialogDeps> = command<DialogDeps, Named>({
  id: 'approve-adjustment',
  button: '#DIEUCHINH',
  says: [
    'duyệt điều chỉnh',
    'em duyệt điều chỉnh',
    'phê duyệt điều chỉnh',
    'đồng ý điều chỉnh',
    'duyet dieu chinh',
  ],
  ...settling(true, /^(?:(?:em|toi|a|ok) )*(?:phe duyet|duyet|dong y) (?:so )?dieu chinh(?: nay)?$/),
});

export const refuseAdjustment: Command<DialogDeps> = command<DialogDeps, Named>({
  id: 'refuse-adjustment',
  button: '#KHONGDC',
  says: [
    'từ chối điều chỉnh',
    'không duyệt điều chỉnh',
    'em từ chối điều chỉnh',
    'không đồng ý điều chỉnh',
    'tu choi dieu chinh',
  ],
  ...settling(false, /^(?:(?:em|toi|a) )*(?:tu choi|khong duyet|khong dong y) (?:so )?dieu chinh(?: nay)?$/),
});

async function settle(turn: Turn<DialogDeps>, id: string | null, approves: boolean): Promise<StepResult> {
  const waiting = await turn.deps.ledger.adjustments();
  const one =
    id === null ? (waiting.length === 1 ? waiting[0] : undefined) : waiting.find((each) => each.id === id);
  if (!one && id === null && waiting.length > 1) {
    const rows = adjustmentRows(turn, waiting);
    const said = answerText({
      text: [turn.words.t('adjust:which'), ...rows.map(({ line }) => line)].join('\n'),
      choices: rows.slice(0, 4).map(({ choice }) => choice),
    });
    if (!approves) return said;
    const picks = rows.map(({ choice }) => choice.command ?? '');
    return { ...said, listed: { kind: 'adjustments', ids: waiting.map((each) => each.id), picks } };
  }
  if (!one) return sentence(turn, 'adjust:none_waiting');
  if (one.by === turn.user) return sentence(turn, 'adjust:own', { line: adjustmentLine(turn, one) });
  const effect: SettleAdjustment = {
    ...{ kind: 'adjustment.settle', id: turn.effectId(), by: turn.user, at: turn.at, eventId: turn.event.id },
    ...{ unit: one.unit, adjustment: one.id, approves },
  };
  const line = adjustmentLine(turn, one);
  const told: SendNotice = {
    ...{ kind: 'notice.send', id: turn.effectId(), to: one.by, at: turn.at },
    text: turn.words.t(approves ? 'adjust:approved_asker' : 'adjust:refused_asker', { line }),
  };
  return {
    ...sentence(turn, approves ? 'adjust:approved' : 'adjust:refused', { line }),
    effects: [effect, told],
  };
}

/** As they stand in the list of what waits. */
export function adjustmentRows(
  turn: Turn<DialogDeps>,
  waiting: readonly Adjustment[],
): readonly { readonly line: string; readonly choice: Choice }[] {
  // A button is too short for the name of every place, so several are told apart by their number.
  const number = (i: number): string => (waiting.length > 1 ? ` ${i + 1}` : '');
  return waiting.map((one, i) => ({
    line: turn.words.t('adjust:row', { number: number(i), line: adjustmentLine(turn, one) }),
    choice: {
      id: `ADJUST${i + 1}`,
      label: turn.words.t('adjust:buttons.approve_at', { number: number(i) }),
      command: `#DIEUCHINH_${one.id}`,
    },
  }));
}
