import { learn, told, type Learned } from '../../../src/understanding/learned';
import { RowWriter, type Row } from '../../../src/understanding/rows';

const WORDS = ['forget', 'lost', 'change', 'new', 'stolen', 'password', 'phone'];
const vector = (...names: string[]): Row => {
  const places = names.map((name) => WORDS.indexOf(name)).filter((place) => place >= 0);
  return { places, values: places.map(() => 1) };
};
const EXAMPLES = [
  { at: 0, vector: vector('forget', 'password') },
  { at: 0, vector: vector('lost', 'password') },
  { at: 1, vector: vector('change', 'password') },
  { at: 1, vector: vector('new', 'password') },
  { at: 2, vector: vector('lost', 'phone') },
  { at: 2, vector: vector('stolen', 'phone') },
];
const learnt = (examples: typeof EXAMPLES, meanings: number): ((vector: Row) => Float64Array) => {
  const texts = new RowWriter();
  for (const { vector } of examples) {
    for (const place of Array.from(vector.places)) texts.add(place, 1);
    texts.end();
  }
  const meaningOf = examples.map(({ at }) => at);
  const learned: Learned = learn({ texts: texts.done(), meaningOf, features: WORDS.length, meanings });
  return (vector) => told(vector, learned);
};
const first = (scores: Float64Array): number => scores.indexOf(Math.max(...scores));

it('tells each example it has learned from', () => {
  const tell = learnt(EXAMPLES, 3);
  expect(EXAMPLES.map((example) => first(tell(example.vector)))).toEqual(EXAMPLES.map(({ at }) => at));
});

it('weighs a word by what it tells apart: «forget» more than «password»', () => {
  const tell = learnt(EXAMPLES, 3);
  const gap = (name: string): number => {
    const [forgotten = 0, changed = 0] = tell(vector(name));
    return Math.abs(forgotten - changed);
  };
  expect(first(tell(vector('forget')))).toBe(0);
  expect(gap('forget')).toBeGreaterThan(gap('password'));
});

it('the same examples give the same model, and what none has says nothing', () => {
  const [once, again] = [learnt(EXAMPLES, 3), learnt(EXAMPLES, 3)];
  expect([...once(vector('change', 'phone'))]).toEqual([...again(vector('change', 'phone'))]);
  expect([...once(vector('weather'))]).toEqual([0, 0, 0]);
  expect([...learnt([], 2)(vector('weather'))]).toEqual([0, 0]);
});
