import { readConsentReturn } from '../../../src/channels/zalo/consent';

const ALL = { code: 'abc', oaId: '2233445566778899001', state: 'st', refusal: null };
const NONE = { code: null, oaId: null, state: null, refusal: null };

it.each<[string, object | null]>([
  ['https://bot.example.vn/back?code=abc&oa_id=2233445566778899001&state=st', ALL],
  ['  "https://bot.example.vn/?oa_id=2233445566778899001&code=abc&state=st"  ', ALL],
  ['<https://bot.example.vn/?oa_id=2233445566778899001&co\nde=abc&state=st>', ALL],
  ['https://bot.example.vn/#code=abc&oa_id=2233445566778899001&state=st', ALL],
  ['?code=abc&oa_id=2233445566778899001&state=st', ALL],
  ['state=st&code=abc&oa_id=2233445566778899001', ALL],
  ['https://bot.example.vn/back?code=abc', { ...NONE, code: 'abc' }],
  ['https://bot.example.vn/back', NONE],
  ['https://bot.example.vn/back?code=&oa_id=1', { ...NONE, oaId: '1' }],
  [
    'https://bot.example.vn/back?error=-14002&error_description=App%20is%20inactive&state=st',
    { ...NONE, state: 'st', refusal: 'App is inactive, -14002' },
  ],
  ['https://bot.example.vn/back?error=access_denied', { ...NONE, refusal: 'access_denied' }],
  ['no, I do not want to', null],
  ['https://', null],
  ['', null],
])('reads %j', (pasted, expected) => {
  expect(readConsentReturn(pasted)).toEqual(expected);
});
