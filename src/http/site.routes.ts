import { Router } from 'express';
import type { Words } from '../kernel/i18n';
import { SHARE_CARD_PATH, shareCard } from './share-card';

export interface SiteOptions {
  /** Codes by which Zalo knows that the domain is ours; the page and a file for each show them. */
  readonly codes: readonly string[];
  /** Languages of the page, the main one first. */
  readonly words: readonly [Words, ...Words[]];
}

const FILE = /^\/zalo_verifier([\w-]{1,128})\.html$/;

/**
 * What a browser sees at the address of the program: a page that says where to go instead, and the proof of the domain
 * for Zalo, which looks at it when an address is saved in its console and may look again at any time.
 */
export function createSiteRouter({ codes, words }: SiteOptions): Router {
  const router = Router();
  const home = homePage(codes, words);
  const known = new Set(codes);
  router.get('/', (_req, res) => {
    res.type('html').send(home);
  });
  const card = shareCard();
  router.get(SHARE_CARD_PATH, (_req, res) => {
    res.type('png').send(card);
  });
  router.get(FILE, (req, res, next) => {
    const code = FILE.exec(req.path)?.[1] ?? '';
    if (known.has(code)) res.type('html').send(page(words[0].locale, proof(code), 'Zalo', ''));
    else next();
  });
  return router;
}

function homePage(codes: readonly string[], words: readonly [Words, ...Words[]]): string {
  const [first] = words;
  const parts = words.map((each) => {
    const heading = each === first ? 'h1' : 'h2';
    return `<section lang="${each.locale}">
<${heading}>${escape(each.t('account:site.welcome'))}</${heading}>
<p>${escape(each.t('account:site.about'))}</p>
<p>${escape(each.t('account:site.care'))}</p>
</section>`;
  });
  return page(first.locale, codes.map(proof).join('\n'), first.t('account:site.title'), parts.join('\n'));
}

function proof(code: string): string {
  return `<meta property="zalo-platform-site-verification" content="${escape(code)}" />`;
}

function page(language: string, head: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
${head}
<title>${escape(title)}</title>
<style>body{font:1.15rem/1.6 system-ui,sans-serif;max-width:38rem;margin:8vh auto;padding:0 1.2rem;color:#1d2a36}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
