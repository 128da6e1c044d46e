import {
  defineDialog,
  type Input,
  type Json,
  type Move,
  type Say,
  type StepContext,
  type StepResult,
  type Tap,
  type Turn,
} from '../conversation/dialog';
import { yesNo } from '../conversation/recognise/yes-no';
import { formatCount } from '../kernel/vn-text';
import { nothingHappened } from '../reporting/forms';
import { nextPeriod } from '../reporting/periods';
import { undoable } from '../reporting/apply-report';
import type { DialogDeps } from './deps';
import { callChoice, capital, contactName, monthName, personOf } from './people';
import {
  asSlot,
  figureNamed,
  goOn,
  readAnswer,
  readFigures,
  readQueue,
  record,
  takeAll,
  takeValue,
  type QueueItem,
} from './report-answers';
import {
  answeredCount,
  asLastMonth,
  effectBase,
  factsOf,
  figureOfId,
  isSent,
  lastValue,
  numberOf,
  periodMeant,
  preview,
  type Facts,
} from './report-facts';
import {
  figureLines,
  figureName,
  keptForLater,
  laterChoice,
  lockedText,
  placeChoices,
  questionChoices,
  questionScreen,
  quoted,
  readbackScreen,
  receiptText,
  reportedLines,
  reportVars,
  sentScreen,
  thumbScreen,
  undoChoices,
} from './report-words';
import { readIntent } from './words';

/**
 * One dialog for every monthly report: last month's figures on one screen, one question at a time, one line for
 * experts, read-back, sending, correcting, taking back. What was said is in the report's draft, never in the talk, so
 * it survives days, questions in the middle and new versions of this file.
 */

type Context = StepContext<DialogDeps>;
const step = (
  name: string,
  slots?: Move extends infer M ? (M extends { to: 'step'; slots?: infer S } ? S : never) : never,
): StepResult => ({
  move: { to: 'step', step: name, ...(slots ? { slots } : {}) },
});
const PASS: StepResult = { move: { to: 'pass' } };
const HERE: StepResult = { move: { to: 'here' } };

/** The facts of the frame; they exist, since the frame was opened on them. */
async function facts(context: Context): Promise<Facts> {
  const found = await factsOf(context.turn, String(context.slots['unit']), String(context.slots['period']));
  if (!found)
    throw new RangeError(`no duty of ${String(context.slots['unit'])} in ${String(context.slots['period'])}`);
  return found;
}

async function start(context: Context): Promise<StepResult> {
  const { turn, slots } = context;
  const person = personOf(turn);
  const units = [...new Set(person.reporting.map((office) => office.unit))];
  if (units.length === 0) {
    const key = person.offices.length > 0 ? 'not_reporter' : 'not_reporter_unknown';
    return { move: { to: 'end', say: { text: turn.words.t(`reports:${key}`, person.vars) } } };
  }
  const wanted =
    slots['unit'] === undefined ? (units.length === 1 ? units[0] : undefined) : String(slots['unit']);
  if (wanted === undefined) return step('unit');
  const unit = units.includes(wanted) ? wanted : (units[0] as string);
  const period = slots['period'] === undefined ? periodMeant(turn.at) : String(slots['period']);
  const found = await factsOf(turn, unit, period);
  const known = { unit, period, queue: [], line: '', fix: '', none: false, early: null };
  if (!found)
    return {
      move: {
        to: 'end',
        say: { text: turn.words.t('reports:unit_gone', { ...person.vars, Unit: capital(unit) }) },
      },
    };
  if (turn.at >= found.times.lockAt) return step('locked', known);
  const result = await open(
    turn,
    found,
    String(slots['line'] ?? ''),
    String(slots['fix'] ?? ''),
    slots['none'] === true,
    slots['early'] ?? null,
  );
  const { move } = result;
  return move.to === 'step' ? { ...result, move: { ...move, slots: { ...known, ...move.slots } } } : result;
}

