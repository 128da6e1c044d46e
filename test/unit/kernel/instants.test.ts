import { newer } from '../../../src/kernel/instants';

const early = new Date('2026-03-12T01:00:00Z');
const late = new Date('2026-03-12T02:00:00Z');

it.each`
  a        | b        | found    | why
  ${early} | ${late}  | ${late}  | ${'the second is newer'}
  ${late}  | ${early} | ${late}  | ${'the first is newer'}
  ${early} | ${null}  | ${early} | ${'nothing is older than any instant'}
  ${null}  | ${early} | ${early} | ${'nothing is older than any instant'}
  ${null}  | ${null}  | ${null}  | ${'there is none'}
`('takes the newer of $a and $b: $why', ({ a, b, found }: Record<string, Date | null>) => {
  expect(newer(a ?? null, b ?? null)).toBe(found);
});
