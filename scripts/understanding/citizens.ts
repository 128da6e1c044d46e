import { ARTICLES } from './articles';
import { cpuStopwatch } from './cpu';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../src/kernel/root';
import { maskSecrets } from '../../src/kernel/secrets';
import { findArticles } from '../../src/knowledge/find';
import { languageOf } from '../../src/understanding/language';
import { citizenCommandsSaid } from './said';
import { labelledLines, type Judged, type Line, type Verdict } from './labelled';
import { expectedOf, INTENTS, type Expected } from './topics';

/**
 * Every line of a file of `test/fixtures/labelled`: each as a citizen's first message, in the order in which the program
 * looks at it. Throws a RangeError on a topic that nothing answers.
 */
export function judgeCitizens(name: string): Judged[] {
  return labelledLines(name).map((line) => judge(line, expectedOf(line.expect.topic ?? '')));
}

/** Citizens' lines of the sample; those with an intent that neither an article nor a command answers are left out. */
export function judgeUtterances(): Judged[] {
  const path = join(repositoryRoot(), 'test', 'fixtures', 'utterances.jsonl');
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; role: string; intent: string })
    .filter(({ role, intent }) => role === 'citizen' || intent === 'citizen_question_relay')
    .flatMap(({ text, intent }, i) => {
      const expected = INTENTS[intent];
      return expected ? [judge({ id: `u${i + 1}`, text, expect: { topic: intent } }, expected)] : [];
    });
}

function judge(line: Line, expected: Expected): Judged {
  const micros = cpuStopwatch();
  const { saw, verdict } = read(line.text, expected);
  return { line, saw, verdict, micros: micros() };
}

function read(text: string, expected: Expected): { saw: string; verdict: Verdict } {
  const taken = (kind: string): { saw: string; verdict: Verdict } => ({
    saw: kind,
    verdict: expected.taken?.includes(kind) ? 'right' : 'unhelpful',
  });
  const masked = maskSecrets(text, String);
  if (masked.secrets.length > 0) return taken('secret');
  const [said] = citizenCommandsSaid(masked.text);
  if (said !== undefined) return taken(said);
  const found = findArticles(masked.text, ARTICLES[languageOf(masked.text) ?? 'vi']);
  if (found.kind === 'none') return { saw: '-', verdict: expected.elsewhere ? 'right' : 'unhelpful' };
  if (found.kind === 'answer') {
    const { id } = found.article;
    return { saw: id, verdict: expected.articles.includes(id) ? 'right' : 'wrong' };
  }
  const ids = found.articles.map(({ id }) => id);
  const saw = `? ${ids.join(', ')}`;
  if (expected.vague) return { saw, verdict: 'right' };
  return { saw, verdict: ids.some((id) => expected.articles.includes(id)) ? 'asked' : 'unhelpful' };
}
