import { textIn, defineDialog, type Say, type StepContext, type StepResult } from '../../conversation/dialog';
import { readStop } from '../../understanding/stop';
import { readAct } from '../../understanding/acts';
import { readIntent } from '../../understanding/intent';
import { yesNo } from '../../understanding/yes-no';
import { foldText } from '../../kernel/vn-text';
import type { Office } from '../office';
import { mayReport } from '../roles';
import type { DialogDeps } from '../../dialogs/deps';
import { matched, tellCommune } from './claim-by-phone';
import type { ClaimByPhone, ClaimPost, NoteWrongCode } from './org-effects';
import { addressVars, contactName, fullPlaceName, personOf, placeName } from './people';
import { dayIn } from '../../kernel/moment';
import { placeOf, roleName } from './post-names';
import { askOfficer } from './ask-officer';
import { firstActs, firstDuty, tellOldAccount } from './claimed';

/** Claiming a post with the code of the invitation: who is it, the privacy notice, and then the first duty. */

export type Context = StepContext<DialogDeps>;

function officeOf(context: Context): Office | null {
  const { turn, slots } = context;
  const id = textIn(slots, 'office');
  const unit = textIn(slots, 'unit');
  return turn.deps.directory.officesIn(unit).find((office) => office.id === id) ?? null;
}

async function looked(context: Context): Promise<StepResult> {
  if (textIn(context.slots, 'phone') !== '') return matched(context);
  const { turn, slots } = context;
  const codeHash = textIn(slots, 'code');
  const effectId = turn.effectId();
  const found = await turn.deps.org.lookUp({ codeHash, user: turn.user, effectId, at: turn.at });
  const { vars } = personOf(turn);
  switch (found.outcome) {
    case 'office':
      // A sheet imported beside the running program a moment ago may not have been read yet.
      if (!turn.deps.directory.officesIn(found.office.unit).some(({ id }) => id === found.office.id))
        await turn.deps.directory.refresh();
      return {
        move: { to: 'step', step: 'confirm', slots: { office: found.office.id, unit: found.office.unit } },
      };
    case 'ended': {
      const place = { unit: fullPlaceName(turn.deps, found.unit, turn.at) };
      const why = found.into.length === 0 ? 'unit_ended' : found.into.length === 1 ? 'merged' : 'split';
      const text = turn.words.t(`onboarding:code_ended.${why}`, {
        ...vars,
        ...place,
        since: dayIn(found.since),
        into: found.into.map((code) => placeName(turn.deps, code, turn.at)).join(', '),
        contact: contactName(turn.words, turn.deps, found.unit, turn.at),
      });
      return { move: { to: 'end', say: { text } } };
    }
    case 'blocked':
      return { move: { to: 'step', step: 'where', slots: { still: true } } };
    case 'wrong': {
      const effect: NoteWrongCode = { kind: 'org.wrongCode', id: effectId, user: turn.user, at: turn.at };
      if (found.blockedUntil)
        return { effects: [effect], move: { to: 'step', step: 'where', slots: { still: false } } };
      return {
        effects: [effect],
        move: { to: 'end', say: { text: turn.words.t('onboarding:wrong_code', vars) } },
      };
    }
  }
}

/** «Bác là Trưởng thôn Đông Lâm, xã Tân Hòa?», under the notice, so that a tap on «Đúng» is an act of knowing consent. */
async function confirmScreen(context: Context): Promise<Say> {
  const { turn } = context;
  const office = officeOf(context);
  if (!office) return { text: turn.words.t('onboarding:taken', personOf(turn).vars) };
  const vars = addressVars(turn.words, office);
  const consent = await turn.deps.org.consentOf(turn.user);
  const question = turn.words.t('onboarding:confirm', {
    ...vars,
    role: roleName(turn, office),
    unit: placeOf(turn, office),
  });
  const fresh = consent?.version !== turn.deps.settings.noticeVersion;
  const moves = office.user !== null && office.user !== turn.user;
  return {
    text: [
      ...(fresh ? [turn.words.t('onboarding:notice', vars)] : []),
      question,
      ...(moves ? [turn.words.t('onboarding:confirm_move', vars)] : []),
    ].join('\n\n'),
    choices: [
      { id: 'YES', label: turn.words.t('onboarding:buttons.yes'), exact: true },
      { id: 'NO', label: turn.words.t('onboarding:buttons.no') },
    ],
  };
}

/** The question alone, under a sentence of why it is asked again. */
async function againScreen(context: Context, key = '', said: { readonly typed?: string } = {}): Promise<Say> {
  const { turn, frame } = context;
  if (frame.step !== 'confirm') return whereScreen(context);
  const screen = await confirmScreen(context);
  const vars = addressVars(turn.words, officeOf(context));
  const lead = key === '' ? [] : [turn.words.t(key, { ...vars, ...said })];
  const shown = screen.text.split('\n\n').filter((part) => part !== turn.words.t('onboarding:notice', vars));
  return { ...screen, text: [...lead, ...shown].join('\n\n') };
}

