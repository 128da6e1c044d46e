import { readOccasion } from '../../../src/understanding/occasion';

/** Thursday 12 March 2026, 8:00. */
const NOW = new Date('2026-03-12T08:00:00+07:00');

const clock = (text: string): string => {
  const { time } = readOccasion(text, NOW);
  if (!time) return '-';
  const said = `${Math.floor(time.minute / 60)}:${String(time.minute % 60).padStart(2, '0')}`;
  return time.kind === 'time' ? said : `${said}?`;
};

it.each`
  text                                           | day                        | time       | rest
  ${'19:30 thứ Năm 19/3 nhà văn hóa'}            | ${'2026-03-19'}            | ${'19:30'} | ${['nhà văn hóa']}
  ${'19:30 thu nam 19/3 nha van hoa'}            | ${'2026-03-19'}            | ${'19:30'} | ${['nha van hoa']}
  ${'19:30 thứ Sáu 19/3 nhà văn hóa'}            | ${'2026-03-19/2026-03-20'} | ${'19:30'} | ${['nhà văn hóa']}
  ${'19:30 thứ Tư 19/3 nhà văn hóa'}             | ${'2026-03-19/2026-03-18'} | ${'19:30'} | ${['nhà văn hóa']}
  ${'7h tối mai tại đình làng'}                  | ${'2026-03-13'}            | ${'19:00'} | ${['đình làng']}
  ${'7h thứ 7 ở nhà văn hóa Mai Trung'}          | ${'2026-03-14'}            | ${'7:00?'} | ${['nhà văn hóa Mai Trung']}
  ${'lúc 7 giờ rưỡi tối chủ nhật nhà văn hóa'}   | ${'2026-03-15'}            | ${'19:30'} | ${['nhà văn hóa']}
  ${'2h chiều ngày 20/3, hội trường thôn'}       | ${'2026-03-20'}            | ${'14:00'} | ${['hội trường thôn']}
  ${'sang 19:30 thứ Sáu 20/3'}                   | ${'2026-03-20'}            | ${'19:30'} | ${['sang']}
  ${'8h sang thu 7'}                             | ${'2026-03-14'}            | ${'8:00'}  | ${[]}
  ${'09:00 14/3 nvh'}                            | ${'2026-03-14'}            | ${'9:00'}  | ${['nvh']}
  ${'32 người nhà văn hóa tối qua an toàn mạng'} | ${'2026-03-11'}            | ${'-'}     | ${['32 người nhà văn hóa', 'an toàn mạng']}
  ${'nhà văn hóa thôn 3'}                        | ${null}                    | ${'-'}     | ${['nhà văn hóa thôn 3']}
  ${'rằm tháng hai 19:30'}                       | ${'unclear'}               | ${'19:30'} | ${['tháng hai']}
  ${'19:30 31/2 nhà văn hóa'}                    | ${'unclear'}               | ${'19:30'} | ${['nhà văn hóa']}
  ${'tôi mở ở đình'}                             | ${null}                    | ${'-'}     | ${['tôi mở ở đình']}
`(
  '«$text» is $day at $time',
  ({ text, day, time, rest }: { text: string; day: string | null; time: string; rest: string[] }) => {
    const read = readOccasion(text, NOW);
    const said =
      read.day === null
        ? null
        : read.day.kind === 'day'
          ? read.day.day
          : read.day.kind === 'unclear'
            ? 'unclear'
            : `${read.day.day}/${read.day.other}`;
    expect([said, clock(text), read.rest]).toEqual([day, time, rest]);
  },
);
