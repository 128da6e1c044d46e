import { loadLocales } from '../../../src/app/load-locales';
import { Dictionary } from '../../../src/kernel/i18n';
import type { NewOutboxMessage } from '../../../src/outbox/outbox-row';
import { SumWatch } from '../../../src/reminders/sum-watch';
import type { Report } from '../../../src/reporting/report';
import { Rollup } from '../../../src/reporting/rollup';
import { playTalk } from '../../support/talk-player';
import { calendars } from '../reporting/builders';

/** «Tổng đã đổi»: who sent and who approved a commune's month hear once of a sum that changed since. */

const words = new Dictionary(loadLocales()).in('vi');
const VILLAGE = ['tu > BC 418 5 120 14', 'tu > gửi', 'hanh > duyệt hết'];
const COMMUNE = [
  ...['báo cáo xã', '29', '210', 'chưa', '45 trên 52 đến 14/3', '718 trên 8.400 đến 14/3'],
  ...['chưa có', 'không', 'không', 'gửi'],
].map((said) => `hanh > ${said}`);

async function watching(lines: readonly string[], muted: readonly string[] = []) {
  const { talk } = await playTalk(['@ 2026-03-16 09:00', ...VILLAGE, ...COMMUNE, ...lines].join('\n'));
  const rows: NewOutboxMessage[] = [];
  const reports = (): Report[] => [...talk.reports.values()];
  const rollup = new Rollup({
    repo: {
      eachOf: async (form, period, visit) =>
        reports().forEach((report) => {
          if (report.form === form && report.period === period) visit(report);
        }),
      changedSince: async () => [],
      machineNow: () => talk.at,
    },
    units: () => talk.tree,
    optionalFigures: {},
  });
  const watch = new SumWatch({
    reports: {
      submissions: async (form, period, units) =>
        reports().filter((one) => one.form === form && one.period === period && units.includes(one.unit)),
    },
    rollup,
    directory: { tree: talk.tree, officesOf: () => [] },
    calendars,
    enqueue: async (all) => void rows.push(...all),
    wordsFor: () => words,
    isMuted: (user) => muted.includes(user),
  });
  return { look: () => watch.look(talk.at), rows };
}

const texts = (rows: readonly NewOutboxMessage[]): string[] =>
  rows.map(({ message }) => (message.kind === 'text' ? message.text : ''));

it('tells nothing while the sums are what was seen', async () => {
  const { look } = await watching(['dung > duyệt xã Tân Hòa']);
  expect(await look()).toBe(0);
});

it('tells who sent and who approved, once each, with both values, where and when', async () => {
  const { look, rows } = await watching([
    'dung > duyệt xã Tân Hòa',
    'hanh > trả lại số 3 thôn Núi Hiểu: chỉ có 102',
    'tu > 102',
  ]);
  expect(await look()).toBe(2);
  expect(await look()).toBe(0);
  expect(rows.map(({ to, purpose }) => [to, purpose])).toEqual([
    ['hanh', 'notice'],
    ['dung', 'notice'],
  ]);
  expect(texts(rows)[0]).toMatch(
    /gửi báo cáo tháng 3 của xã Tân Hòa .*\n- Lượt người dự: 120 → 102 \(thôn Núi Hiểu, /,
  );
  expect(texts(rows)[1]).toContain('duyệt báo cáo tháng 3 của xã Tân Hòa');
});

it('waits while a figure that was sent back has no new value yet', async () => {
  const { look } = await watching(['hanh > trả lại số 3 thôn Núi Hiểu: chỉ có 102']);
  expect(await look()).toBe(0);
});

it('does not write to whoever asked not to be written to', async () => {
  const { look } = await watching(['hanh > trả lại số 3 thôn Núi Hiểu: chỉ có 102', 'tu > 102'], ['hanh']);
  expect(await look()).toBe(0);
});
