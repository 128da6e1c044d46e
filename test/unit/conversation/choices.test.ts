import { matchChoice } from '../../../src/conversation/choices';

const offered = [
  { id: 'send', label: 'Gửi báo cáo' },
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
  ${'gui bao cap'}        | ${true}  | ${'send'}
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
