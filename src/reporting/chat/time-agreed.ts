import type { StepResult, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { Message } from '../../dialogs/feature';
import { factsOfRef } from './approval-facts';
import { approvesSomething } from './approval-wishes';
import { grantTime } from './village-asks';

const AGREES =
  /^(?:(?:toi|em|chi|anh|xa|phuong|ok|duoc) )?(?:dong y|nhat tri)(?: (?:cho )?(?:them|gia han|them nua ngay))?(?: (?:nhe|a|em|nha|day))*$/;

/** «Đồng ý» in words, when the village's wish for more time is what was shown last: its button. Null: it is not. */
export async function timeAgreed(turn: Turn<DialogDeps>, message: Message): Promise<StepResult | null> {
  if (!AGREES.test(message.fold) || !approvesSomething(message.person)) return null;
  const shown = await turn.deps.shown(turn.user, 1, turn.event);
  const facts = shown?.startsWith('#GIAHAN_') ? await factsOfRef(turn, shown.slice('#GIAHAN_'.length)) : null;
  return facts ? grantTime(turn, facts) : null;
}
