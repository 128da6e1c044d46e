import { namedTime, wishedTime } from '../../../src/reminders/chat/wished-time';
import { vn } from './builders';

const NOW = vn('2026-03-17T08:00');

it.each`
  said                               | at                    | why
  ${'nhắc tôi lúc 19:00'}            | ${'2026-03-17T19:00'} | ${'a plain time'}
  ${'nhac toi luc 7 gio toi'}        | ${'2026-03-17T19:00'} | ${'without accents'}
  ${'nhắc bác lúc 7h30 tối nay nhé'} | ${'2026-03-17T19:30'} | ${'minutes'}
  ${'nhắc lại tôi lúc 7 rưỡi tối'}   | ${'2026-03-17T19:30'} | ${'half past'}
  ${'nhắc 11:00'}                    | ${'2026-03-17T11:00'} | ${'the button'}
  ${'nhắc tôi lúc 7 giờ'}            | ${'2026-03-17T19:00'} | ${'seven is past, so it is the other half of the day'}
  ${'nhắc tôi lúc 07:00'}            | ${'2026-03-18T07:00'} | ${'two digits are a clock: tomorrow'}
  ${'mai nhắc tôi'}                  | ${'2026-03-18T08:00'} | ${'tomorrow is the morning'}
  ${'sáng mai nhắc tôi lúc 9h'}      | ${'2026-03-18T09:00'} | ${'day and time'}
  ${'nhắc tôi chiều mai'}            | ${'2026-03-18T16:00'} | ${'a part of the day'}
  ${'nhắc tôi thứ năm'}              | ${'2026-03-19T08:00'} | ${'a weekday'}
  ${'nhắc ngày mai'}                 | ${'2026-03-18T08:00'} | ${'the button'}
  ${'nhắc tôi'}                      | ${null}               | ${'that is the end of «dừng»'}
  ${'nhắc tôi lúc 25:00'}            | ${null}               | ${'there is no such hour'}
  ${'nhắc tôi hôm qua'}              | ${null}               | ${'that is past'}
  ${'buổi học 19:30 thứ Năm'}        | ${null}               | ${'nobody asks to be reminded'}
  ${'đừng nhắc tôi nữa'}             | ${null}               | ${'the opposite'}
`('«$said» → $at: $why', ({ said, at }: { said: string; at: string | null }) => {
  expect(wishedTime(said, NOW)).toEqual(at === null ? null : vn(at));
});

it.each`
  said          | at
  ${'mai'}      | ${'2026-03-18T08:00'}
  ${'để mai'}   | ${'2026-03-18T08:00'}
  ${'để tối'}   | ${'2026-03-17T19:00'}
  ${'để sau'}   | ${null}
  ${'lúc khác'} | ${null}
`('«$said» names $at', ({ said, at }: { said: string; at: string | null }) => {
  expect(namedTime(said, NOW)).toEqual(at === null ? null : vn(at));
});
