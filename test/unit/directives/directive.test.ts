import { bucketOf, BUCKETS, countBuckets } from '../../../src/directives/buckets';
import { answered, lacksEvidence, shortOf, timeOf } from '../../../src/directives/directive';
import { progressOf } from '../../../src/directives/progress';
import { lastSend, withReach } from '../../../src/directives/reach';
import type { OutboxRow } from '../../../src/outbox/outbox-row';
import { aTree } from '../reporting/builders';
import { aDirective, aRecipient, given, vn } from './builders';

/** The three facts of a recipient, and the counts made of them. */

it.each`
  answer            | reached          | bucket
  ${'none'}         | ${'held'}        | ${'waiting'}
  ${'none'}         | ${'queued'}      | ${'waiting'}
  ${'none'}         | ${'sent'}        | ${'waiting'}
  ${'none'}         | ${'delivered'}   | ${'delivered'}
  ${'none'}         | ${'seen'}        | ${'seen'}
  ${'none'}         | ${'unreachable'} | ${'unreachable'}
  ${'acknowledged'} | ${'seen'}        | ${'acknowledged'}
  ${'stuck'}        | ${'unreachable'} | ${'stuck'}
`('$answer and $reached is $bucket', (facts) => {
  expect(bucketOf(facts as never, 'issued')).toBe((facts as { bucket: string }).bucket);
});

it('every recipient is in exactly one count', () => {
  const counts = countBuckets(
    [aRecipient(), aRecipient({ reached: 'unreachable' }), aRecipient({ answer: 'done' })],
    'issued',
  );
  expect(Object.keys(counts)).toEqual(BUCKETS.filter((bucket) => bucket !== 'no_response'));
  expect(Object.values(counts).reduce((a, b) => a + b)).toBe(3);
});

it('once it is closed, whoever had it and never answered did not respond; the sum stays that of the recipients', () => {
  const all = [
    aRecipient({ reached: 'held' }),
    aRecipient({ reached: 'sent' }),
    aRecipient({ reached: 'seen' }),
    aRecipient({ reached: 'unreachable' }),
    aRecipient({ answer: 'acknowledged' }),
  ];
  expect(countBuckets(all, 'closed')).toMatchObject({
    ...{ waiting: 0, seen: 0, no_response: 3, unreachable: 1, acknowledged: 1 },
  });
  for (const state of ['issued', 'closed'] as const)
    expect(Object.values(countBuckets(all, state)).reduce((a, b) => a + b)).toBe(all.length);
  // What was taken back or replaced is nobody's silence.
  for (const state of ['recalled', 'superseded'] as const)
    expect(Object.keys(countBuckets(all, state))).not.toContain('no_response');
});

it('network 1.5 case 1: tapped twice, from two phones, by head and deputy: one fact, both names', () => {
  const head = given();
  const deputy = given({ id: 'e2', by: 'zalo:hung', at: vn('16T08:13') });
  const after = answered(
    answered(answered(aRecipient({ reached: 'unreachable', why: 'refused' }), head), head),
    deputy,
  );
  expect(after).toMatchObject({ answer: 'acknowledged', reached: 'seen', why: null });
  expect(after.answers.map(({ by }) => by)).toEqual(['zalo:tu', 'zalo:hung']);
});

it('what is said on behalf stands only where nothing was said, and gives way to the office’s own word', () => {
  const forIt = given({ id: 'e0', by: 'zalo:hanh', note: 'gọi điện', onBehalf: '1' });
  const silent = aRecipient({ reached: 'unreachable', why: 'not_claimed' });
  const taken = answered(silent, forIt);
  expect(taken).toMatchObject({ answer: 'acknowledged', onBehalf: '1', reached: 'unreachable' });
  expect(answered(taken, forIt).answers).toHaveLength(1);
  const own = answered(taken, given({ id: 'e2', at: vn('16T09:00') }));
  expect(own).toMatchObject({ answer: 'acknowledged', onBehalf: null, reached: 'seen' });
  expect(own.answers).toHaveLength(2);
  expect(answered(answered(aRecipient(), given({ answer: 'stuck' })), forIt)).toMatchObject({
    answer: 'stuck',
    onBehalf: null,
  });
});

it('«xong» after «vướng» is normal, «đã nhận» after «xong» changes nothing and is kept', () => {
  const stuck = answered(aRecipient(), given({ answer: 'stuck' }));
  const done = answered(stuck, given({ id: 'e2', answer: 'done' }));
  const again = answered({ ...done, quiet: true }, given({ id: 'e3' }));
  expect([stuck.answer, done.answer, again.answer, again.quiet]).toEqual(['stuck', 'done', 'done', true]);
  expect(again.answers).toHaveLength(3);
});

