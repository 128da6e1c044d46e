import { isClaimCode, printedCode } from '../../../src/kernel/claim-code';
import { maskSecrets } from '../../../src/kernel/secrets';
import { randomCode } from '../../../src/org/import/import';

it.each([
  '12345678',
  '87654321',
  '11111111',
  '20032026',
  '20260320',
  '12501250',
  '12001350',
  '04829135',
  '4827913',
  '482791350',
])('%s is never given out as a code', (digits) => expect(isClaimCode(digits)).toBe(false));

it('every code that is given out is covered and found in each way it is typed', () => {
  for (let n = 0; n < 300; n += 1) {
    const code = randomCode();
    for (const typed of [code, printedCode(code), [...code].join(' '), `Mã của em ${printedCode(code)} ạ`])
      expect([typed, maskSecrets(typed, (digits) => digits).codeHash]).toEqual([typed, code]);
  }
});
