import type { Conversation, StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature, wish, type Command, type Message, type Wish } from '../../dialogs/feature';
import { isAsked } from '../../dialogs/unfinished';
import { menuScreen } from '../../dialogs/menu.dialog';
import { claimOrWarn } from './claim';
import { personOf } from './people';
import { askForPost, vouch } from './ask-for-post';
import { HOLDER_COMMANDS } from './holder-asked';
import { superior } from './superior-command';
import { POST_COMMANDS } from './post-list';
import { LEAVE_COMMANDS } from './leave-commands';
import { HAND_OVER_COMMANDS } from './hand-over-commands';
import handOver from './hand-over.dialog';
import takePost from './take-post.dialog';
import namingHead, { nameHead } from './name-head.dialog';
import onboarding from './onboarding.dialog';
import unitChange, { changeUnits } from './unit-change.dialog';
import { readHead } from './read-head';
import { askForPhone, notTheHolder, sharePhone } from './share-phone';
import { welcome } from './welcome';

/** Posts and who holds them: a new follower, the code of an invitation, who somebody is, and whom to call. */

/** «Tôi là Tư, trưởng thôn Đông Lâm», «tôi là Mai, cán bộ xã Tân Hòa»: a name before the post. */
function byName({ fold, text }: Message): Wish<'identify'> | null {
  const said =
    /^(?:toi|em|bac|minh|anh|chi|chau|ong|ba) (?:ten )?la [a-z ]{2,40} (?:truong|pho truong|pho|to truong|to pho) (?:thon|to dan pho|tdp|khu pho|khu|xom|lang|ban) /;
  const officer =
    /^(?:toi|em|minh|anh|chi) (?:ten )?la [a-z ]{2,40} (?:can bo|chuyen vien|chu tich|lanh dao|cong an) [a-z0-9 ]{2,60}$/;
  return said.test(fold) || officer.test(fold) ? { kind: 'identify', text } : null;
}

const identify: Command<DialogDeps> = command({
  id: 'identify',
  says: [
    'tôi là trưởng thôn Đông Lâm',
    'em là tổ trưởng tổ dân phố số 2',
    'bác là trưởng thôn',
    'tôi là cán bộ xã',
    'thôn Đông Lâm',
    'tôi là Tư, trưởng thôn Đông Lâm',
    'tôi là Mai, cán bộ xã Tân Hòa',
  ],
  // Whoever names the head of a village does not say who they are.
  read: (message) => (readHead(message.text) ? null : (wish('identify')(message) ?? byName(message))),
  run: async (turn, { person, text, fold, conversation }) =>
    person.offices.length === 0
      ? livesThere(fold)
        ? { move: { to: 'dialog', dialog: 'commune', slots: { typed: text } } }
        : (askForPost(turn, text) ?? sentence(turn, 'menu:identify', {}, sharePhone(turn)))
      : /(?:^| )la .*(?:truong|pho|to truong|bi thu|can bo)/.test(fold) && !isAsked(conversation)
        ? { move: { to: 'dialog', dialog: 'menu' } }
        : null,
});

/** «Tôi ở xã Tiên Lục», «xã Tiên Lục»: where somebody lives, and no post. */
function livesThere(fold: string): boolean {
  return (
    /^(?:(?:da|vang|em|toi|bac|chau|minh|con|nha|gia dinh|chao) )*(?:(?:o|song o|dang o|que o|que) (?:xa|phuong|thon|xom|lang|ban|khu|to dan pho|tdp)|xa|phuong) /.test(
      fold.trim(),
    ) && !/(?:^| )(?:truong|pho|to pho|can bo|bi thu|chu tich|cong chuc|ma moi)(?: |$)/.test(fold)
  );
}

/** A new follower is greeted; a code alone is a claim; a secret is warned about. */
async function first(turn: Turn<DialogDeps>, conversation: Conversation): Promise<StepResult | null> {
  const { event } = turn;
  if (event.kind === 'followed' || event.kind === 'chat_opened')
    return answer(personOf(turn).offices.length > 0 ? menuScreen(turn) : welcome(turn));
  if (event.kind === 'info_shared')
    return event.phoneHash === undefined
      ? sentence(turn, 'posts:phone.none')
      : { move: { to: 'dialog', dialog: 'onboarding', slots: { phone: event.phoneHash } } };
  return claimOrWarn(turn, isAsked(conversation));
}

export default defineFeature<DialogDeps>({
  id: 'org',
  commands: [
    identify,
    vouch,
    askForPhone,
    notTheHolder,
    changeUnits,
    nameHead,
    ...HAND_OVER_COMMANDS,
    ...POST_COMMANDS,
    superior,
    ...HOLDER_COMMANDS,
    ...LEAVE_COMMANDS,
  ],
  dialogs: [onboarding, handOver, takePost, unitChange, namingHead],
  first: { sees: ['no_words', 'secret'], run: first },
});
