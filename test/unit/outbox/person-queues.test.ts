import { PersonQueues } from '../../../src/outbox/person-queues';
import { aRow } from './builders';

const at = (second: number): Date => new Date(Date.UTC(2026, 2, 12, 1, 0, second));
const NOW = at(30).getTime();

it('keeps the order of each person, replies before what we began ourselves', () => {
  const lanes = new PersonQueues();
  lanes.add(aRow({ id: 'c1', purpose: 'reminder', createdAt: at(1) }), NOW);
  lanes.add(aRow({ id: 'r2', createdAt: at(3) }), NOW);
  lanes.add(aRow({ id: 'r1', createdAt: at(2), order: 1 }), NOW);
  lanes.add(aRow({ id: 'r0', createdAt: at(2), order: 0 }), NOW);
  const left: string[] = [];
  for (let kind = lanes.nextKind(); kind; kind = lanes.nextKind()) {
    const row = lanes.begin(kind);
    if (!row) throw new Error('nothing to begin');
    expect(lanes.nextKind()).toBeNull();
    left.push(row.id);
    lanes.finish(row, NOW);
  }
  expect(left).toEqual(['r0', 'r1', 'r2', 'c1']);
  expect(lanes.size).toBe(0);
  expect(lanes.isIdle(aRow().to)).toBe(true);
});

it('holds those behind a row that waits, but not answers behind a reminder', () => {
  const lanes = new PersonQueues();
  const reminder = aRow({ id: 'c1', purpose: 'reminder' });
  lanes.add(reminder, NOW);
  lanes.begin('campaign');
  lanes.block(reminder, NOW + 1_000, NOW);
  lanes.add(aRow({ id: 'c2', purpose: 'notice', createdAt: at(5) }), NOW);
  expect(lanes.nextKind()).toBeNull();
  expect(lanes.isPending(reminder.to, NOW)).toBe(false);
  lanes.add(aRow({ id: 'r1' }), NOW);
  expect(lanes.nextKind()).toBe('reply');
  const reply = lanes.begin('reply');
  if (reply) lanes.finish(reply, NOW);
  expect(lanes.wake(NOW)).toBe(NOW + 1_000);
  expect(lanes.wake(NOW + 1_000)).toBeNull();
  expect(lanes.begin('campaign')?.id).toBe('c1');
});

it('takes a row once', () => {
  const lanes = new PersonQueues();
  expect(lanes.add(aRow(), NOW)).toBe(true);
  expect(lanes.add(aRow(), NOW)).toBe(false);
  lanes.finish(aRow(), NOW);
  expect(lanes.nextKind()).toBeNull();
  expect(lanes.has('e1:0')).toBe(false);
});
