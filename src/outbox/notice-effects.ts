import type { Button, TemplateData } from '../channels/channel';
import type { UserKey } from '../kernel/ids';
import type { Enqueue, NewOutboxMessage, Purpose, StandingCondition } from './outbox-row';

/** A sentence to somebody else, as an effect of a turn; the id makes it one. */
export interface SendNotice {
  readonly kind: 'notice.send';
  readonly id: string;
  readonly to: UserKey;
  readonly text: string;
  readonly at: Date;
  /** Absent: `notice`. */
  readonly purpose?: Extract<Purpose, 'notice' | 'returned'>;
  /** Their payloads are words of command, which never grow old. */
  readonly buttons?: readonly Button[];
  /** Not before this instant; absent: at once. */
  readonly notBefore?: Date;
  /** Asked again at the send. */
  readonly onlyIf?: StandingCondition;
  /** Where free text cannot go any more. */
  readonly template?: TemplateData;
}

/** Several at once, written together. */
export interface SendNotices {
  readonly kind: 'notices.send';
  readonly id: string;
  readonly notices: readonly SendNotice[];
}

/** The card on which somebody shares their phone number with us, in their own chat. */
export interface AskInfo {
  readonly kind: 'notice.askInfo';
  readonly id: string;
  readonly to: UserKey;
  readonly title: string;
  readonly subtitle: string;
  readonly imageUrl: string;
  readonly at: Date;
}

export function noticeEffects(enqueue: Enqueue) {
  return {
    async 'notice.send'(notice: SendNotice): Promise<'done'> {
      await enqueue([rowOf(notice)]);
      return 'done';
    },
    async 'notices.send'({ notices }: SendNotices): Promise<'done'> {
      await enqueue(notices.map(rowOf));
      return 'done';
    },
    async 'notice.askInfo'({ id, to, title, subtitle, imageUrl, at }: AskInfo): Promise<'done'> {
      const message = { kind: 'ask_info', title, subtitle, imageUrl } as const;
      await enqueue([{ id, to, purpose: 'reply', message, cause: id, createdAt: at }]);
      return 'done';
    },
  };
}

function rowOf(notice: SendNotice): NewOutboxMessage {
  const { id, to, text, at, purpose = 'notice', buttons, template, notBefore, onlyIf } = notice;
  return {
    ...{ id, to, purpose, cause: id, createdAt: at },
    message: { kind: 'text', text, ...(buttons && buttons.length > 0 ? { buttons } : {}) },
    ...(template ? { template } : {}),
    ...(notBefore ? { notBefore } : {}),
    ...(onlyIf ? { onlyIf } : {}),
  };
}
