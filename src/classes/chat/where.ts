import type { Choice, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import { placeName } from '../../org/chat/people';

/** The commune whose classes somebody asks for: that of their post, or the one they said and confirmed. */

export function communeOf(turn: Turn<DialogDeps>): string | null {
  return turn.deps.classes.communeOf(turn.user, turn.at);
}

/** Communes that the words may name; always confirmed, since their names differ by a letter. */
export function communesNamed(turn: Turn<DialogDeps>, text: string): readonly string[] {
  const found = turn.deps.directory.tree.find(text, vnDay(turn.at), { level: 'commune' });
  return found.map(({ code }) => code);
}

export function communeChoices(turn: Turn<DialogDeps>, codes: readonly string[]): Choice[] {
  return codes.map((code) => ({ id: `C${code}`, label: placeName(turn.deps, code, turn.at) }));
}

/** The commune and its villages. */
export function unitsOf(turn: Turn<DialogDeps>, commune: string): string[] {
  return turn.deps.directory.tree.within(commune, vnDay(turn.at)).map(({ code }) => code);
}
