import { loadLocales } from '../../../src/app/load-locales';
import { daysLeft, dissolvedOn, lapsing, placeFor } from '../../../src/groups/assets';
import { boardText, mayPost } from '../../../src/groups/board';
import type { GroupAsset } from '../../../src/groups/group-host';
import { groupName } from '../../../src/groups/group-maker';
import { groupPayload, readGroupTap } from '../../../src/groups/group-words';
import { Dictionary } from '../../../src/kernel/i18n';
import { unitName } from '../../../src/org/names';
import { seedUnitRecords } from '../../../src/org/seed/seed';
import { UnitTree } from '../../../src/org/units';
import { typesFigures } from '../../../src/understanding/group-figures';

const words = new Dictionary(loadLocales()).in('vi');
const AT = new Date('2026-03-17T15:30:00+07:00');
const LINK = 'https://zalo.me/1';

describe('the board', () => {
  const board = (sent: number, missing: string[], link = LINK) =>
    boardText(words, { commune: 'Tân Hòa', sent, missing, link, at: AT });

  it('says which villages are missing, and where figures go', () => {
    expect(board(27, ['Đông Lâm', 'Ngọc Trì'])).toBe(
      'Tân Hòa 17/3 – đã nộp 27/29. Còn: Đông Lâm, Ngọc Trì. Gửi số liệu: nhắn riêng tài khoản này https://zalo.me/1',
    );
    expect(board(27, ['Đông Lâm', 'Ngọc Trì'], '')).toMatch(/nhắn riêng tài khoản này\.$/);
  });

  it('names twelve at the most', () => {
    const villages = Array.from({ length: 29 }, (_, i) => `Thôn ${'abcdefghijklmnopqrstuvwxyzABC'[i]}`);
    const text = board(0, villages);
    expect(text).toContain('đã nộp 0/29');
    expect(text).toContain('Thôn l và 17 nơi nữa');
    expect(text.length).toBeLessThan(400);
  });

  it('thanks once everybody has sent', () => {
    expect(board(29, [])).toBe('Tân Hòa 17/3 – đã nộp đủ 29/29. Em cảm ơn các bác.');
  });

  it.each`
    time       | may      | why
    ${'06:59'} | ${false} | ${'it is early'}
    ${'15:30'} | ${true}  | ${'it is the afternoon'}
    ${'19:59'} | ${true}  | ${'it is not eight yet'}
    ${'20:00'} | ${false} | ${'nothing is posted from eight on'}
  `('at $time: $may, since $why', ({ time, may }) => {
    expect(mayPost(new Date(`2026-03-17T${time as string}:00+07:00`))).toBe(may);
  });
});

it.each([
  ['thôn tôi 412 người, 5 buổi', true],
  ['412 5 2', true],
  ['có 3 hộ nhé', true],
  ['bac goi cho toi 0912 000 111', true],
  ['0912.000.111', true],
  ['80%', true],
  ['Mai mấy giờ họp ạ?', false],
  ['19h30 tối nay họp ở nhà văn hóa thôn 3', false],
  ['chiều 17/3 họp lúc 14:00 nhé', false],
  ['thứ 5 tuần 2 tháng 4 năm 2026', false],
  ['công văn 145/UBND-VX các bác xem', false],
  ['tổ 4 khu 2 nhớ mang bàn', false],
  ['em nhận được rồi 1 nhé', false],
  ['', false],
])('«%s» holds figures: %s', (text, expected) => {
  expect(typesFigures(text)).toBe(expected);
});

describe('places for groups', () => {
  const asset = (id: string, size: number, more: Partial<GroupAsset> = {}): GroupAsset => ({
    ...{ id, size, validThrough: '2026-09-08', free: true, usedBy: null },
    ...more,
  });
  const DAY = '2026-03-17';

  it.each`
    assets                                               | people | chosen  | why
    ${[asset('a', 100), asset('b', 50)]}                 | ${40}  | ${'b'}  | ${'the smaller one holds them'}
    ${[asset('a', 100), asset('b', 50)]}                 | ${51}  | ${'a'}  | ${'the smaller one does not'}
    ${[asset('a', 10), asset('b', 50)]}                  | ${80}  | ${'b'}  | ${'none holds them all, so the largest'}
    ${[asset('a', 100, { free: false })]}                | ${40}  | ${null} | ${'it is taken'}
    ${[asset('a', 100, { validThrough: '2026-03-16' })]} | ${40}  | ${null} | ${'it has lapsed'}
    ${[asset('a', 100, { validThrough: '2026-03-17' })]} | ${40}  | ${'a'}  | ${'it is its last day'}
    ${[asset('a', 100, { validThrough: null })]}         | ${40}  | ${'a'}  | ${'nobody says when it lapses'}
  `('for $people: $chosen, since $why', ({ assets, people, chosen }) => {
    expect(placeFor(assets, people, DAY)?.id ?? null).toBe(chosen);
  });

  it('rings 30, 14 and 3 days ahead, each once, and anew once it was paid for anew', () => {
    const rung: number[] = [];
    let told: ReturnType<typeof lapsing>['told'] = [];
    for (let day = 1; day <= 40; day += 1) {
      const today = new Date(Date.UTC(2026, 2, day)).toISOString().slice(0, 10);
      const found = lapsing([asset('a', 50, { validThrough: '2026-04-09', free: false })], told, today);
      if (found.ring.length > 0) rung.push(daysLeft({ validThrough: '2026-04-09' }, today) ?? -1);
      told = found.told;
    }
    expect(rung).toEqual([30, 14, 3]);
    const renewed = asset('a', 50, { validThrough: '2026-05-01', free: false });
    expect(lapsing([renewed], told, '2026-04-09').ring).toHaveLength(1);
    expect(lapsing([{ ...renewed, free: true }], told, '2026-04-09').ring).toEqual([]);
  });

  it('a group without its place is dissolved after 45 days', () => {
    expect(dissolvedOn('2026-03-17')).toBe('2026-05-01');
  });
});

it('every commune has a name for its group that Zalo takes and that no other has', () => {
  const day = '2026-03-17';
  const communes = new UnitTree(seedUnitRecords()).communesUnder('24', day);
  const names = communes.map((commune) => groupName(words, unitName(commune)));
  expect(names.length).toBe(99);
  expect(new Set(names).size).toBe(99);
  expect(names.filter((name) => [...name].length > 30)).toEqual([]);
});

it('buttons say which commune and what they are about', () => {
  const payload = groupPayload('DONGY', '99001', 'ABCDEFGH');
  expect(payload).toMatch(/^#NHOM_DONGY_[A-Z]+_ABCDEFGH$/);
  expect(readGroupTap(payload.slice('#NHOM_'.length))).toEqual({
    ...{ act: 'DONGY', commune: '99001', digest: 'ABCDEFGH' },
  });
  expect(readGroupTap('XEM')).toBeNull();
  expect(readGroupTap(groupPayload('XEM', '99001').slice(6))).toMatchObject({ act: 'XEM', digest: '' });
});

it('a name that is too long is the unit alone', () => {
  expect(groupName(words, 'xã Tân Hòa')).toBe('Học vụ số xã Tân Hòa');
  expect([...groupName(words, 'phường Một Cái Tên Rất Dài Của Xã')].length).toBeLessThanOrEqual(30);
});
