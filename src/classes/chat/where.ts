import type { StepResult, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';

/** The commune whose classes somebody asks for: that of their post, or the one they said and confirmed. */

export function communeOf(turn: Turn<DialogDeps>): string | null {
  return turn.deps.classes.communeOf(turn.user, turn.at);
}

/** The commune behind a button; null: there is none of that code. */
export function communeTapped(turn: Turn<DialogDeps>, code: string): string | null {
  const unit = code === '' ? null : turn.deps.directory.tree.get(code, vnDay(turn.at));
  return unit?.level === 'commune' ? unit.code : null;
}

/** Asks where they live, and comes back with it. `topic`: they wish for a class about it; empty: they want to see classes. */
export function askCommune(topic: string): StepResult {
  return { move: { to: 'dialog', dialog: 'commune', slots: { next: 'class-near', topic } } };
}

/** The commune and its villages. */
export function unitsOf(turn: Turn<DialogDeps>, commune: string): string[] {
  return turn.deps.directory.tree.within(commune, vnDay(turn.at)).map(({ code }) => code);
}