/** Where a report begins: at what the person already typed, at what is sent, where they left off, at last month's figures, or at the first question. */
async function open(
  turn: Turn<DialogDeps>,
  found: Facts,
  line: string,
  fix: string,
  none: boolean,
  early: Json,
): Promise<StepResult> {
  if (none) return nothing(turn, found);
  const typed = line === '' ? null : readFigures(found, line);
  if (typed) return takeAll(turn, found, typed);
  const figure = fix === '' ? null : figureNamed(turn, found, fix);
  if (figure) return step('question', { figure });
  if (fix !== '') return step('which');
  if (isSent(found)) return step('sent');
  if (answeredCount(found) > 0) {
    const resumed = turn.words.t('reports:resumed', {
      ...reportVars(turn, found),
      done: answeredCount(found),
    });
    return { move: goOn(found), notes: answeredCount(found) < found.asked.length ? [resumed] : [] };
  }
  if (asLastMonth(found).length > 0) return step('thumb');
  // A number that came before its question, and was kept, is the answer to it.
  const firstAsked = found.asked[0]?.id;
  if (typeof early === 'number' && firstAsked)
    return takeAll(turn, found, [
      { figure: firstAsked, reading: readAnswer(found, firstAsked, String(early)) },
    ]);
  return { move: goOn(found) };
}

/** «Không phát sinh»: zeros for what happens in a month; what is counted as it stands is kept, or asked. */
function nothing(turn: Turn<DialogDeps>, found: Facts): StepResult {
  const flows = nothingHappened(found.asked);
  const said = found.report?.figures ?? {};
  const stocks = asLastMonth(found).filter(
    (a) => figureOfId(found, a.figure).nature === 'stock' && !said[a.figure],
  );
  return record(turn, found, [...flows, ...stocks], {
    notes: [turn.words.t('reports:nothing', reportVars(turn, found))],
  });
}

/** What every screen of the report understands: a line of figures, «sửa 3», «để sau», «không phát sinh». Null: none of these. */
function common(context: Context, found: Facts, input: Input, unsaid = false): StepResult | null {
  const { turn } = context;
  if (input.choice === 'CONTINUE') return HERE;
  if (input.choice === 'LATER') return step('parked');
  const line = readFigures(found, input.text);
  if (line) {
    const rest = unsaid
      ? asLastMonth(
          found,
          line.map((given) => given.figure),
        )
      : [];
    return takeAll(turn, found, line, rest, readQueue(context.slots));
  }
  const intent = readIntent(input.text);
  switch (intent?.kind) {
    case 'fix': {
      const figure = figureNamed(turn, found, intent.target);
      if (!figure) return null;
      const rest = unsaid ? asLastMonth(found, [figure]) : [];
      if (intent.rest !== null)
        return takeAll(turn, found, [{ figure, reading: readAnswer(found, figure, intent.rest) }], rest);
      if (rest.length > 0) return record(turn, found, rest, { again: figure });
      return step('question', { figure });
    }
    case 'later':
    case 'cancel':
      return step('parked');
    case 'none_happened':
      return nothing(turn, found);
    default:
      return null;
  }
}

function whichScreen(turn: Turn<DialogDeps>, found: Facts): Say {
  return {
    text: turn.words.t('reports:which_fix', {
      ...reportVars(turn, found),
      figures:
        isSent(found) || answeredCount(found) > 0
          ? reportedLines(turn, found)
          : figureLines(turn, found, (f) => ({ value: lastValue(found, f) })),
    }),
  };
}

function send(turn: Turn<DialogDeps>, found: Facts): StepResult {
  const effect = { ...effectBase(turn, found), kind: 'report.submit' as const };
  const { facts: after, outcome } = preview(turn, found, effect);
  if (outcome.outcome === 'locked') return step('locked');
  if (outcome.outcome === 'refused') return outcome.why === 'not_open' ? HERE : { move: goOn(found) };
  return {
    effects: [effect],
    move: {
      to: 'end',
      say: {
        text: receiptText(turn, after, outcome.report),
        choices: undoChoices(turn, after),
        screen: { dialog: 'report', ref: refOf({ unit: after.key.unit, period: after.key.period }) },
      },
    },
  };
}

