import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { dropRealStores, realStores } from './real-stores';
import { Supervisor } from './supervisor';

const CHROMIUM = [process.env['CHROME_PATH'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path !== '' && existsSync(path),
);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

/** `describe` where there is a Chromium; else the suite is skipped, and says so. */
export function inBrowser(suite: string): jest.Describe {
  if (CHROMIUM) return describe;
  console.warn(`${suite}: skipped, no Chromium found (set CHROME_PATH, or apt-get install chromium)`);
  return describe.skip;
}

/** One person's telephone of 390 pixels in a real browser, with the real program behind it. */
export class PhonePage {
  private constructor(
    readonly program: Supervisor,
    private readonly browser: Browser,
    readonly page: Page,
    /** What went wrong in the page's own script. */
    readonly faults: string[],
  ) {}

  static async open(person: string): Promise<PhonePage> {
    const program = new Supervisor({
      env: { ...(await realStores()), GATHER_MS: '300', ZALO_REQUESTS_PER_MINUTE: '60000' },
    });
    let browser: Browser | null = null;
    try {
      await program.start();
      browser = await chromium.launch({ executablePath: CHROMIUM as string, args: FLAGS });
      const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
      const faults: string[] = [];
      page.setDefaultTimeout(10_000);
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(`${program.url}/simulator`);
      await page.getByRole('button', { name: 'Thêm điện thoại' }).click();
      await page.keyboard.type(person);
      await page.keyboard.press('Enter');
      await page.getByRole('textbox', { name: new RegExp(person) }).waitFor();
      return new PhonePage(program, browser, page, faults);
    } catch (error) {
      await browser?.close();
      await program.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.program.close();
    await dropRealStores(this.program.env);
  }
}
