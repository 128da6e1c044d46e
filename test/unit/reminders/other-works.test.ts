import type { Mine } from '../../../src/directives/view';
import { nearTasks, unansweredDirectives } from '../../../src/reminders/other-works';
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

it.each`
  at                    | done                                               | named
  ${'2026-03-24T08:00'} | ${[]}                                              | ${[]}
  ${'2026-03-26T08:00'} | ${[]}                                              | ${['khcn-action-plan']}
  ${'2026-03-31T08:00'} | ${[]}                                              | ${['khcn-action-plan']}
  ${'2026-03-26T08:00'} | ${[{ task: 'khcn-action-plan', unit: '24-KHCN' }]} | ${[]}
  ${'2026-04-27T08:00'} | ${[]}                                              | ${['khcn-action-plan', 'khcn-good-models']}
`('at $at names $named of the tasks, $done done', ({ at, done, named }) => {
  const lines = nearTasks([{ code: '24-KHCN', level: 'agency' }], done, vn(at), plainWords);
  expect(lines.map((line) => /titles\.([a-z-]+)/.exec(line)?.[1])).toEqual(named);
});

it('a village has no task of the plan', () => {
  expect(nearTasks([{ code: '24001-01', level: 'village' }], [], vn('2026-12-01T08:00'), plainWords)).toEqual(
    [],
  );
});
