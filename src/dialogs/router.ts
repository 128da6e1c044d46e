import type { Engine, Route } from '../conversation/advance';
import type { Conversation, Dialog, Say, StepResult, Turn, TurnEvent } from '../conversation/dialog';
import { isFragment } from '../understanding/fragment';
import { searchArticles } from '../knowledge/search';
import { foldText, formatCount } from '../kernel/vn-text';
import { calendarOf, nextPeriod, timesOf } from '../reporting/periods';
import { askedFigures, formOf } from '../reporting/forms';
import { articleAnswer } from '../knowledge/chat/articles';
import type { DialogDeps } from './deps';
import type { ChooseLanguage, MutePerson, NoteWrongCode } from './effects';
import { menuScreen, questionChoices } from './menu.dialog';
import {
  missingCommunes,
  missingVillages,
  statusAnswer,
  totalAnswer,
  villageAnswer,
  type Listing,
} from '../reporting/chat/officer';
import {
  callChoice,
  contactName,
  moment,
  momentShort,
  monthName,
  personOf,
  placeName,
  type Person,
} from '../org/chat/people';
import { formerHolderAnswer } from '../org/chat/lost-right';
import { readFigures } from '../reporting/chat/report-answers';
import { undoLast } from '../reporting/chat/report-sending';
import { factsOf, periodMeant, VILLAGE_FORM } from '../reporting/chat/report-facts';
import { figureName } from '../reporting/chat/report-texts';
import { isWordless, wordless } from './media';
import { readIntent, type Intent } from './commands';

/**
 * Where a message goes that no open question took: words of command, a claim code, a menu word, a question about
 * VNeID. And what goes before any question: secrets, and a person who has just come.
 */

/** Words of command behind buttons; the same on any day. */
const COMMANDS: Readonly<Record<string, Intent>> = {
  '#BAOCAO': { kind: 'report', rest: '' },
  '#TIEP': { kind: 'resume' },
  '#DESAU': { kind: 'later' },
  '#MENU': { kind: 'menu' },
  '#TINHHINH': { kind: 'status' },
  '#CHUANOP': { kind: 'missing_villages' },
  '#TONG': { kind: 'total', month: null, year: null, level: null, place: null },
};
/** Screens that do not hold the floor. */
const GIVES_WAY: ReadonlySet<string> = new Set(['menu', 'lone-number', 'listing']);
/** Pictures of an album come one by one, a voice often in pieces: they are answered together. */
const ALBUM: ReadonlySet<TurnEvent['kind']> = new Set(['image', 'audio', 'video', 'file', 'not_shown']);
/** «Ok», «vâng», «được rồi» when nothing is asked: the last word was heard. */
const HEARD =
  /^(?:(?:da|vang|ok|oke|okay|u|uh|uhm|duoc|tot|hieu|biet|ro|on|nhat tri|dong y|yes|fine|good)(?: |$))(?:(?:da|vang|roi|a|nhe|em|qua|lam|thoi|duoc|ok) ?)*$/;
const FAQ = /^#FAQ_([A-Z0-9-]+)$/i;

export function createEngine(dialogs: readonly Dialog<DialogDeps>[]): Engine<DialogDeps> {
  return {
    dialogs: new Map(dialogs.map((dialog) => [dialog.id, dialog])),
    first,
    route,
    shown: (deps, user, digit, event) => deps.shown(user, digit, event),
    isCommand: (text) => commandOf(text) !== null || FAQ.test(text.trim()) || /^#HOI$/i.test(text.trim()),
    locale: (event) => {
      const intent = event.kind === 'text' ? readIntent(event.text) : null;
      return intent?.kind === 'language' ? intent.locale : null;
    },
  };
}

/**
 * A message that is visibly unfinished: the rest is waited for. So is a lone number with nothing open, unless the last
 * answer offered a choice under it: its question may be on the way.
 */
