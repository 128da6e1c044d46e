import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { foldText, formatCount } from '../../kernel/vn-text';
import type { Button } from '../../channels/channel';
import { replyButtons } from '../../channels/reply-buttons';
import { callChoice } from '../../org/chat/people';
import { RETURN_CODES, type ReturnCode, type ReturnReason } from '../report';
import { approves, refOfKey } from './approval-facts';
import { figureVars, noticesTo, reportersOf, together } from './approval-notices';
import { checkVars, commandChoice, figureLinesOf, reasonText } from './approval-texts';
import { effectBase, numberOf, preview, type Facts } from './report-facts';

/** Sending single figures back: which, why, and the one question that the unit then gets about each. */

/** Which reason the officer's own words are; the words themselves are kept. */
const CODES: readonly (readonly [ReturnCode, RegExp])[] = [
  ['evidence', /\b(?:anh|hinh|diem danh|chung tu)\b/],
  ['mismatch', /\b(?:khop|so sach|mau thuan|lech|so theo doi)\b/],
  ['odd', /\b(?:thang truoc|bat thuong|cao qua|thap qua|nhieu qua|it qua|khac han)\b/],
];

export function reasonOf(text: string): ReturnReason {
  const fold = foldText(text);
  const code = CODES.find(([, words]) => words.test(fold))?.[0] ?? 'other';
  return { code, text: text.trim() };
}

/** The figure of the number that stands right behind «trả lại số»; null: the form has none such. */
export function figureAt(facts: Facts, number: number): string | null {
  return facts.form.figures.find(({ id }) => numberOf(facts, id) === number)?.id ?? null;
}

/** Sends the figures back, or says why not. */
export async function returnNow(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figures: readonly string[],
  reason: ReturnReason,
): Promise<StepResult> {
  const vars = checkVars(turn, facts);
  if (!approves(turn, facts)) return sentence(turn, 'officer:no_right');
  const effect = {
    ...effectBase(turn, facts),
    ...{ kind: 'report.return' as const, figures, reason },
  };
  const { facts: after, outcome } = preview(turn, facts, effect);
  if (outcome.outcome === 'locked') return sentence(turn, 'approval:locked', vars);
  if (outcome.outcome === 'refused') return sentence(turn, 'approval:nothing_to_return', vars);
  const call = await callButtons(turn, after);
  const notices = figures.slice(0, 1).flatMap((figure) =>
    noticesTo(turn, after, reportersOf(turn, after), {
      ...{ key: figures.length > 1 ? 'returned_several' : 'returned', purpose: 'returned' as const },
      vars: { ...figureVars(turn, after, figure), count: figures.length, reason: reasonText(turn, reason) },
      buttons: [...answerButtons(turn, after, figure, reason), ...call],
    }),
  );
  const text = turn.words.t(figures.length > 1 ? 'approval:returned_several' : 'approval:returned', {
    ...figureVars(turn, after, figures[0] ?? ''),
    count: figures.length,
    reason: reasonText(turn, reason),
    told: turn.words.t(notices.length > 0 ? 'approval:is_told' : 'approval:nobody_told', vars),
  });
  return {
    ...answer({ text, choices: [commandChoice(turn, 'WAITING', '#CHODUYET')] }),
    effects: [effect, ...together(turn, notices)],
  };
}

/** «Gọi chị Hạnh»; none when no number is kept. */
export async function callButtons(turn: Turn<DialogDeps>, facts: Facts): Promise<Button[]> {
  const choices = await callChoice(turn, facts.key.unit);
  return choices.flatMap(({ label, link }) =>
    link && 'phone' in link ? [{ kind: 'call' as const, label, phone: link.phone }] : [],
  );
}

/** «Sửa thành 21», «Giữ 121»: of a figure that was sent back. */
export function answerButtons(
  turn: Turn<DialogDeps>,
  facts: Facts,
  figure: string,
  reason: ReturnReason,
): Button[] {
  const ref = `${refOfKey(facts.key)}/${numberOf(facts, figure)}`;
  const version = facts.report?.figures[figure];
  const meant = valueMeant(reason, version?.value ?? null);
  const label = (key: string, value: number): string =>
    turn.words.t(`approval:buttons.${key}`, { value: formatCount(value) });
  const isCount = facts.form.figures.find(({ id }) => id === figure)?.kind === 'count';
  return replyButtons([
    ...(isCount && meant !== null
      ? [{ label: label('change_to', meant), payload: `#SOTRA_${ref}/S${meant}` }]
      : []),
    ...(isCount && version?.value != null
      ? [{ label: label('keep', version.value), payload: `#SOTRA_${ref}/GIU` }]
      : []),
    { label: turn.words.t('approval:buttons.answer'), payload: `#SOTRA_${ref}` },
  ]);
}

/** The one other number in the reason, which is what the figure is probably meant to be; null: none, or several. */
function valueMeant({ text }: ReturnReason, value: number | null): number | null {
  const numbers = [
    ...(text ?? '').matchAll(/(?<![\d/.,])\d{1,3}(?:\.\d{3})+(?!\d)|(?<![\d/.,])\d{1,5}(?![\d/])/g),
  ]
    .map(([typed]) => Number(typed.replaceAll('.', '')))
    .filter((number) => number !== value);
  return numbers.length === 1 ? (numbers[0] ?? null) : null;
}

/** The reasons as buttons; what is typed instead is the reason in the officer's own words. */
export function askReason(facts: Facts, figure: string): StepResult {
  return {
    move: { to: 'dialog', dialog: 'return-figure', slots: { ref: refOfKey(facts.key), figure } },
  };
}

export const REASON_BUTTONS = RETURN_CODES.filter((code) => code !== 'other');

/** Which figure is meant was not said: they are shown with their numbers. */
export function askFigure(turn: Turn<DialogDeps>, facts: Facts): StepResult {
  return sentence(turn, 'approval:which_figure', {
    ...checkVars(turn, facts),
    figures: figureLinesOf(turn, facts),
  });
}
