import * as fc from 'fast-check';
import { HOUR } from '../../../src/kernel/vn-time';
import type { OutboxRow, Purpose } from '../../../src/outbox/outbox-row';
import { decide, ONLY_CHAT, reach, trackingId, windowOf, type Means } from '../../../src/outbox/policy';
import { isQuiet } from '../../../src/outbox/send-rules';
import { aContact, aRow, LAN, TEMPLATE, theRules } from './builders';

const NOW = new Date('2026-03-17T08:00:00+07:00');
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * HOUR);
const withTemplates = theRules({ ZALO_TEMPLATES: { reminder: 'T1', notice: 'T2' } });

it.each`
  hours      | window      | why
  ${0}       | ${'free'}   | ${'the person has just written'}
  ${48}      | ${'free'}   | ${'48 hours are still free'}
  ${48.001}  | ${'paid'}   | ${'after them it costs'}
  ${168}     | ${'paid'}   | ${'seven days are accepted'}
  ${168.001} | ${'closed'} | ${'after them nothing is'}
  ${26 * 24} | ${'closed'} | ${'26 days, as in every month'}
`(
  '$hours hours after the last word the window is $window: $why',
  ({ hours, window }: { hours: number; window: string }) => {
    expect(windowOf(aContact({ lastInteractionAt: ago(hours) }), NOW, theRules())).toBe(window);
  },
);

it('begins nothing in Tết, but answers; it goes on the first morning after', () => {
  const rules = { ...theRules(), restDays: new Set(['2026-02-21', '2026-02-22', '2026-02-28']) };
  const now = new Date('2026-02-21T10:00:00+07:00');
  const contact = aContact({ lastInteractionAt: now });
  const at = (purpose: Purpose, instant: Date) =>
    decide(aRow({ purpose, createdAt: now }), contact, instant, rules);
  expect(at('reminder', now)).toEqual({ action: 'wait', until: new Date('2026-02-23T06:30:00+07:00') });
  expect(at('reply', now).action).toBe('send');
  expect(at('notice', new Date('2026-02-28T22:00:00+07:00'))).toEqual({
    action: 'wait',
    until: new Date('2026-03-01T06:30:00+07:00'),
  });
});

it('is closed for somebody never heard from, and after a refusal until the next word', () => {
  expect(windowOf(null, NOW, theRules())).toBe('closed');
  const refused = aContact({ lastInteractionAt: ago(2), closedAt: ago(1) });
  expect(windowOf(refused, NOW, theRules())).toBe('closed');
  expect(windowOf({ ...refused, lastInteractionAt: ago(0.5) }, NOW, theRules())).toBe('free');
});

it.each`
  purpose       | hours  | templates | action           | as            | why
  ${'reply'}    | ${1}   | ${false}  | ${'send'}        | ${'text'}     | ${'an answer'}
  ${'reply'}    | ${100} | ${false}  | ${'send'}        | ${'text'}     | ${'an answer may cost'}
  ${'reply'}    | ${200} | ${true}   | ${'unreachable'} | ${undefined}  | ${'answers have no template'}
  ${'reminder'} | ${1}   | ${true}   | ${'send'}        | ${'text'}     | ${'free text costs nothing'}
  ${'reminder'} | ${100} | ${true}   | ${'send'}        | ${'text'}     | ${'reminders may cost'}
  ${'reminder'} | ${200} | ${true}   | ${'send'}        | ${'template'} | ${'only as a template'}
  ${'reminder'} | ${200} | ${false}  | ${'unreachable'} | ${undefined}  | ${'never free text there'}
  ${'notice'}   | ${1}   | ${false}  | ${'send'}        | ${'text'}     | ${'free'}
  ${'notice'}   | ${100} | ${false}  | ${'unreachable'} | ${undefined}  | ${'a notice must not cost'}
  ${'notice'}   | ${100} | ${true}   | ${'send'}        | ${'template'} | ${'there is a template'}
`(
  '$purpose, $hours hours later, templates $templates: $action $as, $why',
  (row: { purpose: Purpose; hours: number; templates: boolean; action: string; as?: string }) => {
    const rules = row.templates ? withTemplates : theRules();
    const contact = aContact({ lastInteractionAt: ago(row.hours) });
    const decision = decide(aRow({ purpose: row.purpose, template: TEMPLATE }), contact, NOW, rules);
    expect(decision.action).toBe(row.action);
    if (decision.action === 'send') expect(decision.as).toBe(row.as);
  },
);

it('fills the template of that purpose with the values of the row', () => {
  const row = aRow({ purpose: 'reminder', template: TEMPLATE });
  expect(decide(row, null, NOW, withTemplates)).toEqual({
    action: 'send',
    as: 'template',
    message: { kind: 'template', templateId: 'T1', data: TEMPLATE },
    to: LAN,
    cost: 200,
  });
});

