import type { Choice, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { momentShort } from '../../kernel/moment';
import { vnDay } from '../../kernel/vn-time';
import { calledName, personOf } from '../../org/chat/people';
import type { Office } from '../../org/office';
import type { Role } from '../../org/roles';
import { approverRoles } from '../approvers';
import { timesOf } from '../deadlines';
import { timesAbove } from '../extension';
import { formOf } from '../forms';
import { waitingFor } from './approval-facts';
import { batonIn } from './baton-in';
import { chainsBelow } from './missing';
import { placesWord } from './places';
import { COMMUNE_FORM, periodMeant, VILLAGE_FORM } from './report-facts';

/**
 * The one next act of whoever stands above units: approving what waits, helping those who are late, entering for those whose
 * time is over. Who holds it is the first of the posts that does it; the others read that person's name.
 */

interface Act {
  readonly what: 'approve' | 'help' | 'enter';
  readonly count: number;
  readonly since: Date;
  readonly choice: Choice;
}

/** «Việc tiếp theo: duyệt 6 báo cáo. Việc ở chị từ 19:05 ngày 13/3.»; null: nothing below waits for this post. */
export async function nextAct(
  turn: Turn<DialogDeps>,
  office: Office,
): Promise<{ readonly text: string; readonly choice: Choice | null } | null> {
  const { words, deps, at } = turn;
  const wide = deps.directory.tree.getNearest(office.unit, vnDay(at))?.level === 'province';
  const form = formOf(wide ? COMMUNE_FORM : VILLAGE_FORM);
  const roles = approverRoles(form);
  if (!roles.includes(office.role)) return null;
  const act = (await approval(turn)) ?? (await silent(turn, office.unit, form.id));
  if (!act) return null;
  const places = wide ? words.t('common:places.communes') : placesWord(turn, office.unit);
  const what = words.t(`officer:next.${act.what}`, { count: act.count, places });
  const other = holderBefore(turn, office, roles);
  const holder = other ?? personOf(turn).vars.address;
  const since = words.t('officer:baton.since', { holder, since: momentShort(words, act.since) });
  return { text: `${words.t('officer:next.line', { what })} ${since}`, choice: other ? null : act.choice };
}

async function approval(turn: Turn<DialogDeps>): Promise<Act | null> {
  const waiting = await waitingFor(turn);
  if (waiting.length === 0) return null;
  const since = Math.min(...waiting.map(({ facts }) => batonIn(facts, turn.at).since.getTime()));
  return {
    ...{ what: 'approve', count: waiting.length, since: new Date(since) },
    choice: { id: 'WAITING', label: turn.words.t('officer:buttons.waiting'), command: '#CHODUYET' },
  };
}

/** Those that are late while it is open, then those that were locked without figures while somebody may still enter them. */
async function silent(turn: Turn<DialogDeps>, top: string, form: string): Promise<Act | null> {
  const { deps, at, words } = turn;
  const { calendars } = deps.settings;
  const period = periodMeant(at);
  const times = timesOf(formOf(form), calendars, period);
  if (at <= times.deadline) return null;
  const missing = (await chainsBelow(turn, form, period, top)).filter(
    ({ submittedAt, end }) =>
      submittedAt === null && !(end?.end === 'unreachable' && end.why === 'explained'),
  );
  const open = missing.filter(({ end }) => end === null);
  const choice: Choice =
    form === VILLAGE_FORM
      ? { id: 'MISSING', label: words.t('officer:buttons.missing'), command: '#CHUANOP' }
      : { id: 'HELD', label: words.t('officer:buttons.held'), command: '#DANGCHO' };
  if (open.length > 0) return { what: 'help', count: open.length, since: times.deadline, choice };
  const { aboveLockAt } = timesAbove(formOf(form), calendars, period);
  if (missing.length === 0 || at >= aboveLockAt) return null;
  return { what: 'enter', count: missing.length, since: times.lockAt, choice };
}

/** «chị Hạnh», who comes before this post and holds it; null: nobody does. */
function holderBefore(turn: Turn<DialogDeps>, office: Office, roles: readonly Role[]): string | null {
  const before = roles.slice(0, roles.indexOf(office.role));
  const [holder] = turn.deps.directory.holdersOf(office.unit, before);
  if (!holder || holder.user === turn.user) return null;
  return calledName(turn.words, holder);
}
