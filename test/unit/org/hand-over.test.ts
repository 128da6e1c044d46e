import { readHandOver } from '../../../src/org/chat/read-hand-over';
import { isHandedOver, namedAmong } from '../../../src/org/hand-over';
import { holdsOffice } from '../../../src/org/rights';
import type { Office } from '../../../src/org/office';

const NOW = new Date('2026-03-17T08:00:00+07:00');

it.each`
  said                                             | name               | address       | day             | until
  ${'từ mai anh Hùng thay tôi'}                    | ${'Hùng'}          | ${'anh'}      | ${'2026-03-18'} | ${null}
  ${'tu mai anh hung thay toi'}                    | ${'hung'}          | ${'anh'}      | ${'2026-03-18'} | ${null}
  ${'Từ ngày mai, anh Trần Văn Hùng thay tôi nhé'} | ${'Trần Văn Hùng'} | ${'anh'}      | ${'2026-03-18'} | ${null}
  ${'từ 20/3 chị Lan làm thay bác ạ'}              | ${'Lan'}           | ${'chị'}      | ${'2026-03-20'} | ${null}
  ${'anh Hùng thay tôi từ mai'}                    | ${'Hùng'}          | ${'anh'}      | ${'2026-03-18'} | ${null}
  ${'từ hôm nay ông Năm thay tôi'}                 | ${'Năm'}           | ${'ông'}      | ${'2026-03-17'} | ${null}
  ${'từ nay anh Hùng sẽ thay tôi'}                 | ${'Hùng'}          | ${'anh'}      | ${'2026-03-17'} | ${null}
  ${'từ thứ hai đồng chí Minh thay tôi'}           | ${'Minh'}          | ${'đồng chí'} | ${'2026-03-23'} | ${null}
  ${'từ mai đến hết 25/3 anh Hùng thay tôi'}       | ${'Hùng'}          | ${'anh'}      | ${'2026-03-18'} | ${'2026-03-25'}
  ${'tuần sau chị Mai làm thay tôi'}               | ${'Mai'}           | ${'chị'}      | ${'2026-03-23'} | ${'2026-03-29'}
  ${'chi Mai lam thay toi tuan toi'}               | ${'Mai'}           | ${'chi'}      | ${'2026-03-23'} | ${'2026-03-29'}
  ${'tuần này đồng chí Nam thay em'}               | ${'Nam'}           | ${'đồng chí'} | ${'2026-03-17'} | ${'2026-03-22'}
  ${'từ hôm qua anh Hùng thay tôi'}                | ${'Hùng'}          | ${'anh'}      | ${null}         | ${null}
  ${'từ cuối tháng anh Hùng thay tôi'}             | ${'Hùng'}          | ${'anh'}      | ${null}         | ${null}
`('«$said»: $name from $day', ({ said, name, address, day, until }) => {
  expect(readHandOver(said as string, NOW)).toEqual({ name, address, day, until });
});

it.each([
  'từ mai tôi bận',
  'anh Hùng đi vắng',
  'thay 145 bằng 151',
  'BC 418 5 121 14',
  'từ mai mở lớp',
  'thay tôi đi họp',
])('«%s» hands nothing over', (said) => {
  expect(readHandOver(said, NOW)).toBeNull();
});

const office = (fullName: string, role: Office['role'] = 'village_deputy'): Office => ({
  ...{ id: `V1:${role}:${fullName}`, unit: 'V1', role, fullName, address: 'anh', user: null },
  ...{ claimedAt: null, consent: null, hasPhone: false },
});

it('finds the deputy of that name; marks that were typed count, two of one name are asked about', () => {
  const both = [office('Trần Văn Hùng'), office('Lê Văn Hưng'), office('Phạm Hùng', 'village_head')];
  const names = (name: string): string[] =>
    namedAmong(name, both, 'village_deputy').map(({ fullName }) => fullName);
  expect(names('Hùng')).toEqual(['Trần Văn Hùng']);
  expect(names('hùng')).toEqual(['Trần Văn Hùng']);
  expect(names('hung')).toEqual(['Trần Văn Hùng', 'Lê Văn Hưng']);
  expect(names('Trần Văn Hùng')).toEqual(['Trần Văn Hùng']);
  expect(names('Hụng')).toEqual([]);
});

it('ends the right at 00:00 of the day said, once the commune agreed, claimed or not', () => {
  const handover = {
    id: 'e1:0',
    day: '2026-03-18',
    until: null,
    fullName: 'Trần Văn Hùng',
    address: 'anh',
    user: null,
  };
  const agreed = { ...office('Tư'), handover: { ...handover, agreed: true, accepted: false } };
  const asked = { ...office('Tư'), handover: { ...handover, agreed: false, accepted: false } };
  expect([isHandedOver(agreed, '2026-03-17'), isHandedOver(agreed, '2026-03-18')]).toEqual([false, true]);
  expect([holdsOffice(agreed, '2026-03-17'), holdsOffice(agreed, '2026-03-18')]).toEqual([true, false]);
  expect(holdsOffice(asked, '2026-03-20')).toBe(true);
  // Who stands in for a while takes nothing from the holder.
  const standIn = { ...agreed, handover: { ...agreed.handover, until: '2026-03-25' } };
  expect(holdsOffice(standIn, '2026-03-20')).toBe(true);
});
