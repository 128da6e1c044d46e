import { isDuplicate, refusedWrites } from '../../../src/kernel/store-faults';

/** As the driver makes them: as text, the whole document is in it. */
const refused = (index: number, code: number) => ({
  index,
  code,
  errmsg: 'refused',
  toString: () => 'WriteError({"op":{"text":"bác Lan"}})',
});

it.each`
  writeErrors                             | found                                                                                           | why
  ${[refused(1, 11000), refused(2, 121)]} | ${[{ index: 1, code: 11000, message: 'refused' }, { index: 2, code: 121, message: 'refused' }]} | ${'two were refused'}
  ${refused(0, 11000)}                    | ${[{ index: 0, code: 11000, message: 'refused' }]}                                              | ${'the driver hands a single one over without a list'}
  ${[]}                                   | ${[]}                                                                                           | ${'the write failed as a whole'}
  ${undefined}                            | ${[]}                                                                                           | ${'another kind of error'}
`('reads which documents were refused: $why', ({ writeErrors, found }) => {
  expect(refusedWrites(Object.assign(new Error('bulk'), { writeErrors }))).toEqual(found);
});

it('tells a key that is taken from other faults', () => {
  expect(isDuplicate(Object.assign(new Error('E11000'), { code: 11000 }))).toBe(true);
  expect([refused(0, 11000), refused(1, 121)].map(isDuplicate)).toEqual([true, false]);
  expect(isDuplicate(new Error('connection lost'))).toBe(false);
});
