import { digestOfText } from '../audit/entry';
import type { UserKey } from '../kernel/ids';
import type { DirectivesDeps } from './deps';
import type { Directive } from './directive';

/** In the audit: the act, by whom and on what; words only as their digest. Noted twice it is noted once. */
export function noteDirective(
  audit: DirectivesDeps['audit'],
  directive: Directive,
  what: string,
  by: UserKey,
  at: Date,
  more: {
    readonly id?: string;
    readonly unit?: string;
    readonly reason?: string | null;
    /** Files that go with it, by the names of their content. */
    readonly annexes?: readonly string[];
  } = {},
): Promise<void> {
  const { id = `${directive.id}:${what}`, unit = directive.from, reason = null, annexes = [] } = more;
  return audit.note({
    id: `directive:${id}`,
    ...{ at, by, unit, subject: directive.number },
    act: `directive.${what.replace(/-\d+$/, '')}`,
    after: {
      ...{ text: digestOfText(directive.text), offices: directive.audience.units.length },
      ...(annexes.length > 0 ? { annexes: annexes.map((name) => `sha256:${name.split('.')[0]}`) } : {}),
    },
    reason: reason === null ? null : digestOfText(reason),
  });
}
