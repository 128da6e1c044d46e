import { capital } from '../../kernel/vn-text';
import type { Choice, Conversation, AnyEffect, Listed, StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import { waitingKeys } from '../../dialogs/waiting-keys';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf } from '../../org/chat/people';
import { placeFirst } from '../../understanding/place-first';
import { waitsForApproval } from '../approval';
import type { ShownSums } from '../shown-sums';
import {
  approves,
  factsOfRef,
  namesOf,
  refOfKey,
  reportsMeant,
  setShown,
  shownDigest,
  unitsBelow,
  waitingFor,
  type Waiting,
} from './approval-facts';
import { approvalReceipts, together } from './approval-notices';
import {
  aboutReport,
  checkVars,
  commandChoice,
  doubtText,
  figureLinesOf,
  myPlace,
  sameNames,
  waitingName,
} from './approval-texts';
import { communeSums, sumsMoved, sumsNow } from './form-sums';
import type { ApproveMany } from './report-effects';
import { hintLines } from './hint-lines';
import { keptNotices, objectionLine } from './objecting';
import { effectBase, preview, type Facts } from './report-facts';
import { noteSeen } from './seen';
import { pairs } from './report-second';

/** The officer's list of what waits, one report on one screen, and approving: one, or all that are clean. */

/** Rows of the list on one page: with them it still is one bubble. */
const PAGE = 8;
/** Buttons of one screen. */
const BUTTONS = 4;
export const LIST = 'approval';

/** What waits, numbered: those to be looked at one by one first, then the clean ones. */
export async function waitingScreen(turn: Turn<DialogDeps>, page = 0, note = ''): Promise<StepResult> {
  const { words } = turn;
  const all = await waitingFor(turn);
  const keys = page === 0 ? await waitingKeys(turn) : { lines: [], choices: [] };
  const Unit = capital(myPlace(turn));
  if (all.length === 0 && keys.lines.length > 0)
    return answer({
      text: [note, ...keys.lines].filter(Boolean).join('\n'),
      choices: keys.choices.slice(0, BUTTONS),
    });
  if (all.length === 0) return sentence(turn, 'approval:none_waiting', { Unit });
  const doubtful = all.filter(({ doubts }) => doubts.length > 0);
  const clean = all.filter(({ doubts }) => doubts.length === 0);
  const ordered = [...doubtful, ...clean];
  const rows = ordered.map((each, i) => rowOf(turn, each, i + 1)).slice(page * PAGE, (page + 1) * PAGE);
  const left = ordered.length - (page + 1) * PAGE;
  const head = words.t('approval:waiting', { Unit, count: all.length, clean: clean.length });
  const choices: Choice[] = [];
  if (clean.length > 0) choices.push(approveCleanChoice(turn, clean));
  const [first] = doubtful;
  if (first) choices.push(aboutReport(turn, 'SEE', '#XEMBC', first.facts));
  if (left > 0) choices.push(commandChoice(turn, 'MORE', `#CHODUYET_${page + 1}`));
  return {
    ...answer({
      text: [note, ...keys.lines, head, ...rows].filter((part) => part !== '').join('\n'),
      choices: [...keys.choices.slice(0, BUTTONS - choices.length), ...choices],
    }),
    listed: listOf(ordered),
  };
}

function rowOf(turn: Turn<DialogDeps>, waiting: Waiting, number: number): string {
  const [first] = waiting.doubts;
  const name = waitingName(turn, waiting);
  if (!first) return turn.words.t('approval:row_clean', { number, name });
  return turn.words.t('approval:row_odd', { number, name, why: doubtText(turn, waiting.facts, first) });
}

function listOf(waiting: readonly Waiting[]): Listed {
  return {
    kind: LIST,
    ids: waiting.map(({ facts }) => `${refOfKey(facts.key)}#${shownDigest(facts).slice(-10)}`),
    picks: waiting.map(({ facts }) => `#XEMBC_${refOfKey(facts.key)}`),
  };
}

