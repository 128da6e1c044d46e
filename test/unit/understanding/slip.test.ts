import { isSwap, near } from '../../../src/understanding/slip';

describe('near', () => {
  it.each([
    ['passcode', 'passcode', 'the same'],
    ['pascode', 'passcode', 'a letter less'],
    ['passscode', 'passcode', 'a letter more'],
    ['pastcode', 'passcode', 'another letter'],
    ['passcdoe', 'passcode', 'two swapped'],
    ['passcod', 'passcode', 'the last left out'],
    ['asscode', 'passcode', 'the first left out'],
    ['passcodes', 'passcode', 'one behind'],
    ['passcoed', 'passcode', 'the last two swapped'],
  ])('%s is near %s: %s', (typed, meant) => {
    expect([near(typed, meant), near(meant, typed)]).toEqual([true, true]);
  });

  it.each([
    ['pastcods', 'passcode'],
    ['pasco', 'passcode'],
    ['passdoce', 'passcode'],
    ['', 'ab'],
  ])('%s is not near %s', (typed, meant) => {
    expect([near(typed, meant), near(meant, typed)]).toEqual([false, false]);
  });
});

it('tells a swap from another slip', () => {
  expect([isSwap('thanh', 'thnah'), isSwap('thanh', 'thanb'), isSwap('thanh', 'tanh')]).toEqual([
    true,
    false,
    false,
  ]);
});
