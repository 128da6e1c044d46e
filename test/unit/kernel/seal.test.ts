import { seal, unseal } from '../../../src/kernel/seal';

const key = Buffer.alloc(32, 7);

it('opens with the key and the owner it was sealed for', () => {
  const sealed = seal(key, 'a:1', '84900000123');
  expect(unseal(key, 'a:1', sealed)).toBe('84900000123');
  expect(sealed).not.toContain('84900000123');
  expect(seal(key, 'a:1', '84900000123')).not.toBe(sealed);
});

it.each`
  why                 | change
  ${'another key'}    | ${{ key: Buffer.alloc(32, 8) }}
  ${'another row'}    | ${{ owner: 'a:2' }}
  ${'another byte'}   | ${{ alter: true }}
  ${'something else'} | ${{ text: 'not sealed' }}
`('refuses $why', ({ change }) => {
  const sealed = seal(key, 'a:1', '84900000123');
  const bad = change.alter ? sealed.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')) : sealed;
  expect(() => unseal(change.key ?? key, change.owner ?? 'a:1', change.text ?? bad)).toThrow('store_unsafe');
});

it('opens a token pair that an older program sealed in one piece', () => {
  const old = 'AwMDAwMDAwMDAwMDPLq02QpWKGVlZY0hNqgJZ0Y7Cg==';
  expect(unseal(key, 'zalo-token:1', old)).toBe('cũ');
  expect(() => unseal(key, 'zalo-token:2', old)).toThrow('store_unsafe');
  expect(() => unseal(key, 'zalo-token:1', old.slice(0, 30))).toThrow('store_unsafe');
});
