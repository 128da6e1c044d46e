import { foldText } from '../../kernel/vn-text';
import { textIn, type Dialog, type Input, type Say } from '../../conversation/dialog';
import { type Context, HERE, NEXT, PASS, afterLock, common, facts, step, stopped } from './report-common';
import { readAct } from '../../understanding/acts';
import { yesNo } from '../../understanding/yes-no';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf } from '../../org/chat/people';
import { classBookOf, takenFromBook } from './class-book';
import { readAnswer, readFigures } from './report-answers';
import { figureCorrected, standingCorrected } from './report-corrected';
import { readQueue } from './answer-queue';
import { digitMeansFix } from './numbered-screen';
import { goOn, record, takeAll } from './report-record';
import { asLastMonth, factsOf, figureOfId, ownUnits, periodMeant } from './report-facts';
import { questionScreen, reportVars, thumbScreen, underNote } from './report-texts';
import { placeChoices } from './report-refusals';
import { placeSaid } from './report-places';
import { speaksOfElse, wishedHere } from './report-wished';
import { impossible } from '../validation';
import { readIntent } from '../../understanding/intent';

/** «Đúng rồi», «ok»: a yes to what stands on the screen. A bare «vâng» only says that the message was seen. */
function agrees(text: string): boolean {
  return (
    yesNo(text) === 'yes' &&
    /\b(dung|ok|oke|okay|u|uh|uk|um|chuan|dong y|giong|right|yes)\b/.test(foldText(text))
  );
}

/** «Đúng hết» is no word of one figure. */
function staysAsItWas(input: Input): boolean {
  return (
    input.choice === null &&
    readIntent(input.text)?.kind === 'all_same' &&
    !/^(?:\S+ )*(?:dung|tat ca|all|correct)(?: |$)/.test(foldText(input.text))
  );
}

/** Of one or two that they alone are as last month. */
const ONLY_SAME =
  /^(?:(?:thi|da|bac|toi|thang nay) )*(?:chi|rieng|moi|duy nhat)(?: (?:co|moi))* (?:cau|so|muc|cai|nguoi|buoi|luot|ho)(?: [a-z\d]+){0,4} (?:giong|nhu cu|dung|y nguyen|giu nguyen|khong doi)(?: (?:thoi|a|con lai|thang truoc).*)?$/;

/** The question as it stands on the screen. */
async function screenOf(context: Context): Promise<Say> {
  return (await ASKING['question']?.ask?.(context)) ?? { text: '' };
}

