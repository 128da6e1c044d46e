import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { RemindersService } from '../reminders.service';

/** A reminder at an hour the person chose. */
export interface AskReminder extends Effect {
  readonly kind: 'reminder.ask';
  readonly user: UserKey;
  readonly wished: Date;
  readonly at: Date;
}

export function reminderEffects(reminders: Pick<RemindersService, 'askFor'>): EffectHandlers<AskReminder> {
  return {
    async 'reminder.ask'({ id, user, wished, at }) {
      await reminders.askFor(id, user, wished, at);
      return 'done';
    },
  };
}
