import { MovableClock } from '../../src/kernel/clock';
import {
  CLAIM_CODE,
  LEADER,
  NEWCOMER,
  OFFICER,
  World,
  type Heard,
  type Talk,
} from '../../scripts/understanding/world';

/**
 * What people want beside the answer, on every screen and with nothing open: each gets a next step that helps, nothing
 * is stored, sent or approved by it, and the question that is open stands on the screen again, unless it was put aside.
 */

/**
 * `leaves`: the person puts it aside, gives it up, or goes elsewhere: the screen need not come back. `comesTo`: what is
 * said to it on every screen of the village's month.
 */
const ACTS: readonly (readonly [act: string, text: string, comesTo: RegExp, leaves?: 'leaves'])[] = [
  ['what does this mean', 'câu này là gì', /^reports:(?:figures\.\w+\.explain|explain\.\w+)$/],
  ['what does this mean', 'nghia la sao', /^reports:(?:figures\.\w+\.explain|explain\.\w+)$/],
  ['do not know', 'tôi không biết', /^reports:(?:noted_missing|unsure)$/],
  ['skip', 'bo qua cau nay', /^reports:(?:noted_missing|unsure)$/],
  ['back', 'quay lại câu trước', /^reports:(?:figures\.\w+\.question|thumb|which_fix)$/],
  ['hold', 'khoan đã', /^reports:held$/],
  ['drop', 'thôi không làm nữa', /^reports:kept_for_later$/, 'leaves'],
  ['start over', 'làm lại từ đầu', /^reports:start_over$/],
  ['not yet', 'chưa gửi vội', /^reports:held$/],
  ['tonight', 'để tối nay', /^reminders:asked\.done$/, 'leaves'],
  ['tomorrow', 'để mai', /^reminders:asked\.done$/, 'leaves'],
  ['on Thursday', 'thứ năm tôi làm', /^reminders:asked\.done$/, 'leaves'],
  ['last month', 'tháng trước tôi báo bao nhiêu', /^reports:previous_figures$/],
  ['did you get it', 'em nhận được chưa', /^reports:not_sent_yet$/],
  ['who sees this', 'ai xem số này', /^asides:who-sees-this$/],
  ['hand over', 'từ mai anh Hùng thay tôi', /^posts:ask_name$/, 'leaves'],
  ['not the leader any more', 'tôi không làm trưởng thôn nữa', /^posts:who_instead$/, 'leaves'],
  ['more time', 'xin thêm nửa ngày', /^approval:time\.\w+$/],
  ['call me', 'gọi điện cho tôi', /^handover:above\.told$/],
  ['a scam?', 'có phải lừa đảo không', /^menu:not_a_scam$/],
  ['slower', 'nói chậm thôi', /^manner:slow$/],
  ['bigger', 'chữ nhỏ quá', /^asides:bigger-letters$/],
  ['on paper', 'gửi bản giấy được không', /^asides:on-paper$/],
  ['a photo', 'gửi ảnh được không', /^asides:send-a-photo$/],
];
/** Screens of the village's month. */
const OF_MONTH =
  /^(?:question \d|a value to confirm|none or no figure|an odd value|last month|the read-back|which to correct)$/;

/** Who stands there, and what they said to get there. */
const SCREENS: Readonly<Record<string, readonly [user: string, ...said: string[]]>> = {
  'nothing open': [LEADER],
  'question 1': [LEADER, 'báo cáo', 'trả lời từng câu'],
  'question 2': [LEADER, 'báo cáo', 'trả lời từng câu', '418'],
  'question 3': [LEADER, 'báo cáo', 'trả lời từng câu', '418', '5'],
  'question 4': [LEADER, 'báo cáo', 'trả lời từng câu', '418', '5', '121'],
  'a value to confirm': [LEADER, 'báo cáo', 'trả lời từng câu', '418', '5', 'gần trăm người'],
  'none or no figure': [LEADER, 'báo cáo', 'trả lời từng câu', '418', '5', 'ko có'],
  'an odd value': [LEADER, 'báo cáo', 'trả lời từng câu', '418', '5', '450'],
  'last month': [LEADER, 'báo cáo'],
  'the read-back': [LEADER, 'bc 418 5 121 14'],
  'which to correct': [LEADER, 'bc 418 5 121 14', 'sửa'],
  practice: [LEADER, 'tập thử'],
  'a class: the day': [LEADER, 'mở lớp'],
  'a class: the hour': [LEADER, 'mở lớp', 'thứ Năm 19/3'],
  'a class: the place': [LEADER, 'mở lớp', 'thứ Năm 19/3', '19:30'],
  'a class: the topic': [LEADER, 'mở lớp', 'thứ Năm 19/3', '19:30', 'nhà văn hóa'],
  'waiting reports': [OFFICER, 'chờ duyệt'],
  "the commune's month": [OFFICER, 'báo cáo xã'],
  'a directive: the text': [OFFICER, 'giao 145/UBND'],
  'a survey: the places': [OFFICER, 'khảo sát Nhà văn hóa có mạng không?'],
  onboarding: [NEWCOMER, CLAIM_CODE],
};

