import { campaignPayload } from '../campaigns/campaign-words';
import type { Choice, Turn } from '../conversation/dialog';
import type { DialogDeps } from './deps';
import { actPayload } from '../directives/directive-words';
import { asksForConsent, digestOf } from '../groups/difference';
import { groupPayload } from '../groups/group-words';
import { capital } from '../kernel/vn-text';
import { handOverVars, refOf, waitingForYes } from '../org/chat/hand-over-talk';
import { placeName } from '../org/chat/people';
import { confirmationWaiting } from '../reporting/chat/confirming';
import { correctionKeys, releaseKeys } from '../reporting/chat/release-waiting';
import { timeKeys } from '../reporting/chat/time-asked';
import { quoted } from '../reporting/chat/report-refusals';

/** What waits for this person's key beside the reports below: whatever somebody else has begun and only they may let go on. */

/** One thing that waits, and the button that opens it. */
export interface WaitingKey {
  readonly line: string;
  readonly choice: Choice;
  /** Payload of the button that shows it whole; absent: `choice` is the yes itself. */
  readonly opens?: string;
  /** Payload of the yes under what `opens` shows; absent: that of `choice`. */
  readonly yes?: string;
}

type KeySource = (turn: Turn<DialogDeps>) => Promise<readonly WaitingKey[]>;

const directives: KeySource = async ({ deps, user, at, words }) =>
  (await deps.directives.waitingFor(user, at)).map(({ id, short, number, text, audience }) => ({
    line: words.t('approval:directive_row', { number, text: quoted(text), audience: audience.label }),
    choice: {
      id: 'DIRECTIVE',
      label: words.t('approval:buttons.directive', { number: short }),
      command: actPayload('DUYET', id),
    },
    opens: actPayload('XEM', id),
  }));

/** Surveys, head-counts and announcements to many places. */
const questions: KeySource = async ({ deps, user, at, words }) =>
  (await deps.campaigns.waitingFor(user, at)).map(({ id, kind, question, label, units }) => {
    const what = capital(words.t(`campaigns:short.${kind}`));
    return {
      line: words.t('approval:campaign_row', {
        what,
        question: quoted(question),
        label,
        count: units.length,
      }),
      choice: { id: 'CAMPAIGN', label: what, command: campaignPayload(id, 'HOI') },
      opens: campaignPayload(id, 'HOI'),
      yes: campaignPayload(id, 'DUYET'),
    };
  });

/** Posts of the villages that somebody gives to another. */
const handOvers: KeySource = async (turn) =>
  waitingForYes(turn).map((office) => ({
    line: turn.words.t('approval:hand_over_row', {
      line: turn.words.t('posts:commune.line', handOverVars(turn, office, office.handover)),
    }),
    choice: {
      id: 'HAND_OVER',
      label: turn.words.t('approval:buttons.hand_over'),
      command: `#DONGY_${refOf(office)}`,
    },
  }));

/** Who is to come into the commune's group, and who to leave it. */
const groups: KeySource = async (turn) => {
  const { deps, user, at, words } = turn;
  const found: WaitingKey[] = [];
  for (const commune of deps.groups.inChargeOf(user, at)) {
    const { off, group, difference } = await deps.groups.of(commune, at);
    if (off !== null || group.state !== 'on' || !asksForConsent(difference)) continue;
    const unit = placeName(deps, commune, at);
    found.push({
      line: words.t('approval:group_row', { unit }),
      choice: {
        id: 'GROUP',
        label: words.t('approval:buttons.group'),
        command: groupPayload('XEM', commune),
      },
      opens: groupPayload('XEM', commune),
      yes: groupPayload('DONGY', commune, digestOf(difference)),
    });
  }
  return found;
};

/** Of the chair, the commune's month. */
const months: KeySource = async (turn) => {
  const waits = await confirmationWaiting(turn);
  if (waits === null) return [];
  const { text: line, choice } = waits;
  return [{ line, choice, ...(choice.command === undefined ? {} : { opens: choice.command }) }];
};

/** In the order in which they stand in the list. */
const SOURCES: readonly KeySource[] = [
  releaseKeys,
  correctionKeys,
  directives,
  questions,
  months,
  timeKeys,
  handOvers,
  groups,
];

/** Everything that waits for the person's yes, kind by kind. */
async function byKind(turn: Turn<DialogDeps>): Promise<readonly (readonly WaitingKey[])[]> {
  const found: (readonly WaitingKey[])[] = [];
  for (const source of SOURCES) found.push(await source(turn));
  return found;
}

/** Everything that waits for the person's yes. */
export async function allWaiting(turn: Turn<DialogDeps>): Promise<readonly WaitingKey[]> {
  return (await byKind(turn)).flat();
}

/** A line of each thing that waits, and a button of the first of each kind. */
export async function waitingKeys(
  turn: Turn<DialogDeps>,
): Promise<{ readonly lines: readonly string[]; readonly choices: readonly Choice[] }> {
  const found = await byKind(turn);
  return {
    lines: found.flat().map(({ line }) => line),
    choices: found.flatMap((keys) => keys.slice(0, 1).map(({ choice }) => choice)),
  };
}