export function isUnfinished(conversation: Conversation, event: TurnEvent): boolean {
  if (ALBUM.has(event.kind)) return event.text === '';
  if (event.kind !== 'text' || event.text.startsWith('#')) return false;
  const open = conversation.stack.some((frame) => frame.dialog !== 'menu' && frame.dialog !== 'lone-number');
  if (/^\s*\d{1,5}\s*$/.test(event.text) && conversation.stack.length === 0)
    return Number(event.text) < 1 || Number(event.text) > (conversation.offered ?? 0);
  return isFragment(event.text) && !(open && /\d/.test(event.text));
}

/** Two messages read as one; the later one gives the id and the time. Null: a tap or a picture does not go on with what was typed. */
export function joinEvents(firstPart: TurnEvent, second: TurnEvent): TurnEvent | null {
  if (firstPart.kind !== 'text' || second.kind !== 'text' || second.text.startsWith('#')) return null;
  return {
    ...second,
    text: `${firstPart.text} ${second.text}`.trim(),
    secrets: [...new Set([...firstPart.secrets, ...second.secrets])],
    codeHash: second.codeHash ?? firstPart.codeHash,
  };
}

function commandOf(text: string): Intent | null {
  return COMMANDS[text.trim().toUpperCase()] ?? null;
}

function answer(say: Say): StepResult {
  return { move: { to: 'here', say } };
}

/** What wins over any open question. */
async function first(turn: Turn<DialogDeps>, conversation: Conversation): Promise<StepResult | null> {
  const { event, words } = turn;
  const person = personOf(turn);
  if (event.kind === 'followed' || event.kind === 'chat_opened') {
    if (person.offices.length > 0) return answer(menuScreen(turn));
    return answer({ text: words.t('onboarding:welcome', person.vars), choices: questionChoices(turn) });
  }
  const open = conversation.stack.length > 0;
  if (event.codeHash !== null && event.secrets.every((kind) => kind === 'six_digits' || kind === 'code'))
    return codeOrWarning(turn, person, open);
  if (event.secrets.length > 0) return secretWarning(turn, person, open);
  if (isWordless(event)) return reportInFront(conversation) ? null : wordless(turn, open);
  return null;
}

/** A question is open, so that a number typed now is its answer. */
export function isAsked(conversation: Conversation): boolean {
  return conversation.stack.some(({ dialog }) => !GIVES_WAY.has(dialog));
}

/** The report has the floor: on top, or under a list that gives way. */
function reportInFront(conversation: Conversation): boolean {
  return conversation.stack.findLast(({ dialog }) => !GIVES_WAY.has(dialog))?.dialog === 'report';
}

/** Six digits: a claim code from somebody without a post, or of a post that waits; otherwise perhaps an OTP, and a warning. */
async function codeOrWarning(turn: Turn<DialogDeps>, person: Person, open: boolean): Promise<StepResult> {
  const code = turn.event.codeHash as string;
  if (person.offices.length === 0) return { move: { to: 'dialog', dialog: 'onboarding', slots: { code } } };
  // A holder of a post may claim another; a number that matches none counts as a wrong try, so that codes cannot be guessed.
  const id = turn.effectId();
  const found = await turn.deps.org.lookUp({ codeHash: code, user: turn.user, effectId: id, at: turn.at });
  if (found.outcome === 'office') return { move: { to: 'dialog', dialog: 'onboarding', slots: { code } } };
  const effect: NoteWrongCode = { kind: 'org.wrongCode', id, user: turn.user, at: turn.at };
  return { ...secretWarning(turn, person, open), effects: found.outcome === 'wrong' ? [effect] : [] };
}

function secretWarning(turn: Turn<DialogDeps>, person: Person, open: boolean): StepResult {
  if (open) return answer({ text: turn.words.t('common:secret_warning_short', person.vars) });
  return answer({ text: turn.words.t('common:secret_warning', person.vars), choices: questionChoices(turn) });
}

