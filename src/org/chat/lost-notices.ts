import type { Words } from '../../kernel/i18n';
import type { UserKey } from '../../kernel/ids';
import { DAY, vnDay } from '../../kernel/vn-time';
import type { Enqueue } from '../../outbox/outbox-row';
import type { OrgDirectory } from '../directory';
import type { HandOvers } from '../hand-over.service';
import type { Office } from '../office';
import type { OrgRepo } from '../org.repo';
import type { OrgService } from '../org.service';
import type { LostRight } from '../rights';
import { lostText } from './lost-right';

/**
 * What changes by the calendar or by a sheet, told to those it concerns: posts whose last day is over end, and whoever
 * lost a post to another name, to its last day or to the end of their unit reads it once, unasked.
 */
export interface LostNoticesDeps {
  readonly repo: Pick<OrgRepo, 'isMarked' | 'mark'>;
  readonly org: Pick<OrgService, 'endPosts'>;
  readonly handOvers: Pick<HandOvers, 'carryOutDue'>;
  readonly directory: OrgDirectory;
  readonly enqueue: Enqueue;
  readonly wordsFor: (user: UserKey) => Words;
}

/** A unit that ended longer ago is history: its people were told, or the program was not there yet. */
const TOLD_WITHIN = 14 * DAY;

/** Ends posts and tells of losses, at any time and any number of times; each loss is told once. */
export type SweepPosts = (now: Date) => Promise<void>;

export function createSweepPosts(deps: LostNoticesDeps): SweepPosts {
  const { repo, org, directory, wordsFor } = deps;
  /** Told before, as this process knows; the store knows the rest. */
  const told = new Set<string>();

  async function tell(id: string, user: UserKey, unit: string, lost: LostRight, at: Date): Promise<void> {
    if (told.has(id)) return;
    if (!(await repo.isMarked(id))) {
      const text = lostText(wordsFor(user), deps, { unit, office: null, lost, at });
      await deps.enqueue([
        { id, to: user, purpose: 'notice', message: { kind: 'text', text }, cause: id, createdAt: at },
      ]);
      await repo.mark(id);
    }
    told.add(id);
  }

  return async (now) => {
    // A sheet read in beside the program a moment ago counts.
    await directory.refresh();
    await org.endPosts(now);
    await deps.handOvers.carryOutDue(now);
    const day = vnDay(now);
    for (const office of directory.all()) {
      for (const { user, why, lostBy } of office.former ?? []) {
        if ((why !== 'replaced' && why !== 'ended') || lostBy === null) continue;
        const id = `lost:${office.id}:${lostBy}`;
        // Who acts for the unit by another post has lost nothing.
        if (!told.has(id) && !directory.mayActFor(user, office.unit, now))
          await tell(id, user, office.unit, { why }, now);
      }
      const ended = endOf(office, day, now);
      if (office.user !== null && ended)
        await tell(`lost:${office.id}:${ended.since}`, office.user, office.unit, ended, now);
    }
  };

  /** How the office's unit ended a short while ago; null for one that lasts. */
  function endOf(office: Office, day: string, now: Date): Extract<LostRight, { since: string }> | null {
    // Asked first, being cheap: nearly every unit lasts.
    if (directory.tree.endOf(office.unit, day) === null) return null;
    const lost = office.user === null ? null : directory.lostRight(office.user, office.unit, now);
    if (!lost || !('since' in lost)) return null;
    // Who goes on for what followed has lost nothing.
    const { user } = office;
    if ('into' in lost && lost.into.some((unit) => user !== null && directory.mayActFor(user, unit, now)))
      return null;
    const began = new Date(`${lost.since}T00:00:00+07:00`);
    return now.getTime() - began.getTime() > TOLD_WITHIN ? null : lost;
  }
}
