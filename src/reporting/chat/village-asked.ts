import type { Choice, Say, Turn } from '../../conversation/dialog';
import { capital } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { momentShort } from '../../kernel/moment';
import { mayActOnBehalf } from '../../org/rights';
import { spokenName, personOf, placeName } from '../../org/chat/people';
import type { DialogDeps } from '../../dialogs/deps';
import { timesAbove } from '../extension';
import { chainsBelow, endedName, endedOf } from './missing';
import { joinWithin, villageName, villageWithin } from './places';
import { answeredCount, factsOf, isSent, periodMeant, type Facts } from './report-facts';
import { reportVars } from './report-texts';

/** «Thôn Đông Lâm nộp chưa»: how one village stands, and what helps when it has not sent. */

const LINE_MAX = 300;

/** How one village of the asker's own stands, and whom to ask there. */
export async function villageAnswer(turn: Turn<DialogDeps>, place: string): Promise<Say> {
  const { words, deps } = turn;
  const person = personOf(turn);
  const day = vnDay(turn.at);
  const under = person.overseeing.map((office) => office.unit);
  const hits = new Map(
    under.flatMap((unit) =>
      deps.directory.tree
        .find(place, day, { under: unit, level: 'village' })
        .map((village) => [village.code, village] as const),
    ),
  );
  const [village, ...others] = hits.values();
  if (!village) return { text: words.t('officer:not_your_place', person.vars) };
  if (others.length > 0) {
    const names = joinWithin(
      turn,
      [...hits.keys()].map((code) => villageWithin(turn, code)),
      LINE_MAX,
    );
    return { text: words.t('officer:which_village', { ...person.vars, names }) };
  }
  return villageStanding(turn, village.code);
}

/** The same of the village with this code. */
export async function villageStanding(turn: Turn<DialogDeps>, village: string): Promise<Say> {
  const facts = await factsOf(turn, village, periodMeant(turn.at));
  if (!facts) return { text: turn.words.t('officer:not_your_place', personOf(turn).vars) };
  const text = standing(turn, facts);
  return isSent(facts) ? { text } : helpFor(turn, facts, text);
}

/** How one unit's own report stands: sent, and when, begun, or not begun. */
export function standing(turn: Turn<DialogDeps>, facts: Facts): string {
  const done = answeredCount(facts);
  const state = isSent(facts) ? (facts.report?.late ? 'late' : 'sent') : done > 0 ? 'draft' : 'none';
  return turn.words.t(`officer:village_asked.${state}`, {
    ...reportVars(turn, facts),
    moment: momentShort(turn.words, facts.report?.submittedAt ?? turn.at),
    receipt: facts.report?.receipt ?? '',
    done,
  });
}

/** Whom to call there, how the silence has ended, and what else can be done: entering on behalf, writing down why. */
async function helpFor(turn: Turn<DialogDeps>, facts: Facts, text: string): Promise<Say> {
  const { words, deps, at } = turn;
  const { form, period, unit } = facts.key;
  const [chain] = await chainsBelow(turn, form, period, unit);
  const ended = endedOf(chain);
  const posts = deps.directory.officesIn(unit).filter(({ role }) => facts.form.reporters.includes(role));
  const post = posts.find(({ user }) => user !== null) ?? posts.find(({ hasPhone }) => hasPhone);
  const seen = post?.user ? (await deps.lastContact([post.user])).get(post.user) : undefined;
  const name = post ? spokenName(words, post) : '';
  const lines = [
    text,
    post
      ? words.t(seen ? 'officer:help.last' : 'officer:help.never', {
          Name: capital(name),
          moment: seen ? momentShort(words, seen) : '',
        })
      : words.t('officer:help.nobody'),
    ...(ended.kind === 'silent' ? [] : [capital(endedName(turn, placeName(deps, unit, at), ended))]),
  ];
  const mayEnter = mayActOnBehalf(personOf(turn).offices, deps.directory.tree, unit, at);
  const { aboveLockAt } = timesAbove(facts.form, deps.settings.calendars, period);
  if (mayEnter && at < aboveLockAt && at >= facts.times.opensAt)
    lines.push(words.t('officer:help.enter', { name: villageName(turn, unit) }));
  const phone = post?.hasPhone ? await deps.org.phoneOf(post.id) : null;
  const choices: Choice[] = [];
  if (phone !== null)
    choices.push({ id: 'CALL', label: words.t('reports:buttons.call', { name }), link: { phone } });
  if (mayEnter && at > facts.times.deadline)
    choices.push({
      id: 'WHY',
      label: words.t('officer:buttons.why'),
      command: `#LYDO_${form}/${period}/${unit}`.toUpperCase(),
    });
  return { text: lines.join('\n'), choices };
}