/** What the open question did not take, or what comes when nothing is open. */
async function route(turn: Turn<DialogDeps>, conversation: Conversation): Promise<Route> {
  const text = turn.event.text;
  const person = personOf(turn);
  const result = (given: StepResult): Route => ({ kind: 'result', result: given });
  const faq = FAQ.exec(text.trim())?.[1]?.toLowerCase();
  if (faq !== undefined) {
    const article = turn.deps.articles(turn.words.locale).find((a) => a.id === faq);
    if (article) return result(answer(articleAnswer(article)));
  }
  if (/^#HOI$/i.test(text.trim()))
    return result(
      answer({ text: turn.words.t('menu:ask_vneid', person.vars), choices: questionChoices(turn) }),
    );
  if (/^(nhac toi|nhac lai toi|remind me)$/.test(foldText(text))) return result(mute(turn, person, false));
  const intent = commandOf(text) ?? readIntent(text);
  const handled = intent ? await act(turn, conversation, person, intent) : null;
  if (handled) return result(handled);
  const found = searchArticles(text, turn.deps.articles(turn.words.locale));
  if (found?.sure) return result(answer(articleAnswer(found.article)));
  const open = conversation.stack.some((frame) => frame.dialog === 'report');
  if (!open && /^\s*\d{1,5}\s*$/.test(text) && person.reporting.length > 0)
    return result(askWhatFor(conversation, Number(text.trim())));
  // Figures without a word before them, from somebody who reports: «418 5 121 14».
  if (!open && person.reporting.length > 0) {
    const line = await figuresOutOfTheBlue(turn, person, text);
    if (line) return result(line);
  }
  const named = unitNamed(turn, person, text);
  if (named) return result(openReport(conversation, { unit: named }));
  if (conversation.stack.length === 0 && conversation.turn > 0 && HEARD.test(foldText(text)))
    return result(answer({ text: turn.words.t('common:thanks', person.vars) }));
  return { kind: 'unknown', say: notUnderstood(turn, person, conversation.turn > 0) };
}

/** «báo cáo thôn Ngoài»: one of the person's own places; null when none or several bear that name. */
function unitNamed(turn: Turn<DialogDeps>, person: Person, text: string): string | null {
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

function notUnderstood(turn: Turn<DialogDeps>, person: Person, known: boolean): Say {
  const key = known ? 'not_understood' : 'welcome';
  if (person.offices.length === 0)
    return {
      text: formerHolderAnswer(turn) ?? turn.words.t(`onboarding:${key}`, person.vars),
      choices: questionChoices(turn),
    };
  return { text: turn.words.t('common:not_understood', person.vars), ...choicesOf(menuScreen(turn)) };
}

function choicesOf(say: Say): Pick<Say, 'choices'> {
  return say.choices ? { choices: say.choices } : {};
}

async function figuresOutOfTheBlue(
  turn: Turn<DialogDeps>,
  person: Person,
  text: string,
): Promise<StepResult | null> {
  const unit = person.reporting[0]?.unit;
  const facts = unit ? await factsOf(turn, unit, periodMeant(turn.at)) : null;
  if (!facts) return null;
  return readFigures(facts, text)
    ? { move: { to: 'dialog', dialog: 'report', slots: { line: text } } }
    : null;
}

/** A number with nothing open: asked back. After another one neither is kept, since nobody knows which was meant. */
function askWhatFor(conversation: Conversation, number: number): StepResult {
  const before = loneFrame(conversation);
  const several =
    before !== undefined && (before.slots['several'] === true || before.slots['number'] !== number);
  return { move: { to: 'dialog', dialog: 'lone-number', slots: { number, several } } };
}

function loneFrame(conversation: Conversation): Conversation['stack'][number] | undefined {
  return conversation.stack.find((frame) => frame.dialog === 'lone-number');
}

/** The early number that was asked back and whose question has now come. */
function earlyNumber(conversation: Conversation): number | null {
  const lone = loneFrame(conversation);
  return lone && lone.slots['several'] !== true ? Number(lone.slots['number']) : null;
}

function openReport(
  conversation: Conversation,
  slots: Readonly<Record<string, string | boolean>>,
): StepResult {
  const early = earlyNumber(conversation);
  return {
    move: { to: 'dialog', dialog: 'report', slots: { ...slots, ...(early === null ? {} : { early }) } },
  };
}

/** «báo cáo tháng 2» is that month's, which may be locked; the next month's may be begun; other words are figures. */
function reportAsked(turn: Turn<DialogDeps>, rest: string): Record<string, string> {
  if (rest.trim() === '') return {};
  const month = /^thang 0?(\d{1,2})$/.exec(foldText(rest))?.[1];
  if (month === undefined || Number(month) < 1 || Number(month) > 12) return { line: turn.event.text };
  const now = periodMeant(turn.at);
  const next = nextPeriod(now);
  const named = month.padStart(2, '0');
  if (next.endsWith(`-${named}`)) return { period: next };
  const year = Number(now.slice(0, 4));
  return { period: `${`${year}-${named}` > now ? year - 1 : year}-${named}` };
}

/** Null: the words were understood but there is nothing to do here; the search goes on. */
async function act(
  turn: Turn<DialogDeps>,
  conversation: Conversation,
  person: Person,
  intent: Intent,
): Promise<StepResult | null> {
  const { words } = turn;
  const say = (key: string, vars: Record<string, string | number> = {}): StepResult =>
    answer({ text: words.t(key, { ...person.vars, ...vars }) });
  switch (intent.kind) {
    case 'report':
      return openReport(conversation, reportAsked(turn, intent.rest));
    case 'fix':
      if (person.reporting.length === 0) return null;
      return openReport(
        conversation,
        intent.rest === null ? { fix: intent.target } : { line: turn.event.text, fix: intent.target },
      );
    case 'resume':
    case 'send':
    case 'all_same':
      return person.reporting.length > 0 ? openReport(conversation, {}) : null;
    case 'none_happened':
      return person.reporting.length > 0 ? openReport(conversation, { none: true }) : null;
    case 'undo': {
      const unit = person.reporting[0]?.unit;
      return unit ? undoLast(turn, unit, periodMeant(turn.at)) : say('reports:nothing_to_undo');
    }
    case 'later':
    case 'cancel':
      return laterAnswer(turn, person);
    case 'menu':
    case 'back':
      return { move: { to: 'dialog', dialog: 'menu' } };
    case 'greeting':
      return person.offices.length > 0
        ? { move: { to: 'dialog', dialog: 'menu' } }
        : answer({ text: words.t('onboarding:welcome', person.vars), choices: questionChoices(turn) });
    case 'help':
      return say(
        person.reporting.length === 0 && person.overseeing.length > 0 ? 'menu:help_officer' : 'menu:help',
      );
    case 'status':
      return answer(await statusAnswer(turn));
    case 'missing_villages':
      return listed(await missingVillages(turn));
    case 'village_asked':
      return person.overseeing.length > 0 ? answer(await villageAnswer(turn, intent.place)) : null;
    case 'missing_communes':
      return listed(await missingCommunes(turn));
    case 'total':
      return answer(await totalAnswer(turn, intent));
    case 'deadline':
      return deadlineAnswer(turn, person);
    case 'what_to_report':
      return whatToReport(turn, person);
    case 'human':
      return humanAnswer(turn, person);
    case 'stop_messages':
      return mute(turn, person, true);
    case 'privacy':
      return say('menu:privacy');
    case 'delete_me':
      return say('menu:delete_me');
    case 'who_are_you':
      return say('menu:who_are_you');
    case 'is_it_a_scam':
      return say('menu:not_a_scam');
    case 'identify':
      return person.offices.length === 0 ? say('menu:identify') : null;
    case 'thanks':
      return say('common:thanks');
    case 'language': {
      const effect: ChooseLanguage = {
        kind: 'contact.language',
        id: turn.effectId(),
        user: turn.user,
        locale: intent.locale,
        at: turn.at,
      };
      return { ...say('common:language_set'), effects: [effect] };
    }
  }
}

/** «Dừng» and «nhắc tôi»: whether we may write to the person unasked. */
function mute(turn: Turn<DialogDeps>, person: Person, muted: boolean): StepResult {
  const effect: MutePerson = {
    kind: 'contact.mute',
    id: turn.effectId(),
    user: turn.user,
    muted,
    at: turn.at,
  };
  return {
    ...answer({ text: turn.words.t(muted ? 'menu:stop' : 'menu:start', person.vars) }),
    effects: [effect],
  };
}

function listed(found: Listing | Say): StepResult {
  if ('text' in found) return answer(found);
  return { move: { to: 'dialog', dialog: 'listing', slots: { head: found.head, names: [...found.names] } } };
}

/** «Để sau» with nothing open: nothing is lost, and when it is due. */
async function laterAnswer(turn: Turn<DialogDeps>, person: Person): Promise<StepResult> {
  const unit = person.reporting[0]?.unit;
  const facts = unit ? await factsOf(turn, unit, periodMeant(turn.at)) : null;
  if (!facts) return answer({ text: turn.words.t('common:thanks', person.vars) });
  return answer({
    text: turn.words.t('reports:kept_later_word', {
      ...person.vars,
      deadline: moment(turn.words, facts.times.deadline),
    }),
  });
}

function deadlineAnswer(turn: Turn<DialogDeps>, person: Person): StepResult {
  const { words, deps } = turn;
  const period = periodMeant(turn.at);
  const form = formOf(VILLAGE_FORM);
  const times = timesOf(form, deps.settings.calendars, period);
  const month = monthName(words, period, turn.at);
  const unit = person.reporting[0]?.unit;
  if (unit)
    return answer({
      text: words.t('menu:deadline', {
        month,
        unit: placeName(deps, unit, turn.at),
        deadline: moment(words, times.deadline),
        lock: momentShort(words, times.lockAt),
      }),
    });
  const commune = calendarOf({ ...form, calendar: 'month_commune' }, deps.settings.calendars);
  const communeTimes = timesOf({ ...form, calendar: 'month_commune' }, { month_commune: commune }, period);
  return answer({
    text: words.t('menu:deadline_officer', {
      month,
      village: moment(words, times.deadline),
      commune: moment(words, communeTimes.deadline),
    }),
  });
}

async function whatToReport(turn: Turn<DialogDeps>, person: Person): Promise<StepResult> {
  const { words, deps } = turn;
  const unit = person.reporting[0]?.unit;
  if (!unit) return answer({ text: words.t('menu:no_duty', person.vars) });
  const period = periodMeant(turn.at);
  const form = formOf(VILLAGE_FORM);
  const asked = askedFigures(form, period, deps.settings.optionalFigures);
  return answer({
    text: words.t('menu:what_to_report', {
      unit: placeName(deps, unit, turn.at),
      count: asked.length,
      figures: asked.map((figure, i) => `${formatCount(i + 1)}. ${figureName(turn, figure.id)}`).join('\n'),
      deadline: moment(words, timesOf(form, deps.settings.calendars, period).deadline),
    }),
    choices: [{ id: 'REPORT', label: words.t('officer:buttons.start'), command: '#BAOCAO' }],
  });
}

async function humanAnswer(turn: Turn<DialogDeps>, person: Person): Promise<StepResult> {
  const unit = person.reporting[0]?.unit;
  if (!unit) return answer({ text: turn.words.t('menu:human_unknown', person.vars) });
  return answer({
    text: turn.words.t('menu:human', {
      ...person.vars,
      contact: contactName(turn.words, turn.deps, unit, turn.at),
    }),
    choices: await callChoice(turn, unit),
  });
}
