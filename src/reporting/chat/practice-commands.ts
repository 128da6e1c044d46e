import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { practiceVars } from './practice.dialog';

/** «Tập thử»: begun only when somebody asks for it. */
export const practiceCommand: Command<DialogDeps> = command({
  id: 'practice',
  button: '#TAPTHU',
  says: ['tập thử', 'tháng tập', 'cho tôi tập thử', 'làm thử báo cáo', 'tap bao cao', 'học cách báo cáo'],
  help: 25,
  for: ({ reporting }) => reporting.length > 0,
  read: ({ fold }) =>
    /^(?:(?:cho|toi|em|bac|muon|xin) )*(?:tap thu|thang tap|tap bao cao|lam thu(?: bao cao)?|hoc cach bao cao)(?: (?:a|nhe|di|em))*$/.test(
      fold,
    )
      ? true
      : null,
  tapped: () => true,
  meant: true,
  run: async (turn, { person }) =>
    person.reporting.length > 0
      ? {
          notes: [turn.words.t('reports:practice.begin', practiceVars(turn))],
          move: { to: 'dialog', dialog: 'practice', slots: { said: {}, again: null } },
        }
      : sentence(turn, 'reports:not_reporter'),
});
