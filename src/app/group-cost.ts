import type { Clock } from '../kernel/clock';
import { isoWithOffset } from '../kernel/vn-time';
import type { Logger } from '../observability/logger';
import { GROUPS_FREE_UNTIL } from '../outbox/send-rules';

/**
 * The line in the log about what messages in groups cost: once at the start, and once more when the time ends for which
 * Zalo has promised nothing to pay. Answers a check for a timer.
 */
export function groupCostLog(deps: {
  readonly config: {
    readonly ZALO_GROUP_MESSAGES: 'on' | 'off';
    readonly ZALO_PRICE_GROUP_MESSAGE_VND: number;
  };
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}): () => void {
  const { config, clock, log } = deps;
  let said: 'free' | 'perhaps_paid' | null = null;
  return () => {
    if (config.ZALO_GROUP_MESSAGES === 'off') return;
    const now = clock.now() < GROUPS_FREE_UNTIL ? 'free' : 'perhaps_paid';
    if (said === now) return;
    said = now;
    const facts = {
      freeUntil: isoWithOffset(GROUPS_FREE_UNTIL),
      priceVnd: config.ZALO_PRICE_GROUP_MESSAGE_VND,
    };
    if (now === 'free') log.info(facts, 'group messages are free');
    else
      log.warn(
        facts,
        'group messages may cost money now: look at the bill, set ZALO_PRICE_GROUP_MESSAGE_VND or ZALO_GROUP_MESSAGES=off',
      );
  };
}
