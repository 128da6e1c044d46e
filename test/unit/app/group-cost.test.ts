import { groupCostLog } from '../../../src/app/group-cost';
import { FrozenClock } from '../../../src/kernel/clock';
import { createLog } from '../../../src/observability/logger';

function saying(groups: 'on' | 'off') {
  const lines: { msg: string; level: string; priceVnd: number }[] = [];
  const clock = new FrozenClock(new Date('2026-12-31T23:59:00+07:00'));
  const check = groupCostLog({
    config: { ZALO_GROUP_MESSAGES: groups, ZALO_PRICE_GROUP_MESSAGE_VND: 40 },
    clock,
    log: createLog({ level: 'info', write: (line) => lines.push(JSON.parse(line) as never) }).log,
  });
  return { lines, clock, check };
}

it('says once that groups are free, and once that they may not be any more', () => {
  const { lines, clock, check } = saying('on');
  check();
  check();
  expect(lines).toMatchObject([{ level: 'info', msg: 'group messages are free', priceVnd: 40 }]);
  clock.moveTo(new Date('2027-01-01T00:00:00+07:00'));
  check();
  check();
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatchObject({ level: 'warn', msg: expect.stringContaining('may cost money now') });
});

it('says nothing where the bot writes in no group', () => {
  const { lines, check } = saying('off');
  check();
  expect(lines).toEqual([]);
});
