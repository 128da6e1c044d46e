import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import { vnDay } from '../kernel/vn-time';
import { unitNameOn } from '../org/names';
import type { NewOutboxMessage } from '../outbox/outbox-row';
import type { GroupsDeps } from './deps';
import { inChargeOf, type Holder } from './difference';
import { withButtons } from './group-words';

/** One thing to say about the group of a commune. */
export interface Notice {
  /** The same cause gives the same id, so that it is said once. */
  readonly id: string;
  readonly commune: string;
  readonly key: string;
  /** Besides `address`, `Address` and `unit`. */
  readonly vars?: (words: Words) => Readonly<Record<string, string | number>>;
  readonly choices?: (words: Words) => readonly { readonly label: string; readonly payload: string }[];
  /** After this instant it is not said any more. */
  readonly expiresAt?: Date;
  /** Said to this person too, who asked for it. */
  readonly also?: UserKey;
}

/** Tells whoever answers for the group of the commune and wants to be written to. Answers how many are told. */
export async function tellInCharge(
  deps: Pick<GroupsDeps, 'directory' | 'enqueue' | 'wordsFor' | 'addressVars' | 'isMuted'>,
  notice: Notice,
  at: Date,
): Promise<number> {
  const { directory } = deps;
  const { also } = notice;
  const asked = also === undefined ? [] : directory.officesOf(also, at).slice(0, 1);
  const holders = [
    ...inChargeOf(directory, notice.commune, at).filter(({ user }) => !deps.isMuted(user)),
    ...asked.flatMap((post): Holder[] => (post.user === null ? [] : [{ ...post, user: post.user }])),
  ];
  const once = new Map(holders.map((holder) => [holder.user, holder]));
  await deps.enqueue([...once.values()].map((holder) => rowFor(deps, notice, holder, at)));
  return once.size;
}

function rowFor(
  { directory, wordsFor, addressVars }: Pick<GroupsDeps, 'directory' | 'wordsFor' | 'addressVars'>,
  { id, commune, key, vars, choices, expiresAt }: Notice,
  holder: Holder,
  at: Date,
): NewOutboxMessage {
  const words = wordsFor(holder.user);
  const unit = unitNameOn(directory.tree, commune, vnDay(at));
  const text = words.t(key, { ...addressVars(words, holder), unit, ...vars?.(words) });
  return {
    id: `${id}:${holder.id}`,
    ...{ to: holder.user, purpose: 'notice', cause: id, createdAt: at },
    message: withButtons(text, choices?.(words) ?? []),
    ...(expiresAt ? { expiresAt } : {}),
  };
}
