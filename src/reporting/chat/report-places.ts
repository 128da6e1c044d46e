import {
  textIn,
  type Dialog,
  type Input,
  type Step,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import { personOf, placeName } from '../../org/chat/people';
import { placeInLine, type LinePlace, type PlaceName } from '../../understanding/line-place';
import { readAnswer, readFigures } from './report-answers';
import { facts, HERE } from './report-common';
import { ownUnits, type Facts } from './report-facts';

/** A line that names a place is that place's, or is asked about; never that of the report that happens to be open. */

export interface PlaceSaid extends LinePlace {
  /** The one of the person's own places that is meant; null when it is not theirs, or not one. */
  readonly mine: string | null;
}

/** The place that the text names, among the person's own and their neighbours; null when it names none. */
export function placeSaid(turn: Turn<DialogDeps>, text: string): PlaceSaid | null {
  const own = ownUnits(turn);
  const found = placeInLine(text, placesAround(turn, own));
  if (!found) return null;
  const mine = found.codes.filter((code) => own.includes(code));
  return { ...found, mine: mine.length === 1 ? (mine[0] ?? null) : null };
}

/** The villages of the communes in which the person reports. */
function placesAround(turn: Turn<DialogDeps>, own: readonly string[]): PlaceName[] {
  const { tree } = turn.deps.directory;
  const day = vnDay(turn.at);
  const communes = new Set(own.flatMap((code) => tree.getNearest(code, day)?.parent ?? []));
  return [...communes].flatMap((code) => [...tree.children(code, day)]);
}

/** Why nothing was written: the line names a place that is not the person's. */
export function notThisPlace(turn: Turn<DialogDeps>, { typed }: PlaceSaid): string {
  const unit = ownUnits(turn)
    .map((code) => placeName(turn.deps, code, turn.at))
    .join(', ');
  return turn.words.t('reports:place_other', { ...personOf(turn).vars, place: typed, unit });
}

/** Steps whose text is a reason or a choice of places, not figures. */
const FREE: ReadonlySet<string> = new Set(['unit', 'odd_reason', 'odd_text', 'locked']);

/** The steps, each reading a place before any figure. */
export function namingPlaces(steps: Dialog<DialogDeps>['steps']): Dialog<DialogDeps>['steps'] {
  return Object.fromEntries(
    Object.entries(steps).map(([name, each]) => [name, FREE.has(name) ? each : naming(each)]),
  );
}

function naming(each: Step<DialogDeps>): Step<DialogDeps> {
  if (!each.receive) return each;
  const receive = each.receive.bind(each);
  return {
    ...each,
    async receive(context, input) {
      const place = input.choice === null ? placeSaid(context.turn, input.text) : null;
      if (!place || !holdsFigures(await facts(context), place.rest)) return receive(context, input);
      if (place.mine === textIn(context.slots, 'unit'))
        return receive(context, { ...input, text: place.rest } satisfies Input);
      return elsewhere(context.turn, place);
    },
  };
}

function elsewhere(turn: Turn<DialogDeps>, place: PlaceSaid): StepResult {
  if (place.mine === null) return { ...HERE, notes: [notThisPlace(turn, place)] };
  return { move: { to: 'dialog', dialog: 'report', slots: { unit: place.mine, line: place.rest } } };
}

function holdsFigures(found: Facts, rest: string): boolean {
  if (/\d/.test(rest) || readFigures(found, rest) !== null) return true;
  const { kind } = readAnswer(found, found.asked[0]?.id ?? '', rest);
  return kind === 'value' || kind === 'confirm';
}
