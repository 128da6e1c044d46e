import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { momentShort } from '../../kernel/moment';
import { personOf, type Person } from '../../org/chat/people';
import type { Turn } from '../../conversation/dialog';
import { confirmation } from '../confirmation';
import { FORMS } from '../forms';
import { factsOfRef, shownDigest } from './approval-facts';
import { noticesTo, reportersOf, together } from './approval-notices';
import { checkVars } from './approval-texts';
import { confirmScreen, shownLetters, toConfirm } from './confirming';
import { effectBase, preview, type Facts } from './report-facts';

/** What a chair says to the commune's month: confirming it, or asking to look again. */

const confirms = (person: Person): boolean =>
  person.offices.some(({ role }) => [...FORMS.values()].some((form) => form.confirmedBy?.includes(role)));

const confirmReport = command<DialogDeps, string>({
  id: 'confirm-report',
  button: '#XACNHANXA',
  says: [
    'xác nhận báo cáo xã',
    'xác nhận báo cáo của xã',
    'xác nhận báo cáo phường',
    'tôi xác nhận báo cáo xã',
    'chủ tịch xác nhận báo cáo',
  ],
  for: confirms,
  strong: true,
  read: ({ fold }) =>
    /^(?:(?:toi|chu tich|xem) )?(?:dong y |can )?(?:xac nhan )?(?:bao cao|so lieu)(?: (?:thang \d+|cua))*(?: (?:xa|phuong))?(?: de)?(?: xac nhan)?$/.test(
      fold,
    ) && fold.includes('xac nhan')
      ? ''
      : null,
  tapped: (rest) => rest,
  async run(turn, _message, rest) {
    const [form = '', period = '', unit = '', shown = ''] = rest.split('/');
    const own = await toConfirm(turn);
    const facts = rest === '' ? own : await factsOfRef(turn, `${form}/${period}/${unit}`);
    if (!own || !facts || !confirmsFor(turn, facts)) return sentence(turn, 'approval:confirm.not_asked');
    const vars = checkVars(turn, facts);
    if (!facts.report?.submittedAt) return sentence(turn, 'approval:not_sent', vars);
    const done = confirmation(facts.report);
    if (done)
      return sentence(turn, 'approval:confirm.already', {
        ...vars,
        moment: momentShort(turn.words, done.at),
      });
    if (shown === '') return confirmScreen(turn, facts);
    if (shown.toUpperCase() !== shownLetters(facts))
      return confirmScreen(turn, facts, turn.words.t('approval:confirm.changed', vars));
    const effect = {
      ...{ ...effectBase(turn, facts), kind: 'report.confirm' as const },
      shown: shownDigest(facts),
    };
    const { outcome } = preview(turn, facts, effect);
    if (outcome.outcome !== 'applied' && outcome.outcome !== 'already')
      return sentence(turn, 'approval:locked', vars);
    const told = noticesTo(turn, facts, reportersOf(turn, facts), { key: 'confirmed' });
    return { ...sentence(turn, 'approval:confirm.done', vars), effects: [effect, ...together(turn, told)] };
  },
});

/** Asked again where the effect is done. */
function confirmsFor(turn: Turn<DialogDeps>, { key, form }: Facts): boolean {
  return personOf(turn).offices.some(
    ({ role, unit }) => unit === key.unit && (form.confirmedBy?.includes(role) ?? false),
  );
}

const lookAgain = command<DialogDeps, string>({
  id: 'ask-to-look-again',
  button: '#NHOXEMLAI',
  says: [],
  for: confirms,
  read: () => null,
  tapped: (rest) => rest,
  async run(turn, _message, rest) {
    const facts = await factsOfRef(turn, rest);
    if (!facts || !confirmsFor(turn, facts)) return sentence(turn, 'approval:confirm.not_asked');
    const told = noticesTo(turn, facts, reportersOf(turn, facts), { key: 'look_again' });
    const key = told.length > 0 ? 'look_again' : 'look_again_nobody';
    return {
      ...sentence(turn, `approval:confirm.${key}`, checkVars(turn, facts)),
      effects: together(turn, told),
    };
  },
});

export const CONFIRM_COMMANDS: readonly Command<DialogDeps>[] = [confirmReport, lookAgain];