/** Where figures are given: the one-thumb screen, one question at a time, and the choice between places. */
export const ASKING: Dialog<DialogDeps>['steps'] = {
  unit: {
    to: ['start'],
    async ask({ turn }) {
      const units = ownUnits(turn);
      const choices = placeChoices(turn, units);
      const list = choices.map((choice, i) => `${i + 1}. ${choice.label}`).join('\n');
      return { text: turn.words.t('reports:which_unit', { ...personOf(turn).vars, units: list }), choices };
    },
    async receive({ turn, slots }, input) {
      const units = ownUnits(turn);
      const chosen = placeChoices(turn, units).findIndex((choice) => choice.id === input.choice);
      const unit = units[chosen];
      if (unit !== undefined) return step('start', { unit });
      const place = placeSaid(turn, input.text);
      const found = await factsOf(turn, units[0] ?? '', textIn(slots, 'period') || periodMeant(turn.at));
      const isLine = (text: string): boolean => found !== null && readFigures(found, text) !== null;
      if (place?.mine)
        return step('start', { unit: place.mine, ...(isLine(place.rest) ? { line: place.rest } : {}) });
      // A line waits for its place.
      return isLine(input.text) ? { move: { to: 'here', slots: { line: input.text } } } : PASS;
    },
  },

  /** D2: the one-thumb screen. */
  thumb: {
    to: [...NEXT],
    digits: 'own',
    async ask(context) {
      const found = await facts(context);
      return thumbScreen(context.turn, found, await classBookOf(context.turn, found));
    },
    async receive(context, input) {
      const { turn } = context;
      const found = await facts(context);
      if (turn.at >= found.times.lockAt) return afterLock(context, input);
      if (input.choice === 'ONE_BY_ONE') return { move: goOn(found) };
      const book = input.choice === 'BOOK' ? await classBookOf(turn, found) : null;
      if (book) {
        const given = takenFromBook(found, book);
        return takeAll(
          turn,
          found,
          given,
          asLastMonth(
            found,
            given.map(({ figure }) => figure),
          ),
        );
      }
      const held = stopped(context, found, input);
      if (held) return held;
      if (input.choice === null && readAct(input.text)?.kind === 'one_by_one') return { move: goOn(found) };
      // «Chỉ có câu 1 là giống»: the others are not, so that none is taken as last month's.
      if (input.choice === null && ONLY_SAME.test(foldText(input.text))) return { move: goOn(found) };
      const intent = readIntent(input.text);
      const reading = readAnswer(found, found.asked[0]?.id ?? '', input.text);
      if (
        input.choice === 'ALL_SAME' ||
        intent?.kind === 'all_same' ||
        reading.kind === 'same' ||
        (input.choice === null && agrees(input.text))
      )
        return record(turn, found, asLastMonth(found));
      const taken = common(context, found, input, true);
      if (taken) return taken;
      if (intent?.kind === 'send')
        return { ...HERE, notes: [turn.words.t('reports:nothing_to_send', reportVars(turn, found))] };
      return digitMeansFix(context, found, input, true) ?? wishedHere(context, found, input) ?? PASS;
    },
  },

  /** D3: one question. */
  question: {
    to: [...NEXT],
    digits: 'own',
    async ask(context) {
      const found = await facts(context);
      const book = await classBookOf(context.turn, found);
      return questionScreen(context.turn, found, textIn(context.slots, 'figure'), book);
    },
    async receive(context, input) {
      const { turn } = context;
      const found = await facts(context);
      const figure = textIn(context.slots, 'figure');
      const queue = readQueue(context.slots);
      if (turn.at >= found.times.lockAt) return afterLock(context, input);
      const standing = found.report?.figures[figure]?.value ?? null;
      // What stands is kept only while it can be: the unit may have been counted anew.
      if (
        input.choice === 'KEEP' &&
        standing !== null &&
        !impossible(figureOfId(found, figure), standing, found.unit)
      )
        return {
          notes: [turn.words.t('reports:unchanged', reportVars(turn, found))],
          move: goOn(found, { queue }),
        };
      if (input.choice === 'KEEP')
        return takeAll(turn, found, [{ figure, reading: { kind: 'same' } }], [], queue);
      const book = await classBookOf(turn, found);
      if (input.choice === 'BOOK' && book)
        return takeAll(turn, found, takenFromBook(found, book, figure), [], queue);
      if (input.choice === 'NONE')
        return takeAll(turn, found, [{ figure, reading: { kind: 'value', value: 0 } }], [], queue);
      if (input.choice === 'NOT_YET')
        return record(turn, found, [{ figure, value: null, status: 'missing' }], { queue });
      const taken = common(context, found, input);
      if (taken) return taken;
      const other = input.choice === null ? standingCorrected(found, figure, input.text) : null;
      if (other) return takeAll(turn, found, other, [], queue);
      const reading = readAnswer(found, figure, input.text);
      // «Không thay đổi gì đâu», said of the one figure that is open.
      if (reading.kind === 'none' && staysAsItWas(input))
        return takeAll(turn, found, [{ figure, reading: { kind: 'same' } }], [], queue);
      const empty = reading.kind === 'zero_or_missing' || (reading.kind === 'ask' && reading.why === 'name');
      if (reading.kind === 'none' || (empty && speaksOfElse(input.text)))
        return wishedHere(context, found, input) ?? PASS;
      const corrected = figureCorrected(found, reading);
      if (corrected) return takeAll(turn, found, [corrected], [], queue);
      const result = takeAll(turn, found, [{ figure, reading }], [], queue);
      // A question back is a wrong answer of its kind: after three of them the officer is offered, the draft kept.
      if (reading.kind === 'ask' && result.move.to === 'step' && result.move.step === 'question')
        return {
          move: {
            to: 'here',
            miss: true,
            say: underNote((result.notes ?? []).join('\n'), await screenOf(context)),
          },
        };
      return result;
    },
  },
};
