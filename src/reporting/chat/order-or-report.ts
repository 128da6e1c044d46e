import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Message } from '../../dialogs/feature';
import { clipped } from '../../kernel/vn-text';
import { factsOfRef } from './approval-facts';
import { checkVars } from './approval-texts';
import { listedRef } from './approving';

/** «Duyệt 14» where a list of reports stands on the screen and an order called 14 waits for this person's key. */

/** `order`: it can only be the order. Null: it is no order that waits. Otherwise both are meant, and it is asked. */
export async function orderOrReport(
  turn: Turn<DialogDeps>,
  { conversation }: Message,
  place: string,
): Promise<'order' | StepResult | null> {
  if (!/^\d{1,2}$/.test(place.trim())) return null;
  const number = String(Number(place));
  const waiting = await turn.deps.directives.waitingFor(turn.user, turn.at);
  const order = waiting.find(({ short }) => short === number);
  if (!order) return null;
  const ref = listedRef(conversation, Number(place));
  const facts = ref === null ? null : await factsOfRef(turn, ref);
  if (!facts) return 'order';
  const { unit } = checkVars(turn, facts);
  const label = turn.words.t('approval:buttons.directive', { number: order.number });
  return sentence(turn, 'approval:order_or_report', { number, unit, order: order.number }, [
    { id: 'ORDER', label: clipped(label, 20), command: `#CV_XEM.${order.id}`.toUpperCase() },
    { id: 'REPORT', label: turn.words.t('approval:buttons.report'), command: `#XEMBC_${ref}` },
  ]);
}
