import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import type { Person } from '../../org/chat/people';
import { can, rolesThat } from '../../org/roles';

/** Whether one of the person's posts turns a second key. */
export const holdsSecondKey = ({ offices }: Pick<Person, 'offices'>): boolean =>
  offices.some(({ role }) => can(role, 'second_key'));

/** Everybody else who turns it, each once: whoever asks is no second pair of eyes. */
export function otherKeyHolders({ deps, user, at }: Turn<DialogDeps>) {
  const { directory } = deps;
  const root = directory.tree.roots(vnDay(at))[0]?.code ?? '';
  const holders = new Map(
    directory.holdersOf(root, rolesThat('second_key')).map((office) => [office.user, office]),
  );
  holders.delete(user);
  return [...holders].map(([holder, office]) => ({ user: holder, office }));
}
