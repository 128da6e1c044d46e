import { defineDialog, textIn, type StepContext, type StepResult } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { wishFor } from './asked-commands';
import { showNear } from './near-commands';

/**
 * Goes on once the commune is known, which the dialog `commune` asks and keeps: shows its classes, or keeps the wish for
 * one about `topic`. It asks nothing itself.
 */
export default defineDialog<DialogDeps>({
  id: 'class-near',
  version: 2,
  first: 'shown',
  light: true,
  steps: { shown: { to: [], run: (context) => shown(context) } },
});

async function shown({ turn, slots }: StepContext<DialogDeps>): Promise<StepResult> {
  const [commune, topic] = [textIn(slots, 'commune'), textIn(slots, 'topic')];
  const result = topic === '' ? await showNear(turn, commune) : wishFor(turn, topic, commune);
  const said = result.move.to === 'here' ? result.move.say : undefined;
  return { ...result, move: { to: 'end', ...(said ? { say: said } : {}) } };
}
