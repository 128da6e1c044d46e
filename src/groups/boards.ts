import { vnDay } from '../kernel/vn-time';
import { instantOf } from '../kernel/work-calendar';
import { bareNameOn } from '../org/names';
import type { ConditionOwner, OutboxRow, StillTrueAnswer } from '../outbox/outbox-row';
import { isOpen } from '../reporting/deadlines';
import villageMonth from '../reporting/forms/village-month.form';
import { monthOf, previousPeriod } from '../reporting/periods';
import { BOARD_ENDS, boardText, mayPost } from './board';
import type { GroupsDeps } from './deps';
import type { CommuneGroup } from './group';

/** Minutes after midnight from which the day's board is posted: the afternoon, while there is still time to send. */
export const BOARD_AT = 15 * 60 + 30;

/**
 * The one status board of a day in each group, while the month is open: made anew at the moment of posting, never after
 * 20:00, and no more once it has said that everybody has sent.
 */
export class Boards implements ConditionOwner {
  constructor(private readonly deps: GroupsDeps) {}

  /** Plans the boards of the day, once its time has come. Run again it adds none. */
  async plan(now: Date): Promise<void> {
    const { repo, restDays, posts, enqueue, addressOf } = this.deps;
    const day = vnDay(now);
    const begins = instantOf(day, BOARD_AT);
    if (!posts || now < begins || !mayPost(now) || restDays.has(day)) return;
    if ((await repo.doneOn('boards')) === day) return;
    for (const group of await repo.inState('on')) {
      const board = await this.board(group, now);
      if (!board || group.groupId === null) continue;
      const { text, period, allIn } = board;
      await enqueue([
        {
          id: `group-board:${group.commune}:${allIn ? `${period}:all` : day}`,
          ...{ to: addressOf(group.groupId), purpose: 'notice', cause: 'groups.run', createdAt: now },
          message: { kind: 'text', text },
          expiresAt: instantOf(day, BOARD_ENDS * 60),
          onlyIf: { kind: 'group_board', ref: `${group.commune}|${allIn ? 'all' : 'some'}` },
        },
      ]);
    }
    await repo.noteDone('boards', day);
  }

  /** The board as it reads now; dropped where the group is gone, at night, and where all have sent meanwhile: that is said the next day. */
  async isStillNeeded(row: OutboxRow, at: Date): Promise<StillTrueAnswer> {
    if (row.onlyIf?.kind !== 'group_board') return { now: 'drop' };
    const [commune = '', which = ''] = row.onlyIf.ref.split('|');
    const group = await this.deps.repo.get(commune);
    const isThere = group.groupId !== null && this.deps.addressOf(group.groupId) === row.to;
    const board = isThere && mayPost(at) ? await this.board(group, at) : null;
    if (!board || board.allIn !== (which === 'all')) return { now: 'drop' };
    return { now: 'send', message: { kind: 'text', text: board.text } };
  }

  /** What the board says at that moment; null where there is none to post: no group, or no month is open. */
  private async board(group: CommuneGroup, at: Date) {
    const { reports, directory, chatLink, wordsFor } = this.deps;
    const { commune } = group;
    const day = vnDay(at);
    const unit = directory.tree.get(commune, day);
    const month = monthOf(at);
    const period = [month, previousPeriod(month)].find((one) =>
      isOpen(reports.times(villageMonth.id, one), at),
    );
    if (group.state !== 'on' || !unit || period === undefined) return null;
    const duties = await reports.duties(villageMonth.id, period, commune, at);
    if (duties.length === 0) return null;
    const missing = duties
      .filter(({ submittedAt }) => submittedAt === null)
      .map((duty) => bareNameOn(directory.tree, duty.unit, day));
    const sent = duties.length - missing.length;
    const text = boardText(wordsFor(null), { commune: unit.name, sent, missing, link: chatLink, at });
    return { text, period, allIn: missing.length === 0 };
  }
}