function approveCleanChoice(turn: Turn<DialogDeps>, clean: readonly Waiting[]): Choice {
  return commandChoice(turn, 'APPROVE_CLEAN', `#DUYETHET_${setShown(clean)}`, { count: clean.length });
}

/** The report at a place of the list that was shown last; null: none. */
export function listedRef(conversation: Conversation, number: number): string | null {
  const { listed } = conversation;
  return (listed?.kind === LIST ? listed.ids[number - 1]?.split('#')[0] : undefined) ?? null;
}

/**
 * Approves the clean ones. `shown` names the set behind the button: those of the list that changed since wait for another
 * look, and what has come since then waits too. Null: all that are clean now.
 */
export async function approveClean(
  turn: Turn<DialogDeps>,
  conversation: Conversation,
  shown: string | null,
): Promise<StepResult> {
  const all = await waitingFor(turn);
  const clean = all.filter(({ doubts }) => doubts.length === 0);
  if (clean.length === 0)
    return waitingScreen(turn, 0, turn.words.t('approval:none_clean', personOf(turn).vars));
  const same = shown === null || shown.toUpperCase() === setShown(clean);
  const seen = new Set(conversation.listed?.kind === LIST ? conversation.listed.ids : []);
  const meant = same ? clean : clean.filter((each) => seen.has(listOf([each]).ids[0] ?? ''));
  if (meant.length === 0)
    return waitingScreen(turn, 0, turn.words.t('approval:list_changed', personOf(turn).vars));
  const many: ApproveMany = {
    ...{ kind: 'reports.approve', id: turn.effectId(), by: turn.user, at: turn.at, eventId: turn.event.id },
    reports: await Promise.all(
      meant.map(async ({ facts }) => ({
        ...{ key: facts.key, shown: shownDigest(facts) },
        ...withSums(await sumsNow(turn, facts)),
      })),
    ),
  };
  const receipts = meant.flatMap(({ facts }) => approvalReceipts(turn, facts));
  const left = all.filter((one) => !meant.includes(one));
  const text = turn.words.t('approval:approved_clean', {
    ...personOf(turn).vars,
    count: meant.length,
    names: meant
      .map((each) => waitingName(turn, each))
      .slice(0, 12)
      .join(', '),
    more: meant.length > 12 ? turn.words.t('approval:and_more', { count: meant.length - 12 }) : '',
    left: leftText(turn, left.length),
  });
  return {
    ...answer({ text, choices: nextChoices(turn, left) }),
    effects: [many, ...together(turn, receipts)],
  };
}

function leftText(turn: Turn<DialogDeps>, left: number): string {
  return left === 0 ? turn.words.t('approval:all_done') : turn.words.t('approval:left', { count: left });
}

function nextChoices(turn: Turn<DialogDeps>, left: readonly Waiting[]): Choice[] {
  return left.length === 0 ? [] : [commandChoice(turn, 'WAITING', '#CHODUYET')];
}

/** What a place in the person's words means: the report, or the sentence that asks or says why not. */
export async function reportNamed(
  turn: Turn<DialogDeps>,
  text: string,
): Promise<{ readonly facts: Facts; readonly rest: string } | StepResult> {
  const units = unitsBelow(turn);
  const found = placeFirst(text, namesOf(units));
  if (!found) return sentence(turn, 'approval:no_such_place', { place: text.slice(0, 40) });
  const [code = '', ...others] = found.codes;
  if (others.length > 0)
    return sentence(turn, 'approval:which_place', { names: sameNames(turn, found.codes) });
  const [facts] = await reportsMeant(turn, code);
  if (!facts) return sentence(turn, 'approval:no_such_place', { place: text.slice(0, 40) });
  return { facts, rest: found.rest };
}

