import type { NewOutboxMessage } from '../outbox/outbox-row';
import type { UserKey } from '../kernel/ids';
import { MINUTE } from '../kernel/vn-time';
import { countBuckets } from './buckets';
import type { DirectivesDeps } from './deps';
import { isOver, type Directive } from './directive';
import { countsText, sinceOf, withActs, type Composed } from './directive-words';
import { conditionOf } from './message-conditions';

/**
 * Of a critical order whoever gave it hears at once how it goes, at any hour: what was answered within five minutes is one
 * line, made when it leaves. Of others there is the day's summary.
 */
const TOGETHER = 5 * MINUTE;

/** The line to `to`, who hears how it goes, that follows an answer of that moment; every answer within the same five minutes makes the same one. */
export function liveRow(directive: Directive, to: UserKey, at: Date): NewOutboxMessage {
  const end = (Math.floor(at.getTime() / TOGETHER) + 1) * TOGETHER;
  return {
    id: `directive:${directive.id}:live-${end}`,
    ...{ to, purpose: 'notice', anyHour: true },
    message: { kind: 'text', text: directive.number },
    notBefore: new Date(end),
    onlyIf: conditionOf(directive, 'live', [directive.from]),
    ...{ cause: `directive:${directive.id}`, createdAt: at },
  };
}

/** Where everybody stands by now. Null: all have answered, which is a line of its own. */
export async function liveCounts(
  { repo, wordsFor, offices }: Pick<DirectivesDeps, 'repo' | 'wordsFor' | 'offices'>,
  directive: Directive,
  at: Date,
): Promise<Composed | null> {
  const all = await repo.standing(directive.id);
  if (all.every(({ answer }) => isOver(answer))) return null;
  const words = wordsFor(offices.issuer(directive, at)?.user ?? directive.by.user);
  const text = words.t('directives:live', {
    ...{ number: directive.number, time: sinceOf(words, at, at), all: all.length },
    counts: countsText(words, countBuckets(offices.counted(directive, all, at), directive.state)),
  });
  return { message: withActs(words, text, ['XEM'], directive.id) };
}
