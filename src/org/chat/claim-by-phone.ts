import { textIn, type StepContext, type StepResult, type Turn } from '../../conversation/dialog';
import { ending, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import type { SendNotice } from '../../outbox/enqueue';
import type { Office } from '../office';
import { holdsOffice } from '../rights';
import { mayReport } from '../roles';
import { askCommuneFor } from './ask-for-post';
import { agreeingAt, handOverVars, notice, refOf, reply } from './hand-over-talk';
import type { NoteWrongCode } from './org-effects';
import { addressVars } from './people';
import { placeOf, roleName } from './post-names';

/** A post by the number that the person shared: what it leads to, and whoever at the commune hears of it. */

/**
 * The post kept with the number that was shared. One of a village that nobody holds can be taken, with the commune told of
 * it; one that is on another account goes to a new one only through the commune; posts above a village take the code.
 */
export async function matched(context: StepContext<DialogDeps>): Promise<StepResult> {
  const { turn, slots } = context;
  const { directory, org } = turn.deps;
  const day = vnDay(turn.at);
  const found = (await org.findByPhone(textIn(slots, 'phone'))).filter(
    (office) => holdsOffice(office, day) && !office.closed && directory.tree.endOf(office.unit, day) === null,
  );
  const own = found.find(({ user }) => user === turn.user);
  const villages = found.filter(({ role, user }) => mayReport(role) && user !== turn.user);
  const free = villages.find((office) => office.user === null && agreeingAt(turn, office) !== null);
  if (free) return { move: { to: 'step', step: 'confirm', slots: { office: free.id, unit: free.unit } } };
  const held = villages.find(({ user }) => user !== null);
  const asked = held ? askCommuneFor(turn, held) : null;
  if (asked) return ending(asked);
  if (own) {
    const named = { role: roleName(turn, own), unit: placeOf(turn, own) };
    return ending(sentence(turn, 'onboarding:already', named));
  }
  if (found.length > 0) return ending(sentence(turn, 'posts:phone.needs_code'));
  const wrong: NoteWrongCode = { kind: 'org.wrongCode', id: turn.effectId(), user: turn.user, at: turn.at };
  return { ...ending(sentence(turn, 'posts:phone.unknown')), effects: [wrong] };
}

/** Whoever answers for the commune's list hears who took a post by their number, and can cut it with one tap. */
export function tellCommune(turn: Turn<DialogDeps>, office: Office): SendNotice[] {
  const officer = agreeingAt(turn, office);
  if (!officer) return [];
  const vars = handOverVars(turn, office, { ...office, day: '' });
  const text = turn.words.t('posts:phone.taken', { ...addressVars(turn.words, officer), ...vars });
  return [notice(turn, officer.user, text, [reply(turn, 'not_them', `#KHONGPHAI_${refOf(office)}`)])];
}
