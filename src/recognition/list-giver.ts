import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import { DAY, vnDay, vnInstant } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import { spokenName, unitNameOn } from '../org/names';
import type { Enqueue, NewOutboxMessage } from '../outbox/outbox-row';
import type { Candidate } from './shortlist';

/** The list for the awards goes to the department on the morning of 30 September: nominations close on the 29th. */
export const LIST_DAY = vnInstant(2026, 9, 30, 8);

export interface ListGiverDeps {
  readonly directory: Pick<OrgDirectory, 'tree' | 'officesIn'>;
  readonly shortlist: (province: string, now: Date) => Promise<readonly Candidate[]>;
  readonly enqueue: Enqueue;
  readonly wordsFor: (user: UserKey) => Words;
  readonly isMuted: (user: UserKey) => boolean;
}

/** Tells once, at most a day late, that the list is there and how many are on it; each line is read in chat. */
export class ListGiver {
  private done = false;

  constructor(private readonly deps: ListGiverDeps) {}

  async plan(now: Date): Promise<number> {
    if (this.done || now < LIST_DAY || now.getTime() >= LIST_DAY.getTime() + DAY) return 0;
    const { directory, shortlist, enqueue, wordsFor, isMuted } = this.deps;
    let written = 0;
    for (const { code } of directory.tree.roots('2026-09-30')) {
      const list = await shortlist(code, now);
      const rows = directory.officesIn(code).flatMap((office) => {
        const { user } = office;
        if (office.role !== 'department' || user === null || isMuted(user)) return [];
        const words = wordsFor(user);
        const proposed = list.filter(({ nomination }) => nomination !== null).length;
        const vars = { proposed, figures: list.length - proposed };
        const label = words.t('recognition:buttons.shortlist');
        const person = spokenName(words, office);
        const said = (key: string): string =>
          words.t(`recognition:list_template.${key}`, { count: list.length });
        const row: NewOutboxMessage = {
          ...{ id: `awards-list:${code}:${user}`, to: user, purpose: 'notice' },
          template: {
            ...{ ten: person, don_vi: unitNameOn(directory.tree, code, vnDay(now)) },
            ...{ ky: said('period'), han: said('until'), noi_dung: said('body') },
          },
          message: {
            ...{ kind: 'text' as const, text: words.t('recognition:list_ready', vars) },
            buttons: [{ kind: 'reply' as const, label, payload: '#KHENTHUONG', digit: 1 }],
          },
          ...{ cause: 'recognition.giveList', createdAt: now },
        };
        return [row];
      });
      await enqueue(rows);
      written += rows.length;
    }
    this.done = true;
    return written;
  }

  nextDue(after: Date): Date | null {
    return after < LIST_DAY ? LIST_DAY : null;
  }
}
