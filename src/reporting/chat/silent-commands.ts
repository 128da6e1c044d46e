import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command } from '../../dialogs/feature';
import { mayActOnBehalf } from '../../org/rights';
import { personOf } from '../../org/chat/people';
import { foldText } from '../../kernel/vn-text';
import type { ExplainSilence } from '../ledger';
import { readAnsweredFor } from '../../understanding/answered-for';
import { approvesSomething } from './approval-wishes';
import { factsOfRef, refOfKey } from './approval-facts';
import { checkVars } from './approval-texts';
import { reportNamed } from './approving';
import type { Facts } from './report-facts';

/**
 * Why a unit gives no figures, written down by whoever is above it: «ghi lý do thôn Đông Lâm: bác Tư nằm viện». Then nobody is
 * called about it any more; the unit still counts as one without figures, and whatever it sends later counts.
 */

const SAID =
  /^(?:(?:cho|toi|em|xin|xa|da) )*(?:ghi ly do|nhan thay|ly do)(?: (?:cho|cua|vi sao|chua nop))*(?= |$)[\s:]*/;

/** What stands behind the words of the command, as it was typed; null: it is another message, of an order among them. */
function placeSaid(typed: string): string | null {
  if (readAnsweredFor(typed) !== null) return null;
  const fold = foldText(typed);
  const found = SAID.exec(fold);
  // Folding keeps the number of characters, so the place is found again in what was typed.
  return found && fold.length > found[0].length
    ? [...typed.normalize('NFC')].slice(found[0].length).join('')
    : null;
}

export const explainSilence = command<DialogDeps, { readonly place: string; readonly ref: string }>({
  id: 'explain-silence',
  button: '#LYDO',
  says: [
    'ghi lý do thôn Đông Lâm: bác Tư nằm viện',
    'ghi lý do cho thôn Ngọc Trì: mất điện cả tuần',
    'nhận thay thôn Gò Me: trưởng thôn đi vắng',
    'ghi lý do Đông Lâm: chưa có người thay',
    'ly do thon dong lam: om',
    'ghi lý do xã Tân Hòa: đang kiện toàn',
  ],
  for: approvesSomething,
  strong: true,
  help: 49,
  read: ({ typed }) => {
    const place = placeSaid(typed);
    return place === null ? null : { place, ref: '' };
  },
  tapped: (ref) => ({ place: '', ref }),
  async run(turn, _message, { place, ref }) {
    const named = ref === '' ? await reportNamed(turn, place) : null;
    if (named && 'move' in named) return named;
    const facts = named?.facts ?? (await factsOfRef(turn, ref));
    if (!facts) return sentence(turn, 'common:old_button');
    if (!mayExplain(turn, facts)) return sentence(turn, 'officer:no_right');
    if (facts.report?.submittedAt) return sentence(turn, 'approval:silent.sent', checkVars(turn, facts));
    const reason = (named?.rest ?? '').replace(/^(?:vì|vi|do|lý do|ly do)(?!\p{L})|^[\s:,–-]+/iu, '').trim();
    return reason === ''
      ? { move: { to: 'dialog', dialog: 'silent-why', slots: { ref: refOfKey(facts.key) } } }
      : explained(turn, facts, reason);
  },
});

export function mayExplain(turn: Turn<DialogDeps>, { key }: Facts): boolean {
  return mayActOnBehalf(personOf(turn).offices, turn.deps.directory.tree, key.unit, turn.at);
}

export function explained(turn: Turn<DialogDeps>, facts: Facts, reason: string): StepResult {
  const { form, period, unit } = facts.key;
  const effect: ExplainSilence = {
    ...{ kind: 'silence.explain', id: turn.effectId(), by: turn.user, at: turn.at, eventId: turn.event.id },
    ...{ form, period, unit, reason },
  };
  const text = turn.words.t('approval:silent.done', {
    ...checkVars(turn, facts),
    ...personOf(turn).vars,
    reason,
  });
  return { ...answer({ text }), effects: [effect] };
}
