import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { practiceVars } from './practice.dialog';

/** «Tập thử»: begun only when somebody asks for it. */
export const practiceCommand: Command<DialogDeps> = command({
  id: 'practice',
  tells: true,
  button: '#TAPTHU',
  says: [
    'tập cho quen tay',
    'tập báo cáo thử xem',
    'cho bác tập báo cáo thử xem',
    'làm thử một lần',
    'làm thử cho quen',
    'tập làm cho quen',
    'tập báo cáo thử',
    'cho bác tập',
    'thử một lần xem sao',
    'tập gõ thử',
    'tập thử',
    'tháng tập',
    'cho tôi tập thử',
    'làm thử báo cáo',
    'tap bao cao',
    'học cách báo cáo',
  ],
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
