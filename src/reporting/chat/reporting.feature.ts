import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { defineFeature, type Message } from '../../dialogs/feature';
import { foldText, formatCount } from '../../kernel/vn-text';
import { itemsIn } from '../../understanding/items';
import { wished } from '../../understanding/wished';
import { monthName } from '../../kernel/moment';
import { placeName } from '../../org/chat/people';
import type { NumberReading } from '../../understanding/number';
import { readFigures } from './report-answers';
import { probablyCorrected, readCorrected } from './report-corrected';
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
  const named = unitNamed(turn, message);
  if (named) return openReport(conversation, { unit: named });
  return open || wishesElse(text) ? null : someFigures(turn, message);
}

async function figuresOutOfTheBlue(
  turn: Turn<DialogDeps>,
  { person, text }: Message,
): Promise<StepResult | null> {
  const unit = person.reporting[0]?.unit;
  const facts = unit ? await factsOf(turn, unit, periodMeant(turn.at)) : null;
  const line = placeSaid(turn, text)?.rest ?? text;
  const read =
    facts &&
    (readFigures(facts, line) ??
      (isSent(facts) ? (readCorrected(facts, line) ?? probablyCorrected(facts, line, false)) : null));
  // «Không mở lớp nào» may be told of anything.
  const isOfMonth = /(?:^| )(?:thang|ky) nay(?: |$)/.test(foldText(line));
  if (!read || (!/\d/.test(line) && !isOfMonth && read.every(({ reading }) => saysNone(reading))))
    return null;
  return { move: { to: 'dialog', dialog: 'report', slots: { line: text } } };
}

function saysNone(reading: NumberReading): boolean {
  return (
    reading.kind === 'nothing' ||
    reading.kind === 'same' ||
    (reading.kind === 'confirm' && reading.value === 0)
  );
}

/** What figures count, in a message that is no question. */
const COUNTED = /(?<![a-z])(?:buoi|luot|ho|lop|nguoi|ng|ba con|(?<=\d )nha)(?![a-z])/;

const MAX_WORDS = 120;

/** The numbers of a text that are said in words. */
function inWords(text: string): string[] {
  return itemsIn(text).flatMap((item) => (item.type === 'number' ? [formatCount(item.number.value)] : []));
}

/** «Giúp 14 hộ», «hôm qua học 1 buổi 30 người»: figures of something; nothing is stored, it is asked whether a report is meant. */
function someFigures(turn: Turn<DialogDeps>, { text, fold, person }: Message): StepResult | null {
  const typed = text.match(/\d+(?:\.\d{3})*/g) ?? [];
  const numbers = typed.length > 0 || text.length > MAX_WORDS ? typed : inWords(text);
  const few = numbers.length > (typed.length > 0 ? 0 : 1) && numbers.length <= 4 && text.length <= MAX_WORDS;
  if (!few || !COUNTED.test(fold) || /\?\s*$|[/:]/.test(text)) return null;
  const month = monthName(turn.words, periodMeant(turn.at), turn.at);
  return sentence(turn, 'menu:lone_number', { ...person.vars, month, number: numbers.join(', ') }, [
    { id: 'REPORT', label: turn.words.t('menu:buttons.report', { month }), command: '#BAOCAO' },
    { id: 'MENU', label: turn.words.t('common:buttons.menu'), command: '#MENU' },
  ]);
}

/** «Tối qua thôn học 32 bà con»: a class that was held, an order that is done: what is near to that is offered. */
function wishesElse(text: string): boolean {
  const [first] = wished(text);
  return first !== undefined && first.ahead >= ELSE && !/^(?:answer|report|act-)/.test(first.id);
}
const ELSE = 0.12;

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

/** What is left once nothing near was found to offer. */
export const figuresRest = defineFeature<DialogDeps>({
  id: 'figures-rest',
  commands: [],
  dialogs: [],
  otherwise: async (turn, message) =>
    reportsHere(message.person) && !message.conversation.stack.some(({ dialog }) => dialog === 'report')
      ? someFigures(turn, message)
      : null,
});
