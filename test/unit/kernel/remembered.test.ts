import { remembered } from '../../../src/kernel/remembered';

/** A function that notes what it is really asked. */
function noted(most: number) {
  const asked: string[] = [];
  const find = remembered((text) => {
    asked.push(text);
    return text === 'none' ? null : text.length;
  }, most);
  return { asked, find };
}

it('finds a thing once, also where nothing is found', () => {
  const { asked, find } = noted(10);
  expect([find('a'), find('none'), find('a'), find('none')]).toEqual([1, null, 1, null]);
  expect(asked).toEqual(['a', 'none']);
});

it('keeps what is asked about again and again, however much else is', () => {
  const { asked, find } = noted(10);
  for (let i = 0; i < 100; i += 1) {
    find('often');
    find(`once ${i}`);
  }
  expect(asked.filter((text) => text === 'often')).toHaveLength(1);
});

it('forgets what nobody has asked about for long', () => {
  const { asked, find } = noted(10);
  find('once');
  for (let i = 0; i < 10; i += 1) find(`other ${i}`);
  find('once');
  expect(asked.filter((text) => text === 'once')).toHaveLength(2);
});

it('does not keep long texts', () => {
  const { asked, find } = noted(10);
  const long = 'a'.repeat(201);
  expect([find(long), find(long)]).toEqual([201, 201]);
  expect(asked).toHaveLength(2);
});
