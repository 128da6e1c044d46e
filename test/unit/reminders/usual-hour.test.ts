import { usualHour } from '../../../src/reminders/usual-hour';

it.each`
  hours                       | hour    | why
  ${[]}                       | ${null} | ${'nothing is known'}
  ${[20, 20]}                 | ${null} | ${'two days are no habit'}
  ${[20, 20, 20]}             | ${20}   | ${'three are'}
  ${[19, 20, 21]}             | ${20}   | ${'hours beside each other belong together'}
  ${[7, 12, 20]}              | ${null} | ${'there is no usual hour'}
  ${[7, 7, 7, 7, 20, 20, 20]} | ${7}    | ${'the commoner of two'}
  ${[8, 20, 20, 20]}          | ${20}   | ${'one exception does not move it'}
`('$hours: $hour, $why', ({ hours, hour }: { hours: number[]; hour: number | null }) => {
  expect(usualHour(hours)).toBe(hour);
});