/** One report with everything that stands against it. */
export async function reportScreen(turn: Turn<DialogDeps>, facts: Facts): Promise<StepResult> {
  const vars = checkVars(turn, facts);
  if (!facts.report?.submittedAt) return sentence(turn, 'approval:not_sent', vars);
  const [pair] = pairs(facts);
  const evidence = await turn.deps.evidence.of(facts.key);
  const open = waitsForApproval(facts.report);
  const shown = shownDigest(facts).slice(-10);
  const approve = open && !pair ? [aboutReport(turn, 'APPROVE', '#DUYET', facts, `/${shown}`)] : [];
  const decide = pair ? [aboutReport(turn, 'DECIDE', '#CHONSO', facts)] : [];
  const text = turn.words.t(open ? 'approval:report_waiting' : 'approval:report_done', {
    ...vars,
    late: facts.report.late ? turn.words.t('approval:late') : '',
    figures: figureLinesOf(turn, facts),
  });
  const sums = [await communeSums(turn, facts, 'approval:sums.head'), await sumsMoved(turn, facts)].filter(
    Boolean,
  );
  const hints = open ? await hintLines(turn, facts) : '';
  const said = answer({
    text: [text, objectionLine(turn, facts), ...sums, hints].filter(Boolean).join('\n'),
    choices: [
      ...decide,
      ...approve,
      aboutReport(turn, 'RETURN', '#TRALAI', facts),
      ...(evidence.length > 0 ? [aboutReport(turn, 'EVIDENCE', '#XEMANH', facts)] : []),
      commandChoice(turn, 'WAITING', '#CHODUYET'),
    ],
  });
  return {
    ...said,
    effects: [noteSeen(turn, 'report', facts.key.unit, `${facts.key.form}/${facts.key.period}`)],
  };
}

/** Approves one report. `shown`: the end of the digest behind the button; null: what stands now is what was meant. */
export async function approveOne(
  turn: Turn<DialogDeps>,
  facts: Facts,
  shown: string | null,
): Promise<StepResult> {
  const vars = checkVars(turn, facts);
  if (!approves(turn, facts)) return sentence(turn, 'officer:no_right');
  if (!facts.report?.submittedAt) return sentence(turn, 'approval:not_sent', vars);
  if (shown !== null && !shownDigest(facts).endsWith(shown.toLowerCase()))
    return { ...(await reportScreen(turn, facts)), notes: [turn.words.t('approval:changed', vars)] };
  if (pairs(facts).length > 0)
    return { move: { to: 'dialog', dialog: 'choose-value', slots: { ref: refOfKey(facts.key) } } };
  const effect = {
    ...effectBase(turn, facts),
    ...{ kind: 'report.approve' as const, shown: shownDigest(facts) },
    ...withSums(await sumsNow(turn, facts)),
  };
  const kept = keptNotices(turn, facts);
  const receipts = approvalReceipts(turn, facts).filter(({ to }) => !kept.some((one) => one.to === to));
  const { outcome } = preview(turn, facts, effect);
  if (outcome.outcome === 'locked') return sentence(turn, 'approval:locked', vars);
  if (outcome.outcome === 'refused') return sentence(turn, 'approval:nothing_to_approve', vars);
  const left = (await waitingFor(turn)).filter((each) => refOfKey(each.facts.key) !== refOfKey(facts.key));
  const text = turn.words.t('approval:approved_one', {
    ...vars,
    figures: figureLinesOf(turn, facts),
    left: leftText(turn, left.length),
  });
  const effects: AnyEffect[] = [effect, ...together(turn, [...kept, ...receipts])];
  return { ...answer({ text, choices: nextChoices(turn, left) }), effects };
}

const withSums = (sums: ShownSums | undefined): { readonly sums?: ShownSums } => (sums ? { sums } : {});

/** The facts behind a button; null when there is no such report, or it is not this person's to check. */
export async function buttonFacts(turn: Turn<DialogDeps>, rest: string): Promise<Facts | null> {
  const facts = await factsOfRef(turn, rest.split('/').slice(0, 3).join('/'));
  return facts && approves(turn, facts) ? facts : null;
}
