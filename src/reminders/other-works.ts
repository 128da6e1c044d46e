import type { Mine } from '../directives/view';
import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';

/** What else a reminder names: directives the person was told of, still out, and not answered; no practice. The newest deadline last. */
export function unansweredDirectives(mine: readonly Mine[], user: UserKey, words: Words): string[] {
  return mine
    .filter(
      ({ directive, recipients }) =>
        directive.state === 'issued' &&
        !directive.practice &&
        recipients.some(({ answer, told }) => answer === 'none' && told.includes(user)),
    )
    .sort((a, b) => a.directive.deadline.getTime() - b.directive.deadline.getTime())
    .map(({ directive }) => words.t('reminders:directive', { number: directive.number }));
}
