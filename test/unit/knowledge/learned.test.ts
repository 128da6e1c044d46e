import { learn } from '../../../src/knowledge/learned';

const vector = (...names: string[]): Map<string, number> => new Map(names.map((name) => [name, 1]));
const EXAMPLES = [
  { at: 0, vector: vector('forget', 'password') },
  { at: 0, vector: vector('lost', 'password') },
  { at: 1, vector: vector('change', 'password') },
  { at: 1, vector: vector('new', 'password') },
  { at: 2, vector: vector('lost', 'phone') },
  { at: 2, vector: vector('stolen', 'phone') },
];
const first = (scores: Float64Array): number => scores.indexOf(Math.max(...scores));

it('tells each question it has learned from', () => {
  const told = learn(EXAMPLES, 3);
  expect(EXAMPLES.map((example) => first(told(example.vector)))).toEqual(EXAMPLES.map(({ at }) => at));
});

it('weighs a word by what it tells apart: «forget» more than «password»', () => {
  const told = learn(EXAMPLES, 3);
  const gap = (name: string): number => {
    const [forgotten = 0, changed = 0] = told(vector(name));
    return Math.abs(forgotten - changed);
  };
  expect(first(told(vector('forget')))).toBe(0);
  expect(gap('forget')).toBeGreaterThan(gap('password'));
});

it('the same questions give the same model, and what none has says nothing', () => {
  const [once, again] = [learn(EXAMPLES, 3), learn(EXAMPLES, 3)];
  expect([...once(vector('change', 'phone'))]).toEqual([...again(vector('change', 'phone'))]);
  expect([...once(vector('weather'))]).toEqual([0, 0, 0]);
  expect([...learn([], 2)(vector('weather'))]).toEqual([0, 0]);
});
