import { NOT_COMMANDS } from '../../support/not-commands';
import fc from 'fast-check';
import { readIntent } from '../../../src/understanding/intent';

describe('commands as typed', () => {
  const table: Record<string, readonly string[]> = {
    report: [
      'báo cáo',
      'bao cao',
      'BC',
      'bc ạ',
      'nộp báo cáo',
      'nop bc',
      '#BAOCAO',
      '#baocao',
      'Bắt đầu',
      'bat dau',
      'báo cáo tháng 3',
      'nop bc t3',
      'BC 418 5 121 14',
      'bc 418 5',
      'em muốn báo cáo',
      'tôi muốn nộp báo cáo',
      'cho em nộp báo cáo với',
      'làm báo cáo',
      'báo cáo lại',
      'baso caso',
      'report',
      'Start',
      'báo cáo nhé',
    ],
    fix: [
      'sửa 3',
      'sua 3',
      'sửa 3 = 120',
      'sua 3 thanh 120',
      '4 = 15',
      '4=140',
      'sua buoi hoc',
      'sửa lớp học thành 5',
      'sửa số học sinh thành 2.315',
      'sửa',
      'sửa lại',
      'em sửa 2',
      'cho tôi sửa câu 2',
      'đổi 3 thành 120',
      'sửa số 3 thành 120 nhé',
      'fix 3',
      'edit 2 = 5',
    ],
    resume: ['tiếp', 'tiep', 'tiếp tục', 'tiep tuc nhe', 'làm tiếp', 'Tiếp câu 4', 'continue'],
    later: [
      'để sau',
      'de sau',
      'để tối',
      'Để tối',
      'để mai',
      'lát nữa',
      'mai tôi báo',
      'tối em gửi',
      '20/3 em nộp',
      'để tôi hỏi lại',
      'đang bận',
      'đang bận, tí nữa làm',
      'con dang ban viec, lat nua nhe',
      'chiều nay tôi gửi',
      'later',
    ],
    undo: ['hoàn tác', 'hoan tac', 'Hoàn tác', 'rút lại báo cáo', 'gửi nhầm rồi', 'undo'],
    send: [
      'gửi',
      'gui',
      'gửi đi',
      'gửi luôn',
      'Gửi nhé',
      'nộp luôn',
      'chốt',
      'Chốt số liệu',
      'ok gửi',
      'send',
    ],
    cancel: ['hủy', 'huỷ', 'huy di', 'thôi', 'thôi không làm nữa', 'cancel'],
    back: ['quay lại', 'quay lai', 'trở lại', 'back'],
    total: [
      'tổng tháng 3',
      'tong thang 3',
      'tổng xã tháng 3',
      'tổng',
      'tổng hợp',
      'xem bang tong hop',
      'so lieu thang 2',
      'số liệu tháng 3/2026',
      'tổng xã Tân Hòa tháng 3',
      'tổng toàn tỉnh',
      'tong t3',
      'total',
    ],
    none_happened: [
      'không phát sinh',
      'k phat sinh',
      'tháng này không phát sinh',
      'khong phat sinh gi a',
      'ko có gì phát sinh',
      'thôn tôi không phát sinh',
    ],
    all_same: [
      'đúng hết',
      'Đúng hết ạ',
      'dung het roi',
      'đúng hết rồi',
      'như tháng trước',
      'giữ nguyên hết',
      'như cũ',
      'không thay đổi',
      'k doi',
    ],
    stop_messages: [
      'đừng nhắn nữa',
      'dung nhan nua',
      'đừng gửi tin nữa',
      'không nhận tin nữa',
      'k nhan tin cho toi nua',
      'ngừng nhắn tin',
      'STOP',
      'dừng',
      'Dừng nhé',
    ],
    identify: [
      'toi la truong thon Tien Luc',
      'Tôi là trưởng thôn Đông Lâm',
      'trưởng thôn Đông Lâm đây',
      'tdp so 3 Vo Cuong',
      'Khu phố Bồ Sơn đây',
      'thôn Đông Lâm',
      'thôn Bảo Lộc',
      'thôn Đa Hội',
      'p. Vu Ninh',
      'em là cán bộ xã Tân Hòa',
    ],
    language: ['English', 'tiếng Anh', 'tiếng việt', 'speak English'],
  };

  it.each(Object.entries(table).flatMap(([kind, texts]) => texts.map((text) => [text, kind] as const)))(
    '%s → %s',
    (text, kind) => {
      expect(readIntent(text)?.kind).toBe(kind);
      expect(readIntent(text.normalize('NFD'))?.kind).toBe(kind);
      expect(readIntent(`  ${text} `)?.kind).toBe(kind);
    },
  );

  it.each([
    ['BC 418 5 121 14', { kind: 'report', rest: '418 5 121 14' }],
    ['báo cáo', { kind: 'report', rest: '' }],
    ['sửa 3', { kind: 'fix', target: '3', rest: null }],
    ['sửa 3 = 120', { kind: 'fix', target: '3', rest: '120' }],
    ['sua 3 thanh 120', { kind: 'fix', target: '3', rest: '120' }],
    ['sửa 3 120', { kind: 'fix', target: '3', rest: '120' }],
    ['4 = 15', { kind: 'fix', target: '4', rest: '15' }],
    ['sua buoi hoc', { kind: 'fix', target: 'buoi hoc', rest: null }],
    ['sửa lớp học thành 5', { kind: 'fix', target: 'lớp học', rest: '5' }],
    ['sửa', { kind: 'fix', target: '', rest: null }],
    ['tổng tháng 3', { kind: 'total', month: 3, year: null, level: null, place: null }],
    ['tổng xã tháng 3', { kind: 'total', month: 3, year: null, level: 'commune', place: null }],
    ['tong t12', { kind: 'total', month: 12, year: null, level: null, place: null }],
    ['tổng tỉnh tháng 3/2026', { kind: 'total', month: 3, year: 2026, level: 'province', place: null }],
    ['tổng xã Tân Hòa tháng 3', { kind: 'total', month: 3, year: null, level: 'commune', place: 'Tân Hòa' }],
    ['tong thang 3 xa Tan Hoa', { kind: 'total', month: 3, year: null, level: 'commune', place: 'Tan Hoa' }],
    [
      'tổng hợp thôn Đông Lâm',
      { kind: 'total', month: null, year: null, level: 'village', place: 'Đông Lâm' },
    ],
    ['tiếng Anh', { kind: 'language', locale: 'en' }],
    ['tieng viet', { kind: 'language', locale: 'vi' }],
  ] as const)('%s', (text, intent) => expect(readIntent(text)).toEqual(intent));
});

