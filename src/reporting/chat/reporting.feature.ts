import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { defineFeature, type Message } from '../../dialogs/feature';
import { foldText } from '../../kernel/vn-text';
import { monthName } from '../../kernel/moment';
import { placeName } from '../../org/chat/people';
import { readFigures } from './report-answers';
import { readCorrected } from './report-corrected';
import { askWhatFor, openReport, REPORT_COMMANDS, reportsHere } from './report-commands';
import { placeSaid } from './report-places';
import { FORM_COMMANDS } from './form-commands';
import form from './form.dialog';
import { practiceCommand } from './practice-commands';
import practice from './practice.dialog';
import report from './report.dialog';
import { rateUnnamed } from './rate-command';
import whichRate from './which-rate.dialog';
import { factsOf, isSent, periodMeant } from './report-facts';
import { communeAsked } from './commune-asked-command';
import { STATUS_COMMANDS } from './status-commands';

/** The monthly figures: entering, correcting, sending, and what those above see of them. */

/** A lone number is asked back; figures without a word before them, «418 5 121 14», and «báo cáo thôn Ngoài» begin a report. */
async function otherwise(turn: Turn<DialogDeps>, message: Message): Promise<StepResult | null> {
  const { text, person, conversation } = message;
  if (!reportsHere(person)) return null;
  const open = conversation.stack.some((frame) => frame.dialog === 'report');
  if (!open && /^\s*\d{1,5}\s*$/.test(text)) return askWhatFor(message, Number(text.trim()));
  const line = open ? null : await figuresOutOfTheBlue(turn, message);
  if (line) return line;
  // «Tháng này nghỉ gặt không học buổi nào»: the report begins, and its questions ask for the rest.
  if (!open && NONE_HELD.test(message.fold.trim())) return openReport(conversation, {});
  const named = unitNamed(turn, message);
  if (named) return openReport(conversation, { unit: named });
  return open ? null : someFigures(turn, message);
}

const NONE_HELD =
  /^(?:(?:da|em|bac|toi|chau|thon|xom|to) )*(?:thang nay|ky nay)(?: .{0,24})? (?:khong|ko|k|kg|chua)(?: (?:co|mo|hoc|day|to chuc))* (?:duoc )?(?:buoi|lop)(?: hoc)? nao(?: .{0,40})?$/;

async function figuresOutOfTheBlue(
  turn: Turn<DialogDeps>,
  { person, text }: Message,
): Promise<StepResult | null> {
  const unit = person.reporting[0]?.unit;
  const facts = unit ? await factsOf(turn, unit, periodMeant(turn.at)) : null;
  const line = placeSaid(turn, text)?.rest ?? text;
  if (!facts || !(readFigures(facts, line) ?? (isSent(facts) && readCorrected(facts, line)))) return null;
  return { move: { to: 'dialog', dialog: 'report', slots: { line: text } } };
}

/** What figures count, in a message that is no question. */
const COUNTED = /(?<![a-z])(?:buoi|luot|ho|lop|nguoi|ng|ba con|(?<=\d )nha)(?![a-z])/;

/** «Giúp 14 hộ», «hôm qua học 1 buổi 30 người»: figures of something; nothing is stored, it is asked whether a report is meant. */
function someFigures(turn: Turn<DialogDeps>, { text, fold, person }: Message): StepResult | null {
  const numbers = text.match(/\d+(?:\.\d{3})*/g) ?? [];
  const few = numbers.length > 0 && numbers.length <= 4 && text.length <= 80;
  if (!few || !COUNTED.test(fold) || /\?\s*$|[/:]/.test(text)) return null;
  const month = monthName(turn.words, periodMeant(turn.at), turn.at);
  return sentence(turn, 'menu:lone_number', { ...person.vars, month, number: numbers.join(', ') }, [
    { id: 'REPORT', label: turn.words.t('menu:buttons.report', { month }), command: '#BAOCAO' },
    { id: 'MENU', label: turn.words.t('common:buttons.menu'), command: '#MENU' },
  ]);
}

/** One of the person's own places; null when none or several bear that name. */
function unitNamed(turn: Turn<DialogDeps>, { person, text }: Message): string | null {
  const kind = /^(?:thon|xom|lang|ban|tdp|to dan pho|khu pho|khu) /;
  const typed = /^(?:nop |lam |gui |nhap )?(?:bao cao|bcao|bc) (?:(?:cho|cua) )?(.+)$/.exec(
    foldText(text),
  )?.[1];
  if (typed === undefined) return null;
  const units = new Set(person.reporting.map((office) => office.unit));
  const hits = [...units].filter(
    (unit) => foldText(placeName(turn.deps, unit, turn.at)).replace(kind, '') === typed.replace(kind, ''),
  );
  return hits.length === 1 ? (hits[0] ?? null) : null;
}

export default defineFeature<DialogDeps>({
  id: 'reporting',
  commands: [
    ...REPORT_COMMANDS,
    ...FORM_COMMANDS,
    rateUnnamed,
    practiceCommand,
    communeAsked,
    ...STATUS_COMMANDS,
  ],
  dialogs: [report, form, practice, whichRate],
  otherwise,
});
