import { NOT_COMMANDS } from '../support/not-commands';
import { readFileSync } from 'node:fs';
import { commandsSaid, FINDER, messageFor } from '../../scripts/understanding/said';

/** What people type finds the command that is meant, is asked about where it is only near, and nothing else is a command. */

interface Line {
  text: string;
  role: string;
  intent: string;
}
const LINES = readFileSync('test/fixtures/utterances.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

describe('every line of the sample', () => {
  /** Intents of the sample that are commands; every other line is none. */
  const COMMANDS: Readonly<Record<string, string>> = {
    promise_later: 'later',
    cancel: 'later',
    ask_what_to_report: 'what-to-report',
    ask_how_to_report: 'help',
    ask_deadline: 'deadline',
    ask_period_window: 'deadline',
    ask_template: 'how-file',
    export_report: 'how-file',
    send_reminder: 'how-nudge',
    show_ranking: 'how-no-ranking',
    identify_self: 'identify',
    identify_ambiguous: 'identify',
    opt_out: 'stop-messages',
    ask_human: 'human',
    greeting: 'greeting',
    start_report: 'report',
    same_as_previous: 'resume',
    report_none: 'nothing-happened',
    list_missing: 'missing-villages',
    show_rollup: 'total',
    submit_final: 'resume',
    thanks: 'thanks',
    show_progress: 'status',
    ask_is_bot: 'who-are-you',
    ask_owner: 'who-are-you',
    privacy_access: 'privacy',
    privacy_delete: 'delete-me',
    accessibility_step_by_step: 'help-tree',
    go_back: 'menu',
  };

  /** Lines of these are read by a command only where they say enough for it. */
  const READ_BY: Readonly<Record<string, string>> = {
    correct_value: 'fix',
    ask_definition: 'explain-figure',
    report_class_list: 'record-class',
    reopen_report: 'extend-lock',
    role_left: 'give-up-post',
    role_handover: 'hand-over',
    step_done: 'answer-open-directive',
    acknowledge: 'answer-open-directive',
  };

  it.each(LINES.map(({ role, intent, text }) => [role, intent, text] as const))(
    '%s, %s: %s',
    (_role, intent, text) => {
      const id = commandsSaid(text)[0] ?? null;
      if (READ_BY[intent] !== undefined) expect([null, READ_BY[intent]]).toContain(id);
      else expect(id).toBe(COMMANDS[intent] ?? null);
    },
  );
});

describe('commands as typed', () => {
  const table: Record<string, readonly string[]> = {
    menu: ['menu', 'Menu', 'danh mục', 'trang chủ'],
    help: [
      'trợ giúp',
      'giúp với',
      'giúp tôi với',
      'hướng dẫn',
      'huong dan su dung',
      'nhắn tin thế nào',
      'báo cáo thế nào',
      'help',
    ],
    status: [
      'tình hình',
      'tinh hinh',
      'Tình hình nộp báo cáo',
      'đang chờ ai',
      'bao nhiêu xã nộp rồi',
      'bao nhieu thon nop roi',
      'tiến độ',
      'status',
    ],
    'missing-villages': [
      'thôn nào chưa nộp',
      'thon nao chua nop',
      'con bn thon chua nop a',
      'ds thon chua gui',
      'danh sách thôn chưa nộp',
      'thôn nào còn thiếu',
      'những thôn nào chưa báo cáo',
      'còn thôn nào chưa gửi',
      'ai chưa nộp',
      'tdp nao chua nop',
      'thoon naof chuwa noopj',
    ],
    'missing-communes': [
      'xã nào còn thiếu',
      'xa nao con thieu',
      'xã nào chưa nộp',
      'còn xã nào chưa gửi',
      'phường nào chưa nộp',
      'ds xa chua nop',
      'bao nhieu xa chua nop',
      'xã nào còn thiếu thôn',
    ],
    'what-to-report': [
      'báo cáo cái gì',
      'báo cáo gì',
      'bao cao nhung gi',
      'cần báo cáo gì',
      'phải nộp những gì',
    ],
    deadline: [
      'hạn nộp',
      'hạn đến khi nào',
      'han den khi nao',
      'bao giờ hết hạn',
      'khi nào phải nộp',
      'hạn báo cáo là ngày nào',
      'deadline',
    ],
    human: [
      'gặp người',
      'gặp chị Hạnh',
      'cho gap nguoi that',
      'gặp cán bộ',
      'nói chuyện với người',
      'gọi cho tôi',
      'Gặp người hướng dẫn',
      'tôi ko biết nhắn tin',
      'human',
    ],
    privacy: ['bạn lưu thông tin gì của tôi', 'ban luu thong tin j cua toi', 'quyền riêng tư'],
    'delete-me': [
      'xóa hết thông tin của tôi đi',
      'xoá dữ liệu của tôi',
      'xoa thong tin cua toi',
      'delete my data',
    ],
    'who-are-you': [
      'bạn là ai',
      'ban la ai',
      'bạn là người hay máy',
      'đây là ai',
      'ai đấy',
      'day la zalo cua ai',
      'who are you',
    ],
    greeting: ['chào', 'xin chào', 'chào bác', 'alo', 'alo co ai k', 'hello', 'Bot ơi'],
    thanks: ['cảm ơn', 'cảm ơn nhé', 'cam on chau nhieu nhe', 'tks', 'thank you'],
  };

  it.each(Object.entries(table).flatMap(([id, texts]) => texts.map((text) => [text, id] as const)))(
    '%s → %s',
    (text, id) => {
      for (const typed of [text, text.normalize('NFD'), `  ${text} `])
        expect(commandsSaid(typed)).toEqual([id]);
    },
  );

  it.each(NOT_COMMANDS)('%s is none', (text) => expect(commandsSaid(text)).toEqual([]));
});

it.each([
  ['hạn của thôn mình', 'deadline'],
  ['cho xem tình hình thôn tôi với', 'status'],
])('«%s» is near %s, which is asked about', (text, id) => {
  expect(FINDER.near(messageFor(text))[0]?.one.id).toBe(id);
});

it('what cannot be taken back is never offered and never found by likeness', () => {
  for (const text of [
    'xóa dữ liệu thôn',
    'xoá hết thông tin của thôn tôi đi em',
    'tắt thông báo của con tôi',
  ]) {
    expect(commandsSaid(text)).toEqual([]);
    const near = FINDER.near(messageFor(text)).map(({ one }) => one.id);
    expect(near.filter((one) => one === 'delete-me' || one === 'stop-messages')).toEqual([]);
  }
});
