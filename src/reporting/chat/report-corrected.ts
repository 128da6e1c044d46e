import { decodeTelex, foldText } from '../../kernel/vn-text';
import { corrects, readCorrection, type StandingFigure } from '../../understanding/correction';
import type { NumberReading } from '../../understanding/number';
import { spelt } from '../../understanding/spelling';
import { readTold, type ToldOf } from '../../understanding/told';
import { FIGURE_WORDS, LOOSE_WORDS } from './figure-vocabulary';
import { lastValue, numberOf, type Facts } from './report-facts';

/** Which of the figures that stand a text changes, and to what. */

/** The figures that a text may speak of, with what stands there now. */
function standingOf(facts: Facts): ToldOf[] {
  return facts.form.figures
    .filter((figure) => facts.asked.includes(figure) || facts.report?.figures[figure.id] !== undefined)
    .map(({ id, measure }) => {
      const said = facts.report?.figures[id];
      const now = said ? said.value : lastValue(facts, id);
      const names = { words: FIGURE_WORDS[id] ?? [], loose: LOOSE_WORDS[id] ?? [] };
      return { id, number: numberOf(facts, id), measure, ...names, now };
    });
}

/** Words with which somebody corrects what they gave, besides a new number. */
const CORRECTING =
  /(?:^| )(?:sua|chua lai|doi|nham|lon|sai|khong phai|thieu|thua|dung ra|phai la|moi dung|chu|thanh|bot|giam|tang|them|bo|cong|dem lai|tinh lai|dao|ha|rut|ra la|lai la|thuc ra|that ra)(?: |$)/;

/** What is probably corrected, in words that no rule knows; each is confirmed. `always`: the figures stand on the screen. Null: nothing. */
export function probablyCorrected(
  facts: Facts,
  text: string,
  always: boolean,
): { figure: string; reading: NumberReading }[] | null {
  const standing = standingOf(facts);
  for (const typed of [spelt(text), decodeTelex(text) ?? '']) {
    const corrects = always || CORRECTING.test(foldText(typed.replace(/[^\p{L}\p{M}\d\s]/gu, ' ')));
    const told = corrects ? readTold(typed, standing) : null;
    if (told) return told;
  }
  return null;
}

/** A whole line amid other words, each number of it with its own unit; null: the text is no such line. */
export function lineTold(facts: Facts, text: string): { figure: string; reading: NumberReading }[] | null {
  const told = readTold(spelt(text), standingOf(facts));
  return told?.every(({ reading }) => reading.kind === 'value') ? told : null;
}

/** «Câu 3 120», «nhầm 121 thành 112», «số hộ là 15»: what is to be changed of what stands on the screen; null: no correction. */
export function readCorrected(
  facts: Facts,
  text: string,
): { figure: string; reading: NumberReading }[] | null {
  const standing = standingOf(facts);
  return readCorrection(text, standing) ?? eachClause(text, standing);
}

/** «Buổi tăng 1, lượt 121»: every clause corrects a figure of its own, or the message is no correction. */
function eachClause(
  text: string,
  standing: readonly StandingFigure[],
): { figure: string; reading: NumberReading }[] | null {
  const clauses = text.split(/[,;\n]|\s(?:và|va|với|voi)\s/u).filter((part) => part.trim() !== '');
  if (clauses.length < 2) return null;
  const read = clauses.map((clause) => readCorrection(clause, standing));
  const all = read.flatMap((changes) => changes ?? []);
  const distinct = new Set(all.map(({ figure }) => figure)).size === all.length;
  return read.every((changes) => changes !== null) && distinct ? all : null;
}

/** «Buổi học 6 chứ không phải 5», «418 sửa thành 420» while another question is open: figures given before, changed. */
export function standingCorrected(
  facts: Facts,
  open: string,
  text: string,
): { figure: string; reading: NumberReading }[] | null {
  if (
    !corrects(text) ||
    !/(?:^| )(?:sua|doi|thay|nham|sai|dung|phai|chu|thanh|cau)(?: |$)|->|→/.test(foldText(text))
  )
    return null;
  const changes = readCorrected(facts, text);
  const given = changes?.every(
    ({ figure }) => figure !== open && facts.report?.figures[figure] !== undefined,
  );
  return given ? changes : null;
}

/** «310 chứ không phải 300»: the one figure that stands at 300 and is meant, wherever the talk is by now. */
export function figureCorrected(
  facts: Facts,
  reading: NumberReading,
): { figure: string; reading: NumberReading } | null {
  if (reading.kind !== 'confirm' || reading.instead === undefined) return null;
  const hits = Object.values(facts.report?.figures ?? {}).filter(({ value }) => value === reading.instead);
  const [hit] = hits;
  if (!hit || hits.length > 1) return null;
  return { figure: hit.figure, reading: { kind: 'value', value: reading.value } };
}