describe('not commands', () => {
  it.each([...NOT_COMMANDS, 'Vâng tôi nhận được rồi'])('%s', (text) => expect(readIntent(text)).toBeNull());

  it('a figure is never a command, and nothing throws', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.constantFrom('', ' ạ', ' người', ' buổi', ' hộ', ' lượt'), (n, unit) =>
        expect(readIntent(`${n}${unit}`)).toBeNull(),
      ),
    );
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void readIntent(text)));
  });
});

it.each([
  ['language english', 'en'],
  ['English please', 'en'],
  ['ngôn ngữ tiếng việt', 'vi'],
])('%s chooses a language', (text, locale) => {
  expect(readIntent(text)).toEqual({ kind: 'language', locale });
});

describe('one village', () => {
  it.each([
    ['thôn Đông Lâm nộp chưa', 'thon dong lam'],
    ['thon dong lam da nop bao cao chua em', 'thon dong lam'],
    ['tổ dân phố số 3 gửi rồi chưa?', 'to dan pho so 3'],
    ['thôn Ngọc Trì đã báo cáo chưa ạ', 'thon ngoc tri'],
  ])('%s', (text, place) => expect(readIntent(text)).toEqual({ kind: 'village_asked', place }));

  it.each(['thôn nào nộp chưa', 'thôn tôi nộp chưa', 'Đông Lâm', 'thôn Đông Lâm', 'nộp chưa'])(
    'is not asked by «%s»',
    (text) => expect(readIntent(text)?.kind).not.toBe('village_asked'),
  );
});
