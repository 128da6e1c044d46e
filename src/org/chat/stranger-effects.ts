import type { Button } from '../../channels/channel';
import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { Enqueue, NewOutboxMessage } from '../../outbox/outbox-row';
import type { StrangerButton, StrangerList, StrangerNotices } from '../stranger-notices';

/** A word of somebody whom nobody vouches for yet to an officer: at once, or in their next list. */
export interface TellOfStranger extends Effect {
  readonly kind: 'stranger.notice';
  readonly to: UserKey;
  readonly from: UserKey;
  readonly text: string;
  /** Under the message itself; in the list it goes by `place`. */
  readonly button?: StrangerButton & { readonly place: string };
  readonly at: Date;
}

export function strangerEffects(
  strangers: Pick<StrangerNotices, 'admit'>,
  enqueue: Enqueue,
): EffectHandlers<TellOfStranger> {
  return {
    async 'stranger.notice'({ id, to, from, text, button, at }) {
      const listed = button && { label: button.place.slice(0, 20), payload: button.payload };
      const admitted = await strangers.admit({
        id,
        to,
        from,
        text,
        at,
        ...(listed ? { button: listed } : {}),
      });
      if (admitted) await enqueue([row({ id, to, text, buttons: button ? [button] : [], at })]);
      return 'done';
    },
  };
}

/** As the outbox keeps it. */
export function row({ id, to, text, buttons, at }: StrangerList): NewOutboxMessage {
  const shown = buttons.map(({ label, payload }): Button => ({ kind: 'reply', label, payload }));
  return {
    ...{ id, to, purpose: 'notice', cause: id, createdAt: at },
    message: { kind: 'text', text, ...(shown.length > 0 ? { buttons: shown } : {}) },
  };
}
