import type { Choice, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf } from '../../org/chat/people';
import { releasesWaiting } from './release-waiting';
import { quoted } from './report-refusals';

/** What waits for this person's second key, releases and directives: a line each, and a button for the first of both. */
export async function secondKeys(
  turn: Turn<DialogDeps>,
): Promise<{ readonly lines: readonly string[]; readonly choices: readonly Choice[] }> {
  const releases = await releasesWaiting(turn, personOf(turn));
  const directives = await turn.deps.directives.waitingFor(turn.user, turn.at);
  const lines = directives.map(({ number, text, audience }) =>
    turn.words.t('approval:directive_row', { number, text: quoted(text), audience: audience.label }),
  );
  const choices = directives.slice(0, 1).map(({ id, short }): Choice => ({
    id: 'DIRECTIVE',
    label: turn.words.t('approval:buttons.directive', { number: short }),
    command: `#CV_DUYET.${id}`.toUpperCase(),
  }));
  return { lines: [...releases.lines, ...lines], choices: [...releases.choices, ...choices] };
}
