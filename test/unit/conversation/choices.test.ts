import { doubtedLabel, matchChoice } from '../../../src/conversation/steps';

const offered = [
  { id: 'send', label: 'Gửi báo cáo', exact: true as const },
  { id: 'fix', label: 'Sửa số liệu' },
  { id: 'later', label: 'Để lúc khác' },
];

it.each`
  text                    | digits   | choice
  ${'2'}                  | ${true}  | ${'fix'}
  ${'2.'}                 | ${true}  | ${'fix'}
  ${'4'}                  | ${true}  | ${null}
  ${'2'}                  | ${false} | ${null}
  ${'gui bao cao'}        | ${true}  | ${'send'}
  ${'GỬI BÁO CÁO!'}       | ${true}  | ${'send'}
  ${'em gui bao cao nhe'} | ${true}  | ${'send'}
  ${'gui bao cap'}        | ${true}  | ${null}
  ${'sua so liue'}        | ${true}  | ${'fix'}
  ${'sua so lieu a'}      | ${false} | ${'fix'}
  ${'bao'}                | ${true}  | ${null}
  ${'45 lượt'}            | ${true}  | ${null}
  ${''}                   | ${true}  | ${null}
`('«$text» means $choice', ({ text, digits, choice }) => {
  expect(matchChoice(text, offered, digits)).toBe(choice);
});

it('is no choice when two have the same words', () => {
  expect(
    matchChoice(
      'có',
      [
        { id: 'a', label: 'Có' },
        { id: 'b', label: 'Có' },
      ],
      true,
    ),
  ).toBeNull();
});

// One wrong letter in words that send, erase or consent may be other words: it is asked about, and nothing is done.
it.each([
  ['gui bao cap', 'Gửi báo cáo'],
  ['gui bao ca', 'Gửi báo cáo'],
  ['gửi báo cáo', null],
  ['sua so liue', null],
  ['bao', null],
])('«%s» is asked about as «%s»', (text, label) => {
  expect(doubtedLabel(text, offered)).toBe(label);
});

it('forgives no letter of a choice that is a command, which has ways of its own to be typed', () => {
  const approve = [{ id: 'ALL', label: 'Duyệt số sạch', command: '#DUYETHET' }];
  expect(matchChoice('duyet so sach', approve, true)).toBe('ALL');
  expect(matchChoice('duyet so sachh', approve, true)).toBeNull();
});
