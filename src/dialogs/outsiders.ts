import type { InboundEvent } from '../channels/channel';
import { bubbles } from '../conversation/say';
import { searchArticles } from '../knowledge/search';
import type { Article } from '../knowledge/article';
import { foldText } from '../kernel/vn-text';
import type { Words } from '../kernel/i18n';
import { articleAnswer } from '../knowledge/chat/articles';
import { addressVars } from '../org/chat/people';

/**
 * Answers to those with whom there is no conversation: visitors of a web page without a Zalo account, and groups.
 * Neither can report anything here; both are shown the way to the private chat. Pure: the same event, the same words.
 */

export interface OutsiderFacts {
  readonly words: Words;
  readonly articles: readonly Article[];
  /** Opens the private chat with the bot. Empty where the messenger has no such link. */
  readonly chatLink: string;
}

/** `once` stands for the whole conversation: said the first time only, whatever else is answered. */
export interface OutsiderAnswer {
  readonly once: boolean;
  readonly texts: readonly string[];
}

/** A question that has an article is answered; else the visitor is told, once, where to go on. Secrets are warned of each time. */
export function answerVisitor(event: InboundEvent, facts: OutsiderFacts): OutsiderAnswer {
  const { words, articles, chatLink } = facts;
  const vars = addressVars(words, null);
  // The code of an invitation: the way to the chat is the answer to that too.
  if (event.secrets.some((kind) => kind !== 'claim_code'))
    return { once: false, texts: [words.t('common:secret_warning_short', vars)] };
  const found = event.text === undefined ? null : searchArticles(event.text, articles);
  if (found?.sure)
    return { once: false, texts: bubbles(articleAnswer(found.article, words, event.eventAt).text) };
  return { once: true, texts: [words.t('onboarding:visitor', { ...vars, link: chatLink })] };
}

/** `once`: to this person not more than once a day, however often they do it. */
export interface GroupAnswer {
  readonly once: boolean;
  readonly text: string;
}

/**
 * One sentence to a member who spoke to the bot in a group, or typed figures or a phone number there; null for anything
 * else. `quotesUs`: the message answers one of ours. Commands of groups (`#tinhhinh` and the like) will be told apart here,
 * by `event.data.addressed`.
 */
export function answerGroup(
  event: InboundEvent,
  quotesUs: boolean,
  { words, chatLink }: OutsiderFacts,
): GroupAnswer | null {
  const addressed = event.data?.['addressed'] !== undefined || quotesUs;
  const told = addressed && (/\d/.test(event.text ?? '') || event.secrets.length > 0);
  const figures = event.data?.['figures'] === true || told;
  const secret = event.secrets.some((kind) => kind !== 'claim_code');
  if (event.from === undefined || (!addressed && !figures && event.secrets.length === 0)) return null;
  const vars = { ...addressVars(words, null), link: chatLink };
  if (secret) return { once: false, text: words.t('common:secret_warning_short', vars) };
  const plain = chatLink === '';
  const key = figures
    ? `common:${plain ? 'group_no_figures_plain' : 'group_no_figures'}`
    : `common:${plain ? 'group_pointer_plain' : 'group_pointer'}`;
  return { once: figures, text: words.t(key, vars) };
}

/** «bot», «trợ lý», «menu», or a tap: somebody to whom a person of the office is writing wants the bot. */
export function callsBot(event: Pick<InboundEvent, 'text'>): boolean {
  const text = (event.text ?? '').trim();
  if (text.startsWith('#')) return true;
  return /^(?:(?:goi|hoi|gap|cho gap) )?(?:bot|tro ly(?: (?:ao|tu dong|may))?|menu|assistant)(?: (?:oi|a|nhe|dau|dau roi))*$/.test(
    foldText(text.replace(/[^\p{L}\p{M}\p{N}\s#]/gu, ' ')),
  );
}
