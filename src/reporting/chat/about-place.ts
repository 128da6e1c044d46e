import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Message } from '../../dialogs/feature';
import { unitName } from '../../org/names';
import { reportsMeant } from './approval-facts';
import { aboutReport, checkVars } from './approval-texts';
import { reportScreen } from './approving';
import { isRead, readRows } from './entering';
import type { Facts } from './report-facts';
import { askFigure, askReason, figureAt } from './returning';

/**
 * What is wished of one place's report however it is put: its screen, or the question that leads on. Nothing is approved,
 * sent back, entered or opened here.
 */
type About = (turn: Turn<DialogDeps>, message: Message, unit: string) => Promise<StepResult | null>;

function ofReport(
  then: (turn: Turn<DialogDeps>, facts: Facts, message: Message) => Promise<StepResult>,
): About {
  return async (turn, message, unit) => {
    const [facts] = await reportsMeant(turn, unit);
    return facts ? then(turn, facts, message) : null;
  };
}

/** «Cho chị xem số liệu thôn Đông Lâm», «Đông Lâm ổn rồi đấy, duyệt đi»: the report, with what can be done about it. */
export const reportAbout = ofReport((turn, facts) => reportScreen(turn, facts));

/** «Bảo Đông Lâm xem lại số 3»: which figure, and why. */
export const returnAbout = ofReport(async (turn, facts, { fold }) => {
  if (!facts.report?.submittedAt) return sentence(turn, 'approval:not_sent', checkVars(turn, facts));
  const number = /(?:^| )(?:so|cau|muc) (\d)(?: |$)/.exec(fold)?.[1];
  const figure = number === undefined ? null : figureAt(facts, Number(number));
  return figure !== null && facts.report.figures[figure] ? askReason(facts, figure) : askFigure(turn, facts);
});

/** «Chị nhập thay Đông Lâm nhé»: its figures are read back when they were all said, otherwise asked for. */
export const enterAbout = ofReport(async (turn, facts, { typed }) => {
  const figures = typed.match(/\d[\d.]*/g) ?? [];
  const lines = `${unitName(facts.unit)}: ${figures.join(' ')}`;
  const rows = figures.length === facts.asked.length ? await readRows(turn, lines) : [];
  if (rows.some(isRead)) return { move: { to: 'dialog', dialog: 'enter-figures', slots: { lines } } };
  return sentence(turn, 'approval:enter.which_figures', checkVars(turn, facts));
});

/** «Thôn Đông Lâm xin thêm thời gian, giải quyết giúp chị»: opened longer only by the button. */
export const extendAbout = ofReport(async (turn, facts) =>
  sentence(turn, 'approval:time.sure', checkVars(turn, facts), [
    aboutReport(turn, 'GRANT', '#GIAHAN', facts),
  ]),
);
