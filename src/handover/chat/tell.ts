import type { Choice } from '../../conversation/dialog';
import { toMessages } from '../../conversation/say';
import type { UserKey } from '../../kernel/ids';
import type { TemplateData } from '../../channels/channel';
import type { NewOutboxMessage } from '../../outbox/outbox-row';

/** A sentence to somebody of a thread. `reply`: an answer to what they asked, which goes at any hour; `notice`: what we begin. */
export interface Tell {
  readonly to: UserKey;
  readonly text: string;
  readonly choices?: readonly Choice[];
  readonly purpose: 'reply' | 'notice';
  /** For those who can only be reached by an approved template. */
  readonly template?: TemplateData;
}

/** As messages of the outbox; ids come from the cause, so that told twice is told once. */
export function messagesOf(cause: string, tells: readonly Tell[], at: Date): NewOutboxMessage[] {
  return tells.flatMap(({ to, text, choices = [], purpose, template }, place) =>
    toMessages({ text, choices }, { dialog: 'menu', ref: '', turn: 0, digits: choices.length > 0 }).map(
      (message, n) => ({
        id: `${cause}:t${place}${n === 0 ? '' : `.${n}`}`,
        ...{ to, purpose, message, cause, createdAt: at },
        ...(template && n === 0 ? { template } : {}),
      }),
    ),
  );
}

/** Whether the row is a word of a thread. */
export function isOfThread({ id }: Pick<NewOutboxMessage, 'id'>): boolean {
  return /:t\d+(?:\.\d+)?$/.test(id);
}
