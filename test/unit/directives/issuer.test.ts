import { Offices } from '../../../src/directives/offices';
import type { Office } from '../../../src/org/office';

/** Whoever hears how an order goes: the office it went out from, whoever holds it. */

const AT = new Date('2026-03-20T09:00:00+07:00');
const by = { user: 'zalo:hanh', office: 'X:commune_officer:1' };

function post(n: number, user: string | null, more: Partial<Office> = {}): Office {
  const rest = { fullName: 'A', address: '', claimedAt: null, consent: null, hasPhone: false };
  return { id: `X:commune_officer:${n}`, unit: 'X', role: 'commune_officer', user, ...rest, ...more };
}

it.each`
  heard          | posts                                                                  | why
  ${'zalo:hanh'} | ${[post(1, 'zalo:hanh')]}                                              | ${'they hold it'}
  ${'zalo:hung'} | ${[post(1, 'zalo:hung')]}                                              | ${'it was handed over'}
  ${'zalo:hanh'} | ${[post(1, 'zalo:hung'), post(2, 'zalo:hanh')]}                        | ${'they hold another one there'}
  ${'zalo:lan'}  | ${[post(1, null), post(2, 'zalo:lan')]}                                | ${'nobody has claimed it yet'}
  ${'zalo:lan'}  | ${[post(1, 'zalo:hanh', { ends: '2026-03-19' }), post(2, 'zalo:lan')]} | ${'its last day is over'}
  ${null}        | ${[post(1, null)]}                                                     | ${'nobody is there'}
`('$heard hears of the order: $why', ({ heard, posts }) => {
  const directory = { officesIn: () => posts as Office[] } as unknown as Offices['directory'];
  expect(new Offices(directory).issuer({ by, from: 'X' }, AT)?.user ?? null).toBe(heard);
});
