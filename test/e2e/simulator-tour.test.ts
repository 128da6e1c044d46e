import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { dropRealStores, realStores } from '../support/real-stores';
import { Supervisor } from '../support/supervisor';

/** «Chạy thử một tháng»: a visitor sees a whole month on the page, in a real browser, with the real program behind it. */

const CHROMIUM = [process.env['CHROME_PATH'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path !== '' && existsSync(path),
);
if (!CHROMIUM)
  console.warn('simulator-tour: skipped, no Chromium found (set CHROME_PATH, or apt-get install chromium)');
const inBrowser = CHROMIUM ? describe : describe.skip;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

inBrowser('a month played on the page', () => {
  let program: Supervisor;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    program = new Supervisor({ env: await realStores() });
    await program.start();
    browser = await chromium.launch({ executablePath: CHROMIUM as string, args: FLAGS });
    page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${program.url}/simulator`);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await program?.close();
    if (program) await dropRealStores(program.env);
  });

  it('stops where a person would look, and ends with the department', async () => {
    await page.click('#tour');
    await page.waitForSelector('#tour-card:not([hidden])');
    const seen: string[] = [];
    for (let stop = 0; stop < 30 && (await settled()); stop += 1) {
      seen.push((await page.textContent('#tour-title')) ?? '');
      await page.click('#tour-next');
    }
    expect(seen[0]).toBe('Nhận việc');
    expect(seen).toContain('Báo cáo của xã');
    expect(seen.at(-1)).toBe('Chốt số');
    expect(await page.textContent('#toast')).toBe('');
    expect(faults).toEqual([]);
    const codes = (await (await fetch(`${program.url}/simulator/codes`)).json()) as {
      codes: { claimed: boolean }[];
    };
    expect(codes.codes.filter(({ claimed }) => claimed)).toHaveLength(9);
  }, 180_000);

  /** True once the stop is played through; false when the tour is over. */
  async function settled(): Promise<boolean> {
    await page.waitForSelector('#tour-card[hidden], #tour-next:not([disabled])', {
      state: 'attached',
      timeout: 90_000,
    });
    return page.isVisible('#tour-card');
  }
});