/** Takes back the last act on the report of this month; says what stands now. */
export async function undoLast(turn: Turn<DialogDeps>, unit: string, period: string): Promise<StepResult> {
  const { words, deps } = turn;
  const found = await factsOf(turn, unit, period);
  const say = (key: string, vars = {}): StepResult => ({
    move: { to: 'here', say: { text: words.t(`reports:${key}`, { ...personOf(turn).vars, ...vars }) } },
  });
  if (!found?.report) return say('nothing_to_undo');
  const act = undoable(found.report);
  const effect = { ...effectBase(turn, found), kind: 'report.undo' as const };
  const { facts: after, outcome } = preview(turn, found, effect);
  switch (outcome.outcome) {
    case 'locked':
      return { move: { to: 'here', say: { text: lockedText(turn, found) } } };
    case 'refused':
      return outcome.why === 'undo_expired'
        ? say('undo_expired', { minutes: deps.settings.undoMinutes })
        : say('nothing_to_undo');
    case 'already':
    case 'applied':
      if (isSent(after) && act?.kind !== 'submit')
        return {
          effects: [effect],
          move: {
            to: 'here',
            say: {
              text: words.t('reports:undone_fix', {
                ...reportVars(turn, after),
                figures: reportedLines(turn, after),
              }),
            },
          },
        };
      return {
        effects: [effect],
        notes: [words.t('reports:undone', reportVars(turn, after))],
        move: { to: 'dialog', dialog: 'report', slots: { unit, period } },
      };
  }
}

const refOf = (slots: Readonly<Record<string, unknown>>): string =>
  `${String(slots['period'] ?? '')}/${String(slots['unit'] ?? '')}`;

/** A button of a screen that is no longer the one in front: an undo acts while it may; anything else explains itself. */
async function oldButton(turn: Turn<DialogDeps>, tap: Tap): Promise<StepResult> {
  const person = personOf(turn);
  const [period = '', unitTyped = ''] = tap.ref.split('/');
  const unit = person.reporting.map((office) => office.unit).find((code) => code.toLowerCase() === unitTyped);
  const found = unit && /^\d{4}-\d{2}$/.test(period) ? await factsOf(turn, unit, period) : null;
  if (!unit || !found)
    return { move: { to: 'here', say: { text: turn.words.t('common:old_button', person.vars) } } };
  if (tap.choice.startsWith('UNDO') && Number(tap.choice.slice(4)) === (found.report?.acts.length ?? 0))
    return undoLast(turn, unit, period);
  const now = periodMeant(turn.at);
  const vars = {
    ...person.vars,
    oldMonth: monthName(turn.words, period, turn.at),
    month: monthName(turn.words, now, turn.at),
    receipt: found.report?.receipt ?? '',
  };
  if (period === now && turn.at < found.times.lockAt) {
    const key = isSent(found) ? 'old_sent' : 'old_same';
    return {
      notes: [turn.words.t(`reports:${key}`, vars)],
      move: { to: 'dialog', dialog: 'report', slots: { unit, period } },
    };
  }
  return {
    move: {
      to: 'here',
      say: {
        text: turn.words.t('reports:old_send', vars),
        choices: [{ id: 'REPORT', label: turn.words.t('reports:buttons.start', vars), command: '#BAOCAO' }],
      },
    },
  };
}

/** The item at the head of the queue, and the rest. */
function head<K extends QueueItem['kind']>(
  context: Context,
  kind: K,
): { item: Extract<QueueItem, { kind: K }>; rest: QueueItem[] } {
  const [first, ...rest] = readQueue(context.slots);
  if (first?.kind !== kind) throw new RangeError(`the queue holds no ${kind}`);
  return { item: first as Extract<QueueItem, { kind: K }>, rest };
}

/** A number typed where a yes or no was asked is a new value of that figure. */
function retyped(
  context: Context,
  found: Facts,
  figure: string,
  rest: readonly QueueItem[],
  text: string,
): StepResult | null {
  const reading = readAnswer(found, figure, text);
  if (reading.kind === 'none') return null;
  return takeAll(context.turn, found, [{ figure, reading }], [], rest);
}

