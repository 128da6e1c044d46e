import { sha256Hex, type UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import { groupBy } from '../kernel/lists';
import { DAY, HOUR } from '../kernel/vn-time';
import type { Office } from './office';
import type { StrangerNoticesRepo } from './stranger-notices.repo';

/**
 * Words of people whom nobody vouches for, to an officer: of one person one an hour, five an hour in all, and what comes
 * above that in one list when the hour is over, so that no stranger can flood a phone and nobody is passed over.
 */
export const MOST_AN_HOUR = 5;
const LISTED = 5;
const MOST_BUTTONS = 4;

export interface StrangerNotice {
  /** Of the effect: the same one again is decided as before. */
  readonly id: string;
  readonly to: UserKey;
  readonly from: UserKey;
  readonly text: string;
  /** What the officer may tap for it, by the name of its place. */
  readonly button?: StrangerButton;
  readonly at: Date;
}

export interface StrangerButton {
  readonly label: string;
  readonly payload: string;
}

/** What came above the limit in an hour, in one message. */
export interface StrangerList {
  readonly id: string;
  readonly to: UserKey;
  readonly text: string;
  readonly buttons: readonly StrangerButton[];
  readonly at: Date;
}

export interface StrangerNoticesDeps {
  readonly repo: StrangerNoticesRepo;
  readonly officesOf: (user: UserKey, at: Date) => readonly Office[];
  readonly wordsFor: (user: UserKey) => Words;
  readonly addressVars: (
    words: Words,
    office: Office | null,
  ) => { readonly address: string; readonly Address: string };
  readonly write: (row: StrangerList) => Promise<void>;
}

export class StrangerNotices {
  constructor(private readonly deps: StrangerNoticesDeps) {}

  /** Whether it goes to the officer at once; otherwise it stands in their next list. Asked again it answers the same. */
  async admit({ id, to, from, text, button, at }: StrangerNotice): Promise<boolean> {
    const who = sha256Hex(from);
    const hour = (await this.deps.repo.since(to, new Date(at.getTime() - HOUR))).filter(
      (one) => one._id !== id && one.at <= at && one.sent,
    );
    const sent = hour.length < MOST_AN_HOUR && hour.every((one) => one.from !== who);
    return this.deps.repo.keep({ _id: id, to, from: who, at, sent, text, ...(button ? { button } : {}) });
  }

  /** Writes the lists whose hour is over and forgets what is a day old. Run at any time and any number of times. */
  async run(now: Date): Promise<void> {
    const { repo, officesOf, wordsFor, addressVars, write } = this.deps;
    const held = await repo.unlisted(new Date(now.getTime() - HOUR));
    for (const [to, rows] of groupBy(held, (row) => row.to)) {
      const [office] = officesOf(to, now);
      if (office) {
        const words = wordsFor(to);
        const lines = rows.slice(0, LISTED).map(({ text }) => `• ${text}`);
        const vars = { ...addressVars(words, office), count: rows.length, lines: lines.join('\n') };
        const buttons = rows.flatMap(({ button }) => button ?? []).slice(0, MOST_BUTTONS);
        const text = words.t('posts:strangers', vars);
        await write({ id: `strangers:${rows[0]?._id ?? to}`, to, text, buttons, at: now });
      }
      await repo.noteListed(rows.map(({ _id }) => _id));
    }
    await repo.forget(new Date(now.getTime() - DAY));
  }
}
