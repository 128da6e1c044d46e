import { defineDialog, type Say, type Turn } from '../conversation/dialog';
import { formatCount } from '../kernel/vn-text';
import { monthName } from '../kernel/moment';
import { questionChoices } from '../knowledge/chat/articles';
import type { DialogDeps } from './deps';
import { personOf } from '../org/chat/people';
import { periodMeant } from '../reporting/chat/report-facts';

/** What a person may do here, each by a button, its digit or its words; and the question back when a number comes out of the blue. */

export function menuScreen(turn: Turn<DialogDeps>): Say {
  const { words } = turn;
  const person = personOf(turn);
  const month = monthName(words, periodMeant(turn.at), turn.at);
  const vars = { ...person.vars, month };
  if (person.reporting.length > 0)
    return {
      text: words.t('menu:village', vars),
      choices: [
        { id: 'REPORT', label: words.t('menu:buttons.report', vars), command: '#BAOCAO' },
        { id: 'STATUS', label: words.t('menu:buttons.status'), command: '#TINHHINH' },
        { id: 'VNEID', label: words.t('menu:buttons.vneid'), command: '#HOI' },
      ],
    };
  if (person.overseeing.length > 0)
    return {
      text: words.t('menu:officer', vars),
      choices: [
        { id: 'WORK', label: words.t('menu:buttons.work'), command: '#VIEC' },
        { id: 'STATUS', label: words.t('menu:buttons.status'), command: '#TINHHINH' },
        { id: 'MISSING', label: words.t('menu:buttons.missing'), command: '#CHUANOP' },
        { id: 'TOTAL', label: words.t('menu:buttons.total', vars), command: '#TONG' },
      ],
    };
  if (person.offices.length > 0)
    return {
      text: words.t('menu:agency', vars),
      choices: [
        { id: 'REPORT', label: words.t('menu:buttons.report_any'), command: '#BAOCAO' },
        { id: 'WORK', label: words.t('menu:buttons.work'), command: '#VIEC' },
        { id: 'VNEID', label: words.t('menu:buttons.vneid'), command: '#HOI' },
      ],
    };
  return { text: words.t('menu:citizen', vars), choices: questionChoices(turn) };
}

export default defineDialog<DialogDeps>({
  id: 'menu',
  version: 1,
  first: 'main',
  light: true,
  steps: {
    main: {
      to: [],
      ask: async ({ turn }) => menuScreen(turn),
      receive: async () => ({ move: { to: 'pass' } }),
    },
  },
});

/** «1» with nothing open: asked back, and kept in case the question it answers comes later. */
export const loneNumber = defineDialog<DialogDeps>({
  id: 'lone-number',
  version: 1,
  first: 'ask',
  light: true,
  steps: {
    ask: {
      to: [],
      digits: 'own',
      async ask({ turn, slots }) {
        const { words } = turn;
        const vars = { ...personOf(turn).vars, month: monthName(words, periodMeant(turn.at), turn.at) };
        return {
          text: words.t('menu:lone_number', { ...vars, number: formatCount(Number(slots['number'])) }),
          choices: [
            { id: 'REPORT', label: words.t('menu:buttons.report', vars), command: '#BAOCAO' },
            { id: 'MENU', label: words.t('common:buttons.menu'), command: '#MENU' },
          ],
        };
      },
      receive: async () => ({ move: { to: 'pass' } }),
    },
  },
});
