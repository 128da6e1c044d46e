import type { UserKey } from '../kernel/ids';
import type { Enqueue } from './outbox-row';

/** A sentence to somebody else, as an effect of a turn; the id makes it one. */
export interface SendNotice {
  readonly kind: 'notice.send';
  readonly id: string;
  readonly to: UserKey;
  readonly text: string;
  readonly at: Date;
}

export function noticeEffects(enqueue: Enqueue) {
  return {
    async 'notice.send'({ id, to, text, at }: SendNotice): Promise<'done'> {
      await enqueue([
        { id, to, purpose: 'notice', message: { kind: 'text', text }, cause: id, createdAt: at },
      ]);
      return 'done';
    },
  };
}
