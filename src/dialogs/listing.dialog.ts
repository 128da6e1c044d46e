import { textIn, defineDialog, type Say, type StepContext } from '../conversation/dialog';
import type { DialogDeps } from './deps';
import { bubbles } from '../conversation/say';
import { readIntent } from '../understanding/intent';

/** A list that does not fit in one bubble: page by page, until the person goes on to something else. */

const PAGE_MAX = 400;

function pagesOf(slots: StepContext<DialogDeps>['slots']): string[] {
  const names = (slots['names'] as unknown as string[] | undefined) ?? [];
  const head = textIn(slots, 'head');
  return bubbles(names.map((name) => `- ${name}`).join('\n'), PAGE_MAX - [...head].length);
}

export default defineDialog<DialogDeps>({
  id: 'listing',
  version: 1,
  first: 'page',
  light: true,
  steps: {
    page: {
      to: ['page'],
      async ask({ turn, slots }): Promise<Say> {
        const pages = pagesOf(slots);
        const page = Number(slots['page'] ?? 0);
        const more = page + 1 < pages.length;
        const foot =
          pages.length > 1
            ? `\n${turn.words.t('officer:page', { page: page + 1, pages: pages.length })}`
            : '';
        return {
          text: `${textIn(slots, 'head')}\n${pages[page] ?? ''}${foot}`,
          choices: more ? [{ id: 'MORE', label: turn.words.t('officer:buttons.more') }] : [],
        };
      },
      async receive({ slots }, input) {
        const page = Number(slots['page'] ?? 0);
        const more = input.choice === 'MORE' || readIntent(input.text)?.kind === 'resume';
        if (more && page + 1 < pagesOf(slots).length)
          return { move: { to: 'step', step: 'page', slots: { page: page + 1 } } };
        return { move: { to: 'pass' } };
      },
    },
  },
});
