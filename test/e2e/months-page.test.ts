import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { inBrowser, PhonePage } from '../support/phone-page';
import { PICTURE } from '../support/picture';

/**
 * Three months of one village as its head plays them on a telephone's page of 390 pixels, typing without marks, with the
 * real program behind it: what is sent each month, and that no answer is wider than the page or longer than two bubbles.
 * It is left to `.ci/run`; `test/transcripts/month-*.txt` hold such months word for word.
 */
/** Where to leave pictures of each month to look at; nothing is left when it is not set. */
const PICTURES = process.env['SIMULATOR_PICTURES'];
const VILLAGE = '07381-01';
/** Of one bubble, and of what one answer may take. */
const BUBBLE = 480;
const BUBBLES = 2;

inBrowser('months-page')('three months of a village on a telephone', () => {
  let phone: PhonePage;
  let page: Page;

  beforeAll(async () => {
    phone = await PhonePage.open('Bác Bình');
    page = phone.page;
  }, 120_000);

  afterAll(async () => {
    await phone?.close();
  });

  it('is claimed, asked about, slipped in, put off and sent, month after month', async () => {
    await says(await claimCode(), 'phải không ạ?');
    await says('dung', 'em chưa rõ là «đúng» hay «dừng»');
    await taps('Đúng', 'Kỳ báo cáo tháng 3');
    await says('bao cao', 'Câu 1/4');
    await says('so nay la gi', 'từ 18 tuổi trở lên');
    await says('418', 'Câu 2/4');
    await says('nam', 'Em hiểu là 5');
    await says('u', 'Câu 3/4');
    await says('moi buoi hai nham nguoi', 'Câu 3/4');
    await says('tram hai mot', 'Câu 4/4');
    await says('12 nha', 'Em ghi – tháng 3');
    await says('de mai gui', '«tiếp»');
    await says('gui di', 'Em ghi – tháng 3');
    await says('gui', 'Đã gửi 08:00 ngày 12/3');
    await says('gui roi ma', 'đã gửi 08:00 ngày 12/3');
    await says('nham roi so buoi 6 co', '5 → 6');
    await picture('month-1');

    await moveTo('2026-04-13T08:05:00+07:00');
    await says('bat dau', 'Tháng 4 có giống tháng trước không bác?');
    await says('ai xem so nay', 'Tháng 4 có giống tháng trước không bác?');
    await says('khac roi', 'Câu 1/4');
    await says('van the', 'Câu 2/4');
    await says('6b', 'Câu 3/4');
    await says('thang truoc may', 'Số bác báo tháng 3');
    await says('140', 'Câu 4/4');
    await says('14 nha', 'Em ghi – tháng 4');
    await sendsFromMenu('Em ghi – tháng 4');
    await says('ok gui', 'Đã gửi 08:05 ngày 13/4');
    await picture('month-2');

    await moveTo('2026-05-13T08:05:00+07:00');
    await says('ba con hoi lam vneid o dau', 'Công an xã, phường');
    await says('thang nay nghi gat khong hoc buoi nao', 'Buổi học trong tháng: 0');
    await says('nguoi nhu cu, con lai khong co', 'Buổi học trong tháng: 0');
    await says('gui', 'Đã gửi 08:05 ngày 13/5');
    await picture('month-3');
    expect(phone.faults).toEqual([]);
  }, 180_000);

  async function claimCode(): Promise<string> {
    const found = await fetch(`${phone.program.url}/simulator/codes`);
    const { codes } = (await found.json()) as { codes: { unit: string; role: string; code: string }[] };
    return codes.find(({ unit, role }) => unit === VILLAGE && role === 'village_head')?.code ?? '';
  }

  async function moveTo(now: string): Promise<void> {
    const moved = await fetch(`${phone.program.url}/simulator/clock`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ now }),
    });
    expect(moved.status).toBe(200);
  }

  async function says(text: string, hears: string): Promise<void> {
    const before = await page.locator('li.theirs').count();
    await page.getByRole('textbox', { name: /Bác Bình/ }).fill(text);
    await page.keyboard.press('Enter');
    await reads(text, hears, before);
  }

  async function taps(label: string, hears: string): Promise<void> {
    const before = await page.locator('li.theirs').count();
    await page.locator('li.theirs').last().getByRole('button', { name: label, exact: true }).click();
    await reads(label, hears, before);
  }

  /** A photo of the roll, by the menu beside the line and out of the telephone's own pictures. */
  async function sendsFromMenu(hears: string): Promise<void> {
    for (const way of ['Gửi ảnh mẫu', 'own'] as const) {
      const before = await page.locator('li.theirs').count();
      await page.locator('details.more summary').first().click();
      const menu = page.locator('details.more[open]');
      if (way === 'own')
        await page
          .locator('details.more input[type=file]')
          .first()
          .setInputFiles({ name: 'diem-danh.png', mimeType: 'image/png', buffer: PICTURE });
      else await menu.getByRole('button', { name: way, exact: true }).click();
      await reads(`ảnh (${way})`, hears, before);
      const answer = (await page.locator('li.theirs').allTextContents()).slice(before).join('\n');
      expect(answer).toContain('ảnh');
    }
  }

  /** The answer has come, says it, and fits the page. */
  async function reads(said: string, hears: string, before: number): Promise<void> {
    await page.locator('li.theirs').filter({ hasText: hears }).nth(0).waitFor();
    await page.locator('li.theirs').nth(before).waitFor();
    const bubbles = (await page.locator('li.theirs').allTextContents()).slice(before);
    expect({ said, hears: bubbles.join('\n') }).toEqual({ said, hears: expect.stringContaining(hears) });
    expect({ said, bubbles: bubbles.length <= BUBBLES }).toEqual({ said, bubbles: true });
    const texts = (await page.locator('li.theirs p.text').allTextContents()).map(({ length }) => length);
    expect(Math.max(...texts)).toBeLessThanOrEqual(BUBBLE);
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect({ said, wide }).toEqual({ said, wide: 390 });
  }

  async function picture(name: string): Promise<void> {
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }
});
