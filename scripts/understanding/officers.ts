import { MovableClock } from '../../src/kernel/clock';
import { labelledLines, type Judged, type Line, type Verdict } from './labelled';
import { LEADER, OFFICER, World, type Heard, type Talk } from './world';

/**
 * The lines of a commune officer, while one village has sent March (418, 5, 121, 14) and another has not: with nothing
 * open (`officer`), and with the list of what waits on the screen (`approvals`).
 */

/** What each wish comes to when it is understood: the words that answer it, the place where the person then stands. */
const RIGHT: Readonly<Record<string, (heard: Heard) => boolean>> = {
  status: said(/^(?:forms|tasks|officer:status|officer:baton|approval:waiting|reports:form\.work)/),
  waiting: said(/^approval:(?:waiting|none_waiting|report_waiting|row_)/),
  missing: said(/^officer:(?:missing|status_commune|still_missing|village_asked)/),
  approve: approved,
  not_approve: (heard) => !approved(heard) && !UNHELPFUL(heard),
  total: said(/^(?:officer:total|ledger:months)/),
  own: ({ at, keys }) => at.startsWith('form.') || keys.some((key) => key.startsWith('reports:form.')),
  remind: said('officer:how.nudge'),
  behalf: said(/^approval:enter|how.enter/),
  return: said(/^approval:(?:which_figure|ask_reason|returned|waiting|row_)|how.return/),
  deadline: said(/^menu:deadline/),
  extend: said(/^approval:time|how.extend/),
  export: said('officer:how.file'),
  chart: said('officer:how.file'),
  support: said('officer:how.no_ranking'),
  scope: said(/^officer:(?:total|not_your_place|no_right|how.no_ranking)/),
  contacts: said(/^posts:|how.people/),
  posts: said(/^posts:|how.people/),
  directives: said(/^directives:|^campaigns:|^forms:|^tasks:|^reports:form.work|how.directive/),
  threads: said(/^handover:|^classes:asked/),
  classes: said(/^classes:/),
  notmine: said(/^posts:|how.leave/),
  help: said(/^help:|^menu:/),
  explain: said(/explain/),
  thanks: said('common:thanks'),
  later: said(/later|promised|asked\./),
  human: said(/^handover:|call/),
  privacy: said(/who-sees-this|^menu:privacy/),
  correct_locked: said(/^adjust:|how.adjust/),
  survey: said(/^campaigns:|^directives:/),
  view: said(/^approval:report_waiting/),
  optout: ({ effects }) => effects.some(({ kind }) => kind === 'contact.mute'),
  ask: (heard) => !approved(heard),
};

function said(...wanted: readonly (string | RegExp)[]): (heard: Heard) => boolean {
  return ({ keys }) =>
    keys.some((key) => wanted.some((want) => (typeof want === 'string' ? key === want : want.test(key))));
}

function approved({ effects }: Heard): boolean {
  return effects.some(({ kind }) => /^reports?\.approve/.test(kind));
}

const UNHELPFUL = said(/repair\./, 'common:not_understood', /not_understood$/);
const ACTS = /^(?:reports?\.(?!answer)|campaign\.|directive\.|org\.|contact\.mute|release\.)/;

/** Lines of their own, or those of a labelled file. */
export async function judgeOfficers(given: string | readonly Line[]): Promise<Judged[]> {
  const lines = typeof given === 'string' ? labelledLines(given) : given;
  const clock = MovableClock.startingAt(new Date('2026-02-12T08:00:00+07:00'));
  const world = await World.open(clock);
  const leader = world.begin(LEADER);
  for (const text of ['báo cáo', '400', '4', '100', '12', 'gửi']) await world.say(leader, text);
  clock.moveTo(new Date('2026-03-12T08:00:00+07:00'));
  for (const text of ['bc 418 5 121 14', 'gửi']) await world.say(leader, text);
  const officer: Talk = { ...world.begin(OFFICER), reports: leader.reports };
  await world.say(officer, 'chào em');
  const starts = new Map([['officer', officer]]);
  const approvals = world.copy(officer);
  await world.say(approvals, 'chờ duyệt');
  starts.set('approvals', approvals);
  const judged: Judged[] = [];
  for (const line of lines) {
    const start = starts.get(line.context ?? '');
    if (!start) throw new Error(`${line.id}: no context ${line.context}`);
    const heard = await world.say(world.copy(start), line.text);
    judged.push({ line, verdict: judge(line, heard), saw: saw(heard), micros: heard.micros });
  }
  return judged;
}

function judge({ id, expect }: Line, heard: Heard): Verdict {
  const wish = expect.wish ?? (expect.ask ? 'ask' : '');
  const right = RIGHT[wish];
  if (!right) throw new Error(`${id}: no wish ${wish}`);
  const acted = heard.effects.some(({ kind }) => ACTS.test(kind));
  if (acted && wish !== 'approve' && wish !== 'optout') return 'wrong';
  if (right(heard)) return 'right';
  if (wish === 'not_approve') return approved(heard) ? 'wrong' : 'unhelpful';
  return UNHELPFUL(heard) ? 'unhelpful' : 'asked';
}

function saw({ effects, at, keys, text }: Heard): string {
  return [...effects.map(({ kind }) => kind), at, keys[0] ?? '', text.replace(/\s+/g, ' ').slice(0, 100)]
    .filter((part) => part !== '')
    .join(' · ');
}
