import { newer, rememberNext } from '../../../src/kernel/instants';

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

describe('remembering what comes next', () => {
  const hours = [3, 7, 8].map((hour) => new Date(`2026-03-12T0${hour}:00:00Z`));
  const first = (after: Date): Date | null => hours.find((hour) => hour > after) ?? null;

  it('answers as the question itself does, whatever is asked in whatever order', () => {
    const remembered = rememberNext(first);
    for (const at of [1, 2, 3, 5, 3, 1, 6, 7, 8, 9, 2].map((hour) => new Date(`2026-03-12T0${hour}:00:00Z`)))
      expect(remembered(at)).toEqual(first(at));
  });

  it('asks once until the answer has passed, and whenever there was none', () => {
    const asked: Date[] = [];
    const remembered = rememberNext((after) => (asked.push(after), first(after)));
    for (const minute of ['01:00', '01:30', '02:59', '03:00', '06:59', '09:00', '09:01'])
      remembered(new Date(`2026-03-12T${minute}:00Z`));
    expect(asked.map((at) => at.toISOString().slice(11, 16))).toEqual(['01:00', '03:00', '09:00', '09:01']);
  });
});
