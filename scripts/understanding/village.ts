import { MovableClock } from '../../src/kernel/clock';
import type { Report } from '../../src/reporting/report';
import { labelledLines, type Expected, type Judged, type Line, type Verdict } from './labelled';
import { CLAIM_CODE, LEADER, NEWCOMER, World, type Heard, type Talk } from './world';
import { WISHES } from './wishes';

/** The lines of village leaders, each typed where it was typed: February sent as 400, 4, 100, 12, the clock at 12 March. */

const FIGURES = ['adults_digital', 'classes_held', 'learners', 'households_helped'] as const;
const OPEN_FIGURE: Readonly<Record<string, string>> = {
  ...{ q1: FIGURES[0], q2: FIGURES[1], q3: FIGURES[2], q4: FIGURES[3] },
  ...{ confirm: FIGURES[2], odd: FIGURES[2] },
};
/** What is said to get there; each goes on from the one named first. */
const WAYS: Readonly<Record<string, readonly [string | null, readonly string[]]>> = {
  screen: ['idle', ['báo cáo']],
  q1: ['screen', ['trả lời từng câu']],
  q2: ['q1', ['418']],
  q3: ['q2', ['5']],
  q4: ['q3', ['121']],
  review: ['q4', ['14']],
  sent: ['review', ['gửi']],
  confirm: ['q3', ['gần trăm người']],
  odd: ['q3', ['450']],
};
/** Where a context must leave the person standing; anything else is a fault of the harness. */
const STANDS: Readonly<Record<string, string>> = {
  ...{ idle: '', screen: 'report.thumb', review: 'report.readback', sent: '' },
  ...{ q1: 'report.question', q2: 'report.question', q3: 'report.question', q4: 'report.question' },
  ...{ confirm: 'report.confirm', odd: 'report.odd', onboarding: 'onboarding.confirm' },
};

export async function judgeVillageLines(lines = labelledLines('village-lines.jsonl')): Promise<Judged[]> {
  const clock = MovableClock.startingAt(new Date('2026-02-12T08:00:00+07:00'));
  const world = await World.open(clock);
  const starts = await contexts(world, clock);
  const judged: Judged[] = [];
  for (const line of lines) {
    const start = starts.get(line.context ?? 'idle');
    if (!start) throw new Error(`${line.id}: no context ${line.context}`);
    const talk = world.copy(start);
    const before = world.report(talk, '2026-03');
    const heard = await world.say(talk, line.text);
    const after = world.report(talk, '2026-03');
    const verdict = judge(line, before, after, heard);
    judged.push({ line, verdict, saw: saw(before, after, heard), micros: heard.micros });
  }
  return judged;
}

async function contexts(world: World, clock: MovableClock): Promise<Map<string, Talk>> {
  const idle = world.begin(LEADER);
  for (const text of ['báo cáo', '400', '4', '100', '12', 'gửi']) await world.say(idle, text);
  if (!world.report(idle, '2026-02')?.submittedAt) throw new Error('February was not sent');
  clock.moveTo(new Date('2026-03-12T08:00:00+07:00'));
  const talks = new Map([['idle', idle]]);
  for (const [name, [from, said]] of Object.entries(WAYS)) {
    const talk = world.copy(talks.get(from ?? 'idle') as Talk);
    let at = '';
    for (const text of said) at = (await world.say(talk, text)).at;
    if (at !== STANDS[name]) throw new Error(`${name} stands on ${at}, not on ${STANDS[name]}`);
    talks.set(name, talk);
  }
  const newcomer = world.begin(NEWCOMER);
  const { at } = await world.say(newcomer, CLAIM_CODE);
  if (at !== STANDS['onboarding']) throw new Error(`the code led to ${at}`);
  talks.set('onboarding', newcomer);
  return talks;
}

/** Figures whose value or status is another one now. */
function changesOf(before: Report | null, after: Report | null): Map<string, number | null | 'missing'> {
  const out = new Map<string, number | null | 'missing'>();
  for (const [id, now] of Object.entries(after?.figures ?? {})) {
    const was = before?.figures[id];
    if (was && was.value === now.value && was.status === now.status) continue;
    out.set(id, now.status === 'missing' ? 'missing' : now.value);
  }
  return out;
}

/** Something that cannot be taken for an answer to what was said. */
const UNHELPFUL =
  /^(?:reports:repair\.|common:not_understood$|reports:which_number$|onboarding:not_understood$)/;

/** Wishes that an article answers. */
const BY_ARTICLE = new Set(['faq', 'classes', 'reassure', 'help', 'ask', 'chat', 'note']);

function judge(line: Line, before: Report | null, after: Report | null, heard: Heard): Verdict {
  const { expect } = line;
  const changes = changesOf(before, after);
  const wasSent = before?.submittedAt != null;
  const sent = !wasSent && after?.submittedAt != null;
  const claimed = heard.effects.some(({ kind }) => kind === 'org.claim');
  const muted = heard.effects.some(({ kind }) => kind === 'contact.mute');
  // A how-to about something that was not asked.
  if (heard.article !== null && !BY_ARTICLE.has(expect.wish ?? '')) return 'wrong';
  const helped: Verdict = heard.keys.some((key) => UNHELPFUL.test(key)) ? 'unhelpful' : 'asked';
  if (expect.wish !== undefined) {
    const wish = WISHES[expect.wish];
    if (!wish) throw new Error(`${line.id}: no wish ${expect.wish}`);
    if (sent !== (wish.sends === true) && sent) return 'wrong';
    if ((claimed && wish.claims !== true) || (muted && wish.mutes !== true)) return 'wrong';
    if (changes.size > 0 && !wish.stores) return 'wrong';
    if (wish.right({ ...heard, typed: line.text, sent, muted, changes })) return 'right';
    return helped;
  }
  if (sent || claimed || muted) return 'wrong';
  if (expect.ask !== undefined) {
    const only = [...changes.values()].every((value) => value === 'missing');
    if (changes.size > 0 && !only) return 'wrong';
    const again = heard.keys.some((key) =>
      /^(?:reports:repair\.(?:first|second)|onboarding:not_understood|onboarding:notice)$/.test(key),
    );
    return changes.size > 0 ? 'unhelpful' : helped === 'asked' || again ? 'right' : helped;
  }
  const wanted = wantedOf(expect, line.context ?? 'idle');
  for (const [id, value] of changes) if (wanted.get(id) !== value) return 'wrong';
  const whole = [...wanted].every(([id, value]) => {
    const now = after?.figures[id];
    return now !== undefined && (now.status === 'missing' ? value === 'missing' : now.value === value);
  });
  return whole && wanted.size > 0 ? 'right' : helped;
}

function wantedOf(expect: Expected, context: string): Map<string, number | 'missing'> {
  const open = OPEN_FIGURE[context] ?? '';
  if (expect.v !== undefined) return new Map([[open, expect.v]]);
  if (expect.none !== undefined) return new Map([[open, 'missing']]);
  return new Map(Object.entries(expect.figs ?? expect.edit ?? {}));
}

function saw(before: Report | null, after: Report | null, heard: Heard): string {
  const stored = [...changesOf(before, after)].map(([id, value]) => `${id}=${value}`).join(' ');
  const acts = heard.effects.filter(({ kind }) => kind !== 'report.answer').map(({ kind }) => kind);
  return [stored, ...acts, heard.text.replace(/\s+/g, ' ').slice(0, 110)]
    .filter((part) => part !== '')
    .join(' · ');
}
