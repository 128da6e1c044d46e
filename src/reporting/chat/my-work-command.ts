import type { Choice } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { worksOf } from '../../dialogs/works';

/** «Việc của tôi»: all that a person owes in one list; the number of a line opens its place. */

const BUTTONS = 3;

const MY_WORK =
  /^(?:(?:xem|cho (?:toi|em|bac)? ?xem|liet ke) )?(?:cac )?(?:viec|cong viec|nhiem vu) (?:cua )?(?:toi|em|bac|minh|hom nay|can lam|phai lam)(?: (?:la gi|gi|co gi|hom nay|a|nhe))*$|^(?:hom nay |bay gio |nay |gio )?(?:toi|em|bac)? ?(?:con |co |phai |can )*(?:lam |viec |bao )gi(?: (?:moi|lam|nua|khong|ko|k|a|nhi|hom nay))*$|^(?:co |xem )?(?:cong van|chi dao|van ban|cong viec|viec)(?: gi)? (?:moi|can lam)(?: (?:khong|ko|k|a|gi))*$|^co (?:cong van|chi dao|van ban)(?: (?:nao|gi|moi))*(?: (?:khong|ko|k|a))+$/;

export const myWork: Command<DialogDeps> = command({
  id: 'my-work',
  tells: true,
  button: '#VIEC',
  says: [
    'nhiệm vụ của tôi còn gì nữa',
    'tôi còn nhiệm vụ gì',
    'xã có việc gì giao cho thôn không',
    'xã giao việc gì cho tôi',
    'còn việc gì chưa làm',
    'có việc gì giao cho thôn tôi không',
    'có chỉ đạo gì mới không',
    'xã có thông báo gì không',
    'có giấy tờ gì của xã gửi về không',
    'xã có công văn gì không',
    'việc của tôi',
    'việc hôm nay',
    'nhiệm vụ của tôi',
    'xem việc của tôi',
    'viec cua toi',
    'tôi còn việc gì',
    'hôm nay tôi phải làm gì',
    'có công văn gì mới không',
    'có việc gì mới không',
    'tôi phải làm gì',
    'bây giờ tôi phải làm gì',
    'giờ tôi cần làm việc gì',
    'làm việc gì trước',
    'còn việc gì chưa xong',
    'xem còn việc gì chưa làm',
    'tôi còn nợ gì',
    'tháng này còn nợ gì không',
    'hôm nay có việc gì mới',
    'có việc gì cần làm không',
    'tôi còn phải làm những gì',
    'phải làm những gì',
  ],
  help: 15,
  for: ({ offices }) => offices.length > 0,
  read: ({ fold }) => (MY_WORK.test(fold) ? true : null),
  meant: true,
  tapped: () => true,
  async run(turn, { person }) {
    const works = await worksOf(turn, person);
    if (works.length === 0) return sentence(turn, 'reports:form.none');
    const lines = works.map((work, i) => work.line(i + 1));
    if (works.some(({ label }) => label === null)) lines.push(turn.words.t('tasks:hint', person.vars));
    const choices = works.flatMap(({ id, label, command: opens }): Choice[] =>
      label === null ? [] : [{ id, label, command: opens }],
    );
    return {
      ...answer({
        text: turn.words.t('reports:form.work', { ...person.vars, lines: lines.join('\n') }),
        choices: choices.slice(0, BUTTONS),
      }),
      listed: {
        kind: 'work',
        ids: works.map(({ id }) => id),
        picks: works.map(({ command: opens }) => opens),
      },
    };
  },
});
