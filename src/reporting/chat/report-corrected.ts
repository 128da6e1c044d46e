import { foldText } from '../../kernel/vn-text';
import { corrects, readCorrection, type StandingFigure } from '../../understanding/correction';
import type { NumberReading } from '../../understanding/number';
import { FIGURE_WORDS, LOOSE_WORDS } from './figure-vocabulary';
import { lastValue, numberOf, type Facts } from './report-facts';

/** Which of the figures that stand a text changes, and to what. */

/** «Câu 3 120», «nhầm 121 thành 112», «số hộ là 15»: what is to be changed of what stands on the screen; null: no correction. */
export function readCorrected(
  facts: Facts,
  text: string,
): { figure: string; reading: NumberReading }[] | null {
  const standing = facts.form.figures
    .filter((figure) => facts.asked.includes(figure) || facts.report?.figures[figure.id] !== undefined)
    .map(({ id }) => {
      const said = facts.report?.figures[id];
      const now = said ? said.value : lastValue(facts, id);
      const names = { words: FIGURE_WORDS[id] ?? [], loose: LOOSE_WORDS[id] ?? [] };
      return { id, number: numberOf(facts, id), ...names, now };
    });
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
