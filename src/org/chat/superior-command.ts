import { answer } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Command } from '../../dialogs/feature';
import { callSomebody, contactName, personOf, placeName } from './people';

/** «Ai phụ trách mảng này ở xã»: who answers for the reporter's place there, with a button to call them. */
export const superior: Command<DialogDeps> = {
  id: 'superior',
  tells: true,
  says: [
    'ai phụ trách ở xã',
    'cán bộ trên xã là ai',
    'ở xã ai lo việc này',
    'cán bộ nào trên xã phụ trách thôn tôi',
    'trên phường ai quản lý mảng này',
    'cho hỏi tên cán bộ xã',
  ],
  for: ({ reporting }) => reporting.length > 0,
  async run(turn, { person }) {
    const [own] = person.reporting;
    if (!own) return null;
    const { words, deps, at } = turn;
    const choices = await callSomebody(turn, own.unit);
    const text = words.t(`posts:superior.${choices.length > 0 ? 'call' : 'no_phone'}`, {
      ...personOf(turn).vars,
      unit: placeName(deps, own.unit, at),
      contact: contactName(words, deps, own.unit, at),
    });
    return answer({ text, choices });
  },
};
