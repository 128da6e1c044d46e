import { seal, unseal } from '../../../src/org/sealed';

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
