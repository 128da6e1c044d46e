import { attemptState } from '../../../src/org/attempts';

const at = (time: string) => new Date(`2026-03-12T${time}:00+07:00`);
const limits = { tries: 3, withinMinutes: 120, blockMinutes: 30 };

it.each`
  wrong                                                     | now        | left | until      | why
  ${[]}                                                     | ${'08:00'} | ${3} | ${null}    | ${'nothing was tried'}
  ${['08:00', '08:01']}                                     | ${'08:02'} | ${1} | ${null}    | ${'two were wrong'}
  ${['08:00', '08:01', '08:02']}                            | ${'08:02'} | ${0} | ${'08:32'} | ${'the third blocks'}
  ${['08:02', '08:00', '08:01']}                            | ${'08:31'} | ${0} | ${'08:32'} | ${'order of arrival counts, not of noting'}
  ${['08:00', '08:01', '08:02']}                            | ${'08:32'} | ${3} | ${null}    | ${'a block ends, and counting begins anew'}
  ${['08:00', '08:01', '08:02', '08:20']}                   | ${'08:32'} | ${3} | ${null}    | ${'a try during the block does not count'}
  ${['08:00', '08:01', '10:30']}                            | ${'10:31'} | ${2} | ${null}    | ${'old ones do not add up'}
  ${['08:00', '08:01']}                                     | ${'12:00'} | ${3} | ${null}    | ${'old ones are forgotten'}
  ${['08:00', '08:01', '08:02', '08:40', '08:41', '08:42']} | ${'09:00'} | ${0} | ${'09:12'} | ${'the next three block again'}
  ${['08:00', '08:01', '08:02']}                            | ${'08:01'} | ${1} | ${null}    | ${'what comes later does not count yet'}
`('$why', ({ wrong, now, left, until }) => {
  const noted = (wrong as string[]).map((time) => ({ at: at(time) }));
  expect(attemptState(noted, at(now), limits)).toEqual({
    left,
    blockedUntil: until === null ? null : at(until),
  });
});
