import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import helmet from 'helmet';
import { chromium, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { MovableClock } from '../../src/kernel/clock';
import { SETTINGS } from '../../src/simulator/openapi/group-store';
import { createSimulator, type Simulator } from '../../src/simulator/simulator';

/** The simulator's page in a real browser, in front of a small bot that lives behind the fake Zalo's HTTP calls. */

const CHROMIUM = [process.env['CHROME_PATH'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path !== '' && existsSync(path),
);
if (!CHROMIUM)
  console.warn('simulator-page: skipped, no Chromium found (set CHROME_PATH, or apt-get install chromium)');
const inBrowser = CHROMIUM ? describe : describe.skip;
/** Where to leave pictures of the page to look at; nothing is left when it is not set. */
const PICTURES = process.env['SIMULATOR_PICTURES'];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const START = new Date('2026-03-12T08:00:00+07:00');
const REMINDER = new Date('2026-03-15T08:00:00+07:00');
const CODE = {
  unit: '07795-01',
  unitName: 'Tổ dân phố Chu Xá',
  communeName: 'Phường Nếnh',
  role: 'village_head',
  fullName: 'Nguyễn Văn Tư',
  code: '418265',
};
const SCREEN =
  'Tổ dân phố Chu Xá – tháng 3. Số tháng trước:\n1. Người lớn biết dùng điện thoại, mạng (kỹ năng số): 412\n2. Buổi học trong tháng: 4\n3. Lượt người dự: 96\n4. Hộ được đến tận nhà hỗ trợ: 7\n\nChỗ nào khác, bác nhắn «sửa 2» hoặc «2 = 5».';

let server: http.Server;
let simulator: Simulator;
let clock: MovableClock;
let base: string;
let claimed: Set<string>;
let context: BrowserContext;
let page: Page;
let profile: string;

async function startBot(): Promise<void> {
  clock = MovableClock.startingAt(START);
  claimed = new Set();
  const app = express();
  server = http.createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const turns = new Map<string, Promise<void>>();
  simulator = createSimulator({
    clock,
    appId: '1122334455667788990',
    appSecret: 'AppSecretExample01',
    oaId: '2233445566778899001',
    oaSecret: 'OaSecretKeyExample01',
    webhookUrl: `${base}/webhook/zalo`,
    advanceClock: async (to) => {
      if (to >= REMINDER && clock.now() < REMINDER)
        for (const person of simulator.fake.people())
          await say(person.id, 'Hôm nay bác còn báo cáo tháng 3 ạ.');
      clock.moveTo(to);
      token = simulator.fake.issuePair().accessToken;
      return clock.now();
    },
    settled: (user) => turns.get(user) ?? Promise.resolve(),
    listCodes: async () => [
      { ...CODE, claimed: claimed.has(CODE.code) },
      {
        ...CODE,
        unit: '07795',
        unitName: 'Phường Nếnh',
        role: 'commune_officer',
        fullName: 'Trần Thị Hạnh',
        code: '730914',
        claimed: claimed.has('730914'),
      },
      {
        ...CODE,
        unit: '07795-02',
        unitName: 'Tổ dân phố Đạo Ngạn 1',
        fullName: 'Đỗ Thị Ngọc',
        code: '552037',
        claimed: false,
      },
    ],
    nextDue: async () => (clock.now() < REMINDER ? REMINDER : null),
  });
  let token = simulator.fake.issuePair().accessToken;

  async function say(user: string, text: string, titles: string[] = []): Promise<void> {
    const buttons = titles.map((title, i) => ({ title, type: 'oa.query.hide', payload: `#B${i}` }));
    const attachment = { type: 'template', payload: { buttons } };
    const message = titles.length ? { text, attachment } : { text };
    await fetch(`${base}/simulator/zalo/v3.0/oa/message/cs`, {
      method: 'POST',
      headers: { access_token: token, 'Content-Type': 'application/json' },
      body: JSON.stringify({ recipient: { user_id: user }, message }),
    });
  }
  async function answer(user: string, text: string): Promise<void> {
    if (/^\d{6}$/.test(text)) {
      claimed.add(text);
      await say(user, SCREEN, ['Đúng hết', 'Trả lời từng câu', 'Để sau']);
    } else if (text === '#B0') await say(user, 'Đã gửi 08:00 ngày 12/3 ✔ Mã CX-03.', ['Hoàn tác']);
    else await say(user, `Em đọc được «${text}» ạ.`);
  }

  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'self'"] } } }));
  app.post('/webhook/zalo', express.json(), (req, res) => {
    res.sendStatus(200);
    const event = req.body;
    if (event.event_name !== 'user_send_text') return;
    const user: string = event.sender.id;
    turns.set(
      user,
      (turns.get(user) ?? Promise.resolve()).then(() => answer(user, event.message.text)),
    );
  });
  app.use('/simulator/zalo', simulator.zaloRouter);
  app.use('/simulator', simulator.pageRouter);
  simulator.fake.media.base = `${base}/simulator/zalo`;
}

function phoneOf(name: string): Locator {
  return page.getByRole('region', { name: new RegExp(`(Điện thoại của|Phone of) ${name}`) });
}

async function picture(name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

inBrowser('the simulator page', () => {
  const faults: string[] = [];

  beforeAll(async () => {
    await startBot();
    profile = mkdtempSync(join(tmpdir(), 'simulator-page-'));
    context = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM ?? '',
      headless: true,
      args: FLAGS,
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(8_000);
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${base}/simulator`);
  }, 60_000);

  afterAll(async () => {
    await context.close();
    await simulator.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  it('begins empty, with the codes at hand', async () => {
    await page.getByText('Chưa mở điện thoại nào').waitFor();
    await page.getByText('3 trong 3 người').waitFor();
    await picture('empty-1280');
    await page.getByPlaceholder('Tìm tên, thôn, xã hoặc mã').fill('do thi ngoc');
    await page.getByText('1 trong 3 người').waitFor();
    await page.getByRole('button', { name: 'Chép mã của Đỗ Thị Ngọc' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('552037');
    await page.getByPlaceholder('Tìm tên, thôn, xã hoặc mã').fill('');
  });

  it('plays an office holder: a phone opens, the code goes out, the bot answers with buttons', async () => {
    await page.getByRole('button', { name: 'Đóng vai Nguyễn Văn Tư' }).click();
    const tu = phoneOf('Nguyễn Văn Tư');
    await tu.getByText('Người lớn biết dùng điện thoại, mạng (kỹ năng số): 412').waitFor();
    expect(await tu.getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining('12/03/2026'),
      expect.stringContaining('418265'),
      expect.stringContaining('Chỗ nào khác'),
    ]);
    await page.getByText('Đã nhận', { exact: true }).first().waitFor();
    await tu.getByRole('button', { name: 'Đúng hết' }).click();
    await tu.getByText('Mã CX-03').waitFor();
    await tu.getByText('đã bấm «Đúng hết»').waitFor();
    expect(await tu.getByText('#B0').count()).toBe(0);
  });

  it('shows a second person beside the first, driven by keyboard alone', async () => {
    await page.getByRole('button', { name: 'Thêm điện thoại' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Bác Lan');
    await page.keyboard.press('Enter');
    const lan = phoneOf('Bác Lan');
    await lan.waitFor();
    await page.keyboard.type('Chào em, tháng này 5 buổi');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('121 người');
    await page.keyboard.press('Enter');
    await lan.getByText('Em đọc được «Chào em, tháng này 5 buổi\n121 người» ạ.').waitFor();
    await lan.getByText('Đã xem').waitFor();
    expect(await phoneOf('Nguyễn Văn Tư').isVisible()).toBe(true);
    expect(await page.getByRole('log').count()).toBe(2);
  });

  it('jumps to the next reminder; phones nobody looks at show unread marks', async () => {
    await page.getByRole('tab', { name: 'Đồng hồ' }).click();
    await page.getByText('Lần kế tiếp: 08:00').waitFor();
    await picture('clock-1280');
    await page.getByRole('button', { name: 'Tới lần nhắc kế tiếp' }).last().click();
    await page.getByText('Chưa có việc nào hẹn giờ').waitFor();
    await phoneOf('Bác Lan').getByText('Hôm nay bác còn báo cáo').waitFor();
    await page
      .getByLabel(/tin chưa xem/)
      .first()
      .waitFor();
    expect(clock.now().getTime() - REMINDER.getTime()).toBeLessThan(20_000);
  });

  it('shows what went over the wire, and makes trouble', async () => {
    await page.getByRole('tab', { name: 'Nhật ký' }).click();
    await page.getByLabel('Gây sự cố cho lần gửi tới').selectOption('code');
    await page.getByRole('button', { name: 'Gây sự cố' }).click();
    await page.getByText('Sự cố đang chờ: 1').waitFor();
    await phoneOf('Bác Lan').getByRole('textbox').fill('alo');
    await page.keyboard.press('Enter');
    const refused = page.locator('#log-list li.bad').first();
    await refused.getByText('-200', { exact: true }).waitFor();
    await refused.locator('summary').click();
    await refused.getByText('Injected failure').waitFor();
    await page.getByLabel('Chỉ hiện lỗi').check();
    expect(await page.locator('#log-list li:visible').count()).toBe(1);
    await page.getByLabel('Chỉ hiện lỗi').uncheck();
    await picture('log-1280');
  });

  it('says what a refusal means, and finds it by number, word or person', async () => {
    await page.getByLabel('Gây sự cố cho lần gửi tới').selectOption('closed');
    await page.getByRole('button', { name: 'Gây sự cố' }).click();
    await phoneOf('Bác Lan').getByRole('textbox').fill('còn đó không');
    await page.keyboard.press('Enter');
    const search = page.getByLabel('Tìm đường dẫn, mã lỗi, tên');
    await page.locator('#log-list').getByText('Quá 7 ngày không tương tác').first().waitFor();
    await search.fill('7 ngày lan');
    expect(await page.locator('#log-list li:visible').count()).toBe(1);
    await page.getByText(/1 trong \d+ dòng/).waitFor();
    const row = page.locator('#log-list li:visible summary');
    await row.focus();
    await page.keyboard.press('Enter');
    await page.getByText('POST /v3.0/oa/message/cs · HTTP 200 · -230: Quá 7 ngày').waitFor();
    await picture('log-refusal-1280');
    await search.fill('');
    await page.getByLabel('Chiều').selectOption('webhook');
    expect(await page.locator('#log-list li:visible .out').count()).toBe(0);
    await page.getByLabel('Chiều').selectOption('');
    await row.first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
  });

  it('sends a photo and lets staff write, from the menu of a phone by keyboard', async () => {
    const lan = phoneOf('Bác Lan');
    await lan.getByLabel('Gửi thêm, việc khác của Bác Lan').focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(100);
    await picture('menu-1280');
    await page.keyboard.press('Enter');
    await lan.locator('img.photo').waitFor();
    expect(await lan.locator('img.photo').evaluate((img: { naturalWidth: number }) => img.naturalWidth)).toBe(
      240,
    );
    await lan.getByLabel('Gửi thêm, việc khác của Bác Lan').click();
    await lan.getByRole('button', { name: 'Cán bộ nhắn từ OA Manager…' }).click();
    await page.keyboard.type('Cán bộ trực xin nghe ạ.');
    await page.keyboard.press('Enter');
    await lan.getByText('Cán bộ trực xin nghe ạ.').waitFor();
  });

  it('changes the package in Zalo’s console, and the bot is refused for it', async () => {
    await page.getByRole('tab', { name: 'Zalo' }).click();
    await page.getByLabel('Gói dịch vụ OA').selectOption('basic');
    await page.getByText('Đã đổi.').waitFor();
    await picture('zalo-1280');
    await phoneOf('Bác Lan').getByRole('textbox').fill('nghe không');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Nhật ký' }).click();
    await page.locator('#log-list summary').getByText('Gói OA không có Open API').waitFor();
    await page.getByRole('tab', { name: 'Zalo' }).click();
    await page.getByLabel('Gói dịch vụ OA').selectOption('growth');
    await page.getByRole('button', { name: 'Bấm «Kiểm tra» webhook' }).click();
    await page.getByText('Webhook trả lời: 200').waitFor();
  });

  it('shows a group with its members, who write there, ask to join and leave', async () => {
    const { groups, people } = { groups: simulator.fake.groups, people: simulator.fake.people() };
    const lan = people.find(({ name }) => name === 'Bác Lan');
    const tu = people.find(({ name }) => name.startsWith('Nguyễn Văn Tư'));
    if (!lan || !tu) throw new Error('the people of the page are gone');
    groups.change(
      {
        ...{ id: 'a1b2c3d4e5f60718293a', name: 'Học vụ số xã Tân Hòa', description: '', avatar: '' },
        ...{ assetId: 'fake-asset-1', members: [lan.id], admins: [], pending: [], hasOa: true, chat: [] },
        settings: { ...SETTINGS, join_appr: true },
      },
      {},
    );
    await page.reload();
    await page.getByRole('tab', { name: 'Nhóm' }).click();
    const group = page.locator('#groups-list > li');
    await group.getByText('1 người').waitFor();
    await group.getByLabel('Nhắn vào nhóm').fill('Mai mấy giờ họp ạ?');
    await page.keyboard.press('Enter');
    await group.getByText('Mai mấy giờ họp ạ?').waitFor();
    await group.getByLabel('Ai làm').selectOption(tu.id);
    await group.getByRole('button', { name: 'Xin vào nhóm' }).click();
    await group.getByText('Đang xin vào: Nguyễn Văn Tư').waitFor();
    await picture('groups-1280');
    await group.getByLabel('Ai làm').selectOption(lan.id);
    await group.getByRole('button', { name: 'Rời nhóm' }).click();
    await group.getByText('0 người').waitFor();
    expect(groups.get('a1b2c3d4e5f60718293a')).toMatchObject({ members: [], pending: [tu.id] });
    await group.getByRole('button', { name: 'Giải tán' }).click();
    await group.getByText('đã giải tán').waitFor();
  });

  it('speaks English on demand and keeps everything over a reload', async () => {
    await page.getByRole('button', { name: 'English' }).click();
    await phoneOf('Bác Lan').getByText('tapped').waitFor({ state: 'detached' });
    await phoneOf('Nguyễn Văn Tư').getByText('tapped «Đúng hết»').waitFor();
    await page.reload();
    await page.getByRole('tab', { name: 'Office holders' }).waitFor();
    await phoneOf('Nguyễn Văn Tư').getByText('Mã CX-03').waitFor();
    await picture('english-1280');
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    expect(await page.getByText(/simulator:/).count()).toBe(0);
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
  });

  it('fits a telephone of 360 pixels: one phone at a time, the panel in a drawer', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page
      .getByRole('button', { name: /^N?.*Bác Lan/ })
      .first()
      .click();
    expect(await phoneOf('Bác Lan').isVisible()).toBe(true);
    expect(await phoneOf('Nguyễn Văn Tư').isVisible()).toBe(false);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.waitForTimeout(300);
    await picture('phone-360');
    await page
      .locator('#people')
      .getByRole('button', { name: /Nguyễn Văn Tư/ })
      .click();
    await phoneOf('Nguyễn Văn Tư').getByText('Mã CX-03').waitFor();
    await picture('phone-buttons-360');
    await phoneOf('Nguyễn Văn Tư').getByLabel('Gửi thêm, việc khác của').click();
    await page.waitForTimeout(100);
    await picture('menu-360');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('tab', { name: 'Đồng hồ' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Mở bảng điều khiển' }).click();
    await page.getByRole('tab', { name: 'Người giữ việc' }).click();
    await page.waitForTimeout(300);
    await picture('drawer-360');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.getByRole('tab', { name: 'Nhật ký' }).click();
    await picture('log-360');
    await page.getByRole('tab', { name: 'Zalo' }).click();
    await picture('zalo-360');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.id')).toBe('menu');
  });

  it('had no error in the browser, the content policy’s included', () => {
    expect(faults).toEqual([]);
  });
});
