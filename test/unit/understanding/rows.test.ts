import { RowWriter, summed, turned } from '../../../src/understanding/rows';

/** Three questions over four features. */
function questions() {
  const rows = new RowWriter();
  rows.add(0, 1);
  rows.add(2, 0.5);
  rows.end();
  rows.end();
  rows.add(2, 0.25);
  rows.add(3, 2);
  rows.end();
  return rows.done();
}

it('says for each feature which questions have it, and those that none has', () => {
  const { starts, places, values } = turned(questions(), 4);
  expect([...starts]).toEqual([0, 1, 1, 3, 4]);
  expect([...places]).toEqual([0, 0, 2, 2]);
  expect([...values]).toEqual([1, 0.5, 0.25, 2]);
});

it('turned twice it is what it was', () => {
  expect(turned(turned(questions(), 4), 3)).toEqual(questions());
});

it('adds up what a text has in common with each question', () => {
  const typed = { places: [2, 3, 1], values: [2, 1, 7] };
  const sums = new Float64Array(3);
  expect([...summed(typed, turned(questions(), 4), sums)]).toEqual([1, 0, 2.5]);
  expect([...summed(typed, turned(questions(), 4), sums)]).toEqual([1, 0, 2.5]);
});

it('refuses a place that it could not tell from another', () => {
  expect(() => new RowWriter().add(65_536, 1)).toThrow(RangeError);
});
