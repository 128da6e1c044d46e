import { textIn, type Slots, type Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { AudienceReading } from '../../directives/audience';
import { sha256Hex } from '../../kernel/ids';
import { hexAsLetters } from '../../kernel/letters';
import { DAY, vnDay } from '../../kernel/vn-time';
import { ANNOUNCED_DAYS, KINDS, type Campaign } from '../campaign';
import { notAskedNow } from '../equipment-runs';
import { EQUIPMENT } from '../halls';
import { titleForAll } from '../../reporting/form';
import type { SaidCampaign } from './read-campaign';

/** What the talk about a question to villages has gathered, as a campaign. */

/** Where the talk begins: what one line said, under an id made from the message that said it. */
export function campaignSlots(turn: Turn<DialogDeps>, said: SaidCampaign): Slots {
  return {
    id: `K${hexAsLetters(sha256Hex(turn.event.id).slice(0, 9))}`,
    kind: said.kind,
    question:
      said.kind === 'equipment' ? turn.words.t(titleForAll(EQUIPMENT), { month: '' }) : (said.question ?? ''),
    audience: [...said.audience],
    closes: closesOf(turn, said)?.toISOString() ?? '',
  };
}

function closesOf({ at }: Turn<DialogDeps>, { kind, closes }: SaidCampaign): Date | null {
  if (kind === 'announcement') return new Date(at.getTime() + ANNOUNCED_DAYS * DAY);
  return closes?.kind === 'at' ? closes.at : null;
}

/** Null: nobody was named yet, or the person asks from no post. Only villages are asked. */
export function audienceIn(turn: Turn<DialogDeps>, slots: Slots): AudienceReading | null {
  const parts = slots['audience'];
  const issuer = turn.deps.directives.issuer(turn.user, turn.at);
  if (!Array.isArray(parts) || parts.length === 0 || !issuer) return null;
  const found = turn.deps.directives.audience(parts.map(String), issuer.from, turn.at);
  if (found.kind !== 'audience') return found;
  const { tree } = turn.deps.directory;
  const units = found.audience.units.filter(
    (code) => tree.getNearest(code, vnDay(turn.at))?.level === 'village',
  );
  return units.length === 0
    ? { kind: 'empty', typed: found.audience.label }
    : { kind: 'audience', audience: { label: found.audience.label, units } };
}

/** Throws a RangeError while something is still missing. */
export function campaignIn(turn: Turn<DialogDeps>, slots: Slots): Campaign {
  const issuer = turn.deps.directives.issuer(turn.user, turn.at);
  const found = audienceIn(turn, slots);
  if (!issuer || found?.kind !== 'audience') throw new RangeError('a campaign has an asker and an audience');
  const kind = KINDS.find((each) => each === slots['kind']) ?? 'yes_no';
  const { label, units } = found.audience;
  const runs = turn.deps.settings.calendars.runs;
  return {
    id: textIn(slots, 'id'),
    ...{ kind, question: textIn(slots, 'question'), label },
    units: kind === 'equipment' ? notAskedNow(runs, units, turn.at) : units,
    ...{ from: issuer.from, by: issuer.actor },
    closesAt: new Date(textIn(slots, 'closes')),
    ...{ state: 'waiting' as const, createdAt: turn.at },
  };
}
