import { defineDialog, textIn, type Say, type StepContext, type StepResult } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { readStop } from '../../understanding/stop';
import { yesNo } from '../../understanding/yes-no';
import type { Office } from '../office';
import { mayReport } from '../roles';
import { beginsOn } from './hand-over-commands';
import type { AcceptPost } from './hand-over-effects';
import { tellOldAccount } from './claimed';
import { handOverVars, offeredTo } from './hand-over-talk';
import { addressVars, personOf } from './people';

/** Taking a post without a code, because those above have vouched for it: the privacy notice stands above «Đúng». */

type Context = StepContext<DialogDeps>;

function officeIn({ turn, slots }: Context): Office | null {
  return offeredTo(turn).find(({ id }) => id === textIn(slots, 'office')) ?? null;
}

/** Name, form of address and first day of whoever takes it. */
function varsOf(context: Context, office: Office) {
  const { turn } = context;
  const { fullName, address } = office.handover ?? office;
  const day = beginsOn(turn, office) ?? '';
  return {
    ...addressVars(turn.words, { ...office, address }),
    ...handOverVars(turn, office, { fullName, address, day }),
  };
}

async function question(context: Context): Promise<Say> {
  const { turn } = context;
  const office = officeIn(context);
  if (!office) return { text: turn.words.t('posts:new.none', personOf(turn).vars) };
  const vars = varsOf(context, office);
  const consent = await turn.deps.org.consentOf(turn.user);
  const fresh = consent?.version !== turn.deps.settings.noticeVersion;
  const key = beginsOn(turn, office) !== null ? 'posts:new.confirm_later' : 'posts:new.confirm';
  const parts = [...(fresh ? [turn.words.t('onboarding:notice', vars)] : []), turn.words.t(key, vars)];
  return {
    text: parts.join('\n\n'),
    choices: [
      { id: 'YES', label: turn.words.t('onboarding:buttons.yes'), exact: true },
      { id: 'NO', label: turn.words.t('onboarding:buttons.no') },
    ],
  };
}

function taken(context: Context): StepResult {
  const { turn } = context;
  const office = officeIn(context);
  if (!office)
    return { move: { to: 'end', say: { text: turn.words.t('posts:new.none', personOf(turn).vars) } } };
  const effect: AcceptPost = {
    ...{ kind: 'org.acceptPost', id: turn.effectId(), officeId: office.id, user: turn.user, at: turn.at },
    notice: { version: turn.deps.settings.noticeVersion, eventId: turn.event.id },
  };
  const later = beginsOn(turn, office) !== null;
  const text = turn.words.t(later ? 'posts:new.taken_later' : 'posts:new.taken', varsOf(context, office));
  const first = mayReport(office.role)
    ? { id: 'START', label: turn.words.t('onboarding:buttons.start'), command: '#BAOCAO' }
    : { id: 'WORK', label: turn.words.t('menu:buttons.work'), command: '#VIEC' };
  const choices = later ? [] : [first];
  return {
    // Whoever hands it over was told already.
    effects: [effect, ...(later || office.handover ? [] : tellOldAccount(turn, office))],
    move: { to: 'end', say: { text, choices } },
  };
}

export default defineDialog<DialogDeps>({
  id: 'take-post',
  version: 1,
  first: 'confirm',
  ref: (slots) => textIn(slots, 'unit'),
  upgrade: () => null,
  steps: {
    confirm: {
      to: [],
      ask: question,
      async receive(context, input) {
        const stop = input.choice === null ? readStop(input.text) : null;
        const said = input.choice ?? yesNo(input.text);
        if (said === 'YES' || said === 'yes') return taken(context);
        if (said === 'NO' || said === 'no' || (stop !== null && stop !== 'unclear'))
          return {
            move: {
              to: 'end',
              say: { text: context.turn.words.t('posts:new.not_taken', personOf(context.turn).vars) },
            },
          };
        return { move: { to: 'pass' } };
      },
    },
  },
});
