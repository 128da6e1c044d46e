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

  it('stops where a person would look, plays for less than a minute, and ends with the department', async () => {
    const begun = performance.now();
    await page.click('#tour');
    await page.waitForSelector('#tour-card:not([hidden])');
    const seen: string[] = [];
    const read = new Map<string, string>();
    for (let stop = 0; stop < 30 && (await settled()); stop += 1) {
      const title = (await page.textContent('#tour-title')) ?? '';
      seen.push(title);
      read.set(title, (await page.textContent('#phones')) ?? '');
      await page.click('#tour-next');
    }
    // What is promised to visitors; nobody waits between the stops here.
    expect(performance.now() - begun).toBeLessThan(60_000);
    expect(seen.slice(0, 3)).toEqual(['Nhận việc', 'Mở kỳ báo cáo 13/3', 'Báo cáo trong một phút']);
    expect(read.get('Mở kỳ báo cáo 13/3')).toContain('Kỳ báo cáo tháng 3');
    expect(read.get('Giao việc từ tỉnh')).toContain('Đã phát 145/UBND-VX');
    expect(read.get('Xuống tới thôn')).toContain('mượn máy chiếu gặp anh Bình');
    expect(read.get('Ai nhận, ai vướng')).toContain('chiều nay bác sang xã lấy máy nhé');
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