it('says why nobody can be reached', () => {
  const reasonOf = (contact: Parameters<typeof reach>[1], purpose: Purpose = 'reminder'): unknown =>
    reach(purpose, contact, NOW, theRules());
  expect(reasonOf(null)).toMatchObject({ reason: 'no_template' });
  expect(reasonOf(aContact({ lastInteractionAt: ago(9), unfollowedAt: ago(1) }))).toMatchObject({
    reason: 'unfollowed',
  });
  const blocked = aContact({ lastInteractionAt: ago(9), unreachableAt: ago(1), unreachableReason: '-227' });
  expect(reasonOf(blocked)).toMatchObject({ reason: 'refused', detail: '-227' });
  expect(reasonOf({ ...blocked, lastInteractionAt: ago(0) })).toEqual({ by: 'text', cost: 0 });
});

it('answers at night, and keeps what we began ourselves until morning', () => {
  const night = new Date('2026-03-17T22:00:00+07:00');
  const contact = aContact({ lastInteractionAt: night });
  expect(decide(aRow(), contact, night, theRules()).action).toBe('send');
  expect(decide(aRow({ purpose: 'returned' }), contact, night, theRules())).toEqual({
    action: 'wait',
    until: new Date('2026-03-18T06:30:00+07:00'),
  });
});

it('drops what has expired, and what would have before the quiet time ends', () => {
  const row = aRow({ purpose: 'reminder', expiresAt: NOW });
  expect(decide(row, null, NOW, withTemplates)).toEqual({ action: 'drop', reason: 'expired' });
  const noon = new Date('2026-03-17T12:10:00+07:00');
  const lunch = aRow({ purpose: 'reminder', expiresAt: new Date('2026-03-17T13:30:00+07:00') });
  expect(decide(lunch, null, noon, withTemplates)).toEqual({ action: 'drop', reason: 'expired' });
});

it('never sends free text into a closed window, nor anything of ours in the quiet hours', () => {
  const purposes: Purpose[] = ['reply', 'period_opening', 'reminder', 'returned', 'directive', 'notice'];
  const instants = fc.date({
    min: new Date('2026-01-01T00:00:00Z'),
    max: new Date('2026-12-31T00:00:00Z'),
    noInvalidDate: true,
  });
  const maybe = fc.option(instants, { nil: null });
  fc.assert(
    fc.property(
      fc.constantFrom(...purposes),
      instants,
      fc.record({ lastInteractionAt: maybe, closedAt: maybe, unreachableAt: maybe, unfollowedAt: maybe }),
      fc.subarray(purposes.slice(1)),
      (purpose, now, times, templated) => {
        const templates = Object.fromEntries(templated.map((each) => [each, `T-${each}`]));
        const rules = theRules({ ZALO_TEMPLATES: templates });
        const contact = aContact({ ...times, unreachableReason: times.unreachableAt ? '-227' : null });
        const row: OutboxRow = aRow({ purpose, template: TEMPLATE, notBefore: new Date(0) });
        const decision = decide(row, contact, now, rules);
        if (decision.action === 'wait') return isQuiet(rules.quiet, now) && decision.until > now;
        if (decision.action !== 'send') return true;
        if (purpose !== 'reply' && isQuiet(rules.quiet, now)) return false;
        if (decision.as === 'text') return windowOf(contact, now, rules) !== 'closed';
        return decision.message.kind === 'template' && decision.message.templateId === `T-${purpose}`;
      },
    ),
  );
});

describe('money', () => {
  const poor = (budget: number): Means => ({ ...ONLY_CHAT, affords: (cost) => cost <= budget });
  const paidWindow = aContact({ lastInteractionAt: ago(100) });

  it.each`
    purpose       | hours  | budget | by           | cost    | reason      | why
    ${'reminder'} | ${1}   | ${0}   | ${'text'}    | ${0}    | ${null}     | ${'free is free'}
    ${'reminder'} | ${100} | ${55}  | ${'text'}    | ${55}   | ${null}     | ${'just enough'}
    ${'reminder'} | ${100} | ${54}  | ${'nothing'} | ${null} | ${'budget'} | ${'a dong too little, and a template costs more'}
    ${'reminder'} | ${200} | ${199} | ${'nothing'} | ${null} | ${'budget'} | ${'the template is too dear'}
    ${'reply'}    | ${100} | ${0}   | ${'text'}    | ${55}   | ${null}     | ${'an answer is never refused for money'}
  `(
    '$purpose after $hours hours with $budget left goes by $by: $why',
    (row: {
      purpose: Purpose;
      hours: number;
      budget: number;
      by: string;
      cost: number | null;
      reason: string | null;
    }) => {
      const contact = aContact({ lastInteractionAt: ago(row.hours) });
      const way = reach(row.purpose, contact, NOW, withTemplates, poor(row.budget));
      expect(way.by).toBe(row.by);
      expect(way.by === 'nothing' ? way.reason : way.cost).toBe(row.reason ?? row.cost);
    },
  );

  it('costs nothing in the paid window while the package has messages left', () => {
    const means = { ...poor(0), allowance: true };
    expect(reach('reminder', paidWindow, NOW, withTemplates, means)).toEqual({ by: 'text', cost: 0 });
  });
});

