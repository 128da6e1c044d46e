import { defineDialog, textIn, type StepContext } from '../../conversation/dialog';
import { ending } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf } from '../../org/chat/people';
import { readIntent } from '../../understanding/intent';
import { yesNo } from '../../understanding/yes-no';
import { spanSentence } from '../data-span';
import { timesOf } from '../deadlines';
import { formOf } from '../forms';
import { periodMeant, VILLAGE_FORM } from './report-facts';
import { enterLines, enterNow, isRead, problemsOf, readRows, rowLine } from './entering';

/** Several villages in one message, read back before anything is entered; so is one whose figures are unlike the months before. */

const rowsIn = ({ turn, slots }: StepContext<DialogDeps>) => readRows(turn, textIn(slots, 'lines'));

export default defineDialog<DialogDeps>({
  id: 'enter-figures',
  version: 1,
  first: 'confirm',
  upgrade: (frame) => ({ step: 'confirm', slots: frame.slots }),
  steps: {
    confirm: {
      to: [],
      async ask(context) {
        const { turn } = context;
        const rows = await rowsIn(context);
        const read = rows.filter(isRead);
        const lines = await Promise.all(read.map((row) => rowLine(turn, row)));
        const problems = problemsOf(rows);
        const { data } = timesOf(formOf(VILLAGE_FORM), turn.deps.settings.calendars, periodMeant(turn.at));
        const span = spanSentence(turn.words, data);
        const vars = { ...personOf(turn).vars, count: read.length, rows: lines.join('\n'), span };
        const text = turn.words.t('approval:enter.preview', vars);
        return {
          text: problems === '' ? text : `${text}\n${turn.words.t('approval:enter.problems', { problems })}`,
          choices: [
            { id: 'ENTER', label: turn.words.t('approval:buttons.enter'), exact: true },
            { id: 'CANCEL', label: turn.words.t('approval:buttons.cancel') },
          ],
        };
      },
      async receive(context, input) {
        const { turn } = context;
        const said = input.choice === null ? yesNo(input.text) : null;
        const intent = input.choice === null ? readIntent(input.text)?.kind : undefined;
        if (input.choice === 'CANCEL' || said === 'no' || intent === 'cancel')
          return {
            move: { to: 'end', say: { text: turn.words.t('approval:enter.cancelled', personOf(turn).vars) } },
          };
        if (input.choice !== 'ENTER' && said !== 'yes' && intent !== 'send') {
          // The table sent again, put right, takes the place of the first.
          const again = input.text.includes('\n') ? await enterLines(turn, input.text) : null;
          return again ?? { move: { to: 'pass' } };
        }
        return ending(await enterNow(turn, (await rowsIn(context)).filter(isRead)));
      },
    },
  },
});
