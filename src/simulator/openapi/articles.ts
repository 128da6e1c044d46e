import { newMessageId } from '../zalo-events';
import { isFields, OK, points, refuse, word, type ApiAnswer, type ApiCall, type Endpoints } from './answers';

/** Articles, which broadcasts are made of: making one is a job, of which the answer names the token. */

const LONGEST = { title: 150, author: 50, description: 300 } as const;

export function createArticles(): Endpoints {
  return { 'POST /v2.0/article/create': create };
}

function create({ body }: ApiCall): ApiAnswer {
  const article = isFields(body) ? body : {};
  for (const [name, longest] of Object.entries(LONGEST)) {
    const text = word(article[name]);
    if (text === undefined) return refuse(-201, `${name} is invalid`);
    if (points(text.normalize('NFC')) > longest) return refuse(-210, `${name} exceeds ${longest}`);
  }
  if (!isFields(article['cover'])) return refuse(-201, 'cover is invalid');
  const blocks = article['body'];
  if (!Array.isArray(blocks) || blocks.length === 0 || !blocks.every(isFields))
    return refuse(-201, 'body is invalid');
  const { status = 'hide' } = article;
  if (status !== 'hide' && status !== 'show') return refuse(-201, 'status is invalid');
  return { ...OK, data: { token: newMessageId() } };
}
