import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Command } from '../../dialogs/feature';
import type { AskInfo } from '../../outbox/enqueue';
import { agrees, handOverVars, notice, postTapped } from './hand-over-talk';
import type { CutAccount } from './hand-over-effects';
import { addressVars } from './people';

/**
 * A post found by the phone number that the person shares on the messenger's own card; a number that is typed finds
 * nothing. What is shared is compared with the list of the commune and not kept.
 */

/** The button that asks for the card; none where the messenger has no such card. */
export function sharePhone({ deps, words }: Turn<DialogDeps>): Choice[] {
  if (deps.settings.askPhoneImage === null) return [];
  return [{ id: 'PHONE', label: words.t('posts:buttons.share_phone'), command: '#CHIASESO' }];
}

export const askForPhone: Command<DialogDeps> = {
  id: 'share-phone',
  tells: true,
  button: '#CHIASESO',
  says: [
    'chia sẻ số điện thoại',
    'nhận việc bằng số điện thoại',
    'tôi muốn chia sẻ số điện thoại để nhận việc',
    'dùng số điện thoại để nhận việc',
    'chia se so dien thoai cho em',
  ],
  async run(turn): Promise<StepResult | null> {
    const { settings } = turn.deps;
    if (settings.askPhoneImage === null) return sentence(turn, 'posts:phone.not_here');
    const effect: AskInfo = {
      ...{ kind: 'notice.askInfo', id: turn.effectId(), to: turn.user, at: turn.at },
      ...{ title: say(turn, 'posts:phone.title'), subtitle: say(turn, 'posts:phone.subtitle') },
      imageUrl: settings.askPhoneImage,
    };
    return { ...sentence(turn, 'posts:phone.asked'), effects: [effect] };
  },
};

/** The commune's tap that the account which took a post by phone is not its holder's. */
export const notTheHolder: Command<DialogDeps> = {
  id: 'not-the-holder',
  button: '#KHONGPHAI',
  says: [],
  for: agrees,
  async run(turn, { tap }) {
    const office = postTapped(turn, tap);
    if (!office?.user) return sentence(turn, 'posts:vouch.none');
    const vars = handOverVars(turn, office, { ...office, day: '' });
    const effect: CutAccount = {
      ...{ kind: 'org.cutAccount', id: turn.effectId(), officeId: office.id, user: office.user },
      ...{ by: turn.user, at: turn.at },
    };
    const text = turn.words.t('posts:phone.cut', { ...addressVars(turn.words, null), ...vars });
    return {
      ...sentence(turn, 'posts:phone.cut_done', vars),
      effects: [effect, notice(turn, office.user, text)],
    };
  },
};