describe('the phone', () => {
  const phone = 'zalo-phone:post-1';
  const means: Means = { ...ONLY_CHAT, phone };

  it('comes second: only after the user id was refused, closed or gone', () => {
    expect(reach('reminder', null, NOW, withTemplates, means).by).toBe('template');
    expect(reach('reminder', null, NOW, withTemplates, { ...means, notByUser: true })).toEqual({
      by: 'phone',
      cost: 300,
    });
    const gone = aContact({ unreachableAt: ago(1), unreachableReason: 'gone' });
    expect(reach('reminder', gone, NOW, withTemplates, means).by).toBe('phone');
    expect(reach('reminder', gone, NOW, withTemplates).by).toBe('nothing');
  });

  it('is not used for somebody who left, when it is switched off, or without a template', () => {
    const left = aContact({ lastInteractionAt: ago(300), unfollowedAt: ago(1) });
    expect(reach('reminder', left, NOW, withTemplates, means)).toMatchObject({ reason: 'unfollowed' });
    const off = theRules({ ZALO_TEMPLATES: { reminder: 'T1' }, ZALO_PHONE_TEMPLATES: 'off' });
    expect(reach('reminder', null, NOW, off, { ...means, notByUser: true }).by).toBe('nothing');
    expect(reach('reminder', null, NOW, theRules(), means)).toMatchObject({ reason: 'no_template' });
  });

  it('carries the template to the address of the phone, with an id that is always the same', () => {
    const row = aRow({ purpose: 'reminder', to: phone, template: TEMPLATE });
    const decision = decide(row, null, NOW, withTemplates);
    expect(decision).toEqual({
      action: 'send',
      as: 'template',
      to: phone,
      cost: 300,
      message: {
        kind: 'template',
        templateId: 'T1',
        data: TEMPLATE,
        by: 'phone',
        trackingId: trackingId(row.id),
      },
    });
    expect(trackingId(row.id)).toMatch(/^[a-z0-9]{1,48}$/);
    expect(trackingId(row.id)).not.toBe(trackingId(`${row.id}x`));
  });

  it('that was refused is let be, and tried again with the next month', () => {
    const refused = (days: number) =>
      aContact({ user: phone, unreachableAt: ago(days * 24), unreachableReason: '-118' });
    const row = aRow({ purpose: 'reminder', to: phone, template: TEMPLATE });
    expect(decide(row, refused(2), NOW, withTemplates)).toEqual({ action: 'unreachable', reason: '-118' });
    expect(decide(row, refused(25), NOW, withTemplates).action).toBe('send');
  });
});

it('writes to groups at any hour, and sends no template at night, not even as an answer', () => {
  const night = new Date('2026-03-17T23:00:00+07:00');
  expect(decide(aRow({ to: 'zalo-group:9', purpose: 'notice' }), null, night, theRules())).toMatchObject({
    action: 'send',
    to: 'zalo-group:9',
    cost: 0,
  });
  const template = { kind: 'template', templateId: 'T9', data: TEMPLATE } as const;
  const asked = aContact({ lastInteractionAt: night });
  expect(decide(aRow({ message: template }), asked, night, theRules())).toEqual({
    action: 'wait',
    until: new Date('2026-03-18T06:05:00+07:00'),
  });
});

describe('a message in a group', () => {
  const row = aRow({
    to: 'zalo-group:9',
    purpose: 'notice',
    createdAt: new Date('2026-12-31T23:00:00+07:00'),
  });
  const before = new Date('2026-12-31T23:59:59+07:00');
  const after = new Date('2027-01-01T00:00:00+07:00');
  const priced = theRules({ ZALO_PRICE_GROUP_MESSAGE_VND: 40 });

  it('is free until the end of 2026 and has its price after that', () => {
    expect(decide(row, null, before, priced)).toMatchObject({ action: 'send', cost: 0 });
    expect(decide(row, null, after, priced)).toMatchObject({ action: 'send', cost: 40 });
    expect(decide(row, null, after, theRules())).toMatchObject({ action: 'send', cost: 0 });
  });

  it('stays within the budget, answers apart', () => {
    const broke = { ...ONLY_CHAT, affords: () => false };
    expect(decide(row, null, after, priced, broke)).toEqual({ action: 'unreachable', reason: 'budget' });
    expect(decide({ ...row, purpose: 'reply' }, null, after, priced, broke)).toMatchObject({
      action: 'send',
    });
  });

  it('is not sent where that is switched off', () => {
    const off = theRules({ ZALO_GROUP_MESSAGES: 'off' });
    expect(decide(row, null, before, off)).toEqual({ action: 'unreachable', reason: 'groups_off' });
  });
});

it('begins nothing of its own while somebody of the office answers by hand; answers are not its matter', () => {
  const until = new Date(NOW.getTime() + 20 * 60_000);
  const contact = aContact({ lastInteractionAt: ago(1), humanUntil: until });
  expect(decide(aRow({ purpose: 'reminder' }), contact, NOW, theRules())).toEqual({ action: 'wait', until });
  expect(decide(aRow({ purpose: 'reminder' }), contact, until, theRules()).action).toBe('send');
  expect(decide(aRow(), contact, NOW, theRules()).action).toBe('send');
});