async function whereScreen({ turn, slots }: Context): Promise<Say> {
  const key = slots['still'] === true ? 'blocked_still' : 'blocked';
  return { text: turn.words.t(`onboarding:${key}`, personOf(turn).vars) };
}

async function claim(context: Context): Promise<StepResult> {
  const { turn, slots } = context;
  const office = officeOf(context);
  const vars = addressVars(turn.words, office);
  if (!office) return { move: { to: 'end', say: { text: turn.words.t('onboarding:taken', vars) } } };
  const named = { ...vars, role: roleName(turn, office), unit: placeOf(turn, office) };
  const id = turn.effectId();
  const isAgain = office.user === turn.user && office.claimEffect === id;
  const phone = textIn(slots, 'phone');
  const good =
    phone === ''
      ? (await turn.deps.org.findByCode(textIn(slots, 'code')))?.id === office.id
      : office.user === null &&
        (await turn.deps.org.findByPhone(phone)).some(({ id: one }) => one === office.id);
  if (office.user !== turn.user && !good)
    return { move: { to: 'end', say: { text: turn.words.t('onboarding:taken', vars) } } };
  const claimed = {
    ...{ id, officeId: office.id, user: turn.user, at: turn.at },
    notice: { version: turn.deps.settings.noticeVersion, eventId: turn.event.id },
  };
  const effect: ClaimPost | ClaimByPhone =
    phone === ''
      ? { kind: 'org.claim', codeHash: textIn(slots, 'code'), ...claimed }
      : { kind: 'org.claimByPhone', phoneHash: phone, ...claimed };
  // The code is spent all the same, so that it is of no use to whoever finds it.
  if (office.user === turn.user && !isAgain)
    return {
      effects: good ? [effect] : [],
      move: { to: 'end', say: { text: turn.words.t('onboarding:already', named) } },
    };
  const duty = mayReport(office.role) ? firstDuty(turn, vars) : null;
  return {
    effects: [effect, ...tellOldAccount(turn, office), ...(phone === '' ? [] : tellCommune(turn, office))],
    notes: [turn.words.t('onboarding:claimed', named)],
    move: {
      to: 'end',
      say: duty ?? firstActs(turn, office, vars),
    },
  };
}

/** «Nhầm người rồi», «để tôi hỏi xã đã», «tôi là phó thôn»: it is not them, or they want to be sure first. */
function notThem(text: string): boolean {
  const act = readAct(text)?.kind;
  const fold = foldText(text);
  return (
    act === 'wrong' ||
    act === 'unsure' ||
    act === 'unknown' ||
    act === 'one_by_one' ||
    /^(?:nham|sai|khong dung|khong phai) (?:nguoi|so|may|ten)|(?:^| )hoi (?:lai )?(?:xa|phuong|can bo)/.test(
      fold,
    )
  );
}

export default defineDialog<DialogDeps>({
  id: 'onboarding',
  version: 1,
  first: 'look',
  ref: (slots) => textIn(slots, 'unit'),
  upgrade: () => null,
  // The notice was read a moment ago: what was not clear is asked again without it.
  repair: async (context) => againScreen(context, 'onboarding:unclear'),
  comeBack: async (context) => againScreen(context),
  steps: {
    look: { to: ['confirm', 'where'], run: looked },
    confirm: {
      to: [],
      ask: confirmScreen,
      async receive(context, input) {
        const stop = input.choice === null ? readStop(input.text) : null;
        // «Gửi» sends a report; it takes no post.
        const sends = input.choice === null && readIntent(input.text)?.kind === 'send';
        if (sends) return { move: { to: 'here', say: await againScreen(context, 'onboarding:unclear') } };
        const answer = input.choice ?? yesNo(input.text);
        if (stop === 'unclear')
          return {
            move: {
              to: 'here',
              say: await againScreen(context, 'onboarding:yes_or_stop', { typed: input.text.trim() }),
            },
          };
        if (answer === 'YES' || answer === 'yes') return claim(context);
        if (answer === 'NO' || answer === 'no' || stop !== null || notThem(input.text))
          return {
            move: {
              to: 'end',
              say: { text: context.turn.words.t('onboarding:not_me', personOf(context.turn).vars) },
            },
          };
        return { move: { to: 'pass' } };
      },
    },
    where: {
      to: [],
      digits: 'own',
      ask: whereScreen,
      receive: async (context, input) => askOfficer(context, input.text),
    },
  },
});
