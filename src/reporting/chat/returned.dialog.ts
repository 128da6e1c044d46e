import { defineDialog, textIn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { callChoice, personOf } from '../../org/chat/people';
import { rightLost } from '../../org/chat/lost-right';
import { capital } from '../../kernel/vn-text';
import { readAct } from '../../understanding/acts';
import { asksWhyReturned, isWaiting } from '../../understanding/returned-words';
import { readIntent } from '../../understanding/intent';
import { returnOf } from '../approval';
import { factsIn } from './approval-facts';
import { figureVars } from './approval-notices';
import { reasonText, shownValue } from './approval-texts';
import { oddSteps } from './odd-steps';
import { lastValue, VILLAGE_FORM } from './report-facts';
import { quoted } from './report-refusals';
import { speakerName } from './report-second';
import { answered, keptAs, otherwise, take } from './returned-answers';
import { returnedFigure, reportReturned, askReturned } from './returned';

/** D8: one question about one figure that was sent back. It is open to the unit past its own lock, and asks for nothing else. */

export default defineDialog<DialogDeps>({
  id: 'returned',
  version: 1,
  first: 'begin',
  ref: (slots) => textIn(slots, 'ref'),
  upgrade: (frame) => ({ step: 'begin', slots: frame.slots }),
  closes: ({ turn, slots }) => rightLost(turn, textIn(slots, 'ref').split('/')[2] ?? ''),
  async oldButton(turn) {
    const facts = await reportReturned(turn);
    const figure = facts && returnedFigure(facts);
    return facts && figure ? askReturned(facts, figure) : sentence(turn, 'approval:nothing_returned');
  },
  async repair(context, input) {
    const { turn, slots } = context;
    const facts = await factsIn(context);
    const example = shownValue(turn, facts, textIn(slots, 'figure'), {
      value: lastValue(facts, textIn(slots, 'figure')) ?? 20,
    });
    return {
      text: turn.words.t('approval:returned_again', {
        ...personOf(turn).vars,
        typed: quoted(input.text),
        example,
      }),
      choices: await callChoice(turn, facts.key.unit),
    };
  },
  async comeBack(context) {
    const facts = await factsIn(context);
    const vars = figureVars(context.turn, facts, textIn(context.slots, 'figure'));
    return { text: context.turn.words.t('approval:returned_still', vars) };
  },
  steps: {
    begin: {
      to: ['ask', 'odd'],
      async run(context) {
        const said = textIn(context.slots, 'said');
        if (said === '' || asksWhyReturned(said)) return { move: { to: 'step', step: 'ask' } };
        if (isWaiting(said))
          return {
            move: {
              to: 'end',
              say: { text: context.turn.words.t('approval:returned_later', personOf(context.turn).vars) },
            },
          };
        const done = take(context, await factsIn(context), said);
        return done.move.to === 'pass' || done.move.to === 'here'
          ? { move: { to: 'step', step: 'ask' } }
          : done;
      },
    },
    ask: {
      to: ['ask', 'odd'],
      digits: 'own',
      async ask(context) {
        const { turn, slots } = context;
        const facts = await factsIn(context);
        const figure = textIn(slots, 'figure');
        const act = facts.report && returnOf(facts.report, figure);
        const vars = figureVars(turn, facts, figure);
        return {
          text: turn.words.t('approval:returned_ask', {
            ...vars,
            Who: act ? capital(speakerName(turn, facts, act.by)) : '',
            reason: act?.reason ? reasonText(turn, act.reason) : '',
          }),
          choices: [
            { id: 'KEEP', label: turn.words.t('approval:buttons.keep', vars) },
            ...(await callChoice(turn, facts.key.unit)),
          ],
        };
      },
      async receive(context, input) {
        const { turn, slots } = context;
        const facts = await factsIn(context);
        const standing = facts.report?.figures[textIn(slots, 'figure')];
        if (standing?.state !== 'returned')
          return {
            move: {
              to: 'end',
              say: { text: turn.words.t('approval:nothing_returned', personOf(turn).vars) },
            },
          };
        if (input.choice === 'KEEP') return answered(context, facts, keptAs(standing));
        const intent = readIntent(input.text)?.kind;
        if (intent === 'later' || intent === 'cancel')
          return {
            move: { to: 'end', say: { text: turn.words.t('approval:returned_later', personOf(turn).vars) } },
          };
        if (isWaiting(input.text))
          return {
            move: { to: 'end', say: { text: turn.words.t('approval:returned_later', personOf(turn).vars) } },
          };
        // Who sent it back and why stands in the question itself.
        if (asksWhyReturned(input.text)) return { move: { to: 'here' } };
        if (facts.form.id === VILLAGE_FORM && readAct(input.text)?.kind === 'explain') {
          const key = `reports:figures.${textIn(slots, 'figure')}.explain`;
          return {
            move: { to: 'here' },
            notes: [turn.words.t(key, figureVars(turn, facts, textIn(slots, 'figure')))],
          };
        }
        return take(context, facts, input.text);
      },
    },
    ...oddSteps({
      to: ['ask', 'odd'],
      facts: factsIn,
      keep: answered,
      again: (_context, _facts, figure) => ({ move: { to: 'step', step: 'ask', slots: { figure } } }),
      other: otherwise,
    }),
  },
});
