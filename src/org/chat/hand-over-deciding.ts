import type { DecideHandOver } from './hand-over-effects';
import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Command, Message } from '../../dialogs/feature';
import { capital } from '../../kernel/vn-text';
import { foldName } from '../fold';
import { givenName, placeName } from './people';
import {
  agreeingName,
  agrees,
  handOverVars,
  notice,
  refOf,
  tellBoth,
  waitingForYes,
  whileKey,
  type Leaving,
} from './hand-over-talk';

/** «Đồng ý bàn giao», «không đồng ý»: the word of those above on a change of hands. */

export const agree: Command<DialogDeps> = {
  id: 'agree-hand-over',
  button: '#DONGY',
  says: [
    'đồng ý cho thay',
    'đồng ý bàn giao',
    'tôi đồng ý cho thay',
    'đồng ý cho bàn giao',
    'đồng ý việc bàn giao',
  ],
  for: agrees,
  list: 'hand-overs',
  reads: ({ fold }) =>
    /^(?:xa )?dong y (?:thon|to dan pho|khu|xa|phuong|anh|chi|ong|ba|bac|dong chi|so|\d)\b/.test(fold),
  run: async (turn, message) => decide(turn, message, 'agree'),
};

export const refuse: Command<DialogDeps> = {
  id: 'refuse-hand-over',
  button: '#KHONGDONGY',
  says: [
    'chưa đồng ý bàn giao',
    'không đồng ý bàn giao',
    'không đồng ý cho thay',
    'chưa đồng ý cho thay',
    'xã không đồng ý',
  ],
  for: agrees,
  run: async (turn, message) => decide(turn, message, 'refuse'),
};

async function decide(
  turn: Turn<DialogDeps>,
  message: Message,
  what: 'agree' | 'refuse',
): Promise<StepResult | null> {
  const waiting = waitingForYes(turn);
  const meant = meantBy(turn, message, waiting);
  const [office] = meant;
  if (!office)
    return message.tap === null && waiting.length === 0 ? null : sentence(turn, 'posts:commune.none');
  if (meant.length > 1) return which(turn, meant, what);
  const vars = handOverVars(turn, office, office.handover);
  const agreed = office.handover.until === null ? 'agreed' : whileKey(office);
  const said =
    what === 'agree'
      ? sentence(
          turn,
          `posts:commune.${agreed}`,
          { ...vars, told: toldOf(turn, office) },
          codeFor(turn, office),
        )
      : sentence(turn, 'posts:commune.refused', vars);
  const { user: by, at } = turn;
  const kind = what === 'agree' ? 'org.agreeHandOver' : 'org.dropHandOver';
  const effect: DecideHandOver = {
    ...{ kind, id: turn.effectId(), officeId: office.id },
    ...{ handover: office.handover.id, by, at },
  };
  return {
    ...said,
    effects: [effect, ...(what === 'agree' ? tellBoth(turn, office) : tellRefused(turn, office))],
  };
}

/** Who really hears of it from us, and what is to be done for whoever does not. */
function toldOf(turn: Turn<DialogDeps>, office: Leaving): string {
  const { old, person, day, unit } = handOverVars(turn, office, office.handover);
  const reached = office.user !== null;
  const names = [...(reached ? [old] : []), ...(office.handover.user === null ? [] : [person])];
  const absent = office.handover.until === null ? 'not_here' : 'not_here_while';
  const key = `posts:commune.told.${names.length === 2 ? 'both' : 'one'}`;
  return [
    ...(names.length === 0 ? [] : [say(turn, key, { name: names[0] ?? '' })]),
    ...(office.handover.user === null
      ? [say(turn, `posts:commune.told.${absent}`, { Person: capital(person), person, day, unit })]
      : []),
  ].join(' ');
}

/** The code for somebody who cannot be written to; a stand-in's post is not there before its day. */
function codeFor(turn: Turn<DialogDeps>, office: Leaving): readonly Choice[] {
  if (office.handover.user !== null || office.handover.until !== null) return [];
  return [{ id: 'CODE', label: turn.words.t('posts:buttons.give_code'), command: `#CAPMA_${refOf(office)}` }];
}

/** By the button, the place or the name that was said, the number in the list shown; otherwise all that wait. */
function meantBy(
  turn: Turn<DialogDeps>,
  { tap, fold, conversation }: Message,
  waiting: readonly Leaving[],
): Leaving[] {
  if (tap) return waiting.filter((office) => refOf(office) === tap);
  const number = /^(?:xa )?dong y (?:so )?(\d{1,2})$/.exec(fold)?.[1];
  if (number !== undefined && conversation.listed?.kind === 'hand-overs')
    return waiting.filter((office) => refOf(office) === conversation.listed?.ids[Number(number) - 1]);
  const rest = fold
    .replace(/^(?:xa )?(?:khong |chua )?dong y(?: (?:ban giao|cho thay|cho ban giao|viec ban giao))?/, '')
    .trim();
  if (rest === '') return [...waiting];
  return waiting.filter(
    (office) =>
      foldName(placeName(turn.deps, office.unit, turn.at)).endsWith(rest) ||
      rest.endsWith(foldName(givenName(office.handover.fullName))),
  );
}

function which(turn: Turn<DialogDeps>, waiting: readonly Leaving[], what: 'agree' | 'refuse'): StepResult {
  const lines = waiting.map(
    (office, i) =>
      `${i + 1}. ${turn.words.t('posts:commune.line', handOverVars(turn, office, office.handover))}`,
  );
  const picks = waiting.map((office) => `${what === 'agree' ? '#DONGY' : '#KHONGDONGY'}_${refOf(office)}`);
  const choices = waiting.slice(0, 4).map((office, i) => ({
    id: refOf(office),
    label: [...placeName(turn.deps, office.unit, turn.at)].slice(0, 20).join(''),
    command: picks[i] ?? '',
  }));
  const key = `posts:commune.which_${what}`;
  const said = sentence(turn, key, { lines: lines.join('\n') }, choices);
  return { ...said, listed: { kind: 'hand-overs', ids: waiting.map(refOf), picks } };
}

function tellRefused(turn: Turn<DialogDeps>, office: Leaving) {
  if (office.user === null) return [];
  const vars = handOverVars(turn, office, office.handover);
  const contact = agreeingName(turn, office);
  const text = turn.words.t('posts:old.refused', { ...vars, contact, address: office.address });
  return [notice(turn, office.user, text)];
}
