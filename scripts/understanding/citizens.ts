import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MovableClock } from '../../src/kernel/clock';
import { repositoryRoot } from '../../src/kernel/root';
import { labelledLines, type Judged, type Line, type Verdict } from './labelled';
import { expectedOf, INTENTS, type Expected } from './topics';
import { CITIZEN, World, type Heard } from './world';

/** The lines of citizens, each typed as the first message of somebody who holds no post. */

/** Every line of a file of `test/fixtures/labelled`. Throws a RangeError on a topic that nothing answers. */
export async function judgeCitizens(name: string): Promise<Judged[]> {
  return judgeLines(
    labelledLines(name).map((line) => ({ line, expected: expectedOf(line.expect.topic ?? '') })),
  );
}

/** Citizens' lines of the sample; those with an intent that neither an article nor a command answers are left out. */
export async function judgeUtterances(): Promise<Judged[]> {
  const path = join(repositoryRoot(), 'test', 'fixtures', 'utterances.jsonl');
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; role: string; intent: string })
    .filter(({ role, intent }) => role === 'citizen' || intent === 'citizen_question_relay');
  return judgeLines(
    lines.flatMap(({ text, intent }, i) => {
      const expected = INTENTS[intent];
      return expected ? [{ line: { id: `u${i + 1}`, text, expect: { topic: intent } }, expected }] : [];
    }),
  );
}

async function judgeLines(lines: readonly { line: Line; expected: Expected }[]): Promise<Judged[]> {
  const clock = MovableClock.startingAt(new Date('2026-12-01T09:00:00+07:00'));
  const world = await World.open(clock);
  const judged: Judged[] = [];
  for (const { line, expected } of lines) {
    const heard = await world.say(world.begin(CITIZEN), line.text);
    judged.push({ line, ...verdictOn(heard, expected), micros: heard.micros });
  }
  return judged;
}

/** Nothing that a first message of a citizen may bring about unasked. */
const ACTS = /^(?:contact\.(?:mute|language)|class\.|org\.claim|person\.|handover\.)/;

function verdictOn(heard: Heard, expected: Expected): { saw: string; verdict: Verdict } {
  const { article, effects, offers, keys } = heard;
  const place = heard.at.startsWith('commune.') && heard.took.length === 0 ? ['place'] : heard.took;
  const took = keys.some((key) => SECRETS.test(key)) ? ['secret'] : place;
  const acts = effects.map(({ kind }) => kind).filter((kind) => ACTS.test(kind));
  const saw = [article ?? '', ...took, ...acts, offers.length > 0 ? `? ${offers.join(', ')}` : '']
    .filter((part) => part !== '')
    .join(' · ');
  if (took.some((id) => expected.taken?.includes(id))) return { saw, verdict: 'right' };
  if (acts.length > 0) return { saw, verdict: 'wrong' };
  if (article !== null && took.length === 0)
    return { saw, verdict: expected.articles.includes(article) ? 'right' : 'wrong' };
  if (took.length > 0) return { saw, verdict: 'unhelpful' };
  if (keys.some((key) => NOTHING_FOUND.test(key)))
    return { saw: '-', verdict: expected.elsewhere ? 'right' : 'unhelpful' };
  if (expected.vague) return { saw, verdict: 'right' };
  const known = [...expected.articles, ...(expected.taken ?? [])];
  return { saw, verdict: offers.some((id) => known.includes(id)) ? 'asked' : 'unhelpful' };
}

const SECRETS = /^(?:common:secret_warning|onboarding:six_digits)/;
const NOTHING_FOUND = /^onboarding:(?:not_understood|welcome)$/;