/** Answers that only say that nothing was understood. */
const UNHELPFUL = /repair\.|not_understood|which_number|onboarding:unclear|form\.again|officer:no_right/;
// An order in the making that is dropped was never out: «thôi không làm nữa» gives the draft up as «hủy» does.
const WRITES =
  /^(?:report\.(?!answer)|reports\.|directive\.(?!drop|detach)|campaign\.(?!draft)|class\.|org\.claim|release\.)/;

let world: World;
const starts = new Map<string, { readonly talk: Talk; readonly last: Heard | null }>();

beforeAll(async () => {
  const clock = MovableClock.startingAt(new Date('2026-02-12T08:00:00+07:00'));
  world = await World.open(clock);
  const leader = world.begin(LEADER);
  for (const text of ['báo cáo', '400', '4', '100', '12', 'gửi']) await world.say(leader, text);
  clock.moveTo(new Date('2026-03-12T08:00:00+07:00'));
  for (const [name, [user, ...said]] of Object.entries(SCREENS)) {
    const talk = user === LEADER ? world.copy(leader) : world.begin(user);
    let last: Heard | null = null;
    for (const text of said) last = await world.say(talk, text);
    starts.set(name, { talk, last });
  }
});

describe.each(Object.keys(SCREENS))('%s', (screen) => {
  it('is the screen that is meant', () => {
    expect(starts.get(screen)?.last?.keys.some((key) => UNHELPFUL.test(key))).not.toBe(true);
  });

  it.each(ACTS.map(([act, text, comesTo, leaves]) => [act, text, comesTo, leaves ?? 'stays'] as const))(
    '%s: «%s»',
    async (_act, text, comesTo, leaves) => {
      const start = starts.get(screen);
      if (!start) throw new Error(screen);
      const talk = world.copy(start.talk);
      const heard = await world.say(talk, text);
      expect([heard.text, heard.keys.filter((key) => UNHELPFUL.test(key))]).toEqual([heard.text, []]);
      expect([heard.text, heard.effects.map(({ kind }) => kind).filter((kind) => WRITES.test(kind))]).toEqual(
        [heard.text, []],
      );
      expect(heard.text).not.toBe('');
      if (OF_MONTH.test(screen))
        expect([heard.keys, heard.keys.some((key) => comesTo.test(key))]).toEqual([heard.keys, true]);
      const at = start.last?.at ?? '';
      const putAside =
        /given_up|practice\.left|form\.later|not_me|kept_for_later|stopped|dropped|^handover:commune\.ask/;
      if (
        leaves === 'leaves' ||
        heard.keys.some((key) => putAside.test(key)) ||
        at === '' ||
        /^(?:menu|listing|offer)/.test(at)
      )
        return;
      expect(heard.at).not.toBe('');
      expect([heard.text, standsThere(heard, start.last as Heard)]).toEqual([heard.text, true]);
    },
  );
});

/** The question of the screen, or that of another step of the same talk, is asked under the answer. */
function standsThere(heard: Heard, before: Heard): boolean {
  const [dialog] = before.at.split('.');
  return heard.at.startsWith(`${dialog}.`) && /[?:]/.test(heard.text.split('\n').slice(-8).join('\n'));
}
