import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadArticles, MAX_PART } from '../../src/knowledge/load';
import { searchArticles } from '../../src/knowledge/search';
import { readFigure } from '../../src/understanding/number';
import { readIntent } from '../../src/understanding/intent';
import { maskSecrets } from '../../src/kernel/secrets';
import { foldText } from '../../src/kernel/vn-text';

const LOCALES = ['vi', 'en'] as const;
const articles = {
  vi: loadArticles(join('locales', 'vi', 'faq')),
  en: loadArticles(join('locales', 'en', 'faq')),
};

it('each language has the same articles', () => {
  expect(articles.en.map((a) => a.id)).toEqual(articles.vi.map((a) => a.id));
});

describe.each(
  LOCALES.flatMap((locale) => articles[locale].map((article) => [locale, article.id, article] as const)),
)('%s %s', (locale, id, article) => {
  it.each(article.questions)('«%s» finds it first and surely', (question) => {
    // Each spelling once: many questions are typed without marks already.
    const spellings = new Set([
      question,
      foldText(question),
      question.toUpperCase(),
      question.normalize('NFD'),
      `${question} ạ`,
    ]);
    for (const typed of spellings) {
      const found = searchArticles(typed, articles[locale]);
      expect({ typed, id: found?.article.id, sure: found?.sure }).toEqual({ typed, id, sure: true });
    }
  });

  it('is not taken for a command, a figure or a secret on the way', () => {
    for (const question of article.questions) {
      expect({ question, intent: readIntent(question) }).toEqual({ question, intent: null });
      for (const measure of ['person', 'session', 'visit', 'household'])
        expect(readFigure(question, { measure, nature: 'flow', last: 4 }).kind).toMatch(/^(?:none|ask)$/);
      expect(maskSecrets(question, String).secrets).toEqual([]);
    }
  });

  it('is short, dated and asks for no secret', () => {
    expect(article.parts.length).toBeGreaterThan(0);
    for (const part of article.parts) expect(part.length).toBeLessThanOrEqual(MAX_PART);
    expect(article.parts.at(-1)).toMatch(/^(?:Nguồn|Source): .+, \d{1,2}\/\d{1,2}\/20\d\d$/m);
    expect(new Date(article.reviewed).getTime()).not.toBeNaN();
  });
});

interface Line {
  text: string;
  role: string;
  intent: string;
}
const lines = readFileSync('test/fixtures/utterances.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

/** Intents of the sample that an article answers. */
const ANSWERED: Record<string, string> = {
  howto_activate_level2: 'activate-level2',
  where_level2: 'get-level2',
  otp_not_received: 'otp-not-received',
  forgot_password: 'forgot-vneid-password',
  forgot_passcode: 'forgot-passcode',
  new_phone: 'new-phone',
  new_phone_lost_old: 'new-phone',
  nfc_fail: 'new-phone',
  lock_account: 'lock-account',
  course_register: 'where-to-learn',
  course_certificate: 'where-to-learn',
  ask_class_topic: 'where-to-learn',
  scam_report: 'scam-warning',
  citizen_question_relay: 'scam-warning',
  scam_victim: 'told-a-code',
};

it.each(lines.map(({ role, intent, text }) => [role, intent, text] as const))(
  '%s, %s: %s',
  (_role, intent, text) => {
    const found = searchArticles(text, articles.vi);
    const sure = found?.sure ? found.article.id : null;
    if (intent === 'howto_no_smartphone') expect([null, 'activate-level2']).toContain(sure);
    else expect(sure).toBe(ANSWERED[intent] ?? null);
  },
);