/** Records a value the person has now confirmed; an odd one may still be asked about. */
function confirmed(
  context: Context,
  found: Facts,
  figure: string,
  value: number,
  rest: readonly QueueItem[],
): StepResult {
  const taken = takeValue(context.turn, found, figure, value, null);
  switch (taken.kind) {
    case 'answer':
      return record(context.turn, found, [taken.answer], { queue: rest });
    case 'queue':
      return { move: goOn(found, { queue: [taken.item, ...rest] }) };
    case 'again':
      return { notes: [taken.text], move: goOn(found, { queue: rest, again: figure }) };
    default:
      return PASS;
  }
}

function kept(context: Context, found: Facts, reason: string | null): StepResult {
  const { item, rest } = head(context, 'odd');
  const taken = takeValue(context.turn, found, item.figure, item.value, { reason });
  if (taken.kind !== 'answer') return { move: goOn(found, { queue: rest, again: item.figure }) };
  return record(context.turn, found, [taken.answer], { queue: rest });
}

const NEXT = ['question', 'confirm', 'zero', 'odd', 'readback', 'sent', 'locked', 'parked', 'which'] as const;

export default defineDialog<DialogDeps>({
  id: 'report',
  version: 1,
  first: 'start',
  ref: refOf,
  upgrade: (frame) => ({
    step: 'start',
    slots: { unit: frame.slots['unit'] ?? null, period: frame.slots['period'] ?? null },
  }),
  oldButton,

  async repair(context, input, misses) {
    const { turn } = context;
    const found = await facts(context);
    const figure = context.frame.step === 'question' ? String(context.slots['figure']) : null;
    const vars = { ...reportVars(turn, found), typed: quoted(input.text) };
    if (!figure && misses < 3) {
      const screen = await askOf(context);
      return {
        text: turn.words.t('reports:repair.screen', vars),
        ...(screen?.choices ? { choices: screen.choices } : {}),
      };
    }
    const example = turn.words.t(`reports:figures.${figure ?? 'classes_held'}.example`);
    const choices = figure ? questionChoices(turn, found, figure) : [];
    if (misses === 1) return { text: turn.words.t('reports:repair.first', { ...vars, example }), choices };
    if (misses === 2) return { text: turn.words.t('reports:repair.second', { ...vars, example }), choices };
    const contact = contactName(turn.words, turn.deps, found.key.unit, turn.at);
    return {
      text: turn.words.t('reports:repair.third', { ...vars, contact }),
      choices: [...(await callChoice(turn, found.key.unit)), laterChoice(turn)],
    };
  },

  async comeBack(context) {
    const { turn } = context;
    const { words } = turn;
    const at = context.frame.step;
    if (context.slots['unit'] === undefined || at === 'unit')
      return {
        text: words.t('menu:lone_number', {
          ...personOf(turn).vars,
          number: '',
          month: monthName(words, periodMeant(turn.at), turn.at),
        }),
      };
    const found = await facts(context);
    const vars = { ...reportVars(turn, found), number: answeredCount(found) + 1 };
    if (at === 'readback' || at === 'sent' || at === 'thumb' || at === 'which' || at === 'locked') {
      const key =
        at === 'thumb' ? 'come_back_thumb' : at === 'readback' ? 'come_back_readback' : 'come_back_thumb';
      return {
        text: words.t(`reports:${key}`, vars),
        choices: [{ id: 'CONTINUE', label: words.t('reports:buttons.continue_screen') }, laterChoice(turn)],
      };
    }
    const number = numberOf(found, String(context.slots['figure']));
    return {
      text: words.t('reports:come_back', { ...vars, number }),
      choices: [
        { id: 'CONTINUE', label: words.t('reports:buttons.continue', { number }) },
        laterChoice(turn),
      ],
    };
  },

  steps: {
    start: { to: ['unit', 'thumb', ...NEXT], run: start },

    unit: {
      to: ['start'],
      async ask({ turn }) {
        const units = [...new Set(personOf(turn).reporting.map((office) => office.unit))];
        const choices = placeChoices(turn, units);
        const list = choices.map((choice, i) => `${i + 1}. ${choice.label}`).join('\n');
        return { text: turn.words.t('reports:which_unit', { ...personOf(turn).vars, units: list }), choices };
      },
      async receive({ turn }, input) {
        const units = [...new Set(personOf(turn).reporting.map((office) => office.unit))];
        const chosen = placeChoices(turn, units).findIndex((choice) => choice.id === input.choice);
        const unit = units[chosen];
        return unit === undefined ? PASS : step('start', { unit });
      },
    },

    /** D2: the one-thumb screen. */
    thumb: {
      to: [...NEXT],
      digits: 'own',
      ask: async (context) => thumbScreen(context.turn, await facts(context)),
      async receive(context, input) {
        const { turn } = context;
        const found = await facts(context);
        if (turn.at >= found.times.lockAt) return step('locked');
        if (input.choice === 'ONE_BY_ONE') return { move: goOn(found) };
        const intent = readIntent(input.text);
        const reading = readAnswer(found, found.asked[0]?.id ?? '', input.text);
        if (
          input.choice === 'ALL_SAME' ||
          intent?.kind === 'all_same' ||
          reading.kind === 'same' ||
          (input.choice === null && yesNo(input.text) === 'yes')
        )
          return record(turn, found, asLastMonth(found));
        const taken = common(context, found, input, true);
        if (taken) return taken;
        return digitMeansFix(context, found, input, true) ?? PASS;
      },
    },

    /** D3: one question. */
    question: {
      to: [...NEXT],
      digits: 'own',
      ask: async (context) =>
        questionScreen(context.turn, await facts(context), String(context.slots['figure'])),
      async receive(context, input) {
        const { turn } = context;
        const found = await facts(context);
        const figure = String(context.slots['figure']);
        const queue = readQueue(context.slots);
        if (turn.at >= found.times.lockAt) return step('locked');
        if (input.choice === 'KEEP')
          return takeAll(turn, found, [{ figure, reading: { kind: 'same' } }], [], queue);
        if (input.choice === 'NONE')
          return record(turn, found, [{ figure, value: 0, status: 'zero' }], { queue });
        if (input.choice === 'NOT_YET')
          return record(turn, found, [{ figure, value: null, status: 'missing' }], { queue });
        const taken = common(context, found, input);
        if (taken) return taken;
        const reading = readAnswer(found, figure, input.text);
        if (reading.kind === 'none') return PASS;
        const result = takeAll(turn, found, [{ figure, reading }], [], queue);
        // A question back is a wrong answer of its kind: after three of them the officer is offered, the draft kept.
        if (reading.kind === 'ask' && result.move.to === 'step' && result.move.step === 'question')
          return {
            move: {
              to: 'here',
              miss: true,
              say: { text: (result.notes ?? []).join('\n'), choices: questionChoices(turn, found, figure) },
            },
          };
        return result;
      },
    },

    /** «Em ghi 30 nhé?» */
    confirm: {
      to: [...NEXT],
      digits: 'own',
      async ask(context) {
        const { turn } = context;
        const found = await facts(context);
        const { item } = head(context, 'confirm');
        const value = formatCount(item.value);
        const key = `reports:confirm_value.${item.why}`;
        const name = turn.words.t('reports:confirm_name', {
          number: numberOf(found, item.figure),
          name: figureName(turn, item.figure),
        });
        const ask = turn.words.t(turn.words.has(key) ? key : 'reports:confirm_value.other', {
          value,
          typed: quoted(item.typed),
        });
        return {
          text: `${name} ${ask}`,
          choices: [
            { id: 'THAT', label: turn.words.t('reports:buttons.that', { value }) },
            { id: 'OTHER', label: turn.words.t('reports:buttons.other_number') },
          ],
        };
      },
      async receive(context, input) {
        const found = await facts(context);
        const { item, rest } = head(context, 'confirm');
        const answer = input.choice ?? yesNo(input.text);
        if (answer === 'THAT' || answer === 'yes')
          return confirmed(context, found, item.figure, item.value, rest);
        if (answer === 'OTHER' || answer === 'no')
          return { move: goOn(found, { queue: rest, again: item.figure }) };
        return retypedOrCommon(context, found, item.figure, rest, input);
      },
    },

    /** «ko có»: none, or no figure yet? */
    zero: {
      to: [...NEXT],
      digits: 'own',
      async ask(context) {
        const { turn } = context;
        const { item } = head(context, 'zero');
        return {
          text: turn.words.t('reports:zero_or_missing', { typed: quoted(item.typed) }),
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
      digits: 'own',
      async ask(context) {
        const { turn } = context;
        const { words } = turn;
        const found = await facts(context);
        const { item } = head(context, 'odd');
        const bounds = { low: formatCount(item.low), high: formatCount(item.high) };
        const text = words.t('reports:odd', {
          ...reportVars(turn, found),
          value: formatCount(item.value),
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
        const reading = readAnswer(found, item.figure, input.text);
        const same = reading.kind === 'value' && reading.value === item.value;
        const answer = input.choice ?? (same ? 'THAT' : yesNo(input.text));
        if (answer === 'INSTEAD' && item.suggestion !== null)
          return confirmed(context, found, item.figure, item.suggestion, rest);
        if (answer === 'THAT' || answer === 'yes')
          return item.needsReason ? step('odd_reason') : kept(context, found, null);
        if (answer === 'AGAIN' || answer === 'no')
          return { move: goOn(found, { queue: rest, again: item.figure }) };
        return retypedOrCommon(context, found, item.figure, rest, input);
      },
    },

    odd_reason: {
      to: ['odd_text', ...NEXT],
      async ask(context) {
        const { turn } = context;
        const { item } = head(context, 'odd');
        const choices = ['campaign', 'several_months', 'other_reason'].map((id) => ({
          id: id.toUpperCase(),
          label: turn.words.t(`reports:buttons.${id}`),
        }));
        const list = choices.map((choice, i) => `${i + 1}. ${choice.label}`).join('\n');
        return {
          text: `${turn.words.t('reports:odd_reason', { value: formatCount(item.value) })}\n${list}`,
          choices,
        };
      },
      async receive(context, input) {
        const found = await facts(context);
        if (input.choice === 'CONTINUE') return HERE;
        if (input.choice === 'LATER') return step('parked');
        if (input.choice === 'CAMPAIGN' || input.choice === 'SEVERAL_MONTHS')
          return kept(context, found, input.choice.toLowerCase());
        if (input.choice === 'OTHER_REASON') return step('odd_text');
        if (readIntent(input.text) !== null || !/\p{L}{2}/u.test(input.text)) return PASS;
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
        if (readIntent(input.text) !== null || !/\p{L}{2}/u.test(input.text)) return PASS;
        return kept(context, found, quoted(input.text));
      },
    },

    /** D6: the read-back of the whole report. */
    readback: {
      to: [...NEXT],
      digits: 'own',
      ask: async (context) => readbackScreen(context.turn, await facts(context)),
      async receive(context, input) {
        const { turn } = context;
        const found = await facts(context);
        if (turn.at >= found.times.lockAt) return step('locked');
        if (isSent(found)) return step('sent');
        const said = input.choice === null ? yesNo(input.text) : null;
        if (input.choice === 'SEND' || said === 'yes' || readIntent(input.text)?.kind === 'send')
          return send(turn, found);
        if (input.choice === 'FIX' || said === 'no') return step('which');
        const taken = common(context, found, input);
        if (taken) return taken;
        return digitMeansFix(context, found, input, false) ?? PASS;
      },
    },

    which: {
      to: [...NEXT],
      digits: 'own',
      ask: async (context) => whichScreen(context.turn, await facts(context)),
      async receive(context, input) {
        const found = await facts(context);
        const taken = common(context, found, input);
        if (taken) return taken;
        const figure = figureNamed(context.turn, found, input.text);
        return figure ? step('question', { figure }) : (digitMeansFix(context, found, input, false) ?? PASS);
      },
    },

    /** The report is with the commune: it can be looked at and corrected until the lock. */
    sent: {
      to: [...NEXT],
      digits: 'own',
      async ask(context) {
        const found = await facts(context);
        return {
          text: sentScreen(context.turn, found),
          choices: [{ id: 'FIX', label: context.turn.words.t('reports:buttons.fix') }],
        };
      },
      async receive(context, input) {
        const { turn } = context;
        const found = await facts(context);
        if (turn.at >= found.times.lockAt) return step('locked');
        if (!isSent(found)) return { move: goOn(found) };
        if (input.choice === 'FIX') return step('which');
        if (input.choice === 'LATER') return { move: { to: 'end' } };
        const taken = common(context, found, input);
        if (taken) return taken;
        return digitMeansFix(context, found, input, false) ?? PASS;
      },
    },

    /** D9: locked, with what can still be done. */
    locked: {
      to: ['start', 'parked'],
      async ask(context) {
        const { turn } = context;
        const found = await facts(context);
        const month = monthName(turn.words, nextPeriod(found.key.period), turn.at);
        return {
          text: lockedText(turn, found),
          choices: [
            { id: 'SEE', label: turn.words.t('reports:buttons.see_sent') },
            { id: 'NEXT', label: turn.words.t('reports:buttons.next_month', { month }) },
          ],
        };
      },
      async receive(context, input) {
        const { turn } = context;
        const found = await facts(context);
        if (input.choice === 'CONTINUE') return HERE;
        if (input.choice === 'LATER') return { move: { to: 'end' } };
        if (input.choice === 'SEE') {
          const vars = reportVars(turn, found);
          const text = isSent(found)
            ? turn.words.t('reports:locked_figures', { ...vars, figures: reportedLines(turn, found) })
            : turn.words.t('reports:locked_nothing', vars);
          return { move: { to: 'end', say: { text } } };
        }
        if (input.choice === 'NEXT') return step('start', { period: nextPeriod(found.key.period) });
        const touchesReport =
          readFigures(found, input.text) !== null || readIntent(input.text)?.kind === 'fix';
        return touchesReport || readAnswer(found, found.asked[0]?.id ?? '', input.text).kind === 'value'
          ? HERE
          : PASS;
      },
    },

    /** Put aside: the draft stays, «tiếp» goes on with it. */
    parked: {
      to: [],
      async run(context) {
        return { move: { to: 'end', say: { text: keptForLater(context.turn, await facts(context)) } } };
      },
    },
  },
});

/** On a screen of numbered figures a digit is the figure of that number; a larger number is asked about. */
function digitMeansFix(context: Context, found: Facts, input: Input, unsaid: boolean): StepResult | null {
  const { turn } = context;
  if (/^\s*\d{1,2}\s*[.)]?\s*$/.test(input.text)) {
    const figure = figureNamed(turn, found, input.text);
    if (figure && (found.asked.some((f) => f.id === figure) || found.report?.figures[figure])) {
      if (unsaid) return record(turn, found, asLastMonth(found, [figure]), { again: figure });
      return step('question', { figure });
    }
  }
  const reading = readAnswer(found, found.asked[0]?.id ?? '', input.text);
  const numbers =
    reading.kind === 'value' || reading.kind === 'confirm'
      ? [reading.value]
      : reading.kind === 'ask'
        ? reading.numbers
        : [];
  if (numbers.length === 0) return null;
  const text = turn.words.t('reports:which_number', {
    ...reportVars(turn, found),
    numbers: numbers.map(formatCount).join(', '),
  });
  return { move: { to: 'here', miss: true, say: { text } } };
}

async function retypedOrCommon(
  context: Context,
  found: Facts,
  figure: string,
  rest: readonly QueueItem[],
  input: Input,
): Promise<StepResult> {
  if (input.choice === 'CONTINUE') return HERE;
  if (input.choice === 'LATER') return step('parked', { queue: asSlot([]) });
  const taken = common(context, found, input);
  if (taken) return taken;
  return retyped(context, found, figure, rest, input.text) ?? PASS;
}

/** The screen a frame shows, asked afresh. */
async function askOf(context: Context): Promise<Say | null> {
  const found = await facts(context);
  switch (context.frame.step) {
    case 'thumb':
      return thumbScreen(context.turn, found);
    case 'readback':
      return readbackScreen(context.turn, found);
    default:
      return null;
  }
}
