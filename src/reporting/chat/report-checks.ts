import type { Dialog } from '../../conversation/dialog';
import { HERE, NEXT, PASS, facts, step, stopAsking, stopped } from './report-common';
import { yesNo } from '../../understanding/yes-no';
import { foldText, formatCount, formatSeen } from '../../kernel/vn-text';
import type { DialogDeps } from '../../dialogs/deps';
import { isSaid } from '../../dialogs/feature';
import { personOf } from '../../org/chat/people';
import { readAnswer } from './report-answers';
import { goOn, record } from './report-record';
import { figureOfId, lastOf, numberOf } from './report-facts';
import { figureName, lastMonthName, reportVars } from './report-texts';
import { quoted } from './report-refusals';
import { givesReason, reasonChoices, reasonGiven, reasonTapped } from './odd-reasons-said';
import { readIntent } from '../../understanding/intent';
import { deniesValue, insists, NOUGHT_TOO_MANY } from './check-words';
import { head, retypedOrCommon, confirmed, kept, isDoubt, doubtText } from './check-screens';

/** What is asked before a value is recorded: an unclear one, none or not yet, one unlike the months before and its reason. */

export const CHECKS: Dialog<DialogDeps>['steps'] = {
  /** «Em ghi 30 nhé?» */
  confirm: {
    to: [...NEXT],
    async ask(context) {
      const { turn } = context;
      const found = await facts(context);
      const { item } = head(context, 'confirm');
      const value = formatSeen(item.value);
      const key = `reports:confirm_value.${item.why}`;
      const name = turn.words.t('reports:confirm_name', {
        number: numberOf(found, item.figure),
        name: figureName(turn, item.figure),
      });
      const ask = turn.words.t(turn.words.has(key) ? key : 'reports:confirm_value.other', {
        ...personOf(turn).vars,
        value,
        typed: quoted(item.typed),
      });
      return {
        text: `${name} ${doubtText(context, found, item) ?? ask}`,
        choices: [
          { id: 'THAT', label: turn.words.t('reports:buttons.that', { value }) },
          { id: 'OTHER', label: turn.words.t('reports:buttons.other_number') },
        ],
      };
    },
    async receive(context, input) {
      const found = await facts(context);
      const { item, rest } = head(context, 'confirm');
      const held = stopped(context, found, input);
      if (held) return held;
      const answer = input.choice ?? yesNo(input.text);
      if (answer === 'THAT' || answer === 'yes')
        return confirmed(context, found, item.figure, item.value, rest, isDoubt(found, item.why));
      if (answer === 'OTHER' || answer === 'no' || deniesValue(input.text))
        return { move: goOn(found, { queue: rest, again: item.figure }) };
      return retypedOrCommon(context, found, item.figure, rest, input);
    },
  },

  /** «ko có»: none, or no figure yet? */
  zero: {
    to: [...NEXT],
    async ask(context) {
      const { turn } = context;
      const { item } = head(context, 'zero');
      return {
        text: turn.words.t('reports:zero_or_missing', { ...personOf(turn).vars, typed: quoted(item.typed) }),
        choices: [
          { id: 'ZERO', label: turn.words.t('reports:buttons.zero') },
          { id: 'NOT_YET', label: turn.words.t('reports:buttons.not_yet') },
        ],
      };
    },
    async receive(context, input) {
      const { turn } = context;
      const found = await facts(context);
      const { item, rest } = head(context, 'zero');
      const held = stopped(context, found, input);
      if (held) return held;
      const reading = readAnswer(found, item.figure, input.text);
      if (
        input.choice === 'ZERO' ||
        (reading.kind === 'value' && reading.value === 0) ||
        reading.kind === 'nothing'
      )
        return record(turn, found, [{ figure: item.figure, value: 0, status: 'zero' }], { queue: rest });
      if (input.choice === 'NOT_YET' || reading.kind === 'missing')
        return record(turn, found, [{ figure: item.figure, value: null, status: 'missing' }], {
          queue: rest,
        });
      return retypedOrCommon(context, found, item.figure, rest, input);
    },
  },

  /** D5: a value unlike the months before. */
  odd: {
    to: ['odd_reason', ...NEXT],
    async ask(context) {
      const { turn } = context;
      const { words } = turn;
      const found = await facts(context);
      const { item } = head(context, 'odd');
      const bounds = { low: formatCount(item.low), high: formatCount(item.high) };
      const before = lastOf(found, item.figure);
      const oneMonth = found.history(item.figure).length === 1;
      const less = item.fell === true && figureOfId(found, item.figure).nature === 'stock';
      const text = words.t(less ? 'reports:odd_fell' : oneMonth ? 'reports:odd_one_month' : 'reports:odd', {
        ...reportVars(turn, found),
        ...bounds,
        lastValue: formatCount(before?.value ?? item.low),
        value: formatCount(item.value),
        last: lastMonthName(turn, found, before?.period ?? null),
        measure: words.t(`reports:measures.${figureOfId(found, item.figure).measure}`),
        usual: words.t(item.low === item.high ? 'reports:odd_single' : 'reports:odd_range', bounds),
      });
      const name = words.t('reports:odd_name', {
        number: numberOf(found, item.figure),
        name: figureName(turn, item.figure),
      });
      const instead =
        item.suggestion === null
          ? []
          : [
              {
                id: 'INSTEAD',
                label: words.t('reports:buttons.instead', { value: formatCount(item.suggestion) }),
              },
            ];
      return {
        text: `${name} ${text}`,
        choices: [
          ...instead,
          { id: 'THAT', label: words.t('reports:buttons.that', { value: formatCount(item.value) }) },
          { id: 'AGAIN', label: words.t('reports:buttons.again') },
        ],
      };
    },
    async receive(context, input) {
      const found = await facts(context);
      const { item, rest } = head(context, 'odd');
      const held = stopped(context, found, input);
      if (held) return held;
      const reading = readAnswer(found, item.figure, input.text);
      const same = reading.kind === 'value' && reading.value === item.value;
      const answer = input.choice ?? (same || insists(input.text, item.value) ? 'THAT' : yesNo(input.text));
      if (answer === 'INSTEAD' && item.suggestion !== null)
        return confirmed(context, found, item.figure, item.suggestion, rest);
      if (answer === 'THAT' || answer === 'yes')
        return item.needsReason ? step('odd_reason') : kept(context, found, null);
      if (answer === 'AGAIN' || answer === 'no' || deniesValue(input.text))
        return { move: goOn(found, { queue: rest, again: item.figure }) };
      // «Thừa số 0»: a tenth of it.
      if (NOUGHT_TOO_MANY.test(foldText(input.text)) && item.value % 10 === 0)
        return confirmed(context, found, item.figure, item.value / 10, rest);
      const reason = reasonGiven(figureOfId(found, item.figure), item.fell === true, input.text);
      if (reason !== null) return kept(context, found, reason);
      if (givesReason(input.text)) return step('odd_reason');
      return retypedOrCommon(context, found, item.figure, rest, input);
    },
  },

  odd_reason: {
    to: ['odd_text', ...NEXT],
    async ask(context) {
      const { turn } = context;
      const found = await facts(context);
      const { item } = head(context, 'odd');
      const choices = reasonChoices(turn, figureOfId(found, item.figure), item.fell === true);
      const list = choices.map((choice, i) => `${i + 1}. ${choice.label}`).join('\n');
      const key = item.fell === true ? 'reports:odd_reason_fell' : 'reports:odd_reason';
      return {
        text: `${turn.words.t(key, { ...personOf(turn).vars, value: formatCount(item.value) })}\n${list}`,
        choices,
      };
    },
    async receive(context, input) {
      const found = await facts(context);
      if (input.choice === 'CONTINUE') return HERE;
      if (input.choice === 'LATER') return step('parked');
      const { item } = head(context, 'odd');
      const figure = figureOfId(found, item.figure);
      const tapped = reasonTapped(figure, item.fell === true, input.choice);
      if (tapped !== null) return kept(context, found, tapped);
      if (input.choice === 'OTHER_REASON') return step('odd_text');
      if (readIntent(input.text)?.kind === 'undo') return stopAsking(context, found) ?? PASS;
      const held = stopped(context, found, input);
      if (held) return held;
      if (isSaid(context.turn) || !/\p{L}{2}/u.test(input.text)) return PASS;
      return kept(context, found, quoted(input.text));
    },
  },

  odd_text: {
    to: [...NEXT],
    digits: 'own',
    ask: async ({ turn }) => ({ text: turn.words.t('reports:odd_reason_text', personOf(turn).vars) }),
    async receive(context, input) {
      const found = await facts(context);
      if (input.choice === 'CONTINUE') return HERE;
      if (input.choice === 'LATER') return step('parked');
      const held = stopped(context, found, input);
      if (held) return held;
      if (readIntent(input.text)?.kind === 'undo') return stopAsking(context, found) ?? PASS;
      const isReason = /\p{L}{2}/u.test(input.text) && yesNo(input.text) === null;
      if (isSaid(context.turn) || !isReason) return PASS;
      return kept(context, found, quoted(input.text));
    },
  },
};
