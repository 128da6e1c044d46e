import { defineDialog, textIn, type StepContext, type StepResult } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { callChoice, personOf } from '../../org/chat/people';
import { rightLost } from '../../org/chat/lost-right';
import { capital, foldText } from '../../kernel/vn-text';
import { readAct } from '../../understanding/acts';
import { readInstead } from '../../understanding/instead';
import { asksWhyReturned, isWaiting } from '../../understanding/returned-words';
import { readIntent } from '../../understanding/intent';
import { returnOf } from '../approval';
import type { FigureAnswer } from '../report-effect';
import { valuesOf } from '../report-writing';
import { review } from '../validation';
import { factsIn } from './approval-facts';
import { figureVars, together } from './approval-notices';
import { aboveName, reasonText, shownValue } from './approval-texts';
import { askedAnew } from './confirming';
import { contradictionText, impossibleText } from './form-refusals';
import { joinParts, partMissing, ratioOf, readForm } from './form-values';
import { readAnswer } from './report-answers';
import { effectBase, figureOfId, lastValue, preview, VILLAGE_FORM, type Facts } from './report-facts';
import { quoted, refusal } from './report-refusals';
import { speakerName } from './report-second';
import { returnedFigure, reportReturned, askReturned } from './returned';

/** D8: one question about one figure that was sent back. It is open to the unit past its own lock, and asks for nothing else. */

/** Writes the answer; the next figure that was sent back is asked about, otherwise that was all. */
function answered(context: StepContext<DialogDeps>, facts: Facts, given: FigureAnswer): StepResult {
  const { turn } = context;
  const effect = { ...effectBase(turn, facts), kind: 'report.answer' as const, figures: [given] };
  const { facts: after, outcome } = preview(turn, facts, effect);
  const vars = {
    ...figureVars(turn, facts, given.figure),
    superior: aboveName(turn, facts),
  };
  if (outcome.outcome === 'locked' || outcome.outcome === 'refused') {
    const key = outcome.outcome === 'locked' ? 'returned_locked' : 'returned_refused';
    return { move: { to: 'end', say: { text: turn.words.t(`approval:${key}`, vars) } } };
  }
  const value = shownValue(turn, after, given.figure, after.report?.figures[given.figure]);
  const text = turn.words.t('approval:returned_answered', { ...vars, value });
  const next = returnedFigure(after);
  const effects = [effect, ...together(turn, askedAnew(turn, facts, after))];
  if (next === null) return { effects, move: { to: 'end', say: { text } } };
  return {
    effects,
    notes: [text],
    move: { to: 'step', step: 'ask', slots: { figure: next, said: '' } },
  };
}

/** A number typed, or the value that stands: taken, or refused with the reason. */
function take(context: StepContext<DialogDeps>, facts: Facts, text: string): StepResult {
  const { turn, slots } = context;
  const figure = textIn(slots, 'figure');
  const standing = facts.report?.figures[figure];
  if (!standing) return { move: { to: 'pass' } };
  const typed = text.replace(/^\s*(?:sửa|sua|đổi|doi)(?:\s+(?:thành|thanh|là|la|lại|lai))?\s+/iu, '');
  if (
    /^\s*(?:giữ|giu|vẫn|van|giữ nguyên|giu nguyen|đúng rồi|dung roi|như cũ|nhu cu)(?!\p{L})/iu.test(
      typed.normalize('NFC'),
    ) &&
    !/\d/.test(typed)
  )
    return answered(context, facts, keptAs(standing));
  const kept = typed.replace(/^\s*(?:giữ|giu|vẫn|van|là|la)\s+/iu, '');
  if (facts.form.id !== VILLAGE_FORM) return takeOther(context, facts, kept);
  const instead = readInstead(kept);
  const said = instead === null ? null : readAnswer(facts, figure, instead);
  const reading = said?.kind === 'value' ? said : readAnswer(facts, figure, kept);
  if (reading.kind === 'missing') return answered(context, facts, { figure, value: null, status: 'missing' });
  const value = reading.kind === 'value' ? reading.value : reading.kind === 'nothing' ? 0 : null;
  if (value === null) return { move: { to: 'pass' } };
  const def = figureOfId(facts, figure);
  const known = valuesOf(facts.report);
  const verdict = review({ form: facts.form, figure: def, value, unit: facts.unit, known, history: [] });
  if (verdict.verdict === 'refuse')
    return { move: { to: 'here', miss: true, say: { text: refusal(turn, facts, verdict.because) } } };
  return answered(context, facts, { figure, value, status: value === 0 ? 'zero' : 'reported' });
}

/** The same for every other form, whose figures are of all kinds; a share whose parts are not all said is asked on in its own dialog. */
function takeOther(context: StepContext<DialogDeps>, facts: Facts, text: string): StepResult {
  const { turn, slots } = context;
  const figure = textIn(slots, 'figure');
  const reading = readForm(turn, figureOfId(facts, figure), text, foldText(text));
  const asked = {
    move: { to: 'dialog', dialog: 'form', slots: { ...facts.key, figure, line: text } },
  } as const;
  switch (reading.kind) {
    case 'none':
      return { move: { to: 'pass' } };
    case 'missing':
      return answered(context, facts, { figure, value: null, status: 'missing' });
    case 'confirm':
      return { ...asked, move: { ...asked.move, instead: true } };
    case 'part': {
      const said = joinParts(null, reading.said, null);
      if (partMissing(said) !== null) return { ...asked, move: { ...asked.move, instead: true } };
      const owner = turn.words.t(`reports:form.sources.${facts.form.owner.role}`);
      return checked(context, facts, ratioOf(figure, said, owner));
    }
    case 'answer':
      return checked(context, facts, reading.answer);
  }
}

function checked(context: StepContext<DialogDeps>, facts: Facts, given: FigureAnswer): StepResult {
  const { turn } = context;
  const refused =
    impossibleText(turn, facts, figureOfId(facts, given.figure), given) ??
    contradictionText(turn, facts, given);
  if (refused === null) return answered(context, facts, given);
  return { move: { to: 'here', miss: true, say: { text: refused } } };
}

function keptAs({ figure, value, status, detail }: FigureAnswer): FigureAnswer {
  return { figure, value, status, ...(detail ? { detail } : {}) };
}

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
      to: ['ask'],
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
      to: ['ask'],
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
  },
});
