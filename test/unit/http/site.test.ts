import type { AddressInfo } from 'node:net';
import { createHttpServer } from '../../../src/http/server';
import { createSiteRouter } from '../../../src/http/site.routes';
import { Dictionary } from '../../../src/kernel/i18n';
import { silentLog } from '../../../src/observability/logger';
import { loadLocales } from '../../../src/app/load-locales';

const dictionary = new Dictionary(loadLocales());

async function withSite(codes: string[], test: (base: string) => Promise<void>): Promise<void> {
  const router = createSiteRouter({ codes, words: [dictionary.in('vi'), dictionary.in('en')] });
  const http = createHttpServer({ first: [], routers: [{ path: '/', router }], log: silentLog });
  const { port }: AddressInfo = await http.listen(0, '127.0.0.1');
  try {
    await test(`http://127.0.0.1:${port}`);
  } finally {
    await http.close(100);
  }
}

const tag = (code: string) => `<meta property="zalo-platform-site-verification" content="${code}" />`;

it('shows Zalo that the domain is ours, in a file for each code and on the home page', () =>
  withSite(['AbC-1_x', 'second'], async (base) => {
    for (const code of ['AbC-1_x', 'second']) {
      const file = await fetch(`${base}/zalo_verifier${code}.html`);
      expect(file.status).toBe(200);
      expect(file.headers.get('content-type')).toContain('text/html');
      const text = await file.text();
      expect(text.slice(0, text.indexOf('</head>'))).toContain(tag(code));
    }
    const home = await (await fetch(base)).text();
    const head = home.slice(0, home.indexOf('</head>'));
    expect(head).toContain(tag('AbC-1_x'));
    expect(head).toContain(tag('second'));
    expect((await fetch(base, { method: 'HEAD' })).status).toBe(200);
  }));

it.each([
  '/zalo_verifierother.html',
  '/zalo_verifier.html',
  '/zalo_verifierabc-1_x.html',
  '/zalo_verifierAbC-1_x',
])('knows no %s', (path) =>
  withSite(['AbC-1_x'], async (base) => {
    expect((await fetch(base + path)).status).toBe(404);
  }),
);

it('greets people politely in both languages, also without a code', () =>
  withSite([], async (base) => {
    const home = await (await fetch(base)).text();
    expect(home).toContain('<section lang="vi">');
    expect(home).toContain('<section lang="en">');
    expect(home).not.toContain('site-verification');
  }));
