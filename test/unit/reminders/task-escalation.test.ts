import type { TaskDone } from '../../../src/reporting/tasks';
import type { ReleaseHead } from '../../../src/reporting/release';
import { allKinds, vn } from './builders';
import { escalationWorld, TREE } from './escalation-world';

/** Late tasks and the department's late summary are told to whoever stands above those who owe them, and every chain ends. */

let done: TaskDone[] = [];
let releases: ReleaseHead[] = [];
const kinds = () =>
  allKinds({
    directory: { tree: TREE },
    ledger: { done: async () => done },
    releases: { list: async (period) => (period === '2026-03' ? releases : []) },
  });
const says = (task: string, unit: string, at: string): TaskDone => ({
  ...{ task, unit, doneAt: vn(at), by: 'zalo:1', evidence: [] },
});

beforeEach(() => {
  done = [];
  releases = [];
});

it('tells the department of an agency that is late with its task, and the province of the department itself', async () => {
  const { heard } = escalationWorld(kinds());
  expect(await heard(vn('2026-04-30T17:30'))).toEqual([]);
  // 30 April, 1 May and the weekend are no working days.
  expect(await heard(vn('2026-05-04T17:00'))).toEqual([
    [
      'zalo:department: Việc «Kế hoạch đưa kỹ năng số vào hoạt động ngoại khóa»: chưa xong.',
      '- Sở Giáo dục và Đào tạo (chị Lan): chưa nhắn lần nào',
      'Anh gọi giúp em nhé. Nơi nào gửi xong, em tự gạch tên.',
    ].join('\n'),
    [
      'zalo:province: Việc «Tài liệu giới thiệu mô hình hay gửi 99 xã, phường»: chưa xong.',
      '- Sở Khoa học và Công nghệ (anh Dũng): chưa nhắn lần nào',
      'Bà gọi giúp em nhé. Nơi nào gửi xong, em tự gạch tên.',
    ].join('\n'),
  ]);
});

it('tells the province of a summary without a confirmed release, and corrects itself when one is confirmed before it leaves', async () => {
  const { heard, stillNeeded } = escalationWorld(kinds());
  expect(await heard(vn('2026-03-25T17:00'))).toEqual([
    expect.stringMatching(
      /^zalo:province: Việc «Tổng hợp tháng 3 báo cáo tỉnh»: chưa xong\.\n- Sở Khoa học và Công nghệ \(anh Dũng\)/,
    ),
  ]);
  expect(await stillNeeded(vn('2026-03-25T17:10'))).toEqual(['zalo:province send']);
  releases = [{ at: vn('2026-03-25T17:05'), confirmedAt: vn('2026-03-25T17:20') } as ReleaseHead];
  expect(await stillNeeded(vn('2026-03-25T17:30'))).toEqual(['zalo:province drop']);
});

it('nobody hears of what was done meanwhile', async () => {
  done = [
    says('gddt-extra-lessons', '24-GDDT', '2026-05-04T16:00'),
    says('khcn-good-models', '24-KHCN', '2026-04-28T09:00'),
  ];
  expect(await escalationWorld(kinds()).heard(vn('2026-05-04T17:00'))).toEqual([]);
});

it('at its end says what became of it, and how it may still be put right', async () => {
  const { heard } = escalationWorld(kinds(), { why: new Map([['24-GDDT', 'window_closed']]) });
  expect(await heard(vn('2026-05-08T17:05'))).toEqual([
    [
      'zalo:department: Việc «Kế hoạch đưa kỹ năng số vào hoạt động ngoại khóa» đã quá hạn lâu, vẫn chưa xong:',
      '- Sở Giáo dục và Đào tạo (chị Lan): lâu không nhắn, nhờ nhắn em một chữ',
      'Nơi nào báo xong lúc nào em cũng ghi, và tự gạch tên. Anh hỏi giúp em xem nơi đó vướng gì nhé?',
    ].join('\n'),
    expect.stringMatching(/^zalo:province: Việc «Tài liệu.*\n- Sở Khoa học.*: đã nhắc, chưa gửi\n/),
  ]);
});

it('every chain of a task comes to one of the four ends and corrects itself when it is done after all', async () => {
  const ends = async (now: string, over: Parameters<typeof escalationWorld>[1] = {}) => {
    const { chains } = escalationWorld(kinds(), over);
    const all = await Promise.all(
      ['gddt-extra-lessons', 'khcn-good-models'].map((id) => chains.of(id, id, '24', vn(now))),
    );
    return chains.counts(all.flat());
  };
  const none = { done: 0, late: 0, refused: 0, unreachable: 0, open: 0 };
  expect(await ends('2026-04-20T08:00')).toEqual({ ...none, open: 2 });
  expect(await ends('2026-05-08T16:59')).toEqual({ ...none, open: 2 });
  expect(await ends('2026-05-08T17:00')).toEqual({ ...none, refused: 2 });
  expect(await ends('2026-05-08T17:00', { told: new Set(['24-KHCN']) })).toEqual({
    ...none,
    refused: 1,
    unreachable: 1,
  });
  done = [
    says('gddt-extra-lessons', '24-GDDT', '2026-05-20T09:00'),
    says('khcn-good-models', '24-KHCN', '2026-04-29T16:59'),
  ];
  expect(await ends('2026-05-20T09:01')).toEqual({ ...none, done: 1, late: 1 });
});
