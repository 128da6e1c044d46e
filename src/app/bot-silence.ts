import type { InboundEvent } from '../channels/channel';
import type { Takeovers } from '../handover/takeovers';
import type { ConversationSession } from '../inbox/person-pool';
import type { InboxRow } from '../inbox/inbox.repo';
import type { UserKey } from '../kernel/ids';
import { type Logger, withEventId } from '../observability/logger';

export interface BotSilenceDeps {
  readonly takeovers: Pick<Takeovers, 'isSilent' | 'calledBack'>;
  /** Whether this message asks for the bot while a human answers. */
  readonly callsBot: (event: InboundEvent) => boolean;
  readonly log: Pick<Logger, 'info'>;
}

/**
 * The conversation of a person with whom somebody of the office may be talking: what is left to the human is closed without a
 * word and without touching what is half done. Played again after a crash it decides the same.
 */
export function botSilence(
  session: ConversationSession,
  user: UserKey,
  deps: BotSilenceDeps,
): ConversationSession {
  const { takeovers, callsBot, log } = deps;

  /** Asked once for each row: while the conversation is held, nothing of this person is noted. */
  const asked = new Map<string, Promise<boolean>>();
  function isSilent(row: InboxRow): Promise<boolean> {
    const known = asked.get(row.id) ?? takeovers.isSilent(user, row.arrivedAt);
    asked.set(row.id, known);
    return known;
  }

  async function isOurs(row: InboxRow): Promise<boolean> {
    if (!(await isSilent(row))) return true;
    if (!callsBot(row.event)) return false;
    await takeovers.calledBack(user, row.arrivedAt);
    asked.clear();
    return true;
  }

  return {
    async turn(rows) {
      const ours: InboxRow[] = [];
      for (const row of rows)
        if (await isOurs(row)) ours.push(row);
        else withEventId(row.id, () => log.info({}, 'left to a person of the office'));
      if (ours.length > 0) await session.turn(ours);
    },
    async unfinished(rows) {
      const last = rows.at(-1);
      if (last && (await isSilent(last)) && !callsBot(last.event)) return false;
      return session.unfinished(rows);
    },
    apologise: (row, reason) => session.apologise(row, reason),
    leave: () => session.leave(),
  };
}
