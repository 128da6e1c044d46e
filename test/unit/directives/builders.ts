import type { Directive, GivenAnswer, Recipient } from '../../../src/directives/directive';

/** Directives and recipients that name only what a test is about. Times are those of March 2026 in Viet Nam: `17T08:00`. */
export const vn = (at: string): Date => new Date(`2026-03-${at}:00+07:00`);

export function aDirective(over: Partial<Directive> = {}): Directive {
  return {
    ...{ id: 'D1', number: '145/UBND-VX', short: '145', text: 'mở lớp', urgency: 'normal', evidence: false },
    audience: { label: 'xã Tân Hòa', units: ['1', '1-1', '1-2'] },
    ...{
      deadline: vn('27T17:00'),
      deadlineBefore: null,
      from: '24',
      by: { user: 'zalo:dung', office: '24:department:1' },
      state: 'issued',
    },
    ...{
      createdAt: vn('16T08:00'),
      sendAt: null,
      practice: false,
      checkEvery: null,
      issuedAt: vn('16T08:00'),
      confirmedBy: null,
      supersedes: null,
    },
    ...{ supersededBy: null, endedAt: null, reason: null },
    ...over,
  };
}

export function aRecipient(over: Partial<Recipient> = {}): Recipient {
  return {
    ...{
      directive: 'D1',
      unit: '1-1',
      through: '1',
      reached: 'queued',
      why: null,
      answer: 'none',
      onBehalf: null,
      answers: [],
    },
    ...{ evidence: [], line: null, steps: {}, last: null, told: [], askAt: null, quiet: false },
    ...{ movedTo: null, movedFrom: [] },
    ...over,
  };
}

export function given(over: Partial<GivenAnswer> = {}): GivenAnswer {
  return {
    id: 'e1',
    answer: 'acknowledged',
    by: 'zalo:tu',
    at: vn('16T08:12'),
    when: 'in_time',
    note: null,
    ...over,
  };
}
