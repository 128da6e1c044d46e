import type { Choice, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf } from '../../org/chat/people';
import { releasesWaiting } from './release-waiting';

/** What waits for this person's second key, releases and directives: a line each, and a button for the first of both. */
export async function secondKeys(
  turn: Turn<DialogDeps>,
): Promise<{ readonly lines: readonly string[]; readonly choices: readonly Choice[] }> {
  const releases = await releasesWaiting(turn, personOf(turn));
  const directives = await turn.deps.directives.waitingFor(turn.user, turn.at);
  const lines = directives.map(({ number }) => turn.words.t('approval:directive_row', { number }));
  const choices = directives.slice(0, 1).map(({ id, number }): Choice => ({
    id: 'DIRECTIVE',
    label: turn.words.t('approval:buttons.directive', { number: number.split('/')[0] ?? number }),
    command: `#CV_XEM_${id}`,
  }));
  return { lines: [...releases.lines, ...lines], choices: [...releases.choices, ...choices] };
}