it.each`
  state           | endedAt       | at            | when                  | why
  ${'issued'}     | ${null}       | ${'27T17:00'} | ${'in_time'}          | ${'the last instant counts'}
  ${'issued'}     | ${null}       | ${'27T17:01'} | ${'late'}             | ${'arrival counts, not writing'}
  ${'superseded'} | ${'18T09:00'} | ${'19T08:00'} | ${'after_superseded'} | ${'it was replaced the day before'}
  ${'recalled'}   | ${'18T09:00'} | ${'19T08:00'} | ${'after_closed'}     | ${'it was recalled'}
  ${'closed'}     | ${'18T09:00'} | ${'18T08:59'} | ${'in_time'}          | ${'it came before the end'}
`(
  '$state, answered $at: $when, since $why',
  ({ state, endedAt, at, when }: Record<string, string | null>) => {
    const directive = aDirective({
      state: state as 'issued',
      endedAt: endedAt === null ? null : vn(endedAt as string),
    });
    expect(timeOf(directive, vn(at as string))).toBe(when);
  },
);

it('what is done without the picture that is wanted stays done and waits for it', () => {
  const done = answered(aRecipient(), given({ answer: 'done' }));
  const directive = aDirective({ evidence: true });
  expect([bucketOf(done, 'issued'), lacksEvidence(directive, done)]).toEqual(['done', true]);
  expect(lacksEvidence(directive, { ...done, evidence: ['https://a.vn/1.jpg'] })).toBe(false);
});

it('people say the number, not the letters', () => {
  expect(['145/UBND-VX', '012/KH', ' 7 '].map(shortOf)).toEqual(['145', '12', '7']);
});

const row = (over: Partial<OutboxRow>): OutboxRow => ({
  ...{ id: 'r1', to: 'zalo:tu', purpose: 'directive', message: { kind: 'text', text: '' }, cause: 'x' },
  ...{ createdAt: vn('16T08:00'), notBefore: vn('16T08:00'), state: 'queued', reason: null, attempts: 0 },
  ...{ messageId: null, sentAt: null, deliveredAt: null, seenAt: null, quota: null },
  ...over,
});

it('a step counts from when its message really left, and what was seen stays seen', () => {
  const told = aRecipient({ last: { step: 'first', rows: ['r1'] }, steps: { first: vn('16T08:00') } });
  const rows = (one: OutboxRow) => new Map([[one.id, one]]);
  const sent = withReach(told, rows(row({ state: 'sent', sentAt: vn('17T07:30') })));
  expect([sent.reached, sent.steps['first']]).toEqual(['sent', vn('17T07:30')]);
  const nudged = { ...sent, reached: 'seen' as const, last: { step: 'nudge', rows: ['r1'] } };
  expect(withReach(nudged, rows(row({ state: 'unreachable', reason: 'refused' }))).reached).toBe('seen');
  expect(lastSend([row({ state: 'dropped', reason: 'no_longer_true' })])).toBeNull();
});

it('network 1.5 case 2: an answer that comes before our send returned is an answer', () => {
  const early = answered(aRecipient({ last: { step: 'first', rows: ['r1'] } }), given());
  const after = withReach(early, new Map([['r1', row({ state: 'sending' })]]));
  expect([after.answer, after.reached]).toEqual(['acknowledged', 'seen']);
});

it('the tree counts each office once at each level, and shows what each office says', () => {
  const tree = aTree([
    { code: '24', level: 'province', parent: null },
    { code: '1', level: 'commune', parent: '24' },
    { code: '1-1', level: 'village', parent: '1' },
    { code: '1-2', level: 'village', parent: '1' },
  ]);
  const recipients = [
    aRecipient({ unit: '1', through: null, answer: 'acknowledged' }),
    aRecipient({ unit: '1-1' }),
    aRecipient({ unit: '1-2', answer: 'done' }),
  ];
  const whole = progressOf(aDirective(), recipients, tree, '2026-03-16');
  expect([
    whole.unit,
    whole.state,
    whole.counts.acknowledged,
    whole.counts.done,
    whole.counts.waiting,
  ]).toEqual([...['24', 'issued', 1, 1, 1]]);
  expect(whole.children[0]).toMatchObject({ unit: '1', state: 'acknowledged' });
  expect(whole.children[0]?.children.map(({ unit, state }) => [unit, state])).toEqual([
    ['1-1', 'waiting'],
    ['1-2', 'done'],
  ]);
  const part = progressOf(aDirective(), recipients, tree, '2026-03-16', '1-2');
  expect([part.unit, part.state, part.counts.done, part.children]).toEqual(['1-2', 'issued', 1, []]);
});
