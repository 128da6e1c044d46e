import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { formatCount } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { moment } from '../../kernel/moment';
import type { Directive, Said } from '../directive';
import { morningAfter } from '../answers';
import { actChoices, BARE, reply } from './answering';
import type { DirectiveEffect } from './directive-effects';
import { previewSay } from './order-preview';
import { paper } from './paper';
import { progressAnswer } from './progress-answer';
import { actorFor } from './asked-directive';
import { askAboutSilent, remindSilent } from './again-command';
import { takenFor } from './on-behalf-command';

/** What the buttons of directives do; words lead to the same. Each looks anew at who is asking. */

export interface TappedAct {
  readonly act: string;
  readonly directive: string;
  readonly unit: string | null;
}

const ANSWERS: Readonly<Record<string, Said>> = {
  NHAN: 'acknowledged',
  LAM: 'doing',
  XONG: 'done',
  VUONG: 'stuck',
  KHONG: 'not_mine',
};

export async function byTap(turn: Turn<DialogDeps>, tapped: TappedAct): Promise<StepResult> {
  return (await act(turn, tapped)) ?? sentence(turn, 'directives:not_yours');
}

/** Null: the act or the directive is not the person's. */
export async function act(turn: Turn<DialogDeps>, tapped: TappedAct): Promise<StepResult | null> {
  const said = ANSWERS[tapped.act];
  if (said) return reply(turn, { ...BARE, answer: said, id: tapped.directive, unit: tapped.unit });
  const directive = await turn.deps.directives.get(tapped.directive);
  if (!directive) return null;
  switch (tapped.act) {
    case 'THEM':
      return addLine(turn, directive);
    case 'MAI':
      return askAgain(turn, directive, morningAfter(turn.at, 1));
    case 'TUAN':
      return askAgain(turn, directive, morningAfter(turn.at, 7));
    case 'THOI':
      return askAgain(turn, directive, null);
    case 'XEM':
      return directive.state === 'waiting' ? review(turn, directive) : progressAnswer(turn, directive);
    case 'TEP':
      return paper(turn, directive);
    case 'NHAC':
      return askAboutSilent(turn, directive);
    case 'NHACDI':
      return remindSilent(turn, directive);
    case 'THAY':
      return takenFor(turn, directive, '', null);
    case 'DUYET':
      return confirm(turn, directive);
    case 'TRA':
      return refuse(turn, directive);
    default:
      return null;
  }
}

/** The second key, by its button or «duyệt 145». */
export function confirm(turn: Turn<DialogDeps>, directive: Directive): StepResult {
  const vars = { number: directive.number, short: directive.short };
  if (directive.state !== 'waiting') return sentence(turn, `directives:second_key.no_longer`, vars);
  const holdsKey = turn.deps.directives.holdsKey(turn.user, directive, turn.at);
  const by = holdsKey ? actorFor(turn, directive) : null;
  if (!by) return sentence(turn, 'directives:second_key.not_yours', vars);
  const effect: DirectiveEffect = {
    kind: 'directive.confirm',
    id: turn.effectId(),
    directive: directive.id,
    by,
    at: turn.at,
  };
  const { sendAt } = directive;
  const kept = sendAt !== null && sendAt > turn.at;
  const text = say(turn, `directives:second_key.${kept ? 'done_kept' : 'done'}`, {
    ...vars,
    offices: formatCount(directive.audience.units.length),
    when: kept ? moment(turn.words, sendAt) : '',
  });
  return { ...answer({ text, choices: actChoices(turn, directive, ['XEM']) }), effects: [effect] };
}

/** What waits for a second key, whole, with the two answers for whoever holds it. */
async function review(turn: Turn<DialogDeps>, directive: Directive): Promise<StepResult> {
  if (!turn.deps.directives.holdsKey(turn.user, directive, turn.at)) return progressAnswer(turn, directive);
  const names = (await turn.deps.directives.annexesOf(directive)).map(({ name }) => name);
  const preview = await turn.deps.directives.preview(directive, turn.at);
  const { text } = previewSay(turn, directive, preview, names);
  const acts = names.length > 0 ? (['DUYET', 'TRA', 'TEP'] as const) : (['DUYET', 'TRA'] as const);
  return answer({ text, choices: actChoices(turn, directive, acts) });
}

function refuse(turn: Turn<DialogDeps>, directive: Directive): StepResult {
  if (!turn.deps.directives.holdsKey(turn.user, directive, turn.at))
    return sentence(turn, 'directives:second_key.no_longer', { number: directive.number });
  return ending('refuse', directive);
}

/** Asks for the sentence and then whether they are sure. */
export function ending(
  kind: 'recall' | 'close' | 'refuse',
  directive: Directive,
  reason: string | null = null,
): StepResult {
  const early = directive.state === 'scheduled' ? '_early' : '';
  const slots = { kind, id: directive.id, number: directive.number, reason: reason ?? '', early };
  return { move: { to: 'dialog', dialog: 'directive-end', slots } };
}

async function askAgain(
  turn: Turn<DialogDeps>,
  directive: Directive,
  askAt: Date | null,
): Promise<StepResult | null> {
  const mine = (await turn.deps.directives.mine(turn.user, turn.at)).find(
    (one) => one.directive.id === directive.id,
  );
  if (!mine) return null;
  const { user, at, words } = turn;
  const units = mine.recipients.map(({ unit }) => unit);
  const effect: DirectiveEffect = {
    kind: 'directive.askAgain',
    id: turn.effectId(),
    directive: directive.id,
    units,
    askAt,
    by: user,
    at,
  };
  const vars = { number: directive.number, when: askAt ? moment(words, askAt) : '' };
  return {
    ...sentence(turn, askAt ? 'directives:asked_later' : 'directives:asked_no_more', vars),
    effects: [effect],
  };
}

/** Only a commune that passes it on has a line to add. */
async function addLine(turn: Turn<DialogDeps>, directive: Directive): Promise<StepResult | null> {
  const mine = (await turn.deps.directives.mine(turn.user, turn.at)).find(
    (one) => one.directive.id === directive.id,
  );
  const level = (unit: string) => turn.deps.directory.tree.getNearest(unit, vnDay(turn.at))?.level;
  const communes = (mine?.recipients ?? [])
    .filter(({ unit }) => level(unit) === 'commune')
    .map(({ unit }) => unit);
  if (!mine || communes.length === 0) return null;
  if (directive.state !== 'issued') return reply(turn, { ...BARE, answer: 'acknowledged', id: directive.id });
  return { move: { to: 'dialog', dialog: 'directive-line', slots: { id: directive.id, units: communes } } };
}
