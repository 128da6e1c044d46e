import type { Mine } from '../../../src/directives/view';
import { unansweredDirectives } from '../../../src/reminders/other-works';
import { plainWords } from '../../support/talk';
import { vn } from './builders';

const ME = 'zalo:1';
const mine = (
  number: string,
  over: { state?: string; answer?: string; told?: string[]; day?: string },
): Mine =>
  ({
    directive: { number, state: over.state ?? 'issued', deadline: vn(`${over.day ?? '2026-03-20'}T17:00`) },
    recipients: [{ answer: over.answer ?? 'none', told: over.told ?? [ME] }],
  }) as unknown as Mine;

it('names what the person was told of and has not answered, the nearest deadline first', () => {
  const all = [
    mine('151', { day: '2026-03-25' }),
    mine('145', {}),
    mine('146', { answer: 'acknowledged' }),
    mine('147', { told: ['zalo:2'] }),
    mine('148', { state: 'superseded' }),
  ];
  expect(unansweredDirectives(all, ME, plainWords)).toEqual([
    'reminders:directive {"number":"145"}',
    'reminders:directive {"number":"151"}',
  ]);
});
